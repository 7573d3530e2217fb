"""Softmax's formula with its numbers (``numbers`` rounds them), and its sum as a bar of shares.

``fraction`` and ``shares`` give the structure, ``fraction_pose`` the numbers.
"""

from cnnscope.drawing.color import PROBABILITY
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import written
from cnnscope.views.softmax.numbers import SoftmaxNumbers
from cnnscope.views.softmax.progress import (
    added_of,
    exponential,
    exponential_written,
    has_others,
    is_whole,
    joined_classes,
    joined_of,
    listed_of,
    logit,
    pointed,
    power,
    weighted_of,
)

OTHERS = "others"
"""In the keys of what stands for all classes that are not listed."""

OPEN = "…"
"""Stands for what cannot be computed before the sum is whole."""


def fraction(model: Model, numbers: SoftmaxNumbers) -> Element:
    """The chosen class's exponential over the sum of all, then both as numbers."""
    chosen, listed = numbers.node.channel, listed_of(model)
    more = has_others(model)
    terms = [
        element("span", {"class": "term", "data-key": f"term/{k}", "data-mark": str(k)},
                element("span", {"data-key": f"term/{k}.text"}),
                " +" if more or k != listed[-1] else None)
        for k in listed
    ]  # fmt: skip
    if more:
        terms.append(element("span", {"class": "term", "data-key": f"term/{OTHERS}"},
                             element("span", {"data-key": f"term/{OTHERS}.text"})))  # fmt: skip
    return element(
        "div", {"class": "softmax-formula"},
        element("h2", {}, model.text("softmax.title", name=model.names[chosen])),
        element(
            "div", {"class": "equation", "role": "math", "data-key": "fraction", **LITERAL},
            element("span", {"class": "fraction", "aria-hidden": "true"},
                    element("span", {"class": "over"},
                            element("span", {"class": "term", "data-key": "term.chosen",
                                             "data-mark": str(chosen)})),
                    element("span", {"class": "under"}, *terms)),
            element("span", {"class": "equals", "aria-hidden": "true"},
                    "= ",
                    element("span", {"class": "fraction small"},
                            element("span", {"class": "over", "data-key": "fraction.over"}),
                            element("span", {"class": "under", "data-key": "fraction.under"})),
                    " ≈ ",
                    element("strong", {"data-key": "fraction.result"})),
        ),
    )  # fmt: skip


def shares(model: Model, numbers: SoftmaxNumbers) -> Element:
    """The sum as a bar: each class's part is as long as its share; it has the focus first."""
    parts = [
        element("span", {"data-key": f"share/{k}", "data-mark": str(k),
                         "data-chosen": k == numbers.node.channel})
        for k in listed_of(model)
    ]  # fmt: skip
    if has_others(model):
        parts.append(element("span", {"data-key": f"share/{OTHERS}"}))
    frame: Attributes = {
        "class": "shares", "tabindex": 0, "data-key": OUTPUT, "role": "application",
        "data-keys": True, "data-quiet-focus": True,
        "aria-roledescription": model.text("softmax.shares.role"),
        "aria-label": model.text("softmax.shares"),
    }  # fmt: skip
    return element(
        "div", {},
        element("p", {"class": "shares-caption", "aria-hidden": "true"},
                model.text("softmax.shares.caption")),
        element("div", frame, *parts),
    )  # fmt: skip


def fraction_pose(model: Model, numbers: SoftmaxNumbers) -> Pose:
    """The numbers of the formula and the lengths of the bar, as far as the classes have joined."""
    weighted, chosen = weighted_of(model, numbers), numbers.node.channel
    marked, listed = pointed(model), listed_of(model)
    joined = joined_classes(model, numbers)
    more = "" if is_whole(model, numbers) else f" + {OPEN}"
    pose: dict[str, Attributes] = {
        "fraction": {"aria-label": fraction_line(model, numbers)},
        "fraction.over": {"text": exponential(weighted, chosen)},
        "fraction.under": {"text": f"{running_total(model, numbers)}{more}"},
        "fraction.result": {"text": result(model, numbers)},
        "term.chosen": {"text": f"exp({logit(weighted.logits[chosen])})",
                        "data-marked": marked == chosen},
    }  # fmt: skip
    for k in listed:
        own, share = weighted.logits[k], weighted.probabilities[k]
        state: Attributes = {
            "data-pending": k not in joined, "data-marked": marked == k,
        }  # fmt: skip
        pose[f"term/{k}"] = {**state, "data-chosen": k == chosen}
        pose[f"term/{k}.text"] = {"text": f"exp({logit(own)})"}
        fill = f";background:{PROBABILITY}" if k == chosen else ""
        pose[f"share/{k}"] = {**state, "style": f"inline-size:{100 * share:.3f}%{fill}"}
    return {**pose, **others_pose(model, numbers)}


def others_pose(model: Model, numbers: SoftmaxNumbers) -> Pose:
    """The one term and the one share of all classes that are not listed."""
    if not has_others(model):
        return {}
    weighted, listed = weighted_of(model, numbers), listed_of(model)
    pending: Attributes = {"data-pending": not is_whole(model, numbers)}
    share = weighted.share_of_others(listed)
    text = model.text(
        "softmax.others.term", count=len(numbers.logits) - len(listed),
        sum=exponential_written(weighted.of_others(listed)),
    )  # fmt: skip
    return {
        f"term/{OTHERS}": pending,
        f"term/{OTHERS}.text": {"text": text},
        f"share/{OTHERS}": {**pending, "style": f"inline-size:{100 * share:.3f}%"},
    }


def running_total(model: Model, numbers: SoftmaxNumbers) -> str:
    """The sum of the exponentials that have joined, as displayed."""
    added, joined = added_of(model, numbers), joined_of(model, numbers)
    return written(added.total if joined == len(added.terms) else sum(added.terms[:joined]))


def result(model: Model, numbers: SoftmaxNumbers) -> str:
    """The chosen class's probability, once the sum is whole."""
    if not is_whole(model, numbers):
        return OPEN
    return percent(weighted_of(model, numbers).probabilities[numbers.node.channel])


def fraction_line(model: Model, numbers: SoftmaxNumbers) -> str:
    """The formula in words: its numbers, or how far the sum has come."""
    weighted = weighted_of(model, numbers)
    facts = {
        "over": exponential(weighted, numbers.node.channel),
        "under": running_total(model, numbers),
        "power": power(weighted),
        "joined": str(joined_of(model, numbers)),
        "classes": str(len(weighted.logits)),
        "name": model.names[numbers.node.channel],
        "percent": result(model, numbers),
    }
    key = "softmax.line" if is_whole(model, numbers) else "softmax.line.open"
    return model.text(key, **facts)
