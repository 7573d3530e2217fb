"""The house in one picture, as the imports have it."""

import os
import re
from xml.etree import ElementTree

import pytest

from building.check.house import HOUSE, picture, read_parts
from support.sites import ROOT

SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def drawn() -> str:
    return picture(SOURCE)


def test_the_stored_picture_is_what_the_imports_say(drawn: str) -> None:
    """With CNNSCOPE_STORE set, the picture is stored anew: look at it."""
    stored = ROOT / HOUSE
    if os.environ.get("CNNSCOPE_STORE"):
        stored.write_text(drawn, encoding="utf-8", newline="\n")
    assert stored.read_text(encoding="utf-8") == drawn


def test_every_folder_is_in_the_picture_with_what_it_says_of_itself(drawn: str) -> None:
    folders = {path.stem for path in (SOURCE / "cnnscope").iterdir() if path.name[0] != "_"}
    text = re.sub(r"</text><text[^>]*>", " ", drawn)
    assert set(read_parts(SOURCE)) == folders | {"prerender"}
    for name, part in read_parts(SOURCE).items():
        assert f">{name} " in text
        assert part.said[-1] == "."
        assert part.said.replace("'", "&#x27;") in text


def test_what_runs_in_a_browser_alone_is_marked(drawn: str) -> None:
    marked = re.findall(r'<g class="page"><rect[^>]*/><text[^>]*>(\w+)<', drawn)
    assert sorted(marked) == ["browser", "main"]


def test_no_line_is_longer_than_its_box(drawn: str) -> None:
    letter = 6.7  # px, of the widest of usual fonts
    root = ElementTree.fromstring(drawn)
    groups = root.findall("{*}g")
    assert len(groups) == len(read_parts(SOURCE))
    for group in groups:
        frame = group.find("{*}rect")
        assert frame is not None
        right = float(frame.attrib["x"]) + float(frame.attrib["width"])
        for line in group.findall("{*}text"):
            assert float(line.attrib["x"]) + letter * len(line.text or "") < right, line.text
