"""The read-out beside what is pointed at; the card over a node says more than it."""

import pytest

from cnnscope.state.state import Node, parse_node
from support.app_on_fake_page import started
from support.networks import lenet
from support.styles import lengths_of

NODE = Node("relu_1_1", 0)


def test_a_card_hides_the_read_out_of_its_own_node_wherever_its_cursor_has_been():
    app, page = started("")
    app.act("open", "input/0")
    app.pointer.hover(Node("input", 0), (5, 5))
    assert "hidden" in page.elements["readout"]
    app.pointer.point("input", 3, 4)
    app.pointer.hover(None, None)
    app.pointer.hover(Node("input", 0), (5, 5))
    assert "hidden" in page.elements["readout"]


@pytest.mark.parametrize("window", [(1024, 768), (1280, 720), (1440, 900)])
@pytest.mark.parametrize("node", ["relu_2_2/6", "relu_2_2/2", "max_pool_2/6"])
def test_the_read_out_of_a_map_keeps_off_the_enlarged_maps(node, window):
    app, page = started("view=max_pool_2/6", window)
    app.pointer.hover(parse_node(node), None)
    style, plan = lengths_of(page.elements["readout"]["style"]), app.model.detail
    for box in (plan.given, plan.output):
        is_left = style["left"] + style["max-width"] <= box.x
        assert is_left or style["left"] >= box.right


def test_another_node_has_its_read_out_beside_the_card():
    app, page = started("")
    app.act("open", "input/0")
    app.pointer.hover(NODE, (5, 5))
    assert "hidden" not in page.elements["readout"]


@pytest.mark.parametrize("window", [(1280, 720), (1366, 641), (1440, 900)])
def test_the_read_out_of_a_unit_keeps_off_the_classes(window):
    app, page = started("", window, network=lenet())
    plan = app.model.plan
    classes = plan.column_box("answer")
    for node in (each for each in plan.boxes if each.layer in ("dense_1", "relu_3", "relu_4")):
        app.pointer.hover(node, None)
        shown = page.elements["readout"]
        style = lengths_of(shown["style"])
        if "data-left" in shown:
            assert style["max-width"] <= style["left"] < plan.boxes[node].x
            own = plan.boxes[node]
            assert style["top"] + 25 <= own.y or own.bottom <= style["top"] - 25  # of two lines
        else:
            assert plan.boxes[node].right < style["left"] <= classes.x - style["max-width"]


def test_the_read_out_of_a_class_and_of_a_map_ends_where_it_did():
    app, page = started("", (1280, 720), network=lenet())
    for node in (Node("answer", 3), Node("again", 3)):
        app.pointer.hover(node, None)
        assert "data-left" not in page.elements["readout"]
