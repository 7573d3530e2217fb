from itertools import combinations

import pytest

from cnnscope.state.state import Node
from cnnscope.views.shared.network_plan import Viewport, lay_out
from cnnscope.views.weighted_sum.layout import (
    grid_of,
    lay_out_weighted_sum,
    lay_out_whole_weighted_sum,
)
from support.layouts import overlap
from support.networks import hidden_network, sequential

WINDOWS = [(320, 640), (390, 844), (768, 1024), (960, 600), (1024, 768), (1280, 720), (1440, 900),
           (1920, 1080), (2560, 1440)]  # fmt: skip


def deep(*units):
    hidden = [layer for k, count in enumerate(units)
              for layer in (("dense", f"dense_{k}", count), ("relu", f"relu_{k}"))]  # fmt: skip
    return sequential((1, 12, 12), [("flatten", "row"), *hidden, ("dense", "sums", 10),
                                    ("softmax", "answer")])  # fmt: skip


NETWORKS = [(hidden_network(), "answer"), (deep(120, 84), "dense_1"), (deep(1024, 512), "dense_1")]


def boxes(made):
    yield from (*made.bars, *made.opens, made.title, made.words, made.head, made.sum)
    yield from (*made.captions, *made.grids, made.legends, made.point, made.choose, made.onward)
    yield from (made.close, *([made.fold] if made.fold else []))


@pytest.mark.parametrize(("network", "layer"), NETWORKS, ids=["8", "120", "1024"])
@pytest.mark.parametrize("size", WINDOWS)
@pytest.mark.parametrize("lay_out_it", [lay_out_weighted_sum, lay_out_whole_weighted_sum])
def test_nothing_stands_on_anything_else_and_all_is_inside(network, layer, size, lay_out_it):
    plan = lay_out(network, Viewport(*size))
    made = lay_out_it(network, plan, Node(layer, 2))
    found = list(boxes(made))
    classes = [made.transforms[plan.columns[-1].layer].box(plan.boxes[node])
               for node in plan.columns[-1].nodes]  # fmt: skip
    some = [*found[:30], *found[-30:]]
    for a, b in combinations([*some, *classes], 2):
        assert a is b or not overlap(a, b) or a == b, (a, b)
    minis = [made.transforms[column.layer].box(plan.boxes[node])
             for column in plan.columns[:-1] for node in column.nodes[::7]]  # fmt: skip
    for a in some:
        assert not any(overlap(a, b) for b in minis), a
        assert a.x >= 0
        assert a.right <= made.width + 0.01
        assert a.bottom <= made.height + 0.01


@pytest.mark.parametrize("size", WINDOWS)
def test_each_unit_listed_has_a_row_and_a_way_to_it_and_all_units_a_cell(size):
    network = deep(120, 84)
    plan = lay_out(network, Viewport(*size))
    made = lay_out_weighted_sum(network, plan, Node("dense_1", 2))
    assert (len(made.bars), len(made.opens)) == (13, 10)
    rows, cols = made.grid
    assert rows * cols >= 120 > (cols - 1) * rows
    for grid in made.grids:
        assert grid.width / cols == pytest.approx(grid.height / rows)
        assert grid.width / cols >= 4
    whole = lay_out_whole_weighted_sum(network, plan, Node("dense_1", 2))
    assert (len(whole.bars), len(whole.opens)) == (122, 120)


def test_the_cells_of_a_grid_are_the_largest_squares_that_there_is_room_for():
    for units, wide, high in ((120, 100, 160), (84, 300, 60), (7, 50, 50), (1, 10, 10)):
        rows, cols = grid_of(units, wide, high)
        side = min(wide / cols, high / rows)
        others = ((-(-units // across), across) for across in range(1, units + 1))
        assert side == max(min(wide / across, high / down) for down, across in others)
        assert rows * cols >= units
