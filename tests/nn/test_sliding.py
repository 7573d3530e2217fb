"""Windows of any size, stride, padding, dilation, groups: against plain loops and by trying."""

import random

import numpy as np
import pytest

from cnnscope.nn.layers import AvgPool2d, Cell, Conv2d, MaxPool2d, ShapeError
from cnnscope.nn.network import Network
from cnnscope.nn.receptive_field import receptive_field
from support import naive

RNG = np.random.default_rng(5)
CONVOLUTIONS = {
    "plain": {},
    "by axis": {"stride": (2, 1), "padding": (1, 2)},
    "by side": {"stride": (1, 3), "padding": ((0, 1), (2, 0))},
    "dilated": {"dilation": (2, 3), "padding": 2},
    "dilated and strided": {"dilation": 2, "stride": (2, 3), "padding": ((3, 0), (0, 1))},
    "in groups": {"groups": 2, "padding": 1},
    "depthwise": {"groups": 4, "dilation": (1, 2)},
    "depthwise, strided": {"groups": 4, "stride": 2, "padding": ((0, 1), (0, 1))},
}
POOLINGS = [
    {"size": (2, 3), "stride": (1, 2)},
    {"size": 3, "stride": 2, "padding": ((0, 1), (0, 1))},
    {"size": (4, 3), "stride": (3, 2), "padding": (2, 1), "ceil_mode": True},
    {"size": 3, "stride": 3, "ceil_mode": True},
    {"size": (2, 1), "stride": (4, 3), "padding": ((1, 0), (0, 0)), "ceil_mode": True},
    {"size": (8, 9), "stride": 8},
]
SHAPE = (4, 8, 9)


def conv(settings, out=8, size=(3, 2), channels=4):
    read = channels // settings.get("groups", 1)
    kernel = RNG.uniform(0.5, 1.5, (out, read, *size)).astype(np.float32)
    bias = RNG.standard_normal(out).astype(np.float32)
    return Conv2d("conv", kernel, bias, **settings)


def picture(shape=SHAPE):
    return RNG.uniform(1, 2, shape).astype(np.float32)


def read_by(layer, shape, channel):
    """Which input cells each output cell of a channel reacts to: (oh, ow, *shape), by trying."""
    x = picture(shape)
    before = layer(x)[channel]
    found = np.zeros((*before.shape, *shape), bool)
    for at in np.ndindex(*shape):
        changed = x.copy()
        changed[at] += 1000  # the new maximum wherever it stands
        found[(..., *at)] = layer(changed)[channel] != before
    return found


def claimed_by(layer, shape, channel):
    rows, cols = layer.output_shape(shape)[1:]
    found = np.zeros((rows, cols, *shape), bool)
    for row, col in np.ndindex(rows, cols):
        window = layer.window(Cell(channel, row, col))
        for at in np.ndindex(*shape):
            found[(row, col, *at)] = all(
                place in box for place, box in zip(at, window, strict=True)
            )
    return found


@pytest.mark.parametrize("settings", CONVOLUTIONS.values(), ids=list(CONVOLUTIONS))
def test_a_convolution_equals_plain_loops(settings):
    layer, x = conv(settings), picture()
    expected = naive.sliding_conv2d(
        x, layer.kernel, layer.stride, layer.padding, layer.dilation, layer.groups
    )
    assert layer.output_shape(SHAPE) == expected.shape
    np.testing.assert_allclose(layer(x), expected + layer.bias[:, None, None], rtol=1e-5)


@pytest.mark.parametrize("settings", CONVOLUTIONS.values(), ids=list(CONVOLUTIONS))
@pytest.mark.parametrize("channel", [0, 5])
def test_a_window_names_exactly_the_cells_that_the_kernel_reads(settings, channel):
    layer = conv(settings)
    shape = (4, 8, 7)
    claimed = claimed_by(layer, shape, channel)
    np.testing.assert_array_equal(claimed, read_by(layer, shape, channel))
    assert claimed.any()


@pytest.mark.parametrize("settings", CONVOLUTIONS.values(), ids=list(CONVOLUTIONS))
def test_patches_and_contributions_are_of_the_channels_that_are_read(settings):
    layer, x = conv(settings), picture()
    for channel in (0, 3, 7):
        given = layer.contributions(x, channel)
        assert len(given) == len(layer.sources(channel)) == layer.kernel.shape[1]
        total = given.sum(0) + layer.bias[channel]
        np.testing.assert_allclose(total, layer(x)[channel], rtol=1e-5)
        for row, col in np.ndindex(*given.shape[1:]):
            patch = layer.patch(x, Cell(channel, row, col))
            assert patch.shape == layer.kernel.shape[1:]
            _, rows, cols = layer.window(Cell(channel, row, col))
            for (k, i, j), value in np.ndenumerate(patch):
                at, to = rows[i], cols[j]
                inside = 0 <= at < SHAPE[1] and 0 <= to < SHAPE[2]
                assert value == (x[layer.sources(channel)[k], at, to] if inside else 0)
            products = (patch * layer.kernel[channel]).sum((1, 2))
            np.testing.assert_allclose(products, given[:, row, col], rtol=1e-5)


@pytest.mark.parametrize("settings", POOLINGS, ids=str)
def test_pooling_equals_plain_loops_over_what_lies_on_the_map(settings):
    largest, mean = MaxPool2d("pool", **settings), AvgPool2d("pool", **settings)
    mean_of_map = AvgPool2d("pool", **settings, count_include_pad=False)
    x, sliding = picture(), (largest.size, largest.stride, largest.padding)
    ceil = settings.get("ceil_mode", False)
    expected = naive.pooled(x, *sliding, max, ceil=ceil)
    np.testing.assert_array_equal(largest(x), expected)
    assert largest.output_shape(SHAPE) == mean.output_shape(SHAPE) == expected.shape
    expected = naive.pooled(x, *sliding, lambda values: sum(values) / len(values), ceil=ceil)
    np.testing.assert_allclose(mean_of_map(x), expected, rtol=1e-5)
    sums = naive.pooled(x, *sliding, sum, ceil=ceil)
    for cell, value in np.ndenumerate(mean(x)):
        assert value == pytest.approx(sums[cell] / mean.divisor(Cell(*cell), SHAPE), rel=1e-5)


@pytest.mark.parametrize("settings", POOLINGS, ids=str)
@pytest.mark.parametrize("kind", [MaxPool2d, AvgPool2d])
def test_a_pooling_window_names_exactly_what_it_reads(settings, kind):
    layer, shape = kind("pool", **settings), (2, 8, 9)
    claimed = claimed_by(layer, shape, 1)
    np.testing.assert_array_equal(claimed, read_by(layer, shape, 1))


@pytest.mark.parametrize("settings", POOLINGS, ids=str)
def test_winners_are_where_the_largest_value_of_a_window_stands_never_in_the_padding(settings):
    layer = MaxPool2d("pool", **settings)
    x = -RNG.integers(1, 4, (2, 8, 9)).astype(np.float32)  # all below zero, with many ties
    for (channel, row, col), value in np.ndenumerate(layer(x)):
        winners = layer.winners(x, Cell(channel, row, col))
        _, rows, cols = layer.window(Cell(channel, row, col))
        assert winners == tuple(
            (r, c) for r in rows for c in cols
            if 0 <= r < 8 and 0 <= c < 9 and x[channel, r, c] == value
        )  # fmt: skip
        assert winners


def test_settings_are_always_held_in_the_longest_form():
    layer = conv({"stride": 2, "padding": (1, 2), "dilation": [1, 3]})
    assert (layer.stride, layer.padding, layer.dilation) == ((2, 2), ((1, 1), (2, 2)), (1, 3))
    pool = MaxPool2d("pool", 3, [2, 1], [[0, 1], [1, 0]])
    assert (pool.size, pool.stride, pool.padding) == ((3, 3), (2, 1), ((0, 1), (1, 0)))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"stride": 0}, "conv stride: expected at least 1, got 0"),
        ({"stride": 1.5}, "conv stride: expected a whole number, or one for each axis, got 1.5"),
        ({"dilation": (1, 0)}, "conv dilation: expected at least 1"),
        ({"padding": ((0, -1), (0, 0))}, "conv padding: expected at least 0, got -1"),
        ({"padding": (1, 1, 1)}, "conv padding: expected a whole number, one for each axis, or"),
        ({"groups": 3}, "conv groups: expected a divisor of 8, got 3"),
    ],
)
def test_what_cannot_be_is_refused_by_name(settings, said):
    with pytest.raises(ShapeError, match=said.replace("(", "[(]")):
        conv(settings)


def test_groups_that_do_not_divide_the_input_are_refused():
    with pytest.raises(ShapeError, match="conv input: expected channels in 4 equal groups, got 6"):
        conv({"groups": 4}).output_shape((6, 8, 8))


def test_a_receptive_field_goes_from_the_first_to_the_last_cell_that_is_read():
    layers = (
        conv({"dilation": (2, 3)}, channels=2, out=4),
        MaxPool2d("pool", 2, 2, ((0, 1), (0, 0)), ceil_mode=True),
    )
    network = Network((2, 14, 15), layers)
    field = receptive_field(network, "pool", Cell(1, 2, 1))
    assert field == (range(2), range(4, 10), range(2, 7))


@pytest.mark.long
def test_random_convolutions_equal_plain_loops():
    rng = random.Random(3)
    for _ in range(60):
        groups = rng.choice([1, 2, 4])
        settings = {
            "stride": (rng.randint(1, 3), rng.randint(1, 3)),
            "padding": tuple((rng.randint(0, 3), rng.randint(0, 3)) for _ in range(2)),
            "dilation": (rng.randint(1, 2), rng.randint(1, 3)), "groups": groups,
        }  # fmt: skip
        layer, x = conv(settings, 4, (rng.randint(1, 4), rng.randint(1, 3))), picture()
        expected = naive.sliding_conv2d(
            x, layer.kernel, layer.stride, layer.padding, layer.dilation, groups
        )
        np.testing.assert_allclose(layer(x) - layer.bias[:, None, None], expected, atol=1e-4)
