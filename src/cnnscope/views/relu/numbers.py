"""ReLU's numbers of one node: each cell is kept, or cut to zero.

numbers = explain(network, trace, Node("relu_1_1", 3))
numbers.pair_at((2, 6))   # (-312, 0): before and after, in thousandths
numbers.cut               # how many cells were below zero
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.rounding import thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.nn.layers import Relu
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers, facts, maps_of, peers_of

__all__ = ["explain", "facts"]


@dataclass(frozen=True, eq=False)
class ReluNumbers(ChannelwiseNumbers):
    """All the numbers of one node of a ReLU for one picture."""

    cuts: bool = True  # whether the ReLU is there, and not left out

    def pair_at(self, place: Place) -> tuple[int, int]:
        """A cell before and after, as displayed; in thousandths."""
        return thousandths(float(self.given[place])), thousandths(float(self.output[place]))

    @property
    def extent(self) -> Domain:
        """Of the values that are read: as far below zero as above."""
        return symmetric(float(abs(self.all_given).max()))

    @property
    def is_below(self) -> NDArray[np.bool_]:
        """Of each cell, whether it is below zero: (rows, cols)."""
        return self.given < 0

    @property
    def below(self) -> int:
        """How many values are below zero."""
        return int((self.all_given < 0).sum())

    @property
    def cut(self) -> int:
        """How many values became zero."""
        return self.below if self.cuts else 0


def explain(network: Network, trace: Trace, node: Node) -> ReluNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no ReLU."""
    layer = network.layer(node.layer)
    if not isinstance(layer, Relu):
        raise TypeError(f"{node.layer}: expected a ReLU, got {type(layer).__name__}")
    return ReluNumbers(
        *maps_of(network, trace, node), layer.cuts, peers=peers_of(network, trace, node)
    )
