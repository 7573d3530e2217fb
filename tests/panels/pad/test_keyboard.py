"""The pad by keyboard: a pen that is moved by keys draws what a finger would."""

import pytest

from cnnscope.text import load_text
from support.pad import opened, own

LAST = "answer"


def test_keys_draw_and_take_back():
    app, page = opened()
    press = lambda *keys: [app.press(key, "pad.surface") for key in keys]  # noqa: E731
    assert all(press(" ", "ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowUp", " "))
    first = own(app)
    assert first.any()
    assert page.elements["pad.lines"]["d"].count("M") == 1
    assert all(press("ArrowRight", "ArrowRight"))
    assert (own(app) == first).all()  # the pen is up
    press(" ", "ArrowRight", "Enter")
    assert page.elements["pad.lines"]["d"].count("M") == 2
    press("Backspace")
    assert (own(app) == first).all()
    press("Delete")
    assert not own(app).any()
    assert not app.press("Home", "pad.surface")


def test_a_key_goes_a_fourteenth_of_the_pad_and_with_shift_a_quarter_of_that():
    app, page = opened()
    at = lambda: int(page.elements["pad.cursor"]["cx"])  # noqa: E731 - thousandths of the pad
    start = at()
    app.press("ArrowLeft", "pad.surface")
    assert start - at() == pytest.approx(1000 / 14, abs=1.5)
    now = at()
    app.press("Shift+ArrowLeft", "pad.surface")
    assert now - at() == pytest.approx(1000 / 56, abs=1.5)
    assert load_text()("brush.at", row=8, col=7) in page.said
    for _ in range(20):
        app.press("ArrowLeft", "pad.surface")
    assert at() == 0


def test_escape_lifts_the_pen_then_closes_the_pad():
    app, page = opened()
    app.press(" ", "pad.surface")
    app.press("ArrowRight", "pad.surface")
    app.press("Escape", "pad.surface")
    assert app.pad.is_open
    assert not app.pad.pen.is_down
    app.press("Escape", "pad.panel")
    assert not app.pad.is_open
    assert page.focuses[-1] == "pad.open"
    assert page.regions["pad"] == ""


def test_escape_elsewhere_closes_a_view_before_the_pad():
    app, _page = opened("view=first/2")
    app.press("Escape", "")
    assert app.pad.is_open
    app.press("Escape", "")
    assert not app.pad.is_open
    assert not app.press("Escape", "")
