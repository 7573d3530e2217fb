"""A sequential network, and the trace of everything it computed for one picture.

network = Network((3, 64, 64), (Conv2d(...), Relu("relu_1_1"), ...))
trace = network(x)
trace["relu_1_1"]  # (10, 62, 62)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.layers import Layer, Shape, ShapeError, expect, expect_shape
from cnnscope.nn.ops import Array

INPUT = "input"
"""Name under which shapes and traces hold the picture itself."""


class Trace(Mapping[str, Array]):
    """Every activation of one forward pass, by layer name, the input first. Read-only."""

    def __init__(self, activations: Mapping[str, Array], layers: tuple[Layer, ...] = ()) -> None:
        """Take the activations over, those of the layers, and make each read-only."""
        for activation in activations.values():
            activation.setflags(write=False)
        self._activations = MappingProxyType(dict(activations))
        self._extents: dict[str, float] = {}
        self.layers = layers

    def __getitem__(self, name: str) -> Array:
        """Activation of a layer. Raises KeyError."""
        return self._activations[name]

    def extent(self, name: str) -> float:
        """The largest size of a layer's activations; worked out once. Raises KeyError."""
        if name not in self._extents:
            self._extents[name] = float(abs(self[name]).max())
        return self._extents[name]

    def __iter__(self) -> Iterator[str]:
        """Layer names in order."""
        return iter(self._activations)

    def __len__(self) -> int:
        """How many activations there are, the input counted."""
        return len(self._activations)


@dataclass(frozen=True, eq=False)
class Network:
    """Layers in a row, with every shape checked when it is made. Raises ShapeError."""

    input_shape: Shape
    layers: tuple[Layer, ...]
    scale: InputScale = field(default_factory=InputScale.unit)  # of a picture's pixels
    shapes: Mapping[str, Shape] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the shape after each layer."""
        scaled = self.scale.channels
        fits = scaled in (None, self.input_shape[0])
        expect(fits, "scale", f"one mean, or {self.input_shape[0]}", scaled)
        shapes = {INPUT: self.input_shape}
        shape = self.input_shape
        for layer in self.layers:
            if layer.name in shapes:
                raise ShapeError("layer names", "each once", f"{layer.name!r} twice")
            shape = shapes[layer.name] = layer.output_shape(shape)
        object.__setattr__(self, "shapes", MappingProxyType(shapes))

    def __call__(self, x: Array) -> Trace:
        """Run the network on one picture, (channel, row, col) float32. Raises ShapeError."""
        expect_shape(INPUT, self.input_shape, x.shape)
        x = np.array(x, np.float32)  # a copy: the trace makes it read-only
        return self.go_on({INPUT: x})

    def rerun(self, before: Trace) -> Trace:
        """Run on the picture of another network's trace, from the first changed layer on.

        What comes before that layer are the very activations of the other trace.
        """
        known = {INPUT: before[INPUT]}
        for layer, other in zip(self.layers, before.layers, strict=False):
            if layer is not other:
                break
            known[layer.name] = before[layer.name]
        return self.go_on(known)

    def go_on(self, activations: dict[str, Array]) -> Trace:
        """Run from the last of some activations on; they are those of the first layers."""
        x = next(reversed(activations.values()))
        for layer in self.layers[len(activations) - 1 :]:
            x = activations[layer.name] = layer(x)
        return Trace(activations, self.layers)

    def layer(self, name: str) -> Layer:
        """The layer called ``name``. Raises KeyError; the input is no layer."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def before(self, name: str) -> str:
        """Name of what a layer reads: the layer before it, or the input. Raises KeyError."""
        self.layer(name)
        names = list(self.shapes)
        return names[names.index(name) - 1]

    @property
    def parameters(self) -> int:
        """How many numbers training set, in all layers together."""
        return sum(layer.parameters for layer in self.layers)
