"""Flatten: every cell of the maps in one row."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect_shape, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class Flatten:
    """Every cell in one row, ordered (channel, row, col).

    The order of cells depends on the size of the map, so the layer is told the map's shape.
    """

    type_name: ClassVar[str] = "flatten"
    kind: ClassVar[str] = "flatten"
    draws: ClassVar[Draws] = "vector"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ()

    name: str
    shape: Shape

    def __call__(self, x: Array) -> Array:
        """Lay the cells out in one row."""
        return ops.flatten(x)

    def output_shape(self, shape: Shape) -> Shape:
        """One axis of as many features as the map has cells. Raises ShapeError."""
        expect_shape(f"{self.name} input", self.shape, shape)
        return (math.prod(shape),)

    def window(self, cell: Cell) -> Window:
        """The one cell of the map that stands at this place of the row."""
        channel, row, col = (int(i) for i in np.unravel_index(cell.channel, self.shape))
        return Window(one(channel), one(row), one(col))

    def multiplications(self, shape: Shape) -> int:
        """None."""
        return 0

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """None."""
        return {}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A flattening of maps of that shape."""
        return cls(entry["name"], shape)
