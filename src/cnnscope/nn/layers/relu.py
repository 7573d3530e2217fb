"""ReLU: the rectified linear unit, ``max(0, x)``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Shape, Take
from cnnscope.nn.layers.cellwise import Cellwise
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class Relu(Cellwise):
    """``max(0, x)``, cell by cell: the shape stays."""

    type_name: ClassVar[str] = "relu"
    kind: ClassVar[str] = "relu"
    settings: ClassVar[tuple[str, ...]] = ()

    name: str
    cuts: bool = field(default=True, kw_only=True)  # or is left out: each value goes on as it is

    def __call__(self, x: Array) -> Array:
        """Replace negative values by zero."""
        return ops.relu(x) if self.cuts else x

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A ReLU, which has no settings."""
        return cls(entry["name"])
