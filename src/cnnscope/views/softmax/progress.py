"""Softmax's build-up: how far it is, and its numbers as they are written.

The classes join the sum one after another: the window of other views is here the class that
joined last.
"""

from cnnscope.drawing.rounding import DECIMALS, UNIT, Sum, thousandths
from cnnscope.drawing.scale import NO_BREAK, number, ten_to
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.sliding_window import signed, written
from cnnscope.views.softmax.numbers import SoftmaxNumbers, WeightedLogits


def weighted_of(model: Model, numbers: SoftmaxNumbers) -> WeightedLogits:
    """The logits as the visitor has them."""
    return numbers.weighted(model.explained.logits)


def listed_of(model: Model) -> tuple[int, ...]:
    """The classes that are terms of their own: all, or of many those that are drawn."""
    return tuple(node.channel for node in model.plan.columns[-1].nodes)


def has_others(model: Model) -> bool:
    """Whether the other classes are one term."""
    return model.plan.columns[-1].others > 0


def joined_of(model: Model, numbers: SoftmaxNumbers) -> int:
    """How many terms are in the sum."""
    window = model.sweep.place
    return 0 if window is None else numbers.slide(1).index(window) + 1


def is_whole(model: Model, numbers: SoftmaxNumbers) -> bool:
    """Whether all classes are in the sum, so that it can be divided by."""
    return joined_of(model, numbers) == numbers.rows_cols[1]


def joined_classes(model: Model, numbers: SoftmaxNumbers) -> frozenset[int]:
    """The classes in the sum; those that are not listed join together, after all that are."""
    if is_whole(model, numbers):
        return frozenset(range(len(numbers.logits)))
    return frozenset(listed_of(model)[: joined_of(model, numbers)])


def added_of(model: Model, numbers: SoftmaxNumbers) -> Sum:
    """The terms of the sum as displayed."""
    return weighted_of(model, numbers).added_as(listed_of(model))


def is_changed(model: Model, numbers: SoftmaxNumbers) -> bool:
    """Whether the probabilities shown are of other logits than the network's."""
    return weighted_of(model, numbers).logits != numbers.own.logits


def logit(value: float) -> str:
    """A logit as it is written."""
    return number(value, DECIMALS)


def exponential(weighted: WeightedLogits, channel: int) -> str:
    """An exponential as it is written: never as zero, which it cannot be."""
    return exponential_written(weighted.exponentials[channel])


def exponential_written(value: float) -> str:
    """An exponential, or a sum of some, as it is written."""
    term = thousandths(value)
    return written(term) if term else f"<{written(1)}"


def power(weighted: WeightedLogits) -> str:
    """The power of ten in which exponentials are counted; empty for one."""
    return ten_to(weighted.power) if weighted.power else ""


def tenths(thousandths: int) -> str:
    """A share of thousandths as a percentage."""
    return f"{number(100 * thousandths / UNIT, 1)}{NO_BREAK}%"


def pointed(model: Model) -> int | None:
    """The class that is pointed at, in a row or in the formula."""
    return model.state.pointer.marked


def total_line(model: Model, numbers: SoftmaxNumbers) -> str:
    """What the exponentials displayed add up to, with the rounding where there is any."""
    added, joined = added_of(model, numbers), joined_of(model, numbers)
    if joined < len(added.terms):
        total = written(sum(added.terms[:joined]))
        return model.text("softmax.total.open", joined=joined, total=total)
    key = "softmax.total.rounded" if added.rounding else "softmax.total"
    return model.text(key, total=written(added.total),
                        rounding=signed(added.rounding).replace(" ", NO_BREAK))  # fmt: skip


def shares_line(model: Model, numbers: SoftmaxNumbers) -> str:
    """What the percentages displayed add up to."""
    if not is_whole(model, numbers):
        return ""
    added = weighted_of(model, numbers).shares_as(listed_of(model))
    sign, size = signed(added.rounding)[:1], tenths(abs(added.rounding))
    key = "softmax.total.rounded" if added.rounding else "softmax.total"
    return model.text(key, total=tenths(added.total),
                        rounding=f"{sign}{NO_BREAK}{size}")  # fmt: skip
