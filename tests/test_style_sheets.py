"""The style sheets: short, in one order, with few widths at which something changes."""

import re

from sites import ROOT

CSS = ROOT / "public" / "css"
PAGE = (ROOT / "public" / "index.html").read_text(encoding="utf-8")
LONGEST = 300  # lines
MADE = "skeleton"  # by the build
LINK = re.compile(r'<link rel="stylesheet" href="\./css/([\w/]+)\.css">')
WIDTH = re.compile(r"\((min|max)-width: (\d+)px\)")
LISTED = re.compile(r"^ +(\d+)  \w", re.MULTILINE)
BESIDE_THE_TOUR = {1319, 1619}  # what stands beside its panel has the room of narrower windows


def test_no_style_sheet_is_long() -> None:
    sheets = list(CSS.rglob("*.css"))
    assert len(sheets) > 20
    for sheet in sheets:
        assert len(sheet.read_text(encoding="utf-8").splitlines()) <= LONGEST, sheet.name


def test_the_page_asks_for_every_style_sheet_once_and_for_a_folder_after_the_other() -> None:
    linked = LINK.findall(PAGE)
    there = {path.relative_to(CSS).with_suffix("").as_posix() for path in CSS.rglob("*.css")}
    assert sorted(linked) == sorted([*there, MADE])
    assert linked[0] == "base/page"
    assert linked[-3:] == ["base/embed", "base/footer", MADE]
    folders = [name.split("/")[0] for name in linked[:-3]]
    assert folders == sorted(folders, key=["base", "views", "panels"].index)


def test_every_width_at_which_something_changes_is_listed() -> None:
    listed = {
        int(found) for found in LISTED.findall((CSS / "base" / "page.css").read_text("utf-8"))
    }
    found = {
        int(width) - (side == "min")
        for sheet in CSS.rglob("*.css")
        for side, width in WIDTH.findall(sheet.read_text(encoding="utf-8"))
    }
    assert found - BESIDE_THE_TOUR == listed
