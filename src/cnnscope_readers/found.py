"""What a reader finds in a file: a whole network, or weights whose architecture is not in it.

Found((1, 28, 28), (LayerEntry("conv2d", "conv1", {"stride": 2}, {"kernel": k}), ...))
Weights({"conv1.weight": array, ...})
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.ops import Array

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class LayerEntry:
    """One layer: its type and settings as ``cnnscope.nn.layers.ENTRIES`` has them, its arrays.

    Arrays are float32 in that layer's own order (a convolution's kernel is (out, in / groups, kh,
    kw), a dense kernel is (out, in) and reads maps flattened as (channel, row, col)), by the roles
    that the layer takes: kernel, bias, gamma, beta, mean, variance.
    """

    type: str
    source: str  # what the file calls it, to be told where something is wrong with it
    settings: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Found:
    """A network as a file tells it, in order, without names of layers and checks of their shapes.

    ``layers`` end as the file's own do: in a ``softmax`` with what is ``given``, in
    ``sigmoid_classes``, or in a layer whose values are the logits.
    """

    input_shape: Shape | None  # (channel, row, col); None where the file does not say
    layers: tuple[LayerEntry, ...]
    scale: InputScale | None = None  # None where the file does not say
    classes: tuple[str, ...] = ()  # none where the file does not say
    white: float | None = None  # in what the framework's model takes, where it scales that itself

    def input_of(self, array: Array) -> Array:
        """What the first layer reads of an array that the framework's model takes."""
        if self.scale is None or self.white is None:
            return array
        return self.scale.numbers(array / np.float32(self.white))


@dataclass(frozen=True, eq=False)
class Weights:
    """Arrays by name, float32, and no word of how they are connected."""

    arrays: Mapping[str, Array]
    is_ordered: bool = True  # as they were registered; else sorted by name
    modules: Mapping[str, LayerEntry] = field(default_factory=dict)
    """Settings of modules by their dotted name, where the file holds them; without arrays."""
    classes: tuple[str, ...] = ()
