"""What speaks for a class and what against it, or raises a unit and lowers it, in one sentence.

sentence(model, numbers)
# 'Maps 9 and 8 speak most for koala (+3.7, +3.2), map 10 most against it (−2.0).'
"""

from cnnscope.drawing.scale import MINUS, percent
from cnnscope.views.dense.names import (
    following_line,
    is_single,
    rival_name,
    sum_name,
    weighs_units,
)
from cnnscope.views.map_contributions.numbers import LogitNumbers, all_terms, rough
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.sliding_window import written

Term = tuple[int, int]
"""A map or unit, and what it adds as displayed, in thousandths."""


def title(model: Model, numbers: LogitNumbers) -> str:
    """What is asked."""
    name, rival = sum_name(model, numbers), rival_name(model, numbers)
    key = "why.title" if rival is None else "why.title.rival"
    return model.text(key if numbers.is_of_class else "unit.title", name=name, rival=rival)


def words(model: Model, numbers: LogitNumbers) -> str:
    """The answer, and what it all adds up to."""
    return model.text.together((sentence(model, numbers), sum_words(model, numbers)))


def sentence(model: Model, numbers: LogitNumbers) -> str:
    """Which speak most for a class or raise a unit most, and which does so least.

    Of many only those that are listed are named; what is said of none is true of all.
    """
    text, rival = model.text, rival_name(model, numbers)
    key, best, (last, size) = told(numbers)
    against = text("why.against") if rival is None else text("ranking.for", name=rival)
    kind = "unit" if weighs_units(model, numbers) else "map"
    return text(
        f"why.{key}" if numbers.is_of_class else f"raise.{key}",
        name=sum_name(model, numbers), opposed=against, last=str(last + 1), size=rough(size),
        **{word: text(f"why.{word}.{kind}") for word in ("noun", "nouns", "none")},
        **{f"map{k}": str(channel + 1) for k, (channel, _) in enumerate(best, 1)},
        **{f"size{k}": rough(term) for k, (_, term) in enumerate(best, 1)},
    )  # fmt: skip


def told(numbers: LogitNumbers) -> tuple[str, tuple[Term, ...], Term]:
    """What of the contributions is told: end of its key, up to two that raise, the least one.

    The listed ones are the largest in size: where one is left out, all ten are larger than it.
    """
    terms = all_terms(numbers)
    listed = tuple(each for each in terms if each[0] in numbers.shown)
    best, raising = tuple(each for each in listed[:2] if each[1] > 0), terms[0][1] > 0
    if raising and not best:
        return "least", best, listed[-1]
    is_alone = len(best) == 1 < len(terms) and terms[1][1] > 0
    count = "most" if is_alone else ("none", "one", "two")[len(best)]
    if listed[-1][1] < 0:
        return count, best, listed[-1]
    return f"{count}.{'alone' if terms[-1][1] >= 0 else 'rest'}", best, terms[-1]


def sum_words(model: Model, numbers: LogitNumbers) -> str:
    """What all and the bias add up to, and what that is."""
    name, rival = sum_name(model, numbers), numbers.contrast
    total = written(numbers.sum.total)
    if not numbers.is_of_class:
        line = model.text("unit.sum", total=total)
        return model.text.together((line, following_line(model, numbers)))
    if rival is None:
        key = "why.logit.single" if is_single(numbers) else "why.logit"
        shares = model.trace[numbers.node.layer]
        share = percent(float(shares[-1 if is_single(numbers) else numbers.node.channel]))
        return model.text(key, total=total, name=name, percent=share)
    other = written(numbers.logit(rival))
    return model.text(
        "why.lead",
        logit=written(numbers.logit(numbers.node.channel)),
        less=f"({other})" if other.startswith(MINUS) else other,
        total=total,
    )
