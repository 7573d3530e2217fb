"""The style sheets: few sizes at which something changes, and no number twice."""

import re
from collections import Counter

from building.site.stylesheet import CONDITION, LENGTH, NAMES, ROOT, joined
from prerender.lengths import LENGTHS, shared_lengths
from support.sites import ROOT as PROJECT

CSS = PROJECT / "public" / "css"
SHEETS = {
    path.relative_to(CSS).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(CSS.rglob("*.css"))
}
CONDITIONS = {name: CONDITION.findall(sheet) for name, sheet in SHEETS.items()}
ROOTS = {name: LENGTH.findall("".join(ROOT.findall(sheet))) for name, sheet in SHEETS.items()}


def names_in(text: str) -> set[str]:
    """The names that stand in the conditions of a text or are used by it as values."""
    conditions = "".join(CONDITION.findall(text))
    return set(re.findall(r"--[\w-]+", conditions)) | set(re.findall(r"var\((--[\w-]+)", text))


def test_every_size_at_which_something_changes_has_a_name() -> None:
    for name, conditions in CONDITIONS.items():
        for condition in conditions:
            assert not re.search(r"\d(?!\.?\d*dppx)", condition), f"{name}: {condition}"
    assert sum(bool(NAMES.search(each)) for found in CONDITIONS.values() for each in found) > 20


def test_every_name_has_a_length() -> None:
    sheet = joined(SHEETS, shared_lengths())
    assert not re.search("--", "".join(CONDITION.findall(sheet)))


def test_a_length_of_every_sheet_stands_once() -> None:
    given = Counter(name for found in ROOTS.values() for name, _ in found)
    given.update(f"--{name}" for name in LENGTHS)
    assert [name for name, times in given.items() if times > 1] == []


def test_the_sizes_of_the_window_stand_in_one_place() -> None:
    sizes = {name for found in CONDITIONS.values() for each in found for name in names_in(each)}
    listed = {name for name, _ in ROOTS["base/page.css"]}
    assert sizes <= listed | {f"--{name}" for name in LENGTHS}


def test_every_length_of_the_layout_is_used_by_a_sheet() -> None:
    used = set.union(*(names_in(sheet) for sheet in SHEETS.values()))
    assert {f"--{name}" for name in LENGTHS} <= used
    assert {name for found in ROOTS.values() for name, _ in found} <= used


def test_what_is_dark_is_dark_on_a_screen_alone() -> None:
    dark = [each for found in CONDITIONS.values() for each in found if "scheme: dark" in each]
    assert len(dark) > 3
    assert [each for each in dark if not each.startswith("@media screen and (prefers")] == []


SIZE = re.compile(r"(?<![\w-])font(?:-size)?: ?([^;{}]+);")
OF_ITS_CELL = re.compile(
    r"var\(--digits(, var\(--type-\w+\))?\)|calc\(1em \* min\(1, 6 / var\(--signs, 6\)\)\)|[\d.]+PX"
    r"|min\(15\.5px, (4\.8cqi|var\(--cell\) \* 1\.5 / var\(--longest\))\)|[\d.]+pt"
)
"""Letters as large as what they stand in has room for, as a drawing has them, or on paper."""


def test_type_has_five_sizes() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", "".join(SHEETS.values()), flags=re.DOTALL)
    sizes = {size for size in SIZE.findall(sheet) if not OF_ITS_CELL.fullmatch(size)}
    sizes = {size for size in sizes if "--grown" not in size}  # of the page's own rem
    named = {name for size in sizes for name in re.findall(r"var\((--type-\w+)\)", size)}
    assert len(named) == 5
    without = {size for size in sizes if "var(--type-" not in size}
    assert without <= {"inherit", "0", "medium", "11px"}  # the last is what room.js measures
