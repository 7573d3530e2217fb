"""Max pooling in two dimensions: of each window, the largest value."""

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
class MaxPool2d:
    """The largest value of each window: (c, h, w) -> (c, out_h, out_w).

    Size, stride and padding may be given as one number; the fields always hold the longest form.
    Padding never is the largest. Source: PyTorch's ``torch.nn.MaxPool2d``.
    """

    type_name: ClassVar[str] = "max_pool2d"
    kind: ClassVar[str] = "max_pool"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("size", "stride", "padding", "ceil_mode")

    name: str
    size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Sides = ((0, 0), (0, 0))
    ceil_mode: bool = False  # a last window may reach beyond the map

    def __post_init__(self) -> None:
        """Check the settings against each other. Raises ShapeError."""
        for role in ("size", "stride", "padding"):
            object.__setattr__(self, role, getattr(self.sliding, role))

    @cached_property
    def sliding(self) -> Sliding:
        """How the window slides."""
        return pooling(self.name, self.size, self.stride, self.padding, is_ceil=self.ceil_mode)

    def __call__(self, x: Array) -> Array:
        """Keep the largest value of each window."""
        return ops.max_pool2d(x, self.size, self.stride, self.padding, is_ceil=self.ceil_mode)

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        self.sliding.expect_fits(self.name, shape[1:])
        return shape[0], *self.sliding.count(shape[1:])

    def window(self, cell: Cell) -> Window:
        """The cells of the same channel that compete for ``cell``; some may lie in the padding."""
        return Window(one(cell.channel), *self.sliding.read((cell.row, cell.col)))

    def patch(self, x: Array, cell: Cell) -> Array:
        """The values of the window for ``cell``, minus infinity in the padding: (rows, cols)."""
        _, rows, cols = self.window(cell)
        patch: Array = ops.patch(x[cell.channel, None], rows, cols, -np.inf)[0]
        return patch

    def winners(self, x: Array, cell: Cell) -> tuple[tuple[int, int], ...]:
        """Where the largest value of the window lies: the (row, col) of x, of all where they tie.

        Rows and columns are those of the whole map, in reading order.
        """
        _, rows, cols = self.window(cell)
        patch = self.patch(x, cell)
        tied = np.argwhere(patch == patch.max())
        return tuple((rows[int(row)], cols[int(col)]) for row, col in tied)

    def multiplications(self, shape: Shape) -> int:
        """None: it compares."""
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
        """A max pooling; windows of 2 that touch, without padding, go without saying."""
        return cls(entry["name"], *pooling_settings(entry))

    @classmethod
    def from_global_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """The largest value of each whole map of ``shape``."""
        return cls(entry["name"], *over_all(entry["name"], shape))
