"""The style sheets: short, in one order, with few widths at which something changes."""

import re

from support.sites import ROOT

CSS = ROOT / "public" / "css"
LONGEST = 300  # lines
WIDTH = re.compile(r"\((min|max)-width: (\d+)px\)")
LISTED = re.compile(r"^ +(\d+)  \w", re.MULTILINE)
BESIDE_THE_TOUR = {1319, 1619}  # what stands beside its panel has the room of narrower windows


def test_no_style_sheet_is_long() -> None:
    sheets = list(CSS.rglob("*.css"))
    assert len(sheets) > 20
    for sheet in sheets:
        assert len(sheet.read_text(encoding="utf-8").splitlines()) <= LONGEST, sheet.name


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
