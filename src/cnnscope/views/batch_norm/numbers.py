"""Batch normalisation's numbers of one node: each cell times a slope, plus an offset.

numbers = explain(network, trace, Node("norm_1", 3))
numbers.slope, numbers.offset   # of this channel's line
numbers.sum_at((2, 6))          # displayed numbers that add up
"""

from dataclasses import dataclass
from math import sqrt

from cnnscope.drawing.rounding import Sum, product, thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.nn.layers.batch_norm2d import BatchNorm2d
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers, facts, maps_of, peers_of

__all__ = ["explain", "facts"]


@dataclass(frozen=True, eq=False)
class BatchNormNumbers(ChannelwiseNumbers):
    """All the numbers of one node of a batch normalisation for one picture."""

    layer: BatchNorm2d

    @property
    def slope(self) -> float:
        """By how much each cell is multiplied."""
        return float(self.layer.line[0][self.node.channel])

    @property
    def offset(self) -> float:
        """What is added to each cell."""
        return float(self.layer.line[1][self.node.channel])

    def before_at(self, place: Place) -> int:
        """A cell before, as displayed; in thousandths."""
        return thousandths(float(self.given[place]))

    def sum_at(self, place: Place) -> Sum:
        """A cell times the slope, and the offset, as displayed, adding up to the cell after."""
        scaled = product(self.before_at(place), thousandths(self.slope))
        total = thousandths(float(self.output[place]))
        return Sum((scaled, thousandths(self.offset)), total)

    def learnt(self, role: str) -> float:
        """What training set or kept for this channel: ``gamma``, ``beta``, ``mean``, ``deviation``.

        The deviation is the root of the variance with epsilon.
        """
        if role == "deviation":
            return sqrt(float(self.layer.variance[self.node.channel]) + self.layer.epsilon)
        return float(getattr(self.layer, role)[self.node.channel])

    @property
    def extent(self) -> Domain:
        """Of the values before and after: as far below zero as above."""
        given, output = self.all_given, self.all_output
        return symmetric(max(float(abs(given).max()), float(abs(output).max())))


def explain(network: Network, trace: Trace, node: Node) -> BatchNormNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no batch normalisation."""
    layer = network.layer(node.layer)
    if not isinstance(layer, BatchNorm2d):
        got = type(layer).__name__
        raise TypeError(f"{node.layer}: expected a batch normalisation, got {got}")
    return BatchNormNumbers(
        *maps_of(network, trace, node), layer, peers=peers_of(network, trace, node)
    )
