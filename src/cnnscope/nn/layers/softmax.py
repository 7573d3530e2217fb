"""Softmax: logits to probabilities."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, get_args

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect, expect_shape, one
from cnnscope.nn.ops import Array

Given = Literal["softmax", "log_softmax", "logits"]
"""What a network itself ends in."""


@dataclass(frozen=True)
class Softmax:
    """Logits to probabilities that sum to one: (n,) -> (n,).

    Every probability depends on all ``classes`` logits. ``given`` is what the network itself ends
    in: these probabilities, their logarithms, or the logits; what is shown are probabilities.
    """

    type_name: ClassVar[str] = "softmax"
    kind: ClassVar[str] = "output"
    draws: ClassVar[Draws] = "classes"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ("given",)

    name: str
    classes: int
    given: Given = "softmax"

    def __post_init__(self) -> None:
        """Check the settings. Raises ShapeError."""
        known = get_args(Given)
        is_known = self.given in known
        expect(is_known, f"{self.name} given", f"one of {', '.join(known)}", self.given)

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
        return cls(entry["name"], math.prod(shape), entry.get("given", "softmax"))
