"""Max pooling's numbers of one node: of each window, the largest value.

numbers = explain(network, trace, Node("max_pool_1", 3))
numbers.winners((2, 6))   # ((5, 12),): where in the map that is read the largest value lies
numbers.share             # 0.25: so much of the map is kept
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.rounding import thousandths
from cnnscope.nn.layers import Cell, MaxPool2d
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import PoolNumbers, facts, maps_of

__all__ = ["explain", "facts"]

Cells = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class MaxPoolNumbers(PoolNumbers):
    """All the numbers of one node of a max pooling for one picture."""

    layer: MaxPool2d

    def patch(self, place: Place) -> Array:
        """The values in the window: (size, size)."""
        _, rows, cols = self.window(place)
        return self.given[rows.start : rows.stop, cols.start : cols.stop]

    def values(self, place: Place) -> tuple[int, ...]:
        """The values in the window as displayed, row by row; in thousandths."""
        return tuple(thousandths(float(value)) for value in self.patch(place).flat)

    def winners(self, place: Place) -> tuple[Place, ...]:
        """Where the window's largest value lies in the map that is read; several where they tie."""
        return self.layer.winners(self.given[None], Cell(0, *place))

    @property
    def outcomes(self) -> tuple[Cells, Cells]:
        """Of each cell that is read, whether it is the largest of a window, and whether of none.

        Windows whose values are all equal count for neither: nothing wins there.
        """
        (rows, cols), (size, stride) = self.rows_cols, (self.layer.size, self.layer.stride)
        places = [
            (slice(i, i + stride * rows, stride), slice(j, j + stride * cols, stride))
            for i in range(size)
            for j in range(size)
        ]
        is_largest = np.stack([self.given[place] == self.output for place in places])
        is_won = ~is_largest.all(0)  # (rows, cols) of the output
        has_won, has_taken_part = np.zeros((2, *self.given.shape), bool)
        for place, largest in zip(places, is_largest, strict=True):
            has_won[place] |= largest & is_won
            has_taken_part[place] |= is_won
        return has_won, has_taken_part & ~has_won

    @property
    def is_overlapping(self) -> bool:
        """Whether windows share cells, so that one value can be kept several times."""
        return self.layer.stride < self.layer.size

    @property
    def left_over(self) -> Place:
        """How many rows and columns at the end are in no window."""
        last = self.window((self.rows_cols[0] - 1, self.rows_cols[1] - 1))
        rows, cols = self.given_rows_cols
        return rows - last.rows.stop, cols - last.cols.stop


def explain(network: Network, trace: Trace, node: Node) -> MaxPoolNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no max pooling."""
    layer = network.layer(node.layer)
    if not isinstance(layer, MaxPool2d):
        raise TypeError(f"{node.layer}: expected a max pooling, got {type(layer).__name__}")
    return MaxPoolNumbers(*maps_of(network, trace, node), layer)
