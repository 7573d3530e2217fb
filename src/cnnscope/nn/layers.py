"""Layers: frozen, callable, and able to say which input cells an output cell is made from.

    conv = Conv2d("conv_1_1", kernel, bias)
    conv(x)                          # (10, 62, 62) from (3, 64, 64)
    conv.window(Cell(4, 0, 7))       # Window(channels=0..2, rows=0..2, cols=7..9)

Highlights, animations, formulas and receptive fields are all derived from ``window``, so that
they cannot disagree with each other or with the arithmetic.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.ops import Array

Shape = tuple[int, ...]
"""(channels, rows, cols) of a map, or (features,) of a vector."""


class ShapeError(ValueError):
    """Two shapes that do not fit; says subject, expected and got."""


class Cell(NamedTuple):
    """One value of an activation, zero-based; a vector's entry is a channel of 1x1."""

    channel: int
    row: int = 0
    col: int = 0


class Window(NamedTuple):
    """A box of input cells. Rows and cols outside the input lie in the zero padding."""

    channels: range
    rows: range
    cols: range


@dataclass(frozen=True, eq=False)
class Conv2d:
    """Cross-correlation and a bias: (in, h, w) -> (out, out_h, out_w)."""

    name: str
    kernel: Array  # (out, in, kh, kw)
    bias: Array  # (out,)
    stride: int = 1
    padding: int = 0

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.kernel.ndim == 4, f"{self.name} kernel", "4 axes", self.kernel.shape)
        expect_shape(f"{self.name} bias", self.kernel.shape[:1], self.bias.shape)
        expect(self.stride >= 1, f"{self.name} stride", "at least 1", self.stride)
        expect(self.padding >= 0, f"{self.name} padding", "at least 0", self.padding)

    def __call__(self, x: Array) -> Array:
        """Convolve and add the bias of each output channel."""
        return ops.conv2d(x, self.kernel, self.stride, self.padding) + self.bias[:, None, None]

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        out, channels, kh, kw = self.kernel.shape
        expect_shape(f"{self.name} kernel", (out, shape[0], kh, kw), (out, channels, kh, kw))
        rows, cols = (n + 2 * self.padding for n in shape[1:])
        fits = rows >= kh and cols >= kw
        expect(fits, f"{self.name} input", f"at least {kh}x{kw} with padding", (rows, cols))
        return out, (rows - kh) // self.stride + 1, (cols - kw) // self.stride + 1

    def contributions(self, x: Array, channel: int) -> Array:
        """What each input channel adds to an output channel: (in, h, w) -> (in, oh, ow).

        Their sum and the bias are the output.
        """
        return ops.conv2d_channels(x, self.kernel[channel], self.stride, self.padding)

    def patch(self, x: Array, cell: Cell) -> Array:
        """The input values under the kernel for ``cell``, zeros in the padding: (in, kh, kw)."""
        _, rows, cols = self.window(cell)
        x = ops.padded(x, self.padding)
        top, left = rows.start + self.padding, cols.start + self.padding
        return x[:, top : top + len(rows), left : left + len(cols)]

    def window(self, cell: Cell) -> Window:
        """The patch of every input channel that the kernel covers for ``cell``."""
        _, channels, kh, kw = self.kernel.shape
        top = cell.row * self.stride - self.padding
        left = cell.col * self.stride - self.padding
        return Window(range(channels), range(top, top + kh), range(left, left + kw))

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return self.kernel.size + self.bias.size


@dataclass(frozen=True)
class Relu:
    """``max(0, x)``, cell by cell: the shape stays."""

    name: str
    parameters = 0

    def __call__(self, x: Array) -> Array:
        """Replace negative values by zero."""
        return ops.relu(x)

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself."""
        return shape

    def window(self, cell: Cell) -> Window:
        """The same cell of the same channel."""
        return Window(one(cell.channel), one(cell.row), one(cell.col))


@dataclass(frozen=True)
class MaxPool2d:
    """The largest value of each window: (c, h, w) -> (c, out_h, out_w)."""

    name: str
    size: int = 2
    stride: int = 2
    parameters = 0

    def __post_init__(self) -> None:
        """Check the two settings. Raises ShapeError."""
        expect(self.size >= 1, f"{self.name} size", "at least 1", self.size)
        expect(self.stride >= 1, f"{self.name} stride", "at least 1", self.stride)

    def __call__(self, x: Array) -> Array:
        """Keep the largest value of each window."""
        return ops.max_pool2d(x, self.size, self.stride)

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        channels, rows, cols = shape
        fits = min(rows, cols) >= self.size
        expect(fits, f"{self.name} input", f"at least {self.size}x{self.size}", (rows, cols))
        return channels, *((n - self.size) // self.stride + 1 for n in (rows, cols))

    def window(self, cell: Cell) -> Window:
        """The cells of the same channel that compete for ``cell``."""
        top, left = cell.row * self.stride, cell.col * self.stride
        return Window(one(cell.channel), range(top, top + self.size), range(left, left + self.size))

    def winners(self, x: Array, cell: Cell) -> tuple[tuple[int, int], ...]:
        """Where the largest value of the window lies: the (row, col) of x, of all where they tie.

        Rows and columns are those of the whole map, in reading order.
        """
        _, rows, cols = self.window(cell)
        patch = x[cell.channel, rows.start : rows.stop, cols.start : cols.stop]
        tied = np.argwhere(patch == patch.max())
        return tuple((rows[int(row)], cols[int(col)]) for row, col in tied)


@dataclass(frozen=True)
class Flatten:
    """Every cell in one row, ordered (channel, row, col).

    The order of cells depends on the size of the map, so the layer is told the map's shape.
    """

    name: str
    shape: Shape
    parameters = 0

    def __call__(self, x: Array) -> Array:
        """Lay the cells out in one row."""
        return ops.flatten(x)

    def output_shape(self, shape: Shape) -> Shape:
        """One axis of as many features as the map has cells. Raises ShapeError."""
        expect_shape(f"{self.name} input", self.shape, shape)
        return (math.prod(shape),)

    def window(self, cell: Cell) -> Window:
        """The one cell of the map that stands at this place of the row."""
        channel, row, col = (int(i) for i in np.unravel_index(cell.channel, self.shape))
        return Window(one(channel), one(row), one(col))


@dataclass(frozen=True, eq=False)
class Dense:
    """A weighted sum of all features and a bias, for each output: (in,) -> (out,)."""

    name: str
    kernel: Array  # (out, in)
    bias: Array  # (out,)

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.kernel.ndim == 2, f"{self.name} kernel", "2 axes", self.kernel.shape)
        expect_shape(f"{self.name} bias", self.kernel.shape[:1], self.bias.shape)

    def __call__(self, x: Array) -> Array:
        """Weigh, sum, add the bias."""
        return ops.dense(x, self.kernel, self.bias)

    def output_shape(self, shape: Shape) -> Shape:
        """(out,) for an input of ``shape``. Raises ShapeError."""
        expect_shape(f"{self.name} input", self.kernel.shape[1:], shape)
        return self.bias.shape

    def window(self, cell: Cell) -> Window:
        """Every feature."""
        return Window(range(self.kernel.shape[1]), one(0), one(0))

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return self.kernel.size + self.bias.size


@dataclass(frozen=True)
class Softmax:
    """Logits to probabilities that sum to one: (n,) -> (n,).

    Every probability depends on all ``classes`` logits.
    """

    name: str
    classes: int
    parameters = 0

    def __call__(self, x: Array) -> Array:
        """Exponentials, divided by their sum."""
        return ops.softmax(x)

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself. Raises ShapeError."""
        expect_shape(f"{self.name} input", (self.classes,), shape)
        return shape

    def window(self, cell: Cell) -> Window:
        """Every logit."""
        return Window(range(self.classes), one(0), one(0))


Layer = Conv2d | Relu | MaxPool2d | Flatten | Dense | Softmax


def one(index: int) -> range:
    """The range that holds ``index`` alone."""
    return range(index, index + 1)


def expect(holds: bool, subject: str, expected: str, got: object) -> None:
    """Raise ShapeError unless ``holds``."""
    if not holds:
        raise ShapeError(f"{subject}: expected {expected}, got {got}")


def expect_shape(subject: str, expected: Shape, got: Shape) -> None:
    """Raise ShapeError unless the shapes are equal."""
    expect(expected == got, subject, str(expected), got)


def expect_map(name: str, shape: Shape) -> None:
    """Raise ShapeError unless ``shape`` is (channels, rows, cols)."""
    expect(len(shape) == 3, f"{name} input", "(channels, rows, cols)", shape)
