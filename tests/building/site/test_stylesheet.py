"""The order in which style sheets are joined, on which the cascade stands, and their conditions."""

import re

import pytest

from building.errors import BuildError
from building.site.addresses import Contents
from building.site.relative import in_rem
from building.site.stylesheet import joined, with_conditions
from prerender.lengths import shared_lengths
from support.sites import ROOT

LENGTHS = ":root{--narrow-below:900px;--side:340px;}\n"
SHEETS = {
    "css/panels/a.css": "panel\n",
    "css/views/b.css": "view\n",
    "css/base/z.css": "last of base\n",
    "css/base/y.css": "first of base\n",
}


def test_what_holds_everywhere_comes_first_and_each_folder_by_name() -> None:
    lines = joined(SHEETS, "lengths\n").splitlines()
    assert lines == ["lengths", "first of base", "last of base", "view", "panel"]


def test_a_sheet_comes_after_the_one_that_it_names() -> None:
    first = {**SHEETS, "css/base/y.css": "/* after: z */\nnow last\n"}
    assert joined(first, "").splitlines()[:3] == ["last of base", "/* after: z */", "now last"]


@pytest.mark.parametrize(
    "sheet",
    [
        {"css/base/x.css": "/* after: nothing */\n"},
        {"css/base/x.css": "/* after: w */\n", "css/base/w.css": "/* after: x */\n"},
        {"css/elsewhere/x.css": ""},
    ],
)
def test_a_sheet_that_has_no_place_is_named(sheet: dict[str, str]) -> None:
    with pytest.raises(BuildError, match=r"css/\w+/x\.css"):
        joined({**SHEETS, **sheet}, "")


@pytest.mark.parametrize(
    ("written", "built"),
    [
        ("@media (width < --narrow-below) {", "@media (width < 900px) {"),
        ("@container (width >= --narrow-below) {", "@container (width >= 900px) {"),
        ("@media (--side <= width < --low + --side) {", "@media (340px <= width < 900px) {"),
        ("@media print and\n  (height < --low) {", "@media print and\n  (height < 560px) {"),
        ("  @media (width < --low) {", "  @media (width < 560px) {"),
        ("a{--cell:--low;width:var(--side)}", "a{--cell:--low;width:var(--side)}"),
    ],
)
def test_a_condition_has_the_number_of_a_root_for_a_name(written: str, built: str) -> None:
    sheets = {"css/base/a.css": written, "css/base/b.css": ":root {\n  --low: 560px;\n}\n"}
    assert with_conditions(sheets, LENGTHS) == {**sheets, "css/base/a.css": built}
    assert joined(sheets, LENGTHS).startswith(LENGTHS + built)


@pytest.mark.parametrize("elsewhere", ["a {\n  --low: 560px;\n}", ":root {\n  --low: 3em;\n}"])
def test_a_name_that_no_root_gives_a_length_is_refused(elsewhere: str) -> None:
    sheets = {"css/base/a.css": "@media (width < --low + --side) {", "css/base/b.css": elsewhere}
    with pytest.raises(BuildError, match=r"css/base/a\.css: expected .+ of :root, got --low$"):
        joined(sheets, LENGTHS)


def test_the_page_asks_for_one_sheet_that_holds_every_rule(contents: Contents) -> None:
    assert [name for name in contents if name.endswith(".css")] == ["css/site.css"]
    page = contents["index.html"].decode()
    assert re.findall(r'<link rel="stylesheet" href="\./([^?"]+)', page) == ["css/site.css"]
    sheet = re.sub(r"\?v=\w+", "", contents["css/site.css"].decode())
    paths = (ROOT / "public" / "css").rglob("*.css")
    written = {str(path): path.read_text(encoding="utf-8") for path in paths}
    for name, text in with_conditions(written, shared_lengths()).items():
        assert in_rem(text.replace('"../../', '"../')) in sheet, name
    assert sheet.startswith(in_rem(shared_lengths()))
    assert ".network{" in sheet
