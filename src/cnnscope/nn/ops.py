"""The operations of a small convolutional network, on one picture at a time.

Arrays are float32 and ordered (channel, row, col); kernels are (out, in, row, col).

    y = relu(conv2d(x, kernel) + bias[:, None, None])
    y = max_pool2d(y, size=2, stride=2)
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def conv2d(x: Array, kernel: Array, stride: int = 1, padding: int = 0) -> Array:
    """Cross-correlation: (in, h, w) with (out, in, kh, kw) -> (out, out_h, out_w).

    ``out_h`` is ``(h + 2 * padding - kh) // stride + 1``: what a last, incomplete step would
    need is left over. The padding is zeros. No bias is added.

    One matrix product per kernel position, summed: in Pyodide this is as fast as one product
    over gathered windows and needs a ninth of its memory.
    """
    x = padded(x, padding)
    out_channels, in_channels, kh, kw = kernel.shape
    out_h, out_w = steps(x, kh, kw, stride)
    total = np.zeros((out_channels, out_h * out_w), np.float32)
    for i, j, seen in seen_by(x, kh, kw, stride):
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


def steps(x: Array, kh: int, kw: int, stride: int) -> tuple[int, int]:
    """How many whole windows of kh x kw stand below and beside each other in maps."""
    return (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1


def seen_by(x: Array, kh: int, kw: int, stride: int) -> Iterator[tuple[int, int, Array]]:
    """For each place (i, j) in a window, what all windows have there: (c, out_h, out_w)."""
    out_h, out_w = steps(x, kh, kw, stride)
    for i in range(kh):
        for j in range(kw):
            yield i, j, x[:, i : i + stride * out_h : stride, j : j + stride * out_w : stride]


def padded(x: Array, padding: int) -> Array:
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
