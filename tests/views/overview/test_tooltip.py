"""The read-out beside what is pointed at; the card over a node says more than it."""

from cnnscope.state.state import Node
from support.app_on_fake_page import started

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


def test_another_node_has_its_read_out_beside_the_card():
    app, page = started("")
    app.act("open", "input/0")
    app.pointer.hover(NODE, (5, 5))
    assert "hidden" not in page.elements["readout"]
