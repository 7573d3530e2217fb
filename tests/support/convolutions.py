"""A network of convolutions that courses rarely have, and what a convolution makes by plain loops.

odd_network().layer("conv_2").dilation   # (2, 2)
contributions(network, trace, Node("conv_2", 1))[3][4, 5]
"""

from functools import cache

import numpy as np

from cnnscope.nn.layers import Conv2d, Dense, Flatten, Relu, Softmax
from cnnscope.nn.network import Network


def drawn(rng, *shape):
    return (rng.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def convolution(rng, name, out, read, kernel, *, has_bias=True, **settings):
    """A convolution with drawn weights; ``read`` are the channels of its group."""
    bias = (drawn(rng, out, 100) if has_bias else np.zeros((out, 1))).sum(1).astype(np.float32)
    return Conv2d(name, drawn(rng, out, read, *kernel), bias, has_bias=has_bias, **settings)


@cache
def odd_network() -> Network:
    """Uneven padding around a large kernel, dilation, depthwise, groups, 1x7, 1x1, 7x7 kernels."""
    rng = np.random.default_rng(3)
    layers = (
        convolution(rng, "uneven", 6, 3, (11, 11), padding=((2, 3), (4, 1))),
        Relu("bent"),
        convolution(rng, "dilated", 8, 6, (3, 3), padding=2, dilation=2),
        convolution(rng, "depthwise", 8, 1, (3, 3), padding=1, groups=8, has_bias=False),
        convolution(rng, "flat", 12, 8, (1, 7), stride=(1, 2), padding=((0, 0), (3, 3))),
        convolution(rng, "pointwise", 20, 12, (1, 1)),
        convolution(rng, "halves", 16, 10, (3, 3), stride=2, padding=1, groups=2),
        convolution(rng, "wide", 8, 16, (7, 7), padding=3),
        Flatten("row", (8, 14, 7)),
        Dense("sums", drawn(rng, 5, 8 * 14 * 7), np.zeros(5, np.float32)),
        Softmax("answer", 5),
    )
    return Network((3, 32, 32), layers)


def contributions(network, trace, node):
    """What each channel that is read adds, (out_h, out_w) each, by plain loops in float64."""
    layer, x = network.layer(node.layer), trace[network.before(node.layer)].astype(float)
    out, read, kh, kw = layer.kernel.shape
    first = node.channel // (out // layer.groups) * read
    (top, _), (left, _) = layer.padding
    _, rows, cols = network.shapes[node.layer]
    made = np.zeros((read, rows, cols))
    for k in range(read):
        kernel, given = layer.kernel[node.channel, k].astype(float), x[first + k]
        for r, c, i, j in np.ndindex(rows, cols, kh, kw):
            row = r * layer.stride[0] - top + i * layer.dilation[0]
            col = c * layer.stride[1] - left + j * layer.dilation[1]
            if 0 <= row < given.shape[0] and 0 <= col < given.shape[1]:
                made[k, r, c] += given[row, col] * kernel[i, j]
    return made
