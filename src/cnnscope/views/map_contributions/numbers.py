"""What each of the last maps adds to a class's logit, the most first, as steps that add up.

    numbers = explain(network, trace, Node("output", 6))
    first, *_ = waterfall(numbers)
    first.channel, first.term     # the map that speaks most for the class: 8, 3680 thousandths
    levels(numbers)               # between which bars run from step to step

The steps begin where the one before ended; the last is the bias.
"""

from dataclasses import dataclass

from cnnscope.drawing.rounding import UNIT, thousandths
from cnnscope.drawing.scale import Domain, number
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.state.views import ViewFacts
from cnnscope.views.dense.numbers import LogitNumbers, explain, rivals, weighed
from cnnscope.views.shared.folding import folds
from cnnscope.views.shared.model import Model

__all__ = ["LogitNumbers", "Step", "all_of", "all_terms", "explain", "facts", "facts_of_parts",
           "levels", "marked_map", "others_of", "rough", "total_step", "waterfall",
           "weighed"]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One term of a sum, in thousandths as displayed; it begins where the one before ended."""

    channel: int | None  # the map, or ``others_of`` the numbers; None for the bias
    term: int
    start: int

    @property
    def end(self) -> int:
        """What all terms up to this one add up to."""
        return self.start + self.term


def all_of(numbers: LogitNumbers) -> int:
    """What stands for all maps together where one is marked: the number after the last."""
    return len(numbers.maps)


def others_of(numbers: LogitNumbers) -> int:
    """What stands for those that are told as one sum."""
    return len(numbers.maps) + 1


def waterfall(numbers: LogitNumbers) -> tuple[Step, ...]:
    """A step for each map listed, that which adds most first; for the others; for the bias."""
    terms = numbers.sum.terms
    listed = sorted(zip(numbers.shown, terms, strict=False), key=lambda each: (-each[1], each[0]))
    parts: list[tuple[int | None, int]] = [*listed]
    if numbers.others:
        parts.append((others_of(numbers), terms[-2]))
    steps: list[Step] = []
    for channel, term in (*parts, (None, terms[-1])):
        steps.append(Step(channel, term, steps[-1].end if steps else 0))
    return tuple(steps)


def total_step(numbers: LogitNumbers) -> Step:
    """The bar of the sum, from zero."""
    return Step(all_of(numbers), numbers.sum.total, 0)


def all_terms(numbers: LogitNumbers) -> tuple[tuple[int, int], ...]:
    """Every map and what it adds as displayed, in thousandths, the most first."""
    terms = enumerate(map(thousandths, numbers.by_map))
    return tuple(sorted(terms, key=lambda each: (-each[1], each[0])))


def levels(numbers: LogitNumbers) -> Domain:
    """From the lowest to the highest that any bar reaches, zero among them."""
    ends = [0, numbers.sum.total, *(step.end for step in waterfall(numbers))]
    return Domain(min(ends), max(*ends, min(ends) + 1))


def marked_map(model: Model, numbers: LogitNumbers) -> int:
    """The map that is marked, the number of all or of the others; at first, that which adds most.

    One that is not listed is among the others; where none are, they are all together.
    """
    marked = model.explained.marked_map
    if marked is None:
        return waterfall(numbers)[0].channel or 0
    if marked in numbers.others:
        return others_of(numbers)
    return marked if marked <= all_of(numbers) or numbers.others else all_of(numbers)


def rough(thousandths: int) -> str:
    """A contribution as it is said, in two figures or so: ``+3.7``, ``−0.04``."""
    value = thousandths / UNIT
    decimals = 1 if abs(value) >= 0.95 else 2 if abs(value) >= 0.095 else 3
    return ("+" if thousandths > 0 else "") + number(value, decimals)


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view; None where no maps are weighed."""
    head = dense_stage(network, node.layer)
    return None if head is None or not head.weighs_maps else facts_of_parts(network, node)


def facts_of_parts(network: Network, node: Node) -> ViewFacts:
    """What a state must know of bars of all that a sum weighs. Raises AssertionError for none."""
    head = dense_stage(network, node.layer)
    assert head is not None
    parts = head.shape[0]
    is_folding = folds(parts)
    return ViewFacts(maps=parts + 1 + is_folding, classes=rivals(network, node), folds=is_folding)
