"""Kinds of layer, one a file; ``LAYERS`` is the registry.

    LAYERS["max_pool2d"]             # MaxPool2d
    conv = Conv2d("conv_1_1", kernel, bias)
    conv.window(Cell(4, 0, 7))       # Window(channels=0..2, rows=0..2, cols=7..9)

A new kind is a file here and a line below; a view of it is a line in ``views.registry``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cnnscope.nn.layers.activation import Activation
from cnnscope.nn.layers.avg_pool2d import AvgPool2d
from cnnscope.nn.layers.base import (
    Cell,
    Layer,
    Shape,
    ShapeError,
    Take,
    Window,
    expect,
    expect_map,
    expect_shape,
    one,
)
from cnnscope.nn.layers.batch_norm2d import BatchNorm2d
from cnnscope.nn.layers.conv2d import Conv2d
from cnnscope.nn.layers.dense import Dense
from cnnscope.nn.layers.flatten import Flatten
from cnnscope.nn.layers.max_pool2d import MaxPool2d
from cnnscope.nn.layers.relu import Relu
from cnnscope.nn.layers.sigmoid_classes import SigmoidClasses
from cnnscope.nn.layers.softmax import Softmax

__all__ = [
    "ENTRIES", "LAYERS", "Activation", "AvgPool2d", "BatchNorm2d", "Cell", "Conv2d", "Dense",
    "Flatten", "Layer", "MaxPool2d", "Relu", "Shape", "ShapeError", "SigmoidClasses", "Softmax",
    "Take", "Window", "expect", "expect_map", "expect_shape", "known_layer", "one",
]  # fmt: skip

KINDS: tuple[type[Layer], ...] = (
    Conv2d,
    Relu,
    MaxPool2d,
    AvgPool2d,
    BatchNorm2d,
    Flatten,
    Dense,
    Activation,
    Softmax,
    SigmoidClasses,
)

LAYERS: Mapping[str, type[Layer]] = {kind.type_name: kind for kind in KINDS}
"""Every kind of layer by its name in a file of weights."""


Make = Callable[[Mapping[str, Any], Take, Shape], Layer | None]
"""Makes a layer from its entry, its arrays and its input's shape; none of what only trains."""


def nothing(entry: Mapping[str, Any], take: Take, shape: Shape) -> None:
    """Of what does nothing once a network is trained."""


ENTRIES: Mapping[str, tuple[tuple[str, ...], Make]] = {
    **{kind.type_name: (kind.settings, kind.from_entry) for kind in KINDS},
    "global_avg_pool2d": ((), AvgPool2d.from_global_entry),
    "global_max_pool2d": ((), MaxPool2d.from_global_entry),
    "dropout": (("rate",), nothing),
}
"""Every type of entry in a file of weights: the settings that it may have, and what it makes."""


def known_layer(layer: Layer) -> Layer:
    """A layer, if it is of a kind that is known. Raises ShapeError that names it."""
    known = f"one of {', '.join(LAYERS)}"
    expect(type(layer) in KINDS, layer.name, known, type(layer).__name__)
    return layer
