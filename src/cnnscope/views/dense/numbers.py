"""The numbers of one weighted sum, of a class's logit or a unit: each value times its weight.

numbers = explain(network, trace, Node("output", 6))
numbers.contributions            # (10, 13, 13); their sum and the bias are the logit
numbers.against(2).contributions # what decided between this class and class 2
numbers.sum.total                # the logit in thousandths, and terms that add up to it

Where a vector is weighed, each of its numbers is a map of one cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum, prod

from cnnscope.drawing.rounding import Sum, product, thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.drawing.timeline import PACES, Slide
from cnnscope.nn.classifier_head import DenseStage, dense_stage
from cnnscope.nn.layers import Cell
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts
from cnnscope.views.dense.layout import RANKED
from cnnscope.views.shared import folding
from cnnscope.views.shared.model import Model

ROWS_A_SECOND: Mapping[float, float] = {
    PACES["slow"]: 1.0, PACES["medium"]: 3.0, PACES["fast"]: 8.0,
}  # fmt: skip
"""How fast a map is unrolled, by the pace of a window over a map."""


@dataclass(frozen=True)
class Product:
    """One element times its weight as displayed, in thousandths; the sum is what it adds."""

    value: int
    weight: int
    sum: Sum


@dataclass(frozen=True, eq=False)
class LogitNumbers:
    """All the numbers of one class or unit for one picture; of a class, also against a rival."""

    node: Node
    head: DenseStage
    maps: Array  # (channels, rows, cols), that are weighed
    logits: Array  # (out,): all sums of the layer, which are logits where it is the last
    contrast: int | None = None
    unfolded: bool = False  # whether all maps are listed, also where they are many

    def against(self, contrast: int | None) -> "LogitNumbers":
        """The numbers of the difference to another class; without one, of the class alone."""
        return self if contrast == self.contrast else replace(self, contrast=contrast)

    def listing(self, *, unfolded: bool) -> "LogitNumbers":
        """The numbers with all maps listed, or of many only those that contribute most."""
        return self if unfolded == self.unfolded else replace(self, unfolded=unfolded)

    @property
    def is_of_class(self) -> bool:
        """Whether the sum is a logit, and not a hidden unit's."""
        return self.head.is_last

    @property
    def source(self) -> str:
        """Name of the layer that is weighed."""
        return self.head.source

    @property
    def row(self) -> int:
        """Which of the layer's sums it is."""
        return self.head.row(self.node.channel)

    @cached_property
    def weights(self) -> Array:
        """The class's weight of each element, less the rival's: (channels, rows, cols)."""
        kernel = self.head.dense.kernel
        weights: Array = kernel[self.row]
        if self.contrast is not None:
            weights = weights - kernel[self.contrast]
        return weights.reshape(self.head.shape)

    @cached_property
    def contributions(self) -> Array:
        """What each element adds to the logit: (channels, rows, cols)."""
        return self.maps * self.weights

    @cached_property
    def by_place(self) -> Array:
        """What all channels together add at each place: (rows, cols)."""
        added: Array = self.contributions.sum(axis=0)
        return added

    @property
    def bias(self) -> float:
        """The class's bias, less the rival's."""
        bias = self.head.dense.bias
        less = 0.0 if self.contrast is None else float(bias[self.contrast])
        return float(bias[self.row]) - less

    @cached_property
    def by_map(self) -> tuple[float, ...]:
        """What each map adds."""
        return tuple(self.contributions.sum(axis=(1, 2), dtype="float64").tolist())

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The maps that are listed: all in order, or of many those that contribute most.

        These stand in the order of what they add, the most first.
        """
        maps = range(len(self.maps))
        if self.unfolded or not folding.folds(len(maps)):
            return tuple(maps)
        added = self.by_map
        return tuple(sorted(folding.largest(added), key=lambda each: (-added[each], each)))

    @cached_property
    def others(self) -> tuple[int, ...]:
        """The maps that are told as one sum."""
        return tuple(each for each in range(len(self.maps)) if each not in self.shown)

    @cached_property
    def by_others(self) -> Array:
        """What the others together add at each place: (rows, cols)."""
        added: Array = self.contributions[list(self.others)].sum(axis=0)
        return added

    @cached_property
    def sum(self) -> Sum:
        """What each map listed adds, then the others if any, then the bias: the logit or the lead.

        The lead is that of the logits as displayed, so that their difference adds up too.
        """
        added = [self.by_map[each] for each in self.shown]
        if self.others:
            added.append(fsum(self.by_map[each] for each in self.others))
        total = self.logit(self.node.channel)
        if self.contrast is not None:
            total -= self.logit(self.contrast)
        return Sum(tuple(thousandths(term) for term in (*added, self.bias)), total)

    def logit(self, channel: int) -> int:
        """A class's logit or a unit's sum as displayed, in thousandths."""
        return thousandths(float(self.logits[self.head.row(channel)]))

    @cached_property
    def raising(self) -> tuple[int, ...]:
        """The elements that add most, the largest first; none that adds nothing."""
        return largest(self.contributions)

    @cached_property
    def lowering(self) -> tuple[int, ...]:
        """The elements that take most, the largest first; none that takes nothing."""
        return largest(-self.contributions)

    @cached_property
    def strongest(self) -> int:
        """The element that adds most; where none adds, that which takes most."""
        return (*self.raising, *self.lowering, 0)[0]

    def product(self, element: int) -> Product:
        """One element's value, weight and contribution, which add up as displayed."""
        place = tuple(self.head.place(element))
        value, weight = (thousandths(float(each[place])) for each in (self.maps, self.weights))
        added = thousandths(float(self.contributions[place]))
        return Product(value, weight, Sum((product(value, weight),), added))

    @property
    def rows_cols(self) -> Place:
        """The rows of a map one after another, as it is unrolled."""
        return 1, self.maps.shape[1]

    def slide(self, pace: float) -> Slide:
        """The way through the rows; ``pace`` is that of a window over a map."""
        return Slide(*self.rows_cols, ROWS_A_SECOND[pace])

    def place_over(self, row: int, col: int) -> Place:
        """The place of a row."""
        return 0, row

    @property
    def weight_domain(self) -> Domain:
        """Of the colours of the weights."""
        return symmetric(float(abs(self.weights).max()))

    @property
    def domain(self) -> Domain:
        """Of the colours of the contributions."""
        return symmetric(float(abs(self.contributions).max()))

    @property
    def place_domain(self) -> Domain:
        """Of the colours over the picture."""
        return symmetric(max(float(abs(self.by_place).max()), self.domain.high))

    def strongest_at(self, row: int, col: int, among: Sequence[int] | None = None) -> int:
        """The element that adds or takes most of those at a place of all maps, or of some."""
        maps = range(len(self.maps)) if among is None else among
        channel = max(maps, key=lambda each: abs(float(self.contributions[each, row, col])))
        return self.head.element(Cell(channel, row, col))


def largest(values: Array) -> tuple[int, ...]:
    """Where the largest values above zero are, counted through; the largest first."""
    flat = values.reshape(-1)
    order = (-flat).argsort(kind="stable")[:RANKED]
    return tuple(int(element) for element in order if flat[element] > 0)


def explain(network: Network, trace: Trace, node: Node) -> LogitNumbers:
    """The numbers behind a class or a unit. Raises TypeError where it is no weighted sum."""
    head = dense_stage(network, node.layer)
    if head is None:
        raise TypeError(f"{node.layer}: expected a dense layer, or one before the probabilities")
    return LogitNumbers(node, head, trace[head.source].reshape(head.shape), trace[head.dense.name])


def weighed(model: Model, numbers: LogitNumbers) -> LogitNumbers:
    """The numbers with the rival that the state names, and with as many maps as it lists."""
    focus = model.explained
    return numbers.against(focus.contrast).listing(unfolded=focus.unfolded)


def pointed_feature(model: Model, numbers: LogitNumbers) -> int:
    """The element that is pointed at; at first, the one that adds most."""
    feature = model.explained.feature
    if feature is not None:
        return feature
    return weighed(model, numbers).strongest


def feature_cell(model: Model, node: Node) -> tuple[Node, Place]:
    """The node and the cell of the last maps that the element pointed at comes from."""
    numbers = explain(model.network, model.trace, node)
    channel, row, col = numbers.head.place(pointed_feature(model, numbers))
    return Node(numbers.source, channel), (row, col)


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view of a sum; None where no maps are weighed."""
    head = dense_stage(network, node.layer)
    if head is None or not head.weighs_maps:
        return None
    return ViewFacts(
        (1, head.shape[1]), features=prod(head.shape), classes=rivals(network, node),
        folds=folding.folds(head.shape[0]),
    )  # fmt: skip


def rivals(network: Network, node: Node) -> int:
    """How many classes a class can be compared with, itself counted; none for a single logit."""
    head = dense_stage(network, node.layer)
    is_logit = head is not None and head.is_last
    count = len(head.dense.bias) if head is not None and is_logit else 0
    return count if count > 1 else 0
