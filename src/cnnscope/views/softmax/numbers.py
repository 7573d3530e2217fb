"""Softmax's numbers, rounded to add up: exponentials, their sum, each one's share of it.

numbers = explain(network, trace, Node("output", 6))
weighted = numbers.weighted(((6, 0.5),))   # with another logit for class 6
weighted.added                                # displayed exponentials that add up
weighted.probabilities                        # they sum to one
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, exp, floor, fsum, log

from cnnscope.drawing.rounding import Sum
from cnnscope.drawing.scale import percent
from cnnscope.drawing.timeline import PACES, Slide
from cnnscope.nn.kernels import LOGIT_LIMIT
from cnnscope.nn.layers import Softmax
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts
from cnnscope.views.shared.network_columns import MANY_CLASSES, TOP_CLASSES

CLASSES_A_SECOND: Mapping[float, float] = {
    PACES["slow"]: 1.0, PACES["medium"]: 2.0, PACES["fast"]: 5.0,
}  # fmt: skip
"""How fast classes join the sum, by the pace of a window over a map."""

PLAIN = (0.1, 1e6)
"""Largest exponentials between these are written as they are, others in a power of ten."""

AXIS_STEP = 5.0  # the axis of the logits ends at a multiple of this


@dataclass(frozen=True)
class WeightedLogits:
    """Logits weighted against each other."""

    logits: tuple[float, ...]

    @cached_property
    def power(self) -> int:
        """Of ten, in which the exponentials are counted: 0 for those that read well."""
        most = max(self.logits)
        if log(PLAIN[0]) <= most < log(PLAIN[1]):
            return 0
        return 3 * floor(most / log(10) / 3)

    @cached_property
    def exponentials(self) -> tuple[float, ...]:
        """In ``10 ** power``."""
        return tuple(exp(logit - self.power * log(10)) for logit in self.logits)

    @cached_property
    def added(self) -> Sum:
        """The exponentials as displayed, and their sum."""
        return Sum.of(self.exponentials, sum(self.exponentials))

    def added_as(self, listed: tuple[int, ...]) -> Sum:
        """The exponentials as displayed of the classes listed, then of all others together."""
        exponentials = [self.exponentials[each] for each in listed]
        if len(listed) < len(self.logits):
            exponentials.append(self.of_others(listed))
        return Sum.of(exponentials, sum(self.exponentials))

    def of_others(self, listed: tuple[int, ...]) -> float:
        """The sum of the exponentials of the classes that are not listed."""
        shown = set(listed)
        return fsum(each for k, each in enumerate(self.exponentials) if k not in shown)

    @cached_property
    def probabilities(self) -> tuple[float, ...]:
        """Each exponential's share of the sum."""
        total = sum(self.exponentials)
        return tuple(each / total for each in self.exponentials)

    @property
    def shares(self) -> Sum:
        """The probabilities as displayed, in thousandths; what is below one counts as none."""
        return self.shares_as(tuple(range(len(self.logits))))

    def shares_as(self, listed: tuple[int, ...]) -> Sum:
        """The probabilities as displayed of the classes listed, then of all others together."""
        shares = [self.probabilities[each] for each in listed]
        if len(listed) < len(self.logits):
            shares.append(self.share_of_others(listed))
        return Sum(tuple(map(displayed, shares)), 1000)

    def share_of_others(self, listed: tuple[int, ...]) -> float:
        """The share of the classes that are not listed."""
        return self.of_others(listed) / sum(self.exponentials)


@dataclass(frozen=True, eq=False)
class SoftmaxNumbers:
    """The numbers behind the probability of a class for one picture."""

    node: Node
    source: str  # name of the layer that gives the logits
    logits: Array  # (classes,)

    @cached_property
    def own(self) -> WeightedLogits:
        """The network's own answer."""
        return WeightedLogits(tuple(self.logits.tolist()))

    def weighted(self, changes: tuple[tuple[int, float], ...]) -> WeightedLogits:
        """The logits with those that the visitor changed."""
        if not changes:
            return self.own
        changed = dict(changes)
        return WeightedLogits(tuple(changed.get(k, own) for k, own in enumerate(self.own.logits)))

    def shifted(self, changes: tuple[tuple[int, float], ...], by: float) -> Mapping[int, float]:
        """Changes that add the same to every logit; none where one would grow too large."""
        logits = [float(f"{logit + by:.9g}") for logit in self.weighted(changes).logits]
        return dict(changes if max(map(abs, logits)) > LOGIT_LIMIT else enumerate(logits))

    @property
    def rows_cols(self) -> Place:
        """The classes in a row, which are walked through one after another; others at once."""
        return 1, terms_of(len(self.logits))

    def slide(self, pace: float) -> Slide:
        """The way through the classes; ``pace`` is that of a window over a map."""
        return Slide(*self.rows_cols, CLASSES_A_SECOND[pace])

    def place_over(self, row: int, col: int) -> Place:
        """The place of a class."""
        return 0, max(0, min(col, self.rows_cols[1] - 1))

    def reach(self, weighted: WeightedLogits) -> float:
        """Where the axis ends on which all logits, the network's and the changed, have room."""
        largest = max(map(abs, (*self.own.logits, *weighted.logits)))
        own = max(map(abs, self.own.logits))
        return max(AXIS_STEP * ceil((own + 1) / AXIS_STEP), AXIS_STEP * ceil(largest / AXIS_STEP))


def terms_of(classes: int) -> int:
    """How many terms the sum has of so many classes: of many, the others are one."""
    return classes if classes <= MANY_CLASSES else TOP_CLASSES + 1


def displayed(share: float) -> int:
    """A probability as a percentage shows it, in thousandths."""
    text = percent(share)
    thousandths = round(float(text.strip("<>%\N{NO-BREAK SPACE}")) * 10)
    return 0 if text.startswith("<") else thousandths


def explain(network: Network, trace: Trace, node: Node) -> SoftmaxNumbers:
    """The numbers behind a class. Raises TypeError where its layer is not a softmax."""
    layer = network.layer(node.layer)
    if not isinstance(layer, Softmax):
        raise TypeError(f"{node.layer}: expected a softmax, got {type(layer).__name__}")
    source = network.before(node.layer)
    return SoftmaxNumbers(node, source, trace[source])


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view of a probability, to which a class's logit leads."""
    (classes,) = network.shapes[node.layer]
    terms = terms_of(classes)
    return ViewFacts(
        (1, terms), is_built_up=True, classes=classes, has_logits=True, folds=terms < classes
    )
