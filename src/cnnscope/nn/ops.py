"""The operations of a small convolutional network, on one picture at a time.

Arrays are float32 and ordered (channel, row, col); kernels are (out, in, row, col).

    y = relu(conv2d(x, kernel) + bias[:, None, None])
    y = max_pool2d(y, size=2, stride=2)
"""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.sliding import Along, Around, Sides, Sliding, positions, sides

Array = NDArray[np.float32]
Float = TypeVar("Float", np.float32, np.float64)


def conv2d(
    x: NDArray[Float], kernel: NDArray[Float], stride: Along = 1, padding: Around = 0,
    dilation: Along = 1, groups: int = 1,
) -> NDArray[Float]:  # fmt: skip
    """Cross-correlation: (in, h, w) with (out, in / groups, kh, kw) -> (out, out_h, out_w).

    With ``dilation`` the numbers of a kernel stand so many cells apart. ``out_h`` is
    ``(h + padding - span(kh, dilation)) // stride + 1``, of the padding above and below: what a
    last, incomplete step would need is left over. The padding is zeros. No bias is added. With
    ``groups`` each of so many parts of the kernels reads the part of the channels of its number.
    The sums are of the input's type.

    One matrix product per kernel position, summed: in Pyodide this is as fast as one product
    over gathered windows and needs a ninth of its memory.
    """
    sliding = Sliding.of("conv2d", kernel.shape[2:], stride, padding, dilation)
    out, inputs, kh, kw = kernel.shape
    rows, cols = sliding.count(x.shape[1:])
    x, cells = padded(x, sliding.padding), rows * cols
    if inputs == 1 < groups:  # each kernel reads one channel: a product of numbers, not matrices
        return multiplied(x, kernel.reshape(groups, -1, kh, kw), sliding).reshape(out, rows, cols)
    if groups > 1:
        kernel = kernel.reshape(groups, out // groups, inputs, kh, kw)
    total = np.zeros((*kernel.shape[:-3], cells), x.dtype)
    for i, j, seen in seen_by(x, sliding):
        total += kernel[..., i, j] @ seen.reshape(*kernel.shape[:-4], inputs, cells)
    return total.reshape(out, rows, cols)


def conv2d_channels(
    x: NDArray[Float], kernel: NDArray[Float], stride: Along = 1, padding: Around = 0,
    dilation: Along = 1,
) -> NDArray[Float]:  # fmt: skip
    """Each channel with its own kernel, not summed: (in, h, w), (in, kh, kw) -> (in, oh, ow).

    What ``conv2d`` adds up for one output channel.
    """
    sliding = Sliding.of("conv2d_channels", kernel.shape[1:], stride, padding, dilation)
    return multiplied(padded(x, sliding.padding), kernel[:, None], sliding)[:, 0]


def multiplied(padded: NDArray[Float], kernels: NDArray[Float], sliding: Sliding) -> NDArray[Float]:
    """Each channel with several kernels: (c, h, w), (c, n, kh, kw) -> (c, n, out_h, out_w)."""
    channels, several, _, _ = kernels.shape
    total = np.zeros((channels, several, *steps(padded, sliding)), padded.dtype)
    for i, j, seen in seen_by(padded, sliding):
        total += kernels[:, :, i, j, None, None] * seen[:, None]
    return total


def steps(padded: NDArray[Float], sliding: Sliding) -> tuple[int, int]:
    """How many whole windows stand below and beside each other in maps with their padding."""
    _, rows, cols = padded.shape
    (down, across), stride = sliding.span, sliding.stride
    return positions(rows, down, stride[0]), positions(cols, across, stride[1])


def seen_by(padded: NDArray[Float], sliding: Sliding) -> Iterator[tuple[int, int, NDArray[Float]]]:
    """For each place (i, j) in a window, what all windows have there: (c, out_h, out_w)."""
    (rows, cols), (down, across) = steps(padded, sliding), sliding.stride
    for i in range(sliding.size[0]):
        for j in range(sliding.size[1]):
            top, left = i * sliding.dilation[0], j * sliding.dilation[1]
            seen = padded[:, top : top + down * rows : down, left : left + across * cols : across]
            yield i, j, seen


def windows(padded: NDArray[Float], sliding: Sliding) -> Iterator[NDArray[Float]]:
    """What each window reads, in reading order: (c, kh, kw)."""
    (rows, cols), (down, across) = steps(padded, sliding), sliding.stride
    (high, wide), apart = sliding.span, sliding.dilation
    for top in range(0, rows * down, down):
        for left in range(0, cols * across, across):
            yield padded[:, top : top + high : apart[0], left : left + wide : apart[1]]


def padded(x: NDArray[Float], padding: Around, value: float = 0) -> NDArray[Float]:
    """Maps with so many rows and columns of zeros, or of another value, around them."""
    around: Sides = sides(padding)
    if not any(map(any, around)):
        return x
    return np.pad(x, ((0, 0), *around), constant_values=value)


def patch(x: NDArray[Float], rows: range, cols: range, value: float = 0) -> NDArray[Float]:
    """The values at some rows and columns: (c, h, w) -> (c, rows, cols); beyond the map, zeros."""
    made = np.full((len(x), len(rows), len(cols)), value, x.dtype)
    (down, inner_rows), (across, inner_cols) = (
        inside(places, size) for places, size in zip((rows, cols), x.shape[1:], strict=True)
    )
    made[:, down, across] = x[:, inner_rows, inner_cols]
    return made


def inside(places: range, size: int) -> tuple[slice, slice]:
    """Which of some rows lie on a map of so many, and where these stand on it."""
    first = min(max(0, -(places.start // places.step)), len(places))
    last = max(first, min(len(places), -((places.start - size) // places.step)))
    start = places.start + first * places.step
    count = last - first
    return slice(first, last), slice(start, start + count * places.step, places.step)


def relu(x: Array) -> Array:
    """``max(0, x)``, cell by cell; any shape."""
    return np.maximum(x, np.float32(0))


def max_pool2d(
    x: Array, size: Along, stride: Along, padding: Around = 0, *, is_ceil: bool = False
) -> Array:
    """The largest value of each window: (c, h, w) -> (c, out_h, out_w); padding never is it."""
    sliding = Sliding.of("max_pool2d", size, stride, padding, is_ceil=is_ceil)
    return reduced(filled(x, sliding, -np.inf), sliding, np.maximum)


def filled(x: Array, sliding: Sliding, value: float = 0) -> Array:
    """Maps with their padding, and with as much more as a last window of them reaches beyond."""
    reach = [places.stop for places in sliding.read([n - 1 for n in sliding.count(x.shape[1:])])]
    (top, bottom), (left, right) = sliding.padding
    below, beside = (max(0, end - n) for end, n in zip(reach, x.shape[1:], strict=True))
    return padded(x, ((top, max(bottom, below)), (left, max(right, beside))), value)


def reduced(padded: Array, sliding: Sliding, combine: np.ufunc) -> Array:
    """The values of each window, combined to one: (c, h, w) -> (c, out_h, out_w)."""
    rows, cols = steps(padded, sliding)
    if rows * cols < sliding.size[0] * sliding.size[1]:  # as where one window is the whole map
        made = [combine.reduce(each, axis=(1, 2)) for each in windows(padded, sliding)]
        return np.stack(made, axis=1).reshape(-1, rows, cols)
    corners = (corner for _, _, corner in seen_by(padded, sliding))
    total = next(corners).copy()
    for corner in corners:
        combine(total, corner, out=total)
    return total


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
