import numpy as np
import pytest

from cnnscope.nn.layers import (
    Cell,
    Conv2d,
    Dense,
    Flatten,
    Layer,
    MaxPool2d,
    Relu,
    ShapeError,
    Softmax,
)
from support import naive

RNG = np.random.default_rng(3)


def conv(out: int = 4, channels: int = 2, size: int = 3, stride: int = 1, padding: int = 0):
    kernel = RNG.uniform(0.5, 1.5, (out, channels, size, size)).astype(np.float32)
    return Conv2d("conv", kernel, np.zeros(out, np.float32), stride, padding)


def influences(layer: Layer, shape: tuple[int, ...], cell: Cell) -> set[tuple[int, int, int]]:
    """The input cells that the output cell reacts to, by changing each one."""
    x = RNG.uniform(1, 2, shape).astype(np.float32)

    def output(x):
        with np.errstate(invalid="ignore"):  # BLAS may look at what lies beside a short vector
            y = layer(x)
        return y[tuple(cell)] if y.ndim == 3 else y[cell.channel]

    before = output(x)
    seen = set()
    for place in np.ndindex(*shape):
        changed = x.copy()
        changed[place] += 100  # the new maximum wherever it stands
        if output(changed) != before:
            seen.add((*place, 0, 0)[:3])
    return seen


@pytest.mark.parametrize(
    ("layer", "shape", "cell"),
    [
        (conv(), (2, 6, 7), Cell(1, 2, 3)),
        (conv(stride=2), (2, 7, 7), Cell(3, 1, 2)),
        (conv(padding=1), (2, 5, 5), Cell(0, 0, 4)),
        (conv(size=2, stride=3, padding=2), (2, 6, 6), Cell(2, 1, 0)),
        (Relu("relu"), (2, 4, 4), Cell(1, 3, 2)),
        (MaxPool2d("pool"), (2, 6, 6), Cell(1, 2, 0)),
        (MaxPool2d("pool", 3, 2), (2, 7, 7), Cell(0, 1, 2)),
        (Flatten("flatten", (2, 3, 4)), (2, 3, 4), Cell(17)),
        (Dense("dense", np.ones((3, 5), np.float32), np.zeros(3, np.float32)), (5,), Cell(2)),
    ],
)
def test_window_holds_exactly_the_cells_that_change_the_output(layer, shape, cell):
    window = layer.window(cell)
    _, rows, cols = (*shape, 1, 1)[:3]
    claimed = {
        (channel, row, col)
        for channel in window.channels
        for row in window.rows
        for col in window.cols
        if 0 <= row < rows and 0 <= col < cols
    }
    assert claimed == influences(layer, shape, cell)


CONVOLUTIONS = [
    {"stride": stride, "padding": padding, "size": size}
    for stride in (1, 2, 3) for padding in (0, 1, 2) for size in (1, 2, 3)
]  # fmt: skip


@pytest.mark.parametrize("settings", CONVOLUTIONS, ids=str)
def test_every_window_is_the_field_found_by_changing_each_input_cell(settings):
    layer, shape = conv(out=2, **settings), (2, 6, 7)
    _, rows, cols = layer.output_shape(shape)
    x = RNG.uniform(1, 2, shape).astype(np.float32)
    before = layer(x)
    claimed = np.zeros((rows, cols, *shape), bool)
    for row, col in np.ndindex(rows, cols):
        window = layer.window(Cell(1, row, col))
        for at in np.ndindex(*shape):
            claimed[(row, col, *at)] = all(
                place in box for place, box in zip(at, window, strict=True)
            )
    for at in np.ndindex(*shape):
        changed = x.copy()
        changed[at] += 100
        np.testing.assert_array_equal(claimed[(..., *at)], layer(changed)[1] != before[1])


@pytest.mark.parametrize("settings", CONVOLUTIONS, ids=str)
def test_a_patch_holds_the_values_in_the_window_and_zeros_beside_the_map(settings):
    layer, shape = conv(out=2, **settings), (2, 6, 7)
    x = RNG.uniform(1, 2, shape).astype(np.float32)
    _, rows, cols = layer.output_shape(shape)
    for row, col in np.ndindex(rows, cols):
        cell = Cell(1, row, col)
        patch, window = layer.patch(x, cell), layer.window(cell)
        expected = [
            [
                [x[k, i, j] if 0 <= i < shape[1] and 0 <= j < shape[2] else 0 for j in window.cols]
                for i in window.rows
            ]
            for k in range(shape[0])
        ]
        np.testing.assert_array_equal(patch, expected)
        total = np.sum(patch.astype(float) * layer.kernel[1])
        assert layer(x)[1, row, col] == pytest.approx(total, abs=1e-5)


@pytest.mark.parametrize("settings", CONVOLUTIONS, ids=str)
def test_contributions_equal_plain_loops_and_with_the_bias_are_the_output(settings):
    kernel = RNG.standard_normal((3, 4, settings["size"], settings["size"])).astype(np.float32)
    bias = RNG.standard_normal(3).astype(np.float32)
    stride, padding = settings["stride"], settings["padding"]
    layer = Conv2d("conv", kernel, bias, stride, padding)
    x = RNG.standard_normal((4, 6, 7)).astype(np.float32)
    for channel in range(3):
        got = layer.contributions(x, channel)
        expected = naive.contributions(x, kernel[channel], stride, padding)
        np.testing.assert_allclose(got, expected, atol=1e-5)
        np.testing.assert_allclose(got.sum(0) + bias[channel], layer(x)[channel], atol=1e-5)


def test_window_of_softmax_is_every_logit():
    assert Softmax("output", 10).window(Cell(3)).channels == range(10)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (conv(stride=2, padding=1), (2, 8, 9)),
        (MaxPool2d("pool", 3, 2), (2, 8, 9)),
        (Relu("relu"), (2, 3, 4)),
        (Flatten("flatten", (2, 3, 4)), (2, 3, 4)),
    ],
)
def test_output_shape_is_the_shape_of_the_output(layer, shape):
    assert layer.output_shape(shape) == layer(np.zeros(shape, np.float32)).shape


def test_a_kernel_for_other_channels_is_refused_with_subject_expected_and_got():
    with pytest.raises(ShapeError, match=r"conv kernel: expected \(4, 3, 3, 3\), got \(4, 2, 3, 3"):
        conv(channels=2).output_shape((3, 8, 8))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Conv2d("c", np.zeros((2, 3, 3), np.float32), np.zeros(2)), "c kernel"),
        (lambda: Conv2d("c", np.zeros((2, 3, 3, 3)), np.zeros(3)), "c bias"),
        (lambda: Dense("d", np.zeros((2, 3)), np.zeros(3)), "d bias"),
        (lambda: MaxPool2d("p", 0), "p size"),
        (lambda: MaxPool2d("p").output_shape((1, 1, 8)), "p input"),
        (lambda: conv().output_shape((2, 2, 8)), "conv input"),
        (lambda: conv().output_shape((128,)), "conv input"),
        (lambda: Flatten("f", (1, 2, 2)).output_shape((1, 2, 3)), "f input"),
        (lambda: Softmax("s", 3).output_shape((4,)), "s input"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_by_name(make, said):
    with pytest.raises(ShapeError, match=said):
        make()


@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (3, 1)])
def test_the_winners_of_a_pooling_window_are_all_cells_of_the_largest_value_in_it(size, stride):
    layer = MaxPool2d("pool", size, stride)
    x = np.random.default_rng(4).integers(0, 4, (2, 8, 9)).astype(np.float32)  # with many ties
    output = layer(x)
    for channel, row, col in np.ndindex(output.shape):
        _, rows, cols = layer.window(Cell(channel, row, col))
        winners = layer.winners(x, Cell(channel, row, col))
        largest = max(x[channel, r, c] for r in rows for c in cols)
        assert winners == tuple((r, c) for r in rows for c in cols if x[channel, r, c] == largest)
        assert output[channel, row, col] == largest
