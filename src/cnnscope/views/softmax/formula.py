"""The formula of a class's probability with its numbers, and its sum as a bar of shares.

``fraction`` and ``shares`` give the structure, ``fraction_pose`` the numbers.
"""

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import written
from cnnscope.views.softmax.numbers import Explanation
from cnnscope.views.softmax.progress import (
    exponential,
    is_whole,
    joined_of,
    logit,
    pointed,
    power,
    weighed_of,
)

OPEN = "…"
"""Stands for what cannot be computed before the sum is whole."""


def fraction(context: Context, explanation: Explanation) -> Element:
    """The chosen class's exponential over the sum of all, then both as numbers."""
    chosen = explanation.node.channel
    terms = [
        element("span", {"class": "term", "data-key": f"term/{k}", "data-element": str(k)},
                element("span", {"data-key": f"term/{k}.text"}),
                " +" if k + 1 < len(explanation.logits) else None)
        for k in range(len(explanation.logits))
    ]  # fmt: skip
    return element(
        "div", {"class": "softmax-formula"},
        element("h2", {}, context.text("softmax.title", name=context.names[chosen])),
        element(
            "div", {"class": "equation", "role": "math", "data-key": "fraction"},
            element("span", {"class": "fraction", "aria-hidden": "true"},
                    element("span", {"class": "over"},
                            element("span", {"class": "term", "data-key": "term.chosen",
                                             "data-element": str(chosen)})),
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


def shares(context: Context, explanation: Explanation) -> Element:
    """The sum as a bar: each class's part is as long as its share; it has the focus first."""
    parts = (
        element("span", {"data-key": f"share/{k}", "data-element": str(k),
                         "data-chosen": k == explanation.node.channel})
        for k in range(len(explanation.logits))
    )  # fmt: skip
    frame: Attributes = {
        "class": "shares", "tabindex": 0, "data-key": OUTPUT, "role": "application",
        "aria-roledescription": context.text("softmax.shares.role"),
        "aria-label": context.text("softmax.shares"),
    }  # fmt: skip
    return element(
        "div", {},
        element("p", {"class": "shares-caption", "aria-hidden": "true"},
                context.text("softmax.shares.caption")),
        element("div", frame, *parts),
    )  # fmt: skip


def fraction_pose(context: Context, explanation: Explanation) -> Pose:
    """The numbers of the formula and the lengths of the bar, as far as the classes have joined."""
    weighed, chosen = weighed_of(context, explanation), explanation.node.channel
    joined, marked = joined_of(context, explanation), pointed(context)
    more = "" if is_whole(context, explanation) else f" + {OPEN}"
    pose: dict[str, Attributes] = {
        "fraction": {"aria-label": fraction_line(context, explanation)},
        "fraction.over": {"text": exponential(weighed, chosen)},
        "fraction.under": {"text": f"{running_total(context, explanation)}{more}"},
        "fraction.result": {"text": result(context, explanation)},
        "term.chosen": {"text": f"exp({logit(weighed.logits[chosen])})",
                        "data-marked": marked == chosen},
    }  # fmt: skip
    for k, (own, share) in enumerate(zip(weighed.logits, weighed.probabilities, strict=True)):
        state: Attributes = {"data-pending": k >= joined, "data-marked": marked == k}
        pose[f"term/{k}"] = {**state, "data-chosen": k == chosen}
        pose[f"term/{k}.text"] = {"text": f"exp({logit(own)})"}
        pose[f"share/{k}"] = {**state, "style": f"inline-size:{100 * share:.3f}%"}
    return pose


def running_total(context: Context, explanation: Explanation) -> str:
    """The sum of the exponentials that have joined, as displayed."""
    added, joined = weighed_of(context, explanation).added, joined_of(context, explanation)
    return written(added.total if joined == len(added.terms) else sum(added.terms[:joined]))


def result(context: Context, explanation: Explanation) -> str:
    """The chosen class's probability, once the sum is whole."""
    if not is_whole(context, explanation):
        return OPEN
    return percent(weighed_of(context, explanation).probabilities[explanation.node.channel])


def fraction_line(context: Context, explanation: Explanation) -> str:
    """The formula in words: its numbers, or how far the sum has come."""
    weighed = weighed_of(context, explanation)
    facts = {
        "over": exponential(weighed, explanation.node.channel),
        "under": running_total(context, explanation),
        "power": power(weighed),
        "joined": str(joined_of(context, explanation)),
        "classes": str(len(weighed.logits)),
        "name": context.names[explanation.node.channel],
        "percent": result(context, explanation),
    }
    key = "softmax.line" if is_whole(context, explanation) else "softmax.line.open"
    return context.text(key, **facts)
