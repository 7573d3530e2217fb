"""Max pooling's numbers of one node: of each window, the largest value.

numbers = explain(network, trace, Node("max_pool_1", 3))
numbers.winners((2, 6))   # ((5, 12),): where in the map that is read the largest value lies
numbers.share             # 0.25: so much of the map is kept
"""

from dataclasses import dataclass

from cnnscope.drawing.rounding import thousandths
from cnnscope.nn.layers import Cell, MaxPool2d
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import PoolNumbers, facts, maps_of

__all__ = ["explain", "facts"]


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
