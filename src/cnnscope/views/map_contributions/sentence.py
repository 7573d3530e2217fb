"""What speaks for a class and what against it, in one sentence; and what a logit is.

sentence(model, numbers)
# 'Maps 9 and 8 speak most for koala (+3.7, +3.2), map 10 most against it (−2.0).'
"""

from cnnscope.drawing.scale import MINUS, percent
from cnnscope.views.map_contributions.numbers import LogitNumbers, rough, waterfall
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.sliding_window import written


def title(model: Model, numbers: LogitNumbers) -> str:
    """What is asked."""
    name, rival = names(model, numbers)
    key = "why.title" if rival is None else "why.title.rival"
    return model.text(key, name=name, rival=rival)


def words(model: Model, numbers: LogitNumbers) -> str:
    """The answer, and what it all adds up to."""
    return model.text.together((sentence(model, numbers), logit_line(model, numbers)))


def sentence(model: Model, numbers: LogitNumbers) -> str:
    """The two maps that speak most for a class, and the one that speaks most against it."""
    name, rival = names(model, numbers)
    maps = waterfall(numbers)[:-1]
    best = [step for step in maps[:2] if step.term > 0]
    worst = maps[-1]
    text = model.text
    opposed = text("why.against") if rival is None else text("ranking.for", name=rival)
    key = ("why.none", "why.one", "why.two")[len(best)]
    said = {f"map{k}": str((step.channel or 0) + 1) for k, step in enumerate(best, 1)}
    sizes = {f"size{k}": rough(step.term) for k, step in enumerate(best, 1)}
    if worst.term >= 0:
        return text(f"{key}.alone", name=name, opposed=opposed, **said, **sizes)
    last = {"last": str((worst.channel or 0) + 1), "size": rough(worst.term)}
    return text(key, name=name, opposed=opposed, **said, **sizes, **last)


def logit_line(model: Model, numbers: LogitNumbers) -> str:
    """What maps and bias add up to, and what that is."""
    name, rival = names(model, numbers)
    total = written(numbers.sum.total)
    if rival is None or numbers.contrast is None:
        share = percent(float(model.values(numbers.node)))
        return model.text("why.logit", total=total, name=name, percent=share)
    other = written(numbers.logit(numbers.contrast))
    return model.text(
        "why.lead",
        logit=written(numbers.logit(numbers.node.channel)),
        less=f"({other})" if other.startswith(MINUS) else other,
        total=total,
    )


def names(model: Model, numbers: LogitNumbers) -> tuple[str, str | None]:
    """What the class is called, and what the one that it is compared with."""
    rival = numbers.contrast
    return model.names[numbers.node.channel], None if rival is None else model.names[rival]
