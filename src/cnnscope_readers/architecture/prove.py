"""Proof: the one network, of all that fit weights, that gives the numbers a notebook printed.

    for step in prove(blocks, read_printed(text), answers):     # in slices, as long as wanted
        show(step.tried, step.total)
    match step.verdict:
        case "proved": step.answers[0]

Plainest first. Once one agrees, those like it are tried too, so that "proved" means that no other
does: rounded numbers, or outputs that hardly depend on the picture, may leave several.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Literal, NamedTuple

import numpy as np

from cnnscope.nn.sliding import Pair
from cnnscope_readers.architecture.answers import (
    ACTIVATIONS,
    ORDERS,
    PLAIN_ORDER,
    Activated,
    Answers,
    Arrangement,
    Bare,
    Ending,
    Order,
    Pooling,
)
from cnnscope_readers.architecture.arrangements import arranged, fits
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.endings import TOLERANCE, compared
from cnnscope_readers.architecture.forward import Passes, canonical
from cnnscope_readers.architecture.plan import Op, plan
from cnnscope_readers.architecture.printed import Printed, PrintedError, pictures
from cnnscope_readers.architecture.stages import classes, features, stages

Verdict = Literal["searching", "checking", "proved", "ambiguous", "none"]

MOST = 20_000
"""Networks that are tried."""

NOISE = 1e-6
"""Deviation that rounding of float32 may come to, as a part of the largest number."""

FARTHER = 10.0
"""So many times farther off than the nearest, and it is not the one."""

COUNTED = 12
"""Convolutions up to which it is counted how many networks fit."""

RIVALS = 20
"""Other arrangements that are tried with the same functions, once one network agrees."""

ROUNDED_RIVALS = 100
"""The same where the printed numbers are rounded."""

POOL_FIRST: Order = ("pool", "batch_norm", "activation")

OTHER_POOLING = 1.0
"""For a mean where a maximum is usual; behind a sigmoid or tanh it is the other way round."""

BARE_DENSE = 3.0
DEPTHWISE_RELU6 = 0.5


class Variant(NamedTuple):
    """All answers but sizes, and how far they are from the usual ones."""

    cost: float
    activation: Activated
    pooling: Pooling
    order: Order
    bare: Bare


@dataclass(frozen=True)
class Step:
    """How far a proof is. ``answers``: those that agree with what was printed."""

    verdict: Verdict
    tried: int
    total: int
    answers: tuple[Answers, ...] = ()
    nearest: float = float("inf")  # least deviation so far, as a part of the largest number


def prove(
    blocks: Sequence[Block], printed: Printed, answers: Answers, most: int = MOST
) -> Iterator[Step]:
    """Try what fits until one network gives the printed numbers. Raises PrintedError: count.

    ``answers`` are tried first, and lend their scale and classes to what is found. The last step
    tells the verdict; the others say ``searching``, one for each network that was tried.
    """
    size = printed.size or answers.arrangement.size
    wanted = classes(blocks)
    if len(printed.values) not in (wanted, 2 * wanted):
        raise PrintedError("count", expected=2 * wanted, got=len(printed.values))
    return _Proof(blocks, printed, answers, size).steps(most)


class _Proof:
    """A search, with what it has tried and found."""

    def __init__(
        self, blocks: Sequence[Block], printed: Printed, given: Answers, size: Pair
    ) -> None:
        channels = next(block.reads for block in blocks if block.kind == "conv2d")
        wanted = classes(blocks)
        numbers = (
            np.array(each).reshape(-1, wanted) for each in (printed.values, printed.rounding)
        )
        self._wanted = list(zip(*numbers, strict=True))
        self._passes = [Passes(blocks, picture) for picture in pictures(channels, size)]
        self._blocks, self._given, self._size = blocks, given, size
        self._variants = variants(blocks, given)
        self._seen: set[tuple[Op, ...]] = set()
        self._found: list[tuple[float, Answers]] = []
        self._is_rounded = any(printed.rounding)
        self._tried = 0
        is_long = len(stages(blocks).convs) > COUNTED
        self._total = MOST if is_long else fits(blocks, size) * len(self._variants)
        self._nearest = float("inf")

    def steps(self, most: int) -> Iterator[Step]:
        """All steps; the last has the verdict."""
        self._total = min(self._total, most)
        for arrangement, variant in self._plainest_first():
            if self._tried >= most:
                break
            yield self._step()
            if self._try(arrangement, variant):
                yield from self._rivals(arrangement, variant)
                break
        verdicts: tuple[Verdict, ...] = ("none", "proved", "ambiguous")
        yield self._step(verdicts[min(len(self._agreed()), 2)])

    def _step(self, verdict: Verdict = "searching") -> Step:
        total = max(self._total, self._tried)
        return Step(verdict, self._tried, total, self._agreed(), self._nearest)

    def _arrangements(self) -> Iterator[Arrangement]:
        """The given one, where it is of this size, then all that fit."""
        given = self._given.arrangement
        if given.size == self._size:
            yield replace(given, cost=0.0)
        yield from arranged(self._blocks, self._size)

    def _plainest_first(self) -> Iterator[tuple[Arrangement, Variant]]:
        """All pairs of an arrangement and a variant, least cost first."""
        more = self._arrangements()
        known: list[Arrangement] = []
        heap: list[tuple[float, int, int]] = []

        def begin() -> None:
            if (arrangement := next(more, None)) is not None:
                known.append(arrangement)
                cost = arrangement.cost + self._variants[0].cost
                heapq.heappush(heap, (cost, len(known) - 1, 0))

        begin()
        while heap:
            _, at, number = heapq.heappop(heap)
            yield known[at], self._variants[number]
            if number == 0:
                begin()
            if number + 1 < len(self._variants):
                cost = known[at].cost + self._variants[number + 1].cost
                heapq.heappush(heap, (cost, at, number + 1))

    def _rivals(self, arrangement: Arrangement, variant: Variant) -> Iterator[Step]:
        """Try what is like the one that agrees: its other functions, and its other places.

        What differs in two answers is tried where something that differs in one agrees as well,
        or may do so by rounding.
        """
        near = [each for each in self._variants if _differences(each, variant) == 1]
        far = [each for each in self._variants if _differences(each, variant) > 1]
        places = list(islice(self._arrangements(), ROUNDED_RIVALS if self._is_rounded else RIVALS))
        rivals = [*((arrangement, each) for each in near), *((each, variant) for each in places)]
        further = [(arrangement, each) for each in far]
        if self._is_rounded:
            rivals += further
        self._total = self._tried + len(rivals)
        for rival in rivals:
            yield self._step("checking")
            self._try(*rival)
        if len(self._found) > 1 and not self._is_rounded:
            self._total += len(further)
            for rival in further:
                yield self._step("checking")
                self._try(*rival)

    def _try(self, arrangement: Arrangement, variant: Variant) -> bool:
        """Whether a network agrees; one that computes the same as another is not tried again."""
        self._tried += 1
        _, activation, pooling, order, bare = variant
        answers = replace(
            self._given, arrangement=arrangement, activation=activation, pooling=pooling,
            order=order, bare=bare,
        )  # fmt: skip
        ops = canonical(plan(self._blocks, answers), self._blocks)
        if ops in self._seen:
            return False
        self._seen.add(ops)
        endings = self._endings(ops)
        self._found += [(off, replace(answers, ending=each)) for each, off in endings.items()]
        return bool(endings)

    def _agreed(self) -> tuple[Answers, ...]:
        """The answers that agree, without those that are clearly farther off than the nearest."""
        least = min((off for off, _ in self._found), default=0.0)
        most = max(NOISE, FARTHER * least)
        return tuple(answers for off, answers in self._found if off <= most)

    def _endings(self, ops: tuple[Op, ...]) -> dict[Ending, float]:
        """The endings with which the layers give what was printed, and how far off they are."""
        agreed: dict[Ending, float] | None = None
        for passes, (values, rounding) in zip(self._passes, self._wanted, strict=False):
            logits = passes(ops)
            if logits is None or logits.shape != values.shape:
                return {}
            off = compared(logits, values, rounding)
            self._nearest = min([self._nearest, *off.values()])
            before = dict.fromkeys(off, 0.0) if agreed is None else agreed
            agreed = {
                ending: max(far, before[ending])
                for ending, far in off.items()
                if far <= TOLERANCE and ending in before
            }
            if not agreed:
                return {}
        return agreed or {}


def _differences(one: Variant, other: Variant) -> int:
    """In how many answers two variants differ."""
    return sum(mine != theirs for mine, theirs in zip(one[1:], other[1:], strict=True))


def variants(blocks: Sequence[Block], given: Answers) -> list[Variant]:
    """All answers but sizes, the given ones first, then the usual ones first."""
    has_norms = any(block.kind == "batch_norm2d" for block in blocks)
    orders = ORDERS if has_norms else {PLAIN_ORDER: 0.0, POOL_FIRST: ORDERS[POOL_FIRST]}
    bare: dict[Bare, float] = {"": 0.0}
    if features(blocks) is None:
        bare = {"last": 0.0, "": 0.3}
    elif len(stages(blocks).dense) > 1:
        bare["dense"] = BARE_DENSE
    last = [block for block in blocks if block.kind == "conv2d"][-1]
    is_global = features(blocks) in (None, last.gives)  # where a mean is as usual
    poolings: tuple[Pooling, ...] = ("max", "avg")
    far_off = dict(ACTIVATIONS)
    if any(block.groups > 1 for block in blocks):  # as in MobileNet
        far_off[Activated("relu6")] = DEPTHWISE_RELU6
    made = []
    for (activation, far), pooling, (order, further), (part, furthest) in product(
        far_off.items(), poolings, orders.items(), bare.items()
    ):
        is_usual = (pooling == "avg") == (activation.function in ("sigmoid", "tanh"))
        cost = far + further + furthest + (0 if is_usual or is_global else OTHER_POOLING)
        is_given = given.activation, given.pooling, given.order, given.bare
        is_same = is_given == (activation, pooling, order, part)
        made.append(Variant(-1.0 if is_same else cost, activation, pooling, order, part))
    return sorted(made, key=lambda variant: variant.cost)
