"""Oracles: the operations as plain loops in float64, written from their definitions."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def conv2d(x: Floats, kernel: Floats, bias: Floats, stride: int = 1, padding: int = 0) -> Floats:
    channels, rows, cols = x.shape
    out, _, kh, kw = kernel.shape
    out_h = len(range(0, rows + 2 * padding - kh + 1, stride))
    out_w = len(range(0, cols + 2 * padding - kw + 1, stride))
    y = np.zeros((out, out_h, out_w))
    for o in range(out):
        for r in range(out_h):
            for c in range(out_w):
                total = float(bias[o])
                for k in range(channels):
                    for i in range(kh):
                        for j in range(kw):
                            row, col = r * stride + i - padding, c * stride + j - padding
                            if 0 <= row < rows and 0 <= col < cols:
                                total += float(x[k, row, col]) * float(kernel[o, k, i, j])
                y[o, r, c] = total
    return y


def contributions(x: Floats, kernel: Floats, stride: int = 1, padding: int = 0) -> Floats:
    """What each input channel adds to one output channel: (in, h, w), (in, kh, kw)."""
    none = np.zeros(1)
    return np.stack(
        [
            conv2d(x[k : k + 1], kernel[None, k : k + 1], none, stride, padding)[0]
            for k in range(len(x))
        ]
    )


def max_pool2d(x: Floats, size: int, stride: int) -> Floats:
    channels, rows, cols = x.shape
    tops, lefts = range(0, rows - size + 1, stride), range(0, cols - size + 1, stride)
    y = np.zeros((channels, len(tops), len(lefts)))
    for k in range(channels):
        for r, top in enumerate(tops):
            for c, left in enumerate(lefts):
                y[k, r, c] = max(
                    float(x[k, top + i, left + j]) for i in range(size) for j in range(size)
                )
    return y


def sliding_conv2d(x, kernel, stride, padding, dilation, groups):
    """A convolution of any settings: pairs, ((top, bottom), (left, right)), parts of channels."""
    (_, rows, cols), (out, read, kh, kw) = x.shape, kernel.shape
    ((top, bottom), (left, right)), (down, across), (far, apart) = padding, stride, dilation
    tops = range(-top, rows + bottom - far * (kh - 1), down)
    lefts = range(-left, cols + right - apart * (kw - 1), across)
    y = np.zeros((out, len(tops), len(lefts)))
    for o in range(out):
        first = o // (out // groups) * read
        for r, row in enumerate(tops):
            for c, col in enumerate(lefts):
                for k, i, j in np.ndindex(read, kh, kw):
                    at, to = row + i * far, col + j * apart
                    if 0 <= at < rows and 0 <= to < cols:
                        y[o, r, c] += float(x[first + k, at, to]) * float(kernel[o, k, i, j])
    return y


def pooled(x, size, stride, padding, combine, *, ceil=False):
    """``combine`` of the values of each window that lie on the map."""
    channels, rows, cols = x.shape
    tops = starts(rows, size[0], stride[0], padding[0], ceil)
    lefts = starts(cols, size[1], stride[1], padding[1], ceil)
    y = np.zeros((channels, len(tops), len(lefts)))
    for k in range(channels):
        for r, row in enumerate(tops):
            for c, col in enumerate(lefts):
                values = [
                    float(x[k, i, j])
                    for i in range(row, row + size[0])
                    for j in range(col, col + size[1])
                    if 0 <= i < rows and 0 <= j < cols
                ]
                y[k, r, c] = combine(values)
    return y


def starts(count, size, stride, padding, ceil):
    """Where windows start on an axis: a last one may overshoot by less than a step, if ``ceil``."""
    before, after = padding
    reach = stride - 1 if ceil else 0
    within = range(-before, count + after + reach - size + 1, stride)
    return [at for at in within if at < count or not ceil]


def softmax(logits: Floats) -> Floats:
    exponentials = [math.exp(float(value)) for value in logits]
    return np.array([value / math.fsum(exponentials) for value in exponentials])


def bicubic(square: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Antialiased bicubic (a = -0.5), columns before rows, rounded to 8 bits after each."""
    for axis in (1, 0):
        square = np.moveaxis(_resampled(np.moveaxis(square, axis, 0), side), 0, axis)
    return square


def _resampled(lines: NDArray[np.uint8], count: int) -> NDArray[np.uint8]:
    if len(lines) == count:
        return lines
    scale = len(lines) / count
    spread = max(scale, 1.0)
    out = np.empty((count, *lines.shape[1:]), np.uint8)
    for k in range(count):
        centre = (k + 0.5) * scale
        first = max(int(centre - 2 * spread + 0.5), 0)
        last = min(int(centre + 2 * spread + 0.5), len(lines))
        weights = [_cubic((at + 0.5 - centre) / spread) for at in range(first, last)]
        total = sum(weights)
        # 22 bits after the point, as fixed-point arithmetic on 8-bit values has them
        fixed = [math.floor(weight / total * 2**22 + 0.5) for weight in weights]
        summed = sum(
            weight * lines[at].astype(np.int64)
            for weight, at in zip(fixed, range(first, last), strict=True)
        )
        out[k] = np.clip((summed + 2**21) >> 22, 0, 255)
    return out


def _cubic(x: float) -> float:
    x = abs(x)
    if x < 1:
        return (1.5 * x - 2.5) * x * x + 1
    return ((-0.5 * x + 2.5) * x - 4) * x + 2 if x < 2 else 0.0
