"""A case of weights without an architecture: what fits them, which of it is taken, how sure it is.

case = begun(weights)                    # a well-known network's answers, or the plainest that fit
case.offered                             # arrangements for this size of picture, plainest first
with_size(case, (32, 32)).found          # the network as it is then
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cnnscope_readers.architecture import (
    ACTIVATIONS,
    Answers,
    Arrangement,
    Block,
    Preset,
    arrangements,
    blocks,
    found,
    known,
)
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, Weights

Pair = tuple[int, int]

SIZES_LOOKED_AT = 60
"""Arrangements, plainest first, of whose pictures the sizes are offered."""

MOST_SIZES = 6
FEW_OFFERED, MOST_OFFERED = 3, 12
FUNCTIONS = tuple(dict.fromkeys(each.function for each in ACTIVATIONS))
POOLINGS = ("max", "avg")


@dataclass(frozen=True, eq=False)
class Case:
    """Weights in blocks, and the answers that make a network of them."""

    blocks: Sequence[Block]
    answers: Answers
    preset: Preset | None = None
    proof: Answers | None = None  # those that gave the numbers that a notebook printed
    most: int = FEW_OFFERED  # arrangements that are offered

    @property
    def found(self) -> Found:
        """The network that the answers make."""
        return found(self.blocks, self.answers)

    @property
    def is_proved(self) -> bool:
        """Whether the network is the one that gave the printed numbers."""
        return self.proof == self.answers

    @property
    def is_preset(self) -> bool:
        """Whether the network is the well-known one."""
        return self.preset is not None and self.preset.answers == self.answers

    @property
    def channels(self) -> int:
        """Channels of a picture."""
        return next(block.reads for block in self.blocks if block.kind == "conv2d")

    @cached_property
    def offered(self) -> tuple[Arrangement, ...]:
        """What fits pictures of this size, plainest first, and what is taken."""
        taken = self.answers.arrangement
        fitting = arrangements(self.blocks, taken.size, self.most)
        return tuple(fitting if taken in fitting else [taken, *fitting[: self.most - 1]])

    @cached_property
    def sizes(self) -> tuple[Pair, ...]:
        """Sizes of pictures that the plainest arrangements are for, and the one that is taken."""
        plain = [each.size for each in arrangements(self.blocks, limit=SIZES_LOOKED_AT)]
        first = list(dict.fromkeys(plain))[:MOST_SIZES]
        return tuple(sorted({*first, self.answers.arrangement.size}))


def begun(weights: Weights) -> Case:
    """A case with the best guess. Raises RefusedError, also where nothing fits."""
    layers = blocks(weights)
    preset = known(layers)
    if preset is not None:
        return Case(layers, preset.answers, preset)
    plainest = arrangements(layers, limit=1)
    if not plainest:
        raise RefusedError("no_fit")
    return Case(layers, Answers(plainest[0]))


def with_size(case: Case, size: Pair) -> Case:
    """The plainest arrangement for pictures of a size; the same case where none fits."""
    fitting = arrangements(case.blocks, size, 1) if min(size) > 0 else ()
    return with_arrangement(case, fitting[0]) if fitting else case


def with_arrangement(case: Case, arrangement: Arrangement) -> Case:
    """Another arrangement; a guess again."""
    return guessed(case, replace(case.answers, arrangement=arrangement))


def with_function(case: Case, function: str) -> Case:
    """Another activation; a guess again."""
    usual = next((each for each in ACTIVATIONS if each.function == function), None)
    return case if usual is None else guessed(case, replace(case.answers, activation=usual))


def with_pooling(case: Case, pooling: str) -> Case:
    """The mean or the maximum of each window; a guess again."""
    match pooling:
        case "max" | "avg":
            return guessed(case, replace(case.answers, pooling=pooling))
    return case


def guessed(case: Case, answers: Answers) -> Case:
    """Other answers, which may be those that were proved, or a well-known network's."""
    return case if answers == case.answers else replace(case, answers=answers)


def with_more(case: Case) -> Case:
    """The same, with more arrangements on offer."""
    return replace(case, most=MOST_OFFERED)


def proved(case: Case, answers: Answers) -> Case:
    """The answers that gave the printed numbers."""
    return replace(case, answers=answers, proof=answers)
