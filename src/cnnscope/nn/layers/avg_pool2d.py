"""Average pooling in two dimensions: of each window, the mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect, expect_map, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class AvgPool2d:
    """The mean of each window: (c, h, w) -> (c, out_h, out_w).

    The zeros of the padding count as values where ``count_include_pad`` says so.
    Source: PyTorch's ``torch.nn.AvgPool2d``.
    """

    type_name: ClassVar[str] = "avg_pool2d"
    kind: ClassVar[str] = "avg_pool"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = True

    name: str
    size: int = 2
    stride: int = 2
    padding: int = 0
    count_include_pad: bool = True

    def __post_init__(self) -> None:
        """Check the settings against each other. Raises ShapeError."""
        expect(self.size >= 1, f"{self.name} size", "at least 1", self.size)
        expect(self.stride >= 1, f"{self.name} stride", "at least 1", self.stride)
        allowed = 0 <= self.padding <= self.size // 2
        expect(allowed, f"{self.name} padding", f"0 to {self.size // 2}", self.padding)

    def __call__(self, x: Array) -> Array:
        """The sum of each window over how many values count in it."""
        sums = self.sums(ops.padded(x, self.padding))
        if self.count_include_pad or not self.padding:
            return sums / np.float32(self.size**2)
        ones = np.ones((1, *x.shape[1:]), np.float32)
        counted: Array = sums / self.sums(ops.padded(ones, self.padding))
        return counted

    def sums(self, padded: Array) -> Array:
        """The sum of each window of padded maps: (c, h, w) -> (c, out_h, out_w)."""
        total = np.zeros((len(padded), *ops.steps(padded, self.size, self.size, self.stride)),
                         np.float32)  # fmt: skip
        for _, _, seen in ops.seen_by(padded, self.size, self.size, self.stride):
            total += seen
        return total

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        channels, *sides = shape
        rows, cols = (n + 2 * self.padding for n in sides)
        fits = min(rows, cols) >= self.size
        needed = f"at least {self.size}x{self.size} with padding"
        expect(fits, f"{self.name} input", needed, (rows, cols))
        return channels, *((n - self.size) // self.stride + 1 for n in (rows, cols))

    def window(self, cell: Cell) -> Window:
        """The cells of the same channel whose mean ``cell`` is; some may lie in the padding."""
        top, left = (at * self.stride - self.padding for at in (cell.row, cell.col))
        return Window(one(cell.channel), range(top, top + self.size), range(left, left + self.size))

    def patch(self, x: Array, cell: Cell) -> Array:
        """The values of the window for ``cell``, zeros in the padding: (size, size)."""
        channel, rows, cols = self.window(cell)
        padded = ops.padded(x, self.padding)
        top, left = rows.start + self.padding, cols.start + self.padding
        return padded[channel.start, top : top + self.size, left : left + self.size]

    def divisor(self, cell: Cell, shape: Shape) -> int:
        """By how much the sum for ``cell`` is divided, on maps of ``shape``."""
        if self.count_include_pad:
            return self.size**2
        _, rows, cols = self.window(cell)
        inside = [sum(0 <= at < most for at in side)
                  for side, most in zip((rows, cols), shape[1:], strict=True)]  # fmt: skip
        return inside[0] * inside[1]

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """Rows and columns of a window."""
        return {"size": self.size}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """An average pooling; windows of 2 that touch, without padding, go without saying."""
        size = entry.get("size", 2)
        return cls(
            entry["name"], size, entry.get("stride", size), entry.get("padding", 0),
            entry.get("count_include_pad", True),
        )  # fmt: skip
