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


def softmax(logits: Floats) -> Floats:
    exponentials = [math.exp(float(value)) for value in logits]
    return np.array([value / math.fsum(exponentials) for value in exponentials])
