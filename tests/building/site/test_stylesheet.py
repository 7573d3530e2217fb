"""The order in which style sheets are joined, on which the cascade stands."""

import re

import pytest

from building.errors import BuildError
from building.site.addresses import Contents
from building.site.stylesheet import joined
from support.sites import ROOT

SHEETS = {
    "css/panels/a.css": "panel\n",
    "css/views/b.css": "view\n",
    "css/base/z.css": "last of base\n",
    "css/base/y.css": "first of base\n",
}


def test_what_holds_everywhere_comes_first_and_each_folder_by_name() -> None:
    assert joined(SHEETS).split("\n") == ["first of base", "last of base", "view", "panel", ""]


def test_a_sheet_comes_after_the_one_that_it_names() -> None:
    first = {**SHEETS, "css/base/y.css": "/* after: z */\nnow last\n"}
    assert joined(first).splitlines()[:3] == ["last of base", "/* after: z */", "now last"]


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
        joined({**SHEETS, **sheet})


def test_the_page_asks_for_one_sheet_that_holds_every_rule(contents: Contents) -> None:
    assert [name for name in contents if name.endswith(".css")] == ["css/site.css"]
    page = contents["index.html"].decode()
    assert re.findall(r'<link rel="stylesheet" href="\./([^?"]+)', page) == ["css/site.css"]
    sheet = re.sub(r"\?v=\w+", "", contents["css/site.css"].decode())
    for path in (ROOT / "public" / "css").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert text.replace('"../../', '"../') in sheet, path
    assert ".skeleton{" in sheet
