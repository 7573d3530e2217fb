"""Columns of many channels: sub-columns, pages, units of hidden layers, classes left out."""

import itertools

import pytest

from cnnscope.state.state import Node
from cnnscope.views.shared.links import all_links
from cnnscope.views.shared.network_columns import (
    CELLS_PAGE,
    ROWS,
    TOP_CLASSES,
    Shown,
    make_columns,
    page_of,
    paged_with,
)
from cnnscope.views.shared.network_plan import CHROME, PAGER, Viewport, lay_out, neighbour
from support.networks import hidden_network, sequential, tiny_vgg

WINDOWS = [(390, 844), (1280, 720), (1440, 900), (1920, 1080)]


def keras_like():
    """32 and 64 channels, and a hundred classes."""
    return sequential(
        (1, 28, 28),
        [("conv2d", "a", 32), ("relu", "ar"), ("max_pool2d", "ap"), ("conv2d", "b", 64),
         ("relu", "br"), ("max_pool2d", "bp"), ("flatten", "flat"), ("dense", "hidden", 300),
         ("relu", "hr"), ("dense", "sums", 100), ("softmax", "answer")],
    )  # fmt: skip


def deep():
    """Columns of 128 and 256 channels, which have no room beside each other."""
    return sequential(
        (3, 24, 24),
        [("conv2d", "a", 128), ("relu", "ar"), ("conv2d", "b", 256), ("relu", "br"),
         ("conv2d", "c", 128), ("relu", "cr"), ("max_pool2d", "cp"), ("flatten", "flat"),
         ("dense", "sums", 10), ("softmax", "answer")],
    )  # fmt: skip


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("network", [keras_like(), deep(), hidden_network()])
def test_nothing_overlaps_and_nothing_leaves_the_drawing(network, window):
    plan = lay_out(network, Viewport(*window))
    pagers = [plan.pager(column.layer) for column in plan.columns if column.is_paged]
    others = [] if plan.others is None else [plan.others]
    boxes = [*plan.boxes.values(), *others, *pagers]
    for box in boxes:
        assert box.x >= 0
        assert box.right <= plan.width + 0.01
        assert box.bottom <= plan.height
    cells = {node for column in plan.columns if column.is_cells for node in column.nodes}
    large = [box for node, box in plan.boxes.items() if node not in cells]
    for one, other in itertools.combinations([*large, *others], 2):
        apart = (
            one.right < other.x or other.right < one.x
            or one.bottom < other.y or other.bottom < one.y
        )  # fmt: skip
        assert apart, (one, other)
    places = {(round(plan.boxes[node].x, 3), round(plan.boxes[node].y, 3)) for node in cells}
    assert len(places) == len(cells)


@pytest.mark.parametrize("window", [(1440, 900), (1280, 720)])
def test_32_and_64_maps_are_all_there_in_sub_columns_that_fit_the_window(window):
    plan = lay_out(keras_like(), Viewport(*window))
    assert [len(plan.column_of[name].nodes) for name in ("a", "br")] == [32, 64]
    assert plan.column_of["br"].abreast > plan.column_of["a"].abreast > 1
    assert plan.node_size >= 24
    assert plan.width == window[0]
    assert plan.height <= window[1] - CHROME + PAGER


def test_a_column_of_ten_never_wraps_and_has_no_pages():
    for window in (*WINDOWS, (1024, 300)):
        columns = lay_out(tiny_vgg(), Viewport(*window)).columns
        assert not any(column.is_spread or column.is_paged for column in columns)


def test_a_phone_pages_instead_of_shrinking():
    plan = lay_out(keras_like(), Viewport(390, 844))
    column = plan.column_of["b"]
    assert (len(column.nodes), column.total, column.abreast) == (ROWS, 64, 1)
    assert plan.node_size == 44


def test_the_page_of_a_channel_is_drawn_and_what_is_made_of_it_one_by_one_goes_along():
    network = deep()
    plan = lay_out(network, Viewport(1440, 900), Shown(pages=(("b", 200),)))
    for name in ("b", "br"):
        shown = [node.channel for node in plan.column_of[name].nodes]
        assert 200 in shown
        assert shown == list(range(shown[0], shown[0] + len(shown)))
    assert plan.column_of["a"].nodes[0].channel == 0
    assert paged_with(network, "br") == "b"
    assert paged_with(network, "cp") == "c"
    assert list(page_of(100, 32, 99)) == [96, 97, 98, 99]


def test_units_are_cells_in_the_height_of_the_maps_and_no_more_than_a_page_of_them():
    plan = lay_out(keras_like(), Viewport(1440, 900))
    hidden = plan.column_of["hidden"]
    assert hidden.is_cells
    assert (len(hidden.nodes), hidden.total) == (CELLS_PAGE, 300)
    assert {plan.boxes[node].width for node in hidden.nodes} == {11}


def test_flattened_maps_and_logits_are_no_columns():
    names = [column.layer for column in make_columns(hidden_network(), 64)]
    assert names == ["input", "first", "bent", "hidden", "again", "answer"]


def test_of_many_classes_the_most_probable_are_drawn_and_the_others_are_a_row():
    ranked = tuple(range(99, -1, -1))
    plan = lay_out(keras_like(), Viewport(1440, 900), Shown(classes=ranked))
    column = plan.columns[-1]
    assert [node.channel for node in column.nodes] == list(ranked[:TOP_CLASSES])
    assert column.others == 90
    assert plan.others is not None
    assert plan.others.y > max(plan.boxes[node].y for node in column.nodes)


def test_many_links_are_one_band_and_few_are_lines():
    wide = lay_out(keras_like(), Viewport(1440, 900))
    bands = [each for each in all_links(wide) if "band" in str(each.attributes["class"])]
    assert len(bands) == len(wide.columns) - 1
    assert all(str(each.attributes["d"]).count("M") == 1 for each in bands)
    plain = lay_out(tiny_vgg(), Viewport(1440, 900))
    assert not any("band" in str(each.attributes["class"]) for each in all_links(plain))


def test_arrow_keys_go_through_sub_columns_and_on_to_the_next_layer():
    plan = lay_out(keras_like(), Viewport(1440, 900))
    rows = plan.column_of["a"].rows
    first = Node("a", 0)
    assert neighbour(plan, first, 1, 0) == Node("a", rows)
    assert neighbour(plan, Node("a", rows), -1, 0) == first
    assert neighbour(plan, first, 0, 1) == Node("a", 1)
    assert neighbour(plan, Node("a", 31), 1, 0).layer == "ar"
    assert neighbour(plan, first, -1, 0) == Node("input", 0)
    assert neighbour(plan, Node("input", 0), -1, 0) == Node("input", 0)
