"""Dense (fully connected) layer: a weighted sum of all features, and a bias."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect, expect_shape, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True, eq=False)
class Dense:
    """A weighted sum of all features and a bias, for each output: (in,) -> (out,)."""

    type_name: ClassVar[str] = "dense"
    kind: ClassVar[str] = "dense"
    draws: ClassVar[Draws] = "vector"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ("bias",)

    name: str
    kernel: Array  # (out, in)
    bias: Array  # (out,)
    has_bias: bool = field(default=True, kw_only=True)  # or the bias is zeros, and not trained

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.kernel.ndim == 2, f"{self.name} kernel", "2 axes", self.kernel.shape)
        expect_shape(f"{self.name} bias", self.kernel.shape[:1], self.bias.shape)

    def __call__(self, x: Array) -> Array:
        """Weigh, sum, add the bias."""
        return ops.dense(x, self.kernel, self.bias)

    def output_shape(self, shape: Shape) -> Shape:
        """(out,) for an input of ``shape``. Raises ShapeError."""
        expect_shape(f"{self.name} input", self.kernel.shape[1:], shape)
        return self.bias.shape

    def window(self, cell: Cell) -> Window:
        """Every feature."""
        return Window(range(self.kernel.shape[1]), one(0), one(0))

    def multiplications(self, shape: Shape) -> int:
        """How many products an input needs: one for each weight."""
        return self.kernel.size

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return self.kernel.size + (self.bias.size if self.has_bias else 0)

    @property
    def facts(self) -> Mapping[str, int]:
        """None."""
        return {}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A dense layer; a bias goes without saying."""
        kernel, has_bias = take("kernel"), entry.get("bias", True)
        bias = take("bias") if has_bias else np.zeros(len(kernel), np.float32)
        return cls(entry["name"], kernel, bias, has_bias=has_bias)
