"""The operations of a small convolutional network, on one picture at a time.

Arrays are float32 and ordered (channel, row, col); kernels are (out, in, row, col).

    y = relu(conv2d(x, kernel) + bias[:, None, None])
    y = max_pool2d(y, size=2, stride=2)
"""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Float = TypeVar("Float", np.float32, np.float64)


def conv2d(
    x: NDArray[Float], kernel: NDArray[Float], stride: int = 1, padding: int = 0, dilation: int = 1
) -> NDArray[Float]:
    """Cross-correlation: (in, h, w) with (out, in, kh, kw) -> (out, out_h, out_w).

    With ``dilation`` the numbers of a kernel stand so many cells apart. ``out_h`` is
    ``(h + 2 * padding - span(kh, dilation)) // stride + 1``: what a last, incomplete step would
    need is left over. The padding is zeros. No bias is added. The sums are of the input's type.

    One matrix product per kernel position, summed: in Pyodide this is as fast as one product
    over gathered windows and needs a ninth of its memory.
    """
    x = padded(x, padding)
    out_channels, in_channels, kh, kw = kernel.shape
    out_h, out_w = steps(x, kh, kw, stride, dilation)
    total = np.zeros((out_channels, out_h * out_w), x.dtype)
    for i, j, seen in seen_by(x, kh, kw, stride, dilation):
        total += kernel[:, :, i, j] @ seen.reshape(in_channels, -1)  # (out, out_h * out_w)
    return total.reshape(out_channels, out_h, out_w)


def conv2d_channels(x: Array, kernel: Array, stride: int = 1, padding: int = 0) -> Array:
    """Each channel with its own kernel, not summed: (in, h, w), (in, kh, kw) -> (in, oh, ow).

    What ``conv2d`` adds up for one output channel.
    """
    x = padded(x, padding)
    channels, kh, kw = kernel.shape
    total = np.zeros((channels, *steps(x, kh, kw, stride)), np.float32)
    for i, j, seen in seen_by(x, kh, kw, stride):
        total += kernel[:, i, j, None, None] * seen
    return total


def span(size: int, dilation: int) -> int:
    """How many rows a window reaches over that reads ``size`` of them, each so far apart."""
    return dilation * (size - 1) + 1


def positions(size: int, reach: int, stride: int) -> int:
    """How many whole windows that reach over so many of ``size`` rows stand below each other."""
    return max(0, (size - reach) // stride + 1)


def steps(x: NDArray[Float], kh: int, kw: int, stride: int, dilation: int = 1) -> tuple[int, int]:
    """How many whole windows of kh x kw stand below and beside each other in maps."""
    _, rows, cols = x.shape
    down, across = span(kh, dilation), span(kw, dilation)
    return positions(rows, down, stride), positions(cols, across, stride)


def seen_by(
    x: NDArray[Float], kh: int, kw: int, stride: int, dilation: int = 1
) -> Iterator[tuple[int, int, NDArray[Float]]]:
    """For each place (i, j) in a window, what all windows have there: (c, out_h, out_w)."""
    out_h, out_w = steps(x, kh, kw, stride, dilation)
    for i in range(kh):
        for j in range(kw):
            top, left = i * dilation, j * dilation
            rows = slice(top, top + stride * out_h, stride)
            yield i, j, x[:, rows, left : left + stride * out_w : stride]


def padded(x: NDArray[Float], padding: int) -> NDArray[Float]:
    """Maps with so many rows and columns of zeros around them."""
    if padding == 0:
        return x
    return np.pad(x, ((0, 0), (padding, padding), (padding, padding)))


def relu(x: Array) -> Array:
    """``max(0, x)``, cell by cell; any shape."""
    return np.maximum(x, np.float32(0))


def max_pool2d(x: Array, size: int, stride: int) -> Array:
    """The largest value of each ``size`` x ``size`` window: (c, h, w) -> (c, out_h, out_w)."""
    corners = (corner for _, _, corner in seen_by(x, size, size, stride))
    best = next(corners).copy()
    for corner in corners:
        np.maximum(best, corner, out=best)
    return best


def flatten(x: Array) -> Array:
    """Every cell in one row, ordered (channel, row, col): (c, h, w) -> (c * h * w,)."""
    return x.reshape(-1)


def dense(x: Array, kernel: Array, bias: Array) -> Array:
    """A weighted sum of all features for each output: (in,) with (out, in) -> (out,)."""
    return kernel @ x + bias


def softmax(logits: Array) -> Array:
    """Probabilities that sum to one: (n,) -> (n,). Finite for any finite logits."""
    exponentials = np.exp(logits - logits.max())  # the largest is exp(0): no overflow
    probabilities: Array = exponentials / exponentials.sum()
    return probabilities
