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
from cnnscope.nn.ops import Array, filled, seen_by
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import PoolNumbers, facts, maps_of

__all__ = ["explain", "facts"]

Cells = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class MaxPoolNumbers(PoolNumbers):
    """All the numbers of one node of a max pooling for one picture."""

    layer: MaxPool2d

    def patch(self, place: Place) -> Array:
        """The values in the window, minus infinity in the padding: (rows, cols)."""
        return self.layer.patch(self.given[None], Cell(0, *place))

    def values(self, place: Place) -> tuple[int, ...]:
        """The values in the window as displayed, row by row; in thousandths.

        Those in the padding, which are left out, are as small as the smallest.
        """
        patch = self.patch(place)
        least = patch[np.isfinite(patch)].min()
        return tuple(thousandths(float(max(value, least))) for value in patch.flat)

    def winners(self, place: Place) -> tuple[Place, ...]:
        """Where the window's largest value lies in the map that is read; several where they tie."""
        return self.layer.winners(self.given[None], Cell(0, *place))

    @property
    def outcomes(self) -> tuple[Cells, Cells]:
        """Of each cell that is read, whether it is the largest of a window, and whether of none.

        Windows whose values are all equal count for neither: nothing wins there.
        """
        sliding = self.layer.sliding
        given = filled(self.given[None], sliding, -np.inf)
        seen = np.concatenate([each for _, _, each in seen_by(given, sliding)])
        is_largest = seen == self.output  # (size, out_rows, out_cols)
        is_won = ~(is_largest | ~np.isfinite(seen)).all(0)
        has_won, has_taken_part = np.zeros((2, *given.shape), bool)
        outcomes = (seen_by(each, sliding) for each in (has_won, has_taken_part))
        for largest, (_, _, won), (_, _, taken) in zip(is_largest, *outcomes, strict=True):
            won |= largest & is_won  # views of both, which change with them
            taken |= is_won
        (top, left), (rows, cols) = sliding.start, self.given_rows_cols
        inner = (0, slice(top, top + rows), slice(left, left + cols))
        return has_won[inner], (has_taken_part & ~has_won)[inner]

    @property
    def is_overlapping(self) -> bool:
        """Whether windows share cells, so that one value can be kept several times."""
        pairs = zip(self.layer.stride, self.layer.size, strict=True)
        return any(stride < size for stride, size in pairs)

    @property
    def left_over(self) -> Place:
        """How many rows and columns at the end are in no window."""
        last = self.window((self.rows_cols[0] - 1, self.rows_cols[1] - 1))
        rows, cols = self.given_rows_cols
        return max(0, rows - last.rows.stop), max(0, cols - last.cols.stop)


def explain(network: Network, trace: Trace, node: Node) -> MaxPoolNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no max pooling."""
    layer = network.layer(node.layer)
    if not isinstance(layer, MaxPool2d):
        raise TypeError(f"{node.layer}: expected a max pooling, got {type(layer).__name__}")
    return MaxPoolNumbers(*maps_of(network, trace, node), layer)
