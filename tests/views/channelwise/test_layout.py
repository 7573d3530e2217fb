import itertools
from functools import cache

import pytest

from cnnscope.nn.layers import MaxPool2d, Relu
from cnnscope.state.state import Node
from cnnscope.views.channelwise.layout import lay_out_channelwise
from cnnscope.views.channelwise.units import folded, strip_boxes
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.layouts import WINDOWS, classes, overlapping
from support.networks import other_network, sequential, tiny_vgg

WIDE = sequential(
    (3, 32, 32),
    [
        ("conv2d", "first", 40), ("relu", "bent"), ("max_pool2d", "halved"),
        ("conv2d", "second", 70), ("relu", "again"), ("flatten", "row"), ("dense", "hidden", 300),
        ("relu", "last"), ("dense", "sums", 4), ("softmax", "answer"),
    ],
)  # fmt: skip
NETWORKS = {"tiny_vgg": tiny_vgg(), "other": other_network(), "wide": WIDE}
EVERY = [
    (name, Node(layer.name, channel))
    for name, network in NETWORKS.items()
    for layer in network.layers
    if isinstance(layer, Relu | MaxPool2d)
    for channel in ((0,) if name != "wide" else ()) + (network.shapes[layer.name][0] - 1,)
]
NODES = [(name, node) for name, node in EVERY if node.layer != "last"]
UNITS = [(name, node) for name, node in EVERY if node.layer == "last"]

everywhere = pytest.mark.parametrize(
    "window", WINDOWS, ids=lambda window: "x".join(map(str, window))
)
every_node = pytest.mark.parametrize(("name", "node"), NODES, ids=str)
every_unit = pytest.mark.parametrize(("name", "node"), UNITS, ids=str)
maps_or_units = pytest.mark.parametrize(("name", "node"), EVERY, ids=str)


@cache
def planned(name, node, window):
    plan = lay_out(NETWORKS[name], Viewport(*window))
    return plan, lay_out_channelwise(NETWORKS[name], plan, node)


def parts(plan, pairing):
    """All that must be seen whole, by name."""
    names = ("given", "output", "readout", "bar", "units", "note", "legends", "turn", "close",
             "graph")  # fmt: skip
    found = {name: getattr(pairing, name) for name in names if getattr(pairing, name) is not None}
    picture = pairing.picture.box(plan.picture)
    return found | {"picture": picture, "classes": classes(plan, pairing)}


@everywhere
@maps_or_units
def test_nothing_overlaps_and_all_stands_inside_the_drawing(name, node, window):
    plan, pairing = planned(name, node, window)
    found = parts(plan, pairing)
    assert overlapping(found) == []
    for box in found.values():
        assert box.x >= -0.01
        assert box.y >= 0
        assert box.right <= pairing.width + 0.01
        assert box.bottom <= pairing.height + 0.01
    assert pairing.width <= max(plan.width, window[0])


@everywhere
@maps_or_units
def test_no_node_of_the_network_hides_what_is_explained(name, node, window):
    plan, pairing = planned(name, node, window)
    explained = parts(plan, pairing)
    del explained["classes"]
    nodes = {
        str(each): pairing.transforms[column.layer].box(plan.boxes[each])
        for column in plan.columns[:-1]
        for each in column.nodes
    }
    if plan.columns.index(plan.column_of[node.layer]) == 1:
        del explained["picture"]  # it stays above its channels
    hidden = [pair for pair in overlapping(explained | nodes)
              if len(set(pair) & set(nodes)) == 1]  # fmt: skip
    assert hidden == []


@everywhere
@every_node
def test_cells_of_both_maps_are_squares_of_whole_pixels(name, node, window):
    _, pairing = planned(name, node, window)
    shapes = NETWORKS[name].shapes
    names = list(shapes)
    source = names[names.index(node.layer) - 1]
    for layer, box in ((source, pairing.given), (node.layer, pairing.output)):
        _, rows, cols = shapes[layer]
        assert box.width / cols == box.height / rows == int(box.width / cols) >= 1


@everywhere
@every_node
def test_both_maps_have_one_scale_so_that_pooling_makes_its_own_half_as_long(name, node, window):
    _, pairing = planned(name, node, window)
    shapes = NETWORKS[name].shapes
    _, rows, cols = shapes[node.layer]
    _, given_rows, given_cols = shapes[list(shapes)[list(shapes).index(node.layer) - 1]]
    given, output = pairing.given, pairing.output
    if max(output.width, output.height) > 60:
        assert output.width / given.width == pytest.approx(cols / given_cols)
        assert output.height / given.height == pytest.approx(rows / given_rows)


@every_node
def test_in_a_classroom_both_maps_are_large(name, node):
    _, pairing = planned(name, node, (1440, 900))
    assert max(pairing.given.width, pairing.given.height) >= 240


@every_node
def test_on_a_phone_a_map_is_as_large_as_there_is_room(name, node):
    _, pairing = planned(name, node, (390, 844))
    assert max(pairing.given.width, pairing.given.height) >= 220
    assert pairing.bar.bottom - pairing.turn.y <= 844  # all that moves together is seen together


@everywhere
@every_node
def test_the_way_goes_from_left_to_right_and_on_a_phone_down_and_round(name, node, window):
    plan, pairing = planned(name, node, window)
    assert pairing.given.right <= pairing.rule.x
    assert pairing.is_stacked == (window[0] < 600)
    if pairing.is_stacked:
        assert pairing.given.bottom + 40 <= pairing.output.y
        assert pairing.output.right <= pairing.rule.x
        assert pairing.rule.right <= window[0]
        return
    assert pairing.rule.right <= pairing.output.x
    assert pairing.given.middle == pairing.output.middle == pairing.rule.middle
    if pairing.is_narrow:
        return
    place = plan.columns.index(plan.column_of[node.layer])
    is_wide = any(column.is_spread for column in plan.columns[place - 1 : place + 1])
    assert (pairing.source is None) == (pairing.made is None) == is_wide
    if not is_wide:
        assert pairing.source.right < pairing.given.x
        assert pairing.output.right < pairing.made.x
    lefts = [
        pairing.transforms[column.layer].box(plan.boxes[column.nodes[0]]).x
        for column in plan.columns
    ]
    assert all(a < b for a, b in itertools.pairwise(lefts))


@maps_or_units
def test_another_channel_moves_nothing(name, node):
    for window in WINDOWS:
        _, pairing = planned(name, node, window)
        _, other = planned(name, Node(node.layer, 1), window)
        assert pairing.transforms == other.transforms
        assert (pairing.given, pairing.output, pairing.bar) == (
            other.given,
            other.output,
            other.bar,
        )


@maps_or_units
def test_only_a_function_of_one_number_has_a_graph(name, node):
    is_relu = isinstance(NETWORKS[name].layer(node.layer), Relu)
    for window in WINDOWS:
        assert (planned(name, node, window)[1].graph is not None) == is_relu


@everywhere
@every_unit
def test_a_unit_has_no_window_to_slide_and_shows_all_units_instead(name, node, window):
    _, pairing = planned(name, node, window)
    assert pairing.bar is None
    for strip in strip_boxes(pairing.units).values():
        rows, cols, side = folded(300, strip)
        assert rows * cols >= 300 > (rows - 1) * cols
        assert rows * side <= strip.height
        assert cols * side <= strip.width
        assert side >= 3


@pytest.mark.parametrize("window", [(960, 600), (1280, 720), (1440, 900)])
def test_beside_wide_columns_maps_are_as_large_as_between_narrow_ones(window):
    for node in (Node("bent", 39), Node("halved", 39), Node("again", 69)):
        _, pairing = planned("wide", node, window)
        assert max(pairing.given.width, pairing.given.height) >= min(240, 0.22 * window[1])
        assert pairing.rule.width >= 100
