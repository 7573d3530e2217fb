"""The font of formulas, which has the signs that formulas say and no others."""

import re

import pytest

from building.site.site import LICENSES
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.panels.playground.output_size import general_formula, size_formula
from cnnscope.text import LANGUAGES, load_text
from fonts.math_subset import MADE, SIGNS, italics
from support.sites import ROOT

LEAF = re.compile(r"<(?:mi|mn|mo)\b[^>]*>([^<]*)</")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_sign_of_every_formula_is_in_the_font(language: str) -> None:
    article = (ROOT / "public" / "article" / f"{language}.html").read_text(encoding="utf-8")
    text = load_text(language)
    formulas = [general_formula(text), *size_formula(text, ConvGeometry(7, 3))]
    signs = set("".join(LEAF.findall(article + "".join(map(str, formulas)))))
    assert len(signs) > 30
    assert signs - SIGNS == set()


def test_a_letter_alone_has_its_italics() -> None:
    assert {"𝑎", "𝑧", "𝐴", "𝑍", "ℎ", "𝜃", "𝜂"} <= set(map(chr, italics()))
    assert len(italics()) == 52 + 25


def test_the_font_is_small_and_lies_beside_its_licence() -> None:
    assert MADE.read_bytes()[:4] == b"wOF2"
    assert MADE.stat().st_size < 40_000
    licence = MADE.with_name("math-licence.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "STIX Fonts Project Authors" in licence
    heading = "SIL OPEN FONT LICENSE"
    assert LICENSES.read_text(encoding="utf-8").endswith(licence[licence.index(heading) :])
