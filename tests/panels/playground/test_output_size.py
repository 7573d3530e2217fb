"""What the settings come to: the output’s size, what is never read, what cannot be."""

import re

import pytest

from cnnscope.panels.playground.integer_conv import ball
from support.playground import fresh, playground, settings, shown, tune


def test_the_formula_shows_its_numbers_and_its_result():
    _, page = tune(7, 3, 1, 3, 2)
    text = re.sub(r"<[^>]*>", "", page.regions["playground.formula"])
    assert text == "output size=⌊7+2×1−2×(3−1)−13⌋+1output size=⌊43⌋+1=1+1=2"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((7, 3, 0, 1, 1), "Every row and column of the input is read"),
     ((6, 3, 0, 2, 1), "1 column on the right and 1 row at the bottom are never used"),
     ((4, 3, 1, 2, 1), "They are padding"),
     ((6, 3, 0, 5, 1), "3 columns on the right and 3 rows at the bottom are never used"),
     ((7, 2, 0, 5, 1), "3 columns and 3 rows between the windows’ cells are passed over"),
     ((4, 3, 1, 4, 1), "3 rows at the bottom are never used (hatched); 1 of each are padding")],
)  # fmt: skip
def test_what_is_never_used_is_said(values, expected):
    _, page = tune(*values)
    assert expected in shown(page, "playground.unread")


def test_an_impossible_combination_says_what_to_change_and_each_change_helps():
    app, page = tune(5, 4, 1, 1, 3)
    assert "spans 3 × (4 − 1) + 1 = 10 cells" in page.regions["playground.impossible"]
    assert "5 + 2 × 1 = 7 on a side" in page.regions["playground.impossible"]
    assert shown(page, "playground.made.caption") == "no output"
    remedies = re.findall(r'data-args="(\w+,\d+)"', page.regions["playground.impossible"])
    assert [each.split(",")[0] for each in remedies] == ["size", "kernel", "padding", "dilation"]
    for remedy in remedies:
        app.act("playground.remedy", remedy)
        assert app.playground.player.slide.rows >= 1, remedy
        assert playground(page) == fresh(app)
        name, value = remedy.split(",")
        nearer = int(value) + (1 if name in ("kernel", "dilation") else -1)
        again, _ = tune(*settings(app)._replace(**{name: nearer}))
        assert again.playground.player.slide.rows == 0, remedy
        app.navigate("play=5,4,1,1,3")


def test_nothing_plays_where_there_is_no_output():
    app, page = tune(3, 5, 0, 1, 1)
    for name in ("play", "step", "back", "skip", "replay"):
        app.act(f"playground.{name}")
    assert not app.state.playground.sweep.playing
    assert "disabled" in page.elements["playground.play.play"]
    assert not app.press("ArrowRight", "playground.given")


def test_valid_and_same_are_pressed_where_they_hold():
    app, page = tune(8, 5, 2, 1, 1)
    assert page.elements["playground.pad/same"]["aria-pressed"] == "true"
    app.act("playground.pad", "valid")
    assert settings(app).padding == 0
    assert page.elements["playground.pad/valid"]["aria-pressed"] == "true"
    app.act("playground.pad", "same")
    assert shown(page, "playground.made.caption") == "output 8×8"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((7, 3, 0, 1, 1), "pads by 1 on each side"),
     ((7, 4, 0, 1, 1), "pad unequally then, 1 before and 2 after"),
     ((7, 3, 0, 2, 1), "PyTorch refuses “same”"),
     ((8, 3, 0, 2, 1), "it pads by 0 before and 1 after"),
     ((7, 7, 0, 1, 4), "12 before and 12 after here; the playground pads by 6 at most")],
)  # fmt: skip
def test_what_same_means_is_said_where_libraries_differ(values, expected):
    _, page = tune(*values)
    assert expected in shown(page, "playground.same")


def test_padding_is_drawn_as_such():
    _, page = tune(3, 3, 1, 1, 1)
    markup = page.regions["playground.given"]
    assert markup.count('class="pad"') == 25 - 9
    rgba = page.painted["playground.given"]
    assert (rgba[0, :, 3] == 0).all()
    assert (rgba[1:-1, 1:-1, 3] == 255).all()
    inside = re.findall(r'<span style="[^"]*">(\d)</span>', markup)
    assert [int(each) for each in inside] == ball(3).ravel().tolist()
