import itertools
from dataclasses import dataclass

import pytest

from cnnscope.nn.layers import ShapeError, Window
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.network_plan import (
    CHROME,
    PAD,
    READOUT_WIDTH,
    SHEET_BELOW,
    STRIP_BELOW,
    STRIP_WIDTH,
    Viewport,
    lay_out,
    neighbour,
)
from support.networks import other_network, sequential, tiny_vgg

WINDOWS = [(390, 844), (700, 900), (768, 1024), (1024, 768), (1280, 720), (1366, 657),
           (1440, 900), (1920, 1080), (2560, 1440), (3840, 2160), (1024, 300)]  # fmt: skip


def networks():
    wide = sequential(
        (3, 20, 20),
        [("conv2d", "a", 32), ("relu", "b"), ("conv2d", "c", 1), ("flatten", "d"),
         ("dense", "e", 25), ("softmax", "f")],
    )  # fmt: skip
    return [tiny_vgg(), other_network(), wide]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("network", networks(), ids=["tiny_vgg", "other", "wide"])
def test_nothing_overlaps_and_nothing_leaves_the_drawing(network, window):
    plan = lay_out(network, Viewport(*window))
    tile = [plan.picture] if network.input_shape[0] > 1 else []
    boxes = [*plan.boxes.values(), *tile]
    for box in boxes:
        assert box.x >= PAD
        assert box.y >= 0
        assert box.right <= plan.width + 0.01
        assert box.bottom <= plan.height
    for one, other in itertools.combinations(boxes, 2):
        apart = (
            one.right < other.x or other.right < one.x
            or one.bottom < other.y or other.bottom < one.y
        )  # fmt: skip
        assert apart, (one, other)


@pytest.mark.parametrize("window", [(768, 1024), (1024, 768), (1440, 900), (1920, 1080)])
def test_the_whole_network_fits_the_window(window):
    plan = lay_out(tiny_vgg(), Viewport(*window))
    assert plan.width == window[0]
    assert plan.height <= window[1] - CHROME


@pytest.mark.parametrize("window", [each for each in WINDOWS if each[0] >= STRIP_BELOW])
def test_a_read_out_lies_on_nothing_that_it_explains(window):
    """As wide as it may be; on a phone it is at the foot of the window."""
    plan = lay_out(tiny_vgg(), Viewport(*window))
    for node, box in plan.boxes.items():
        if plan.column_of[node.layer].is_classes:
            continue
        x, middle = plan.readout(node)
        assert 0 <= x <= plan.width - READOUT_WIDTH
        for each in (box, *(plan.boxes[source] for source in plan.sources[node])):
            is_beside = each.right <= x or each.x >= x + READOUT_WIDTH
            assert is_beside or abs(each.middle - middle) >= each.height / 2 + 33, (node, each)


def test_on_a_phone_the_network_is_a_strip_to_scroll():
    plan = lay_out(tiny_vgg(), Viewport(STRIP_BELOW - 1, 844))
    assert plan.width == STRIP_WIDTH


def test_maps_grow_with_the_window():
    sizes = [lay_out(tiny_vgg(), Viewport(*w)).node_size
             for w in [(768, 1024), (1024, 768), (1440, 900), (1920, 1080)]]  # fmt: skip
    assert sizes == sorted(set(sizes))


def test_every_channel_of_input_maps_and_classes_is_a_node_and_vectors_between_are_not():
    plan = lay_out(tiny_vgg(), Viewport(1440, 900))
    assert [column.layer for column in plan.columns] == [
        "input", "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
        "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2", "output",
    ]  # fmt: skip
    assert len(plan.boxes) == 3 + 10 * 10 + 10


def test_sources_are_all_channels_or_the_one_of_the_same_number():
    sources = lay_out(tiny_vgg(), Viewport(1440, 900)).sources
    assert sources[Node("input", 0)] == ()
    assert sources[Node("conv_1_1", 4)] == tuple(Node("input", i) for i in range(3))
    assert sources[Node("relu_1_2", 4)] == (Node("conv_1_2", 4),)
    assert sources[Node("max_pool_1", 9)] == (Node("relu_1_2", 9),)
    assert sources[Node("output", 2)] == tuple(Node("max_pool_2", i) for i in range(10))


def test_long_gaps_stand_before_layers_that_mix_channels():
    plan = lay_out(tiny_vgg(), Viewport(1440, 900))

    def gap(before, after):
        return plan.boxes[Node(after, 0)].x - plan.boxes[Node(before, 0)].right

    short = gap("conv_1_1", "relu_1_1")
    assert short == pytest.approx(gap("relu_2_2", "max_pool_2"))
    assert gap("relu_1_1", "conv_1_2") == pytest.approx(3 * short)
    assert gap("max_pool_2", "output") == pytest.approx(3 * short)


@pytest.mark.parametrize("window", WINDOWS)
def test_cards_and_read_outs_lie_beside_their_node_and_inside_the_drawing(window):
    plan = lay_out(tiny_vgg(), Viewport(*window))
    for node, box in plan.boxes.items():
        card = plan.card(node)
        if window[0] >= SHEET_BELOW:
            assert card.x >= 0
            assert card.right <= plan.width
            for lit in (node, *plan.sources[node]):
                kept_free = plan.boxes[lit]
                assert card.right <= kept_free.x or card.x >= kept_free.right
        x, middle = plan.readout(node)
        assert x >= 0
        assert x + READOUT_WIDTH <= plan.width
        assert box.y - 48 < middle < box.bottom + 48


def test_arrows_reach_every_node_and_stop_at_the_edges():
    plan = lay_out(tiny_vgg(), Viewport(1440, 900))
    reached, waiting = set(), [Node("input", 0)]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [neighbour(plan, node, *way) for way in [(1, 0), (-1, 0), (0, 1), (0, -1)]]
    assert reached == set(plan.boxes)
    assert neighbour(plan, Node("input", 0), -1, 0) == Node("input", 0)
    assert neighbour(plan, Node("output", 9), 1, 0) == Node("output", 9)
    assert neighbour(plan, Node("output", 9), 0, 1) == Node("output", 9)


def test_a_network_that_does_not_end_in_probabilities_is_refused():
    network = sequential((1, 8, 8), [("conv2d", "a", 2), ("flatten", "b"), ("dense", "c", 3)])
    with pytest.raises(ShapeError, match="c: expected a softmax as the last layer, got Dense"):
        lay_out(network, Viewport(1440, 900))


@dataclass(frozen=True)
class Doubled:
    """A kind of layer that nobody knows."""

    name: str
    parameters = 0

    def __call__(self, x):
        return 2 * x

    def output_shape(self, shape):
        return shape

    def window(self, cell):
        return Window(*(range(at, at + 1) for at in cell))


def test_a_kind_of_layer_that_nobody_knows_is_an_error_by_name_and_not_the_classes():
    known = other_network()
    network = Network(known.input_shape, (known.layers[0], Doubled("twice"), *known.layers[1:]))
    with pytest.raises(ShapeError, match=r"twice: expected .* got Doubled"):
        lay_out(network, Viewport(1440, 900))
