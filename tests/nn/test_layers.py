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

RNG = np.random.default_rng(3)


def conv(out: int = 4, channels: int = 2, size: int = 3, stride: int = 1, padding: int = 0):
    kernel = RNG.uniform(0.5, 1.5, (out, channels, size, size)).astype(np.float32)
    return Conv2d("conv", kernel, np.zeros(out, np.float32), stride, padding)


def influences(layer: Layer, shape: tuple[int, ...], cell: Cell) -> set[tuple[int, int, int]]:
    """The input cells that the output cell reacts to, by changing each one."""
    x = RNG.uniform(1, 2, shape).astype(np.float32)

    def output(x):
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
