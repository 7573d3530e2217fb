"""Numbers of a network that ends in one logit: the sigmoid of it, and what is left of one.

numbers = explain(network, trace, Node("output", 1))
numbers.logit                # 0.812
numbers.probabilities        # (0.307, 0.693): of the first class and of the second
"""

from dataclasses import dataclass
from math import exp

from cnnscope.drawing.rounding import Sum
from cnnscope.nn.layers import SigmoidClasses
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Node
from cnnscope.state.views import ViewFacts
from cnnscope.views.softmax.numbers import displayed

REACH = 6.0  # of the graph, at least: from there on the sigmoid is nearly flat
POINTS = 97  # of the graph
POWER_MOST = 700.0  # beyond it an exponential is larger than any float


@dataclass(frozen=True)
class SigmoidNumbers:
    """The one logit for one picture."""

    node: Node
    source: str  # name of the layer that gives the logit
    logit: float

    @property
    def power(self) -> float:
        """``exp(-logit)``."""
        return exp(min(-self.logit, POWER_MOST))

    @property
    def probabilities(self) -> tuple[float, float]:
        """Of the first class and of the second, which add up to one."""
        return sigmoid(-self.logit), sigmoid(self.logit)

    @property
    def shares(self) -> Sum:
        """Both as displayed, in thousandths, and what rounding them left out."""
        return Sum(tuple(map(displayed, self.probabilities)), 1000)

    @property
    def reach(self) -> float:
        """How far the graph goes to either side of zero."""
        return max(REACH, 1.25 * abs(self.logit))

    @property
    def curve(self) -> list[tuple[float, float]]:
        """The graph, point by point."""
        step = 2 * self.reach / (POINTS - 1)
        places = [k * step - self.reach for k in range(POINTS)]
        return [(x, sigmoid(x)) for x in places]


def sigmoid(x: float) -> float:
    """``1 / (1 + exp(-x))``, for any x."""
    small = exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


def explain(network: Network, trace: Trace, node: Node) -> SigmoidNumbers:
    """The numbers behind both classes. Raises TypeError where they are not of one logit."""
    layer = network.layer(node.layer)
    if not isinstance(layer, SigmoidClasses):
        raise TypeError(f"{node.layer}: expected a sigmoid, got {type(layer).__name__}")
    source = network.before(node.layer)
    return SigmoidNumbers(node, source, float(trace[source][0]))


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view: nothing is chosen in it."""
    return ViewFacts()
