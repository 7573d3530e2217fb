"""Letter keys on keyboards whose layout has other letters, or Latin ones elsewhere."""

import pytest

from cnnscope.app.keyboard import latin

LAYOUTS = [
    ("r", "KeyR", "r"),
    ("R", "KeyR", "R"),
    ("к", "KeyR", "r"),  # Russian
    ("К", "KeyR", "R"),
    ("т", "KeyN", "n"),
    ("ρ", "KeyR", "r"),  # Greek
    ("Π", "KeyP", "P"),
    ("ר", "KeyR", "r"),  # Hebrew
    ("מ", "KeyN", "n"),
    ("ق", "KeyR", "r"),  # Arabic
    ("لا", "KeyB", "b"),
    ("พ", "KeyR", "r"),  # Thai
    ("र", "KeyJ", "j"),  # Hindi
    ("რ", "KeyR", "r"),  # Georgian
    ("ㄱ", "KeyR", "r"),  # Korean
    ("p", "KeyR", "p"),  # Dvorak
    ("a", "KeyQ", "a"),  # French
    ("é", "KeyR", "é"),  # bépo has its r elsewhere
    ("ı", "KeyI", "ı"),  # Turkish
    ("ř", "Digit5", "ř"),
    ("'", "KeyW", "'"),  # Hebrew
    ("ж", "Semicolon", "ж"),  # no letter's place
    ("ArrowUp", "ArrowUp", "ArrowUp"),
    ("Escape", "Escape", "Escape"),
    (" ", "Space", " "),
    ("к", "", "к"),  # a keyboard on a screen has no places
]


@pytest.mark.parametrize(("key", "code", "meant"), LAYOUTS)
def test_a_letter_goes_by_its_place_where_the_layout_has_none(key, code, meant):
    assert latin(key, code) == meant
