"""ReLU: the rectified linear unit, ``max(0, x)``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class Relu:
    """``max(0, x)``, cell by cell: the shape stays."""

    type_name: ClassVar[str] = "relu"
    kind: ClassVar[str] = "relu"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ()

    name: str
    cuts: bool = field(default=True, kw_only=True)  # or is left out: each value goes on as it is

    def __call__(self, x: Array) -> Array:
        """Replace negative values by zero."""
        return ops.relu(x) if self.cuts else x

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself."""
        return shape

    def window(self, cell: Cell) -> Window:
        """The same cell of the same channel."""
        return Window(one(cell.channel), one(cell.row), one(cell.col))

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
        """A ReLU, which has no settings."""
        return cls(entry["name"])
