import itertools
from functools import cache

import pytest

from cnnscope.drawing.geometry import Box
from cnnscope.nn.layers import Conv2d
from cnnscope.state.state import Node
from cnnscope.views.convolution.layout import lay_out_convolution, lay_out_unfolded
from cnnscope.views.convolution.row_layout import around_padding
from cnnscope.views.shared.detail_layout import MINI_LEAST, Transform
from cnnscope.views.shared.network_columns import Shown
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.convolutions import odd_network
from support.layouts import WINDOWS, classes, overlap, overlapping
from support.networks import other_network, tiny_vgg
from support.table_networks import table_networks

NETWORKS = {
    "tiny_vgg": tiny_vgg(), "other": other_network(), "odd": odd_network(),
    **{name: table_networks()[name] for name in ("keras_mnist", "d2l_lenet", "short_mobilenet")},
}  # fmt: skip
BOTH_ENDS = {"tiny_vgg": 2, "other": 2}
"""Networks of whose layers the first node is laid out too."""

ONLY = {"keras_mnist": ("conv_2",), "d2l_lenet": ("conv_2",), "short_mobilenet": ("conv_7",)}
NODES = [
    (name, Node(layer.name, channel))
    for name, network in NETWORKS.items()
    for layer in network.layers
    if isinstance(layer, Conv2d) and layer.name in ONLY.get(name, (layer.name,))
    for channel in (0, len(layer.bias) - 1)[-BOTH_ENDS.get(name, 1) :]
]

everywhere = pytest.mark.parametrize(
    "window", [*WINDOWS, (960, 600)], ids=lambda window: "x".join(map(str, window))
)
every_node = pytest.mark.parametrize(("name", "node"), NODES, ids=str)


@cache
def planned(name, node, window):
    """The network's plan with the page on which a node is, and where it is explained."""
    shown = Shown(pages=((node.layer, node.channel),))
    plan = lay_out(NETWORKS[name], Viewport(*window), shown)
    return plan, lay_out_convolution(NETWORKS[name], plan, node)


def parts(expansion):
    """All that must be seen whole, by name."""
    found = {
        f"{part}/{channel}": getattr(row, part)
        for channel, row in enumerate(expansion.rows)
        for part in ("source", "kernel", "contribution", "value")
    }
    names = ("bias", "plus", "heading", "output", "scale", "readout", "bar", "close", "switch")
    found |= {name: getattr(expansion, name) for name in names}
    found["others"] = expansion.others
    if expansion.dock is not None:
        docked = ("map", "head", "patch", "kernel", "products", "sum")
        found |= {f"dock/{part}": getattr(expansion.dock, part) for part in docked}
    return {name: box for name, box in found.items() if box is not None}


@everywhere
@every_node
def test_everything_stands_inside_the_drawing(name, node, window):
    plan, expansion = planned(name, node, window)
    everything = parts(expansion) | {
        "legends": expansion.legends,
        "classes": classes(plan, expansion), "picture": expansion.picture.box(plan.picture),
    }  # fmt: skip
    for column in plan.columns:
        for each in column.nodes:
            everything[str(each)] = expansion.transforms[column.layer].box(plan.boxes[each])
    outside = [
        (part, box)
        for part, box in everything.items()
        if box.x < -0.01 or box.right > expansion.width + 0.01
        or box.y < 0 or box.bottom > expansion.height + 0.01
    ]  # fmt: skip
    assert outside == []
    assert expansion.width <= max(plan.width, window[0])
    assert all(box.width > 0 for box in everything.values())


@everywhere
@every_node
def test_nothing_that_is_explained_overlaps_anything_else_that_is_nor_the_classes(
    name, node, window
):
    plan, expansion = planned(name, node, window)
    assert overlapping(parts(expansion) | {"classes": classes(plan, expansion)}) == []


@everywhere
@every_node
def test_legends_and_picture_stand_beside_what_they_are_about(name, node, window):
    plan, expansion = planned(name, node, window)
    picture = expansion.picture.box(plan.picture)
    for each in (expansion.legends, picture):
        hidden = {part for part, box in parts(expansion).items() if overlap(box, each)}
        assert hidden == set()


@everywhere
@every_node
def test_what_stepped_aside_hides_nothing_that_is_explained(name, node, window):
    plan, expansion = planned(name, node, window)
    explained = parts(expansion) | {"classes": classes(plan, expansion)}
    aside = {
        str(each): expansion.transforms[column.layer].box(plan.boxes[each])
        for column in plan.columns[:-1]
        if column.layer not in {source.layer for source in expansion.sources}
        for each in column.nodes
    }
    hidden = [
        (one, other) for one, a in aside.items() for other, b in explained.items() if overlap(a, b)
    ]
    assert hidden == []


@everywhere
@every_node
def test_cells_of_the_enlarged_output_are_whole_pixels(name, node, window):
    _, expansion = planned(name, node, window)
    _, rows, cols = NETWORKS[name].shapes[node.layer]
    assert expansion.output.width % max(rows, cols) == 0
    assert expansion.output.width >= max(rows, cols)


@everywhere
@every_node
def test_cells_of_a_kernel_are_square_and_whole_pixels(name, node, window):
    _, expansion = planned(name, node, window)
    kh, kw = NETWORKS[name].layer(node.layer).kernel.shape[2:]
    for row in expansion.rows:
        cell = row.kernel.width / kw
        assert cell == row.kernel.height / kh
        assert cell == int(cell) >= (4 if max(kh, kw) <= 7 else 1)
        assert row.kernel.height <= row.contribution.height


@everywhere
@every_node
def test_each_source_has_its_own_row_from_left_to_right(name, node, window):
    plan, expansion = planned(name, node, window)
    for row in expansion.rows:
        assert row.source.right < row.kernel.x < row.kernel.right < row.contribution.x
        assert row.contribution.right < row.value.x < row.value.right < expansion.plus.x
        assert row.kernel.middle == pytest.approx(row.contribution.middle)
    tops = [row.contribution.y for row in expansion.rows]
    assert tops == sorted(tops)
    if not expansion.is_gathered:
        assert expansion.sources == plan.sources[node]
        assert len(expansion.rows) == len(plan.sources[node])
        shift = expansion.transforms[expansion.sources[0].layer]
        for source, row in zip(expansion.sources, expansion.rows, strict=True):
            moved, given = shift.box(plan.boxes[source]), row.source
            assert (moved.x, moved.y) == pytest.approx((given.x, given.y))
            assert (moved.width, moved.height) == pytest.approx((given.width, given.height))


@everywhere
@every_node
def test_maps_leave_their_column_for_rows_of_their_own_where_that_cannot_hold_them(
    name, node, window
):
    plan, expansion = planned(name, node, window)
    layer = NETWORKS[name].layer(node.layer)
    read = layer.kernel.shape[1]
    before = plan.columns[plan.columns.index(plan.column_of[node.layer]) - 1]
    if not 1 < read <= 11 or before.abreast > 1 or before.total != read:
        assert expansion.is_gathered
        assert expansion.sources == ()
    if name in ("tiny_vgg", "d2l_lenet"):
        assert not expansion.is_gathered
    assert len(expansion.rows) == (10 if read > 11 else read)
    assert (expansion.others is None) == (read <= 11)
    assert (expansion.bias is None) != layer.has_bias


@everywhere
@every_node
def test_the_padding_of_a_row_s_map_has_room_before_what_stands_next(name, node, window):
    _, expansion = planned(name, node, window)
    layer, shape = NETWORKS[name].layer(node.layer), NETWORKS[name].shapes
    given = shape[NETWORKS[name].before(node.layer)][1:]
    whole = [around_padding(row.source, layer.padding, given) for row in expansion.rows]
    for around, row in zip(whole, expansion.rows, strict=True):
        assert around.right < row.kernel.x
        assert around.x >= 0
    for (one, row), (other, _) in itertools.pairwise(zip(whole, expansion.rows, strict=True)):
        apart = other.y - row.contribution.bottom if expansion.is_gathered else 8
        assert one.bottom <= other.y + apart
    if expansion.dock is not None and expansion.dock.map is not None:
        around = around_padding(expansion.dock.map, layer.padding, given)
        assert around.x >= expansion.dock.frame.x - 0.01
        assert around.y >= expansion.dock.frame.y - 0.01
        assert around.right < expansion.dock.patch.x


@pytest.mark.parametrize("window", [(390, 844), (1280, 720)], ids=str)
def test_unfolded_every_channel_has_a_row_and_the_rest_stays_where_it_is(window):
    name, node = "keras_mnist", Node("conv_2", 63)
    plan, folded = planned(name, node, window)
    expansion = lay_out_unfolded(NETWORKS[name], plan, node)
    assert len(expansion.rows) == 32
    assert expansion.rows[:10] == folded.rows
    assert expansion.others.y > expansion.rows[-1].contribution.bottom
    assert expansion.height > folded.height
    assert (expansion.output, expansion.dock) == (folded.output, folded.dock)
    assert overlapping(parts(expansion) | {"classes": classes(plan, expansion)}) == []


@everywhere
@every_node
def test_columns_keep_their_order_from_left_to_right(name, node, window):
    plan, expansion = planned(name, node, window)
    place = plan.columns.index(plan.column_of[node.layer])
    lefts = [
        expansion.transforms[column.layer].box(plan.boxes[column.nodes[0]]).x
        for column in plan.columns
    ]
    if expansion.is_narrow:  # the miniatures are in one line above, the sources below it
        del lefts[-1]
        if not expansion.is_gathered:
            del lefts[place - 1]
    assert lefts == sorted(lefts)
    apart = [b - a for a, b in itertools.pairwise(lefts)]
    is_plain = not any(column.is_spread for column in plan.columns)
    least = MINI_LEAST - 0.01 if is_plain else 4
    assert min(apart, default=MINI_LEAST) >= (0 if expansion.is_narrow else least)


DOCKED = [(960, 600), (1280, 720), (1366, 641), (1440, 900), (1920, 1080), (820, 1180)]


@pytest.mark.parametrize("window", DOCKED, ids=str)
@every_node
def test_the_arithmetic_is_docked_within_the_window_and_its_parts_within_its_frame(
    name, node, window
):
    _, expansion = planned(name, node, window)
    dock = expansion.dock
    frame = dock.frame.grown(0.01)
    for part in (dock.map, dock.head, dock.patch, dock.kernel, dock.products, dock.sum):
        if part is not None:
            assert frame.x <= part.x
            assert frame.y <= part.y
            assert part.right <= frame.right
            assert part.bottom <= frame.bottom
    assert dock.patch.width == dock.kernel.width == dock.products.width


@pytest.mark.parametrize(
    ("window", "digits", "side"),
    [((1280, 720), 13, 160), ((1366, 641), 13, 160), ((1440, 900), 16, 160),
     ((1920, 1080), 20, 160), ((3840, 2160), 20, 160), ((820, 1180), 14, 160)],
)  # fmt: skip
def test_digits_and_the_channels_map_are_as_large_as_the_window_allows(window, digits, side):
    for channel in (0, 9):
        _, expansion = planned("tiny_vgg", Node("conv_1_2", channel), window)
        assert digits <= expansion.dock.size <= 28
        assert side <= expansion.dock.map.width <= 240


def test_a_phone_has_no_room_to_dock_and_words_that_lead_to_the_sheet():
    _, expansion = planned("tiny_vgg", Node("conv_1_2", 3), (390, 844))
    assert expansion.dock is None
    assert expansion.hint.height > 0


@everywhere
def test_every_column_goes_somewhere(window):
    plan, expansion = planned("tiny_vgg", Node("conv_2_1", 4), window)
    assert set(expansion.transforms) == {column.layer for column in plan.columns}


def test_beside_the_first_convolution_the_picture_stays_at_its_channels():
    for window in ((1440, 900), (390, 844)):
        plan, expansion = planned("tiny_vgg", Node("conv_1_1", 3), window)
        picture, first = expansion.picture.box(plan.picture), expansion.rows[0].source
        assert (picture.width, picture.x) == pytest.approx((first.width, first.x))
        assert picture.bottom < first.y


def test_a_shift_scales_about_the_corner_and_then_moves():
    assert Transform(10, 20, 0.5).box(Box(100, 40, 60, 80)) == Box(60, 40, 30, 40)
    assert Transform(0, 0).box(Box(1, 2, 3, 4)) == Box(1, 2, 3, 4)


def test_a_node_that_is_not_drawn_has_no_explanation():
    plan = lay_out(tiny_vgg(), Viewport(1440, 900))
    with pytest.raises(KeyError):
        lay_out_convolution(tiny_vgg(), plan, Node("logits", 0))
