"""Sigmoid as two classes: one logit to the probabilities of no and of yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn.functions import sigmoid
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect_shape, one
from cnnscope.nn.ops import Array

CLASSES = 2


@dataclass(frozen=True)
class SigmoidClasses:
    """One logit to two probabilities: (1,) -> (2,), ``1 - sigmoid(z)`` and ``sigmoid(z)``.

    They are the softmax of the logits 0 and z.
    """

    type_name: ClassVar[str] = "sigmoid_classes"
    kind: ClassVar[str] = "output"
    draws: ClassVar[Draws] = "classes"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ()

    name: str

    def __call__(self, x: Array) -> Array:
        """Both probabilities."""
        return sigmoid(np.concatenate([-x, x]))

    def output_shape(self, shape: Shape) -> Shape:
        """(2,) for the one logit. Raises ShapeError."""
        expect_shape(f"{self.name} input", (1,), shape)
        return (CLASSES,)

    def window(self, cell: Cell) -> Window:
        """The one logit."""
        return Window(one(0), one(0), one(0))

    def multiplications(self, shape: Shape) -> int:
        """A division for each class."""
        return CLASSES

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """How many classes there are."""
        return {"classes": CLASSES}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A sigmoid, which has no settings."""
        return cls(entry["name"])
