"""Changed layers: kernels edited, ReLUs left out; the network itself stays as it is.

network = with_kernel(network, "conv_1_1", 3, 0, [0, 0, 0, 0, 1, 0, 0, 0, 0])
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cnnscope.nn.layers import Conv2d, Layer, Relu, ShapeError
from cnnscope.nn.network import Network
from cnnscope.nn.ops import Array

LIMIT = 100.0
"""Of an edited weight's size: far beyond what training finds, and safe to compute with."""

LOGIT_LIMIT = 1e12
"""Of a changed logit's size: beyond what edited kernels give, and safe to compute with."""


def with_kernel(
    network: Network, name: str, channel: int, source: int, values: Sequence[float]
) -> Network:
    """The network with the kernel from one input channel to one output channel replaced.

    ``source`` counts the channels that the output channel reads: those of its group, where there
    are groups. ``values`` are given row by row. Raises ShapeError where there is no such kernel.
    """
    changed = edited_layer(network.layer(name), channel, source, values)
    return with_layers(network, {name: changed})


def with_layers(network: Network, changed: Mapping[str, Layer]) -> Network:
    """The network with some layers replaced, by name; all others are the very same."""
    layers = tuple(changed.get(layer.name, layer) for layer in network.layers)
    return replace(network, layers=layers)


def without_relu(network: Network) -> Mapping[str, Layer]:
    """What takes the places of a network's ReLUs, by name, so that none of them cuts."""
    relus = (layer for layer in network.layers if isinstance(layer, Relu))
    return {layer.name: replace(layer, cuts=False) for layer in relus}


def edited_layer(layer: Layer, channel: int, source: int, values: Sequence[float]) -> Conv2d:
    """A convolution with one kernel replaced. Raises ShapeError where there is no such kernel."""
    name = layer.name
    if not isinstance(layer, Conv2d):
        raise ShapeError(name, "a convolution", type(layer).__name__)
    out, channels, rows, cols = layer.kernel.shape
    if not (0 <= channel < out and 0 <= source < channels and len(values) == rows * cols):
        got = (channel, source, len(values))
        raise ShapeError(f"{name} kernel", f"one of {layer.kernel.shape}", got)
    kernel = layer.kernel.copy()
    kernel[channel, source] = np.array(values, np.float32).reshape(rows, cols)
    return replace(layer, kernel=kernel)


def presets(rows: int, cols: int) -> Mapping[str, Array]:
    """Well-known kernels of a size, by name; each is (rows, cols) float32.

    identity leaves a map as it is, blur averages a window, edges answers only to differences
    within it (its numbers sum to zero), and sharpen adds those differences to the map.
    """
    identity = np.zeros((rows, cols), np.float32)
    identity[rows // 2, cols // 2] = 1
    blur = np.full((rows, cols), 1 / (rows * cols), np.float32)
    edges = rows * cols * identity - 1
    cross = np.zeros((rows, cols), np.float32)
    cross[rows // 2, :] = cross[:, cols // 2] = -1
    cross[rows // 2, cols // 2] = rows + cols - 2
    return {"identity": identity, "blur": blur, "sharpen": identity + cross, "edges": edges}
