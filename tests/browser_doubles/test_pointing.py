from dataclasses import replace

import pytest

from cnnscope.state.state import Node, Pointer, State
from support.fake_js import FakeElement, event_at


@pytest.fixture
def pointing(handlers):
    return handlers.pointing


def canvas(**around):
    """A canvas of 10 x 20 cells, each 4 px wide and high."""
    return FakeElement("CANVAS", height=10, width=20, clientHeight=40, clientWidth=80, **around)


def move(target, x=1, y=1, **facts):
    return event_at(target, type="pointermove", screenX=x, screenY=y, **facts)


def test_a_node_is_pointed_at_with_the_cell_of_its_map(pointing):
    node = FakeElement("BUTTON", {"data-node": "conv_1_1/3"})
    pointing.pointermove(move(canvas(within=node), offsetX=41, offsetY=-1))
    pointing.pointer.hover.assert_called_once_with(Node("conv_1_1", 3), (0, 10))


def test_what_is_pointed_at_already_is_not_told_again(pointing):
    shown = replace(State(), pointer=Pointer(node=Node("conv_1_1", 3)))
    pointing.shown = lambda: shown
    pointing.pointermove(move(FakeElement("BUTTON", {"data-node": "conv_1_1/3"})))
    pointing.pointer.hover.assert_not_called()
    pointing.pointermove(move(FakeElement("P"), x=2))
    pointing.pointer.hover.assert_called_once_with(None, None)


def map_frame():
    frame = FakeElement("DIV", {"data-map": "output"})
    inner = canvas(within=frame)
    frame.querySelector = lambda _selector: inner
    return frame


def test_a_cell_of_a_map_is_pointed_at_also_through_what_lies_over_it(pointing):
    mark = FakeElement("SPAN", within=map_frame())
    pointing.pointermove(move(mark, offsetX=79, offsetY=39))
    pointing.pointer.point.assert_called_once_with("output", 9, 19)


def test_a_map_that_a_press_put_under_the_pointer_waits_until_it_is_meant(pointing):
    pointing.rest(event_at(None, screenX=10, screenY=10))
    pointing.pointermove(move(map_frame(), x=30, y=30))
    pointing.pointer.point.assert_not_called()
    pointing.pointermove(move(map_frame(), x=30, y=31))
    pointing.pointer.point.assert_called_once_with("output", 0, 0)


def test_what_moves_under_a_pointer_that_rests_is_not_pointed_at(pointing):
    pointing.pointermove(move(FakeElement("P")))
    pointing.pointermove(move(FakeElement("BUTTON", {"data-node": "conv_1_1/3"})))
    pointing.pointer.hover.assert_not_called()


def test_a_class_is_marked_while_something_that_stands_for_it_is_pointed_at_or_focused(pointing):
    slider = FakeElement("INPUT", within=FakeElement("DIV", {"data-mark": "4"}))
    pointing.mark(slider)
    pointing.pointer.mark.assert_called_once_with(4)
    shown = replace(State(), pointer=Pointer(marked=4))
    pointing.shown = lambda: shown
    pointing.mark(slider)
    pointing.pointer.mark.assert_called_once_with(4)
    pointing.mark(FakeElement("P"))
    pointing.pointer.mark.assert_called_with(None)


@pytest.mark.parametrize("kind", ["mouse", "touch"])
def test_a_finger_that_lifts_leaves_what_it_pointed_at(pointing, kind):
    pointing.pointerleave(event_at(None, pointerType=kind))
    assert pointing.pointer.hover.called == (kind == "mouse")
