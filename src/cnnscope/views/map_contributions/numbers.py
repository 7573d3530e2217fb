"""What each of the last maps adds to a class's logit, the most first, as steps that add up.

    numbers = explain(network, trace, Node("output", 6))
    first, *_ = waterfall(numbers)
    first.channel, first.term     # the map that speaks most for the class: 8, 3680 thousandths
    levels(numbers)               # between which bars run from step to step

The steps begin where the one before ended; the last is the bias.
"""

from dataclasses import dataclass

from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import Domain, number
from cnnscope.nn.classifier_head import classifier_head
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.state.views import ViewFacts
from cnnscope.views.dense.numbers import LogitNumbers, explain, weighed
from cnnscope.views.shared.model import Model

__all__ = ["LogitNumbers", "explain", "facts", "levels", "marked_map", "rough", "waterfall",
           "weighed"]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One term of a logit, in thousandths as displayed; it begins where the one before ended."""

    channel: int | None  # the map; None for the bias
    term: int
    start: int

    @property
    def end(self) -> int:
        """What all terms up to this one add up to."""
        return self.start + self.term


def waterfall(numbers: LogitNumbers) -> tuple[Step, ...]:
    """A step for each map, that which adds most first, and one for the bias."""
    *terms, bias = numbers.sum.terms
    order = sorted(range(len(terms)), key=lambda channel: (-terms[channel], channel))
    steps: list[Step] = []
    for channel, term in (*((each, terms[each]) for each in order), (None, bias)):
        steps.append(Step(channel, term, steps[-1].end if steps else 0))
    return tuple(steps)


def levels(numbers: LogitNumbers) -> Domain:
    """From the lowest to the highest that any bar reaches, zero among them."""
    ends = [0, numbers.sum.total, *(step.end for step in waterfall(numbers))]
    return Domain(min(ends), max(*ends, min(ends) + 1))


def marked_map(model: Model, numbers: LogitNumbers) -> int:
    """The map that is marked, or their number for all together; at first, that which adds most."""
    marked = model.explained.marked_map
    return (waterfall(numbers)[0].channel or 0) if marked is None else marked


def rough(thousandths: int) -> str:
    """A contribution as it is said, in two figures or so: ``+3.7``, ``−0.04``."""
    value = thousandths / UNIT
    decimals = 1 if abs(value) >= 0.95 else 2 if abs(value) >= 0.095 else 3
    return ("+" if thousandths > 0 else "") + number(value, decimals)


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view; None where no flattened maps are weighed."""
    head = classifier_head(network)
    if head is None:
        return None
    (classes,) = network.shapes[node.layer]
    return ViewFacts(maps=head.shape[0] + 1, classes=classes)
