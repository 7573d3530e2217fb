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


def title(model: Model, numbers: LogitNumbers) -> str:
    """What is asked."""
    name, rival = sum_name(model, numbers), rival_name(model, numbers)
    key = "why.title" if rival is None else "why.title.rival"
    return model.text(key if numbers.is_of_class else "unit.title", name=name, rival=rival)


def words(model: Model, numbers: LogitNumbers) -> str:
    """The answer, and what it all adds up to."""
    return model.text.together((sentence(model, numbers), sum_words(model, numbers)))


def sentence(model: Model, numbers: LogitNumbers) -> str:
    """The two that speak most for a class or raise a unit most, and the one that does so least."""
    text, rival = model.text, rival_name(model, numbers)
    terms = all_terms(numbers)
    best = [each for each in terms[:2] if each[1] > 0]
    last, size = terms[-1]
    against = text("why.against") if rival is None else text("ranking.for", name=rival)
    kind = "unit" if weighs_units(model, numbers) else "map"
    count = ("none", "one", "two")[len(best)]
    key = f"why.{count}" if numbers.is_of_class else f"raise.{count}"
    said = {
        "name": sum_name(model, numbers),
        "opposed": against,
        **{word: text(f"why.{word}.{kind}") for word in ("noun", "nouns", "none")},
        **{f"map{k}": str(channel + 1) for k, (channel, _) in enumerate(best, 1)},
        **{f"size{k}": rough(term) for k, (_, term) in enumerate(best, 1)},
    }
    if size >= 0:
        return text(f"{key}.alone", **said)
    return text(key, last=str(last + 1), size=rough(size), **said)


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
