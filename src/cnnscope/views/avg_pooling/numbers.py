"""Average pooling's numbers of one node: of each window, the mean.

numbers = explain(network, trace, Node("avg_pool_1", 3))
numbers.sum_at((2, 6))    # displayed values that add up
numbers.divisor((2, 6))   # 4
"""

from dataclasses import dataclass

from cnnscope.drawing.rounding import Sum
from cnnscope.nn.layers import Cell
from cnnscope.nn.layers.avg_pool2d import AvgPool2d
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import PoolNumbers, facts, maps_of

__all__ = ["explain", "facts"]


@dataclass(frozen=True, eq=False)
class AvgPoolNumbers(PoolNumbers):
    """All the numbers of one node of an average pooling for one picture."""

    layer: AvgPool2d

    def sum_at(self, place: Place) -> Sum:
        """The values in the window as displayed, row by row, adding up to their sum."""
        values = self.layer.patch(self.given[None], Cell(0, *place)).astype("float64")
        return Sum.of(values.ravel().tolist(), float(values.sum()))

    def divisor(self, place: Place) -> int:
        """By how much the sum is divided."""
        return self.layer.divisor(Cell(0, *place), (1, *self.given.shape))

    def is_left_out(self, place: Place) -> tuple[bool, ...]:
        """Row by row of the window, whether a value does not count: padding, or beyond it."""
        if self.layer.count_include_pad:
            return self.is_beyond(place, self.layer.padding)
        return super().is_left_out(place)


def explain(network: Network, trace: Trace, node: Node) -> AvgPoolNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no average pooling."""
    layer = network.layer(node.layer)
    if not isinstance(layer, AvgPool2d):
        raise TypeError(f"{node.layer}: expected an average pooling, got {type(layer).__name__}")
    return AvgPoolNumbers(*maps_of(network, trace, node), layer)
