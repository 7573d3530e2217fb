"""The style sheets: few widths at which something changes, each of them listed."""

import re

from support.sites import ROOT

CSS = ROOT / "public" / "css"
WIDTH = re.compile(r"\((min|max)-width: (\d+)px\)")
LISTED = re.compile(r"^ +(\d+)  \w", re.MULTILINE)
BESIDE_THE_TOUR = {1319, 1619}  # what stands beside its panel has the room of narrower windows


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
