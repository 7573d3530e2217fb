"""A pointer that draws on the pad, told of place by place until it is lifted."""

from types import SimpleNamespace
from unittest.mock import call

import pytest

from support.fake_js import FakeElement, event_at


@pytest.fixture
def pen(handlers):
    return handlers.pen


def surface():
    """A pad of 200 px, from (100, 50) on."""
    made = FakeElement("DIV", {"data-pen": ""}, isConnected=True)
    made.getBoundingClientRect = lambda: SimpleNamespace(left=100, top=50, width=200, height=200)
    made.setPointerCapture = made.done.append
    return made


def pointer(target, x, y, number=1, *, button=0, **more):
    return event_at(target, clientX=x, clientY=y, pointerId=number, button=button, **more)


def test_a_line_is_told_from_press_to_lift_also_outside_of_the_pad(pen):
    target = surface()
    pen.pointerdown(pointer(target, 150, 100))
    pen.pointermove(pointer(target, 200, 150))
    pen.pointermove(pointer(target, 320, 30))
    pen.pointerup(pointer(target, 320, 30))
    pen.pointermove(pointer(FakeElement("P"), 150, 100))
    assert target.done == [1]
    assert pen.pad.mock_calls == [
        call.press_down((0.25, 0.25)), call.move((0.5, 0.5)), call.move((1.1, -0.1)), call.lift()
    ]  # fmt: skip


def test_places_between_two_frames_are_told_where_a_browser_tells_them(pen):
    target = surface()
    pen.pointerdown(pointer(target, 100, 50))
    between = [pointer(target, 120, 50), pointer(target, 140, 50)]
    pen.pointermove(pointer(target, 140, 50, getCoalescedEvents=lambda: between))
    pen.pointermove(pointer(target, 160, 50, getCoalescedEvents=lambda: []))
    assert pen.pad.move.mock_calls == [call((0.1, 0)), call((0.2, 0)), call((0.3, 0))]


def test_a_second_finger_and_another_button_draw_nothing(pen):
    target = surface()
    pen.pointerdown(pointer(target, 150, 100, button=2))
    pen.pointerdown(pointer(target, 150, 100, 7))
    pen.pointerdown(pointer(target, 200, 100, 8))
    pen.pointermove(pointer(target, 200, 100, 8))
    pen.pointerup(pointer(target, 200, 100, 8))
    pen.pointercancel(pointer(target, 150, 100, 7))
    assert pen.pad.mock_calls == [call.press_down((0.25, 0.25)), call.lift()]


def test_a_pad_that_was_taken_away_meanwhile_is_drawn_on_no_more(pen):
    target = surface()
    pen.pointerdown(pointer(target, 150, 100))
    target.isConnected = False
    pen.pointermove(pointer(target, 200, 100))
    assert pen.pad.mock_calls == [call.press_down((0.25, 0.25))]
