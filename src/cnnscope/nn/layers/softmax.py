"""Softmax: logits to probabilities."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect_shape, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class Softmax:
    """Logits to probabilities that sum to one: (n,) -> (n,).

    Every probability depends on all ``classes`` logits.
    """

    type_name: ClassVar[str] = "softmax"
    kind: ClassVar[str] = "output"
    draws: ClassVar[Draws] = "classes"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ()

    name: str
    classes: int

    def __call__(self, x: Array) -> Array:
        """Exponentials, divided by their sum."""
        return ops.softmax(x)

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself. Raises ShapeError."""
        expect_shape(f"{self.name} input", (self.classes,), shape)
        return shape

    def window(self, cell: Cell) -> Window:
        """Every logit."""
        return Window(range(self.classes), one(0), one(0))

    def multiplications(self, shape: Shape) -> int:
        """A division for each class."""
        return self.classes

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """How many classes there are."""
        return {"classes": self.classes}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A softmax over all that comes in."""
        return cls(entry["name"], math.prod(shape))
