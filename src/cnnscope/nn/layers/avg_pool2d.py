"""Average pooling in two dimensions: of each window, the mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import Cell, Draws, Shape, Take, Window, expect_map, one
from cnnscope.nn.layers.pooling import over_all, pooling, pooling_settings
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Pair, Sides, Sliding


@dataclass(frozen=True)
class AvgPool2d:
    """The mean of each window: (c, h, w) -> (c, out_h, out_w).

    Size, stride and padding may be given as one number; the fields always hold the longest form.
    The zeros of the padding count as values where ``count_include_pad`` says so; what lies beyond
    it, where ``ceil_mode`` has a last window reach so far, never counts.
    Source: PyTorch's ``torch.nn.AvgPool2d``.
    """

    type_name: ClassVar[str] = "avg_pool2d"
    kind: ClassVar[str] = "avg_pool"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = (
        "size", "stride", "padding", "ceil_mode", "count_include_pad",
    )  # fmt: skip

    name: str
    size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Sides = ((0, 0), (0, 0))
    ceil_mode: bool = False  # a last window may reach beyond the padding
    count_include_pad: bool = True

    def __post_init__(self) -> None:
        """Check the settings against each other. Raises ShapeError."""
        for role in ("size", "stride", "padding"):
            object.__setattr__(self, role, getattr(self.sliding, role))

    @cached_property
    def sliding(self) -> Sliding:
        """How the window slides."""
        return pooling(self.name, self.size, self.stride, self.padding, is_ceil=self.ceil_mode)

    def __call__(self, x: Array) -> Array:
        """The sum of each window over how many values count in it."""
        sums = ops.reduced(ops.filled(x, self.sliding), self.sliding, np.add)
        rows, cols = self.counted(x.shape)
        means: Array = sums / np.outer(np.array(rows, np.float32), np.array(cols, np.float32))
        return means

    def counted(self, shape: Shape) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """How many rows count of each row of windows on maps of ``shape``, and columns likewise."""
        rows, cols = (
            tuple(self.counted_along(axis, at, shape) for at in range(count))
            for axis, count in enumerate(self.sliding.count(shape[1:]))
        )
        return rows, cols

    def counted_along(self, axis: int, at: int, shape: Shape) -> int:
        """How many rows, or columns, count of the windows at one of the places."""
        size, (before, after) = shape[1 + axis], self.padding[axis]
        low, high = (-before, size + after) if self.count_include_pad else (0, size)
        return sum(low <= place < high for place in self.sliding.read_along(axis, at))

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        self.sliding.expect_fits(self.name, shape[1:])
        return shape[0], *self.sliding.count(shape[1:])

    def window(self, cell: Cell) -> Window:
        """The cells of the same channel whose mean ``cell`` is; some may lie in the padding."""
        return Window(one(cell.channel), *self.sliding.read((cell.row, cell.col)))

    def patch(self, x: Array, cell: Cell) -> Array:
        """The values of the window for ``cell``, zeros in the padding: (rows, cols)."""
        _, rows, cols = self.window(cell)
        patch: Array = ops.patch(x[cell.channel, None], rows, cols)[0]
        return patch

    def divisor(self, cell: Cell, shape: Shape) -> int:
        """By how much the sum for ``cell`` is divided, on maps of ``shape``."""
        row, col = (self.counted_along(axis, cell[1 + axis], shape) for axis in (0, 1))
        return row * col

    def multiplications(self, shape: Shape) -> int:
        """None: it adds."""
        return 0

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """Rows and columns of a window."""
        return {"rows": self.size[0], "cols": self.size[1]}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """An average pooling; windows of 2 that touch, without padding, go without saying."""
        counted = entry.get("count_include_pad", True)
        return cls(entry["name"], *pooling_settings(entry), counted)

    @classmethod
    def from_global_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """The mean of each whole map of ``shape``."""
        return cls(entry["name"], *over_all(entry["name"], shape))
