"""Max pooling in two dimensions: of each window, the largest value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect, expect_map, one
from cnnscope.nn.ops import Array


@dataclass(frozen=True)
class MaxPool2d:
    """The largest value of each window: (c, h, w) -> (c, out_h, out_w)."""

    type_name: ClassVar[str] = "max_pool2d"
    kind: ClassVar[str] = "max_pool"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = True

    name: str
    size: int = 2
    stride: int = 2

    def __post_init__(self) -> None:
        """Check the two settings. Raises ShapeError."""
        expect(self.size >= 1, f"{self.name} size", "at least 1", self.size)
        expect(self.stride >= 1, f"{self.name} stride", "at least 1", self.stride)

    def __call__(self, x: Array) -> Array:
        """Keep the largest value of each window."""
        return ops.max_pool2d(x, self.size, self.stride)

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        channels, rows, cols = shape
        fits = min(rows, cols) >= self.size
        expect(fits, f"{self.name} input", f"at least {self.size}x{self.size}", (rows, cols))
        return channels, *((n - self.size) // self.stride + 1 for n in (rows, cols))

    def window(self, cell: Cell) -> Window:
        """The cells of the same channel that compete for ``cell``."""
        top, left = cell.row * self.stride, cell.col * self.stride
        return Window(one(cell.channel), range(top, top + self.size), range(left, left + self.size))

    def winners(self, x: Array, cell: Cell) -> tuple[tuple[int, int], ...]:
        """Where the largest value of the window lies: the (row, col) of x, of all where they tie.

        Rows and columns are those of the whole map, in reading order.
        """
        _, rows, cols = self.window(cell)
        patch = x[cell.channel, rows.start : rows.stop, cols.start : cols.stop]
        tied = np.argwhere(patch == patch.max())
        return tuple((rows[int(row)], cols[int(col)]) for row, col in tied)

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
        """A max pooling; windows of 2 that touch go without saying."""
        size = entry.get("size", 2)
        return cls(entry["name"], size, entry.get("stride", size))
