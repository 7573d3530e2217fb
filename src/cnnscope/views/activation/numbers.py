"""An activation function's numbers of one node: each cell through the same curve.

numbers = explain(network, trace, Node("bent_1", 3))
numbers.pair_at((2, 6))   # (-312, -3): before and after, in thousandths
numbers.curve             # points of the graph
numbers.apart             # how many values lie where the curve is flat, or below zero
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnscope.drawing.rounding import Sum, product, thousandths
from cnnscope.nn.layers import Activation
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers, facts, maps_of, peers_of

__all__ = ["explain", "facts"]

POINTS = 161  # of the graph, odd so that zero is one
REACH_LEAST: Mapping[str, float] = {
    "relu6": 7.5, "elu": 3.0, "gelu": 3.0, "gelu_tanh": 3.0, "silu": 5.0, "sigmoid": 6.0,
    "tanh": 3.5,
}  # fmt: skip
"""How far the graph's axis goes, at least: what is bent about a function is to be seen."""

ENDS: Mapping[str, tuple[float, float]] = {
    "relu6": (0.0, 6.0), "sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0),
}  # fmt: skip
"""Between which values a function stays that is flat at both ends."""

NEAR = 0.02  # of an end: so near to it, the curve is as good as flat
UNSIGNED = ("relu6", "sigmoid")
GATES = ("gelu", "gelu_tanh", "silu")
"""Functions that are ``x`` times a share of it."""

Line = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class ActivationNumbers(ChannelwiseNumbers):
    """All the numbers of one node of an activation for one picture."""

    layer: Activation

    def pair_at(self, place: Place) -> tuple[int, int]:
        """A cell before and after, as displayed; in thousandths."""
        return thousandths(float(self.given[place])), thousandths(float(self.output[place]))

    def gated_at(self, place: Place) -> tuple[int, Sum]:
        """The share of a cell that comes out, and the product of both, as displayed."""
        before, after = self.pair_at(place)
        x, y = float(self.given[place]), float(self.output[place])
        gate = thousandths(y / x if x else 0.5)
        return gate, Sum((product(before, gate),), after)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Between which values the function stays, if it is flat at both ends."""
        return ENDS.get(self.layer.function)

    @property
    def is_signed(self) -> bool:
        """Whether values come out that are below zero."""
        return self.layer.function not in UNSIGNED

    @property
    def reach(self) -> float:
        """How far the graph's axis of what goes in reaches from zero."""
        most = float(abs(self.all_given).max())
        bent = 2 * abs(self.layer.alpha or 0)
        return max(most, REACH_LEAST.get(self.layer.function, bent), bent) or 1.0

    @property
    def up(self) -> float:
        """How far the axis of what comes out does: to the end, where there is one that is near."""
        ends = self.ends
        return self.reach if ends is None or self.layer.function == "relu6" else ends[1]

    @cached_property
    def curve(self) -> Line:
        """Points of the function as far as they lie within the graph."""
        x = np.linspace(-self.reach, self.reach, POINTS, dtype=np.float32)
        pairs = zip(x, self.layer.curve(x), strict=True)
        return [(float(a), float(b)) for a, b in pairs if abs(b) <= self.up]

    @property
    def asymptotes(self) -> Sequence[Line]:
        """Lines that the function comes near to, but for the axis itself."""
        reach, alpha = self.reach, self.layer.alpha or 0
        if self.layer.function in GATES:
            return [[(0.0, 0.0), (reach, reach)]]
        levels = [end for end in self.ends or () if end]
        if self.layer.function == "elu":
            levels = [-alpha]
        return [[(-reach, level), (reach, level)] for level in levels]

    @property
    def apart(self) -> int:
        """How many values lie near an end, where the curve is flat; or else, are below zero."""
        if self.ends is None:
            return int((self.all_given < 0).sum())
        low, high = self.ends
        near = 0 if self.layer.function == "relu6" else NEAR
        made = self.all_output
        return int(((made <= low + near) | (made >= high - near)).sum())


def explain(network: Network, trace: Trace, node: Node) -> ActivationNumbers:
    """The numbers behind a node. Raises TypeError where its layer is no such activation."""
    layer = network.layer(node.layer)
    if not isinstance(layer, Activation):
        raise TypeError(f"{node.layer}: expected an activation, got {type(layer).__name__}")
    return ActivationNumbers(
        *maps_of(network, trace, node), layer, peers=peers_of(network, trace, node)
    )
