"""Marks on the maps that a convolution reads: padding around them, gaps of a dilated kernel."""

from dataclasses import replace

import numpy as np
import pytest

from cnnscope.drawing.geometry import Box
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.arithmetic import window_numbers
from cnnscope.views.convolution.numbers import explain
from cnnscope.views.convolution.window_marks import kernel_window, margins, padding_rim
from support.convolutions import odd_network
from support.networks import explained
from support.states import changed
from support.styles import lengths_of

BOX = Box(100, 200, 96, 72)  # of 12 columns and 9 rows: cells 8 px wide and high


def alone(padding=0, dilation=1, kernel=(3, 3), stride=1):
    """A convolution of a map of 9 rows and 12 columns, explained."""
    weights = np.ones((1, 1, *kernel), np.float32)
    layer = Conv2d("conv", weights, np.zeros(1, np.float32), stride, padding, dilation)
    network = Network((1, 9, 12), (layer,))
    return explain(network, network(np.ones((1, 9, 12), np.float32)), Node("conv", 0))


def test_a_map_without_padding_has_no_rim():
    assert padding_rim(alone(), BOX) is None
    assert margins(alone(), BOX) == ""


@pytest.mark.parametrize(
    ("padding", "sides"),
    [(1, (8, 8, 8, 8)), ((2, 0), (16, 0, 16, 0)), (((1, 2), (0, 3)), (8, 24, 16, 0))],
    ids=str,
)
def test_the_rim_is_as_wide_as_the_padding_on_each_side(padding, sides):
    top, right, bottom, left = sides
    style = lengths_of(padding_rim(alone(padding), BOX).attributes["style"])
    assert (style["left"], style["top"]) == (100 - left, 200 - top)
    assert (style["width"], style["height"]) == (96 + left + right, 72 + top + bottom)
    inner = style["--left"], style["--top"], style["--right"], style["--bottom"]
    assert inner == (left, top, left + 96, top + 72)
    kept = margins(alone(padding), BOX).removeprefix(";margin:")
    assert [float(each.removesuffix("rem")) * 16 for each in kept.split()] == list(sides)


@pytest.mark.parametrize("dilation", [(2, 2), (1, 3), (3, 1)])
@pytest.mark.parametrize("kernel", [(3, 3), (2, 3)])
def test_over_the_reach_of_a_dilated_kernel_a_dot_is_in_the_middle_of_each_cell_that_it_reads(
    dilation, kernel
):
    numbers = alone(2, dilation, kernel)
    mark = kernel_window(numbers, BOX)
    window = lengths_of(mark.attributes["style"])
    (dots,) = mark.children
    style = {
        name: float(value.rstrip("%rem"))
        for name, value in (part.split(":") for part in dots.attributes["style"].split(";"))
    }
    seen = numbers.window((0, 0))
    for axis, length, start in (("--wide", "width", "left"), ("--high", "height", "top")):
        wide, centre = style[axis] / 100, style["--x" if axis == "--wide" else "--y"] / 100
        cells = seen.cols if axis == "--wide" else seen.rows
        tile = wide * window[length]
        first = window[start] + centre * tile
        places = [first + k * tile for k in range(len(cells))]
        corner = BOX.x if axis == "--wide" else BOX.y
        np.testing.assert_allclose(places, [corner + 8 * (cell + 0.5) for cell in cells], atol=0.05)
        assert window[length] == 8 * (cells[-1] - cells[0] + 1)


def test_a_kernel_without_gaps_has_only_a_frame():
    assert kernel_window(alone(1), BOX).children == ()


@pytest.mark.parametrize("layer", ["uneven", "dilated", "flat", "halves"])
def test_of_the_numbers_in_the_window_the_zeros_around_the_map_are_marked(layer):
    here, numbers = explained(Node(layer, 2), network=odd_network())
    _, high, wide = numbers.inputs.shape
    rows, cols = numbers.rows_cols
    for place in ((0, 0), (rows // 2, cols // 2), (rows - 1, cols - 1)):
        moved = replace(here, state=changed(here.state, window=place))
        pose = window_numbers(moved, numbers, 0)
        _, rows_read, cols_read = numbers.window(place)
        marked = [pose[f"card.patch/{i}"]["data-padding"] for i in range(numbers.kernels[0].size)]
        beyond = [
            r not in range(high) or c not in range(wide) for r in rows_read for c in cols_read
        ]
        assert marked == beyond
        if place == (0, 0):
            assert any(marked)
            assert not all(marked)


def test_a_kernel_of_too_many_numbers_tells_each_where_it_is_pointed_at():
    here, numbers = explained(Node("uneven", 2), network=odd_network())
    pose = window_numbers(here, numbers, 1)
    assert pose["card.patch/60"]["data-number"] == pose["card.patch/60"]["text"] != ""
    here, numbers = explained(Node("wide", 2), network=odd_network())
    assert "data-number" not in window_numbers(here, numbers, 1)["card.patch/24"]
