"""A pointer that is put down on what is drawn on, told of cell by cell until it is lifted."""

from types import SimpleNamespace
from unittest.mock import call

import pytest

from support.fake_js import FakeElement, event_at


@pytest.fixture
def dragging(handlers):
    return handlers.dragging


def frame():
    """A frame of 10 x 20 cells, each 4 px wide and high, from (100, 50) on."""
    made = FakeElement("DIV", {"data-drag": ""}, isConnected=True)
    made.getBoundingClientRect = lambda: SimpleNamespace(left=100, top=50, width=80, height=40)
    made.setPointerCapture = made.done.append
    made.querySelector = lambda _selector: FakeElement("CANVAS", height=10, width=20)
    return made


def pointer(target, x, y, number=1, *, kind="mouse", button=0):
    return event_at(target, clientX=x, clientY=y, pointerId=number, pointerType=kind, button=button)


def test_where_a_pointer_is_dragged_is_told_from_press_to_lift(dragging):
    target = frame()
    dragging.pointerdown(pointer(target, 101, 51))
    dragging.pointermove(pointer(target, 141, 73))
    dragging.pointermove(pointer(target, 999, -20))  # out of it, which holds the pointer
    dragging.pointerup(pointer(target, 0, 0))
    dragging.pointermove(pointer(FakeElement("P"), 141, 73))
    assert target.done == [1]
    assert dragging.panel.mock_calls == [
        call.begin((0, 0)), call.move((5, 10)), call.move((0, 19)), call.end(), call.hover(None)
    ]  # fmt: skip


def test_a_second_finger_and_another_button_draw_nothing(dragging):
    target = frame()
    dragging.pointerdown(pointer(target, 101, 51, button=2))
    dragging.pointerdown(pointer(target, 101, 51, 7, kind="touch"))
    dragging.pointerdown(pointer(target, 141, 51, 8, kind="touch"))
    dragging.pointermove(pointer(target, 141, 51, 8, kind="touch"))
    dragging.pointerup(pointer(target, 141, 51, 8, kind="touch"))
    dragging.pointercancel(pointer(target, 101, 51, 7, kind="touch"))
    assert dragging.panel.mock_calls == [call.begin((0, 0)), call.end()]


def test_a_pointer_over_it_that_is_not_pressed_shows_where_the_brush_would_be(dragging):
    dragging.pointermove(pointer(frame(), 141, 73))
    dragging.pointermove(pointer(frame(), 141, 73, kind="touch"))
    assert dragging.panel.mock_calls == [call.hover((5, 10))]


def test_what_was_taken_away_meanwhile_is_drawn_on_no_more(dragging):
    target = frame()
    dragging.pointerdown(pointer(target, 101, 51))
    target.isConnected = False
    dragging.pointermove(pointer(target, 141, 73))
    assert dragging.panel.mock_calls == [call.begin((0, 0))]
