"""Cellwise layers: a function of each value alone, which keeps the shape and learns nothing.

class Relu(Cellwise): ...
Relu("relu_1").window(Cell(4, 0, 7))    # Window(channels=4..4, rows=0..0, cols=7..7)
"""

from collections.abc import Mapping
from typing import ClassVar

from cnnscope.nn.layers.base import Cell, Draws, Shape, Window, one


class Cellwise:
    """What all such layers have in common."""

    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = False

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself."""
        return shape

    def window(self, cell: Cell) -> Window:
        """The same cell of the same channel."""
        return Window(one(cell.channel), one(cell.row), one(cell.col))

    def multiplications(self, shape: Shape) -> int:
        """None: what a function needs is little beside the sums."""
        return 0

    @property
    def parameters(self) -> int:
        """None."""
        return 0

    @property
    def facts(self) -> Mapping[str, int]:
        """None."""
        return {}
