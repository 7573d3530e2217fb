"""Batch normalisation's numbers of one node: each cell times a slope, plus an offset.

numbers = explain(network, trace, Node("norm_1", 3))
numbers.slope, numbers.offset   # of this channel's line
numbers.sum_at((2, 6))          # displayed numbers that add up
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10, sqrt
from typing import NamedTuple

from cnnscope.drawing.rounding import DECIMALS, Sum, product, thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.layers.batch_norm2d import BatchNorm2d
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers, facts, maps_of, peers_of

__all__ = ["explain", "facts"]


FIGURES = 4  # of a number that another is multiplied or divided by
DECIMALS_MOST = 9


class Equation(NamedTuple):
    """``(before - mean) / deviation * gamma + beta``, as displayed; in thousandths but two."""

    before: int
    mean: int
    deviation: float  # to four figures
    gamma: float  # to four figures
    beta: int
    after: int

    @property
    def rounding(self) -> int:
        """What has to be added to what the displayed numbers make, to give the displayed result."""
        scaled = (self.before - self.mean) * fraction(self.gamma) / fraction(self.deviation)
        return self.after - self.beta - round(scaled)


@dataclass(frozen=True, eq=False)
class BatchNormNumbers(ChannelwiseNumbers):
    """All the numbers of one node of a batch normalisation for one picture."""

    layer: BatchNorm2d
    conv: Conv2d | None = None  # right before it, into which it could be folded

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

    def equation_at(self, place: Place) -> Equation:
        """How a cell comes about from what training found, as displayed."""
        return Equation(
            self.before_at(place),
            thousandths(self.learnt("mean")),
            shortened(self.learnt("deviation")),
            shortened(self.learnt("gamma")),
            thousandths(self.learnt("beta")),
            thousandths(float(self.output[place])),
        )

    @property
    def folded(self) -> Sum | None:
        """The bias of the convolution that does the same as that before it and this one.

        As displayed: the bias times the slope, and the offset. None without a convolution.
        """
        if self.conv is None:
            return None
        bias = float(self.layer.folded_into(self.conv).bias[self.node.channel])
        scaled = product(self.bias, thousandths(self.slope))
        return Sum((scaled, thousandths(self.offset)), thousandths(bias))

    @property
    def bias(self) -> int:
        """That of the convolution before it, as displayed; zero without one."""
        return 0 if self.conv is None else thousandths(float(self.conv.bias[self.node.channel]))

    def learnt(self, role: str) -> float:
        """What training set or kept for this channel: ``gamma``, ``beta``, ``mean``, ``variance``.

        The ``deviation`` is the root of the variance with epsilon.
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
    before = network.before(node.layer)
    conv = None if before == INPUT else network.layer(before)
    return BatchNormNumbers(
        *maps_of(network, trace, node), layer, conv if isinstance(conv, Conv2d) else None,
        peers=peers_of(network, trace, node),
    )  # fmt: skip


def decimals_of(value: float) -> int:
    """With how many decimals a factor has four figures; with three at least."""
    if not value:
        return DECIMALS
    return min(DECIMALS_MOST, max(DECIMALS, FIGURES - 1 - floor(log10(abs(value)))))


def shortened(value: float) -> float:
    """A factor as displayed."""
    return round(value, decimals_of(value))


def fraction(value: float) -> Fraction:
    """A displayed number, exactly."""
    return Fraction(f"{value:.{DECIMALS_MOST}f}")
