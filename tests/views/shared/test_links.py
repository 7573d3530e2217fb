"""Links and rings: of maps one for each, of units one for a row of them, and one frame."""

import re

import pytest

from cnnscope.state.state import Node
from cnnscope.views.shared.links import links_from, links_into, rings
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.app_on_fake_page import started
from support.networks import lenet, tiny_vgg

WINDOWS = [(390, 844), (1366, 641), (1440, 900)]
every_window = pytest.mark.parametrize("window", WINDOWS)


def starts(d):
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)", d)]


@every_window
@pytest.mark.parametrize(("node", "before"), [("dense_2", "relu_3"), ("answer", "relu_4")])
def test_units_before_a_node_have_one_frame_that_leaves_all_of_them_free(window, node, before):
    plan = lay_out(lenet(), Viewport(*window))
    d = rings(plan, Node(node, 3))
    assert d.count("M") == 2  # its own and theirs
    x, y = starts(d)[1]
    wide, high = (float(re.findall(rf"{way}([\d.]+)a", d)[1]) for way in "hv")
    units = [plan.boxes[each] for each in plan.column_of[before].nodes]
    stroke = 1.25
    assert min(box.x for box in units) > x - 3 + stroke
    assert min(box.y for box in units) > y + stroke
    assert max(box.right for box in units) < x + wide + 3 - stroke
    assert max(box.bottom for box in units) < y + high + 6 - stroke


@every_window
def test_from_units_a_line_leads_for_each_row_and_from_their_frame(window):
    plan = lay_out(lenet(), Viewport(*window))
    units = [plan.boxes[each] for each in plan.column_of["relu_3"].nodes]
    found = starts(links_into(plan, Node("dense_2", 5)))
    assert len(found) == plan.column_of["relu_3"].rows < len(units)
    assert {y for _, y in found} == {round(box.middle, 1) for box in units}
    assert all(x >= max(box.right for box in units) for x, _ in found)
    assert len(starts(links_from(plan, Node("relu_3", 5)))) == plan.column_of["dense_2"].rows


@every_window
def test_maps_keep_a_ring_and_a_line_each(window):
    plan = lay_out(tiny_vgg(), Viewport(*window))
    node = Node("output", 3)
    assert rings(plan, node).count("M") == 1 + len(plan.sources[node])
    assert len(starts(links_into(plan, node))) == len(plan.sources[node])


def test_a_unit_made_of_one_unit_keeps_its_ring_and_its_line():
    plan = lay_out(lenet(), Viewport(1440, 900))
    node = Node("relu_3", 7)
    assert rings(plan, node).count("M") == 2
    assert starts(links_into(plan, node))[0][0] == round(plan.boxes[Node("dense_1", 7)].right, 1)


@pytest.mark.parametrize(
    ("network", "node", "are_many"),
    [(lenet(), Node("dense_2", 5), True), (lenet(), Node("relu_4", 5), False),
     (tiny_vgg(), Node("output", 5), False)],
)  # fmt: skip
def test_only_lines_from_many_units_are_drawn_thin(network, node, are_many):
    app, page = started(network=network)
    app.pointer.hover(node, None)
    assert ("data-many" in page.elements["lit"]) == are_many
