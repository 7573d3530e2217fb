"""The rows of the classes: a logit to be changed, its exponential, its probability.

``class_row`` gives the structure of one, ``row_pose`` its numbers, as far as the classes joined.
"""

from dataclasses import dataclass

from cnnscope.drawing.color import ACTIVATION, PROBABILITY
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import Domain, percent, symmetric
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, node_title, placed
from cnnscope.views.softmax.formula import OPEN
from cnnscope.views.softmax.numbers import SoftmaxNumbers, WeightedLogits
from cnnscope.views.softmax.origin import are_sums, cell_of
from cnnscope.views.softmax.others import EMPTY, longest
from cnnscope.views.softmax.progress import (
    exponential,
    is_changed,
    is_whole,
    joined_classes,
    logit,
    pointed,
    weighted_of,
)

STEP = 0.1  # of a logit, by one press of an arrow key


@dataclass(frozen=True)
class RowScale:
    """What the rows of all classes have in common: their axis, their longest bar, who joined."""

    weighted: WeightedLogits  # as the visitor has them
    is_changed: bool  # whether they are others than the network's
    axis: Domain  # of the logits
    longest: float  # the exponential whose bar is whole
    joined: frozenset[int]  # the classes that are in the sum


def row_scale(model: Model, numbers: SoftmaxNumbers) -> RowScale:
    """The scale of the rows as the logits are now, found once for all of them."""
    weighted = weighted_of(model, numbers)
    axis = symmetric(numbers.reach(weighted))  # and of the colours: as much below zero as above
    joined = joined_classes(model, numbers)
    return RowScale(weighted, is_changed(model, numbers), axis, longest(model, weighted), joined)


def class_row(
    model: Model, numbers: SoftmaxNumbers, scale: RowScale, box: Box, channel: int
) -> Element:
    """A class's logit to be changed, its exponential and its probability."""
    key, name = f"class/{channel}", model.names[channel]
    chosen: Attributes = {"data-on": "class", "data-args": channel}  # the name is for the keyboard
    return element(
        "div",
        {"class": "weights", "data-key": key, "data-mark": str(channel),
         "data-chosen": channel == numbers.node.channel,
         "style": placed(box)},
        element(
            "span", {"class": "weight"},
            class_button(numbers, channel, name),
            element("button", {"type": "button", "class": "to-sum", "data-key": f"{key}.sum",
                               **leads_to(model, numbers, channel, name)},
                    element("output", {"data-key": f"{key}.logit", **LITERAL})),
            element("span", {"class": "axis", "data-key": f"{key}.axis"},
                    element("input", {"type": "range", "data-input": "logit", "step": STEP,
                                      "data-args": str(channel), "data-key": f"{key}.slider",
                                      "aria-label": model.text("softmax.slider", name=name),
                                      **axis_attributes(scale.axis)})),
        ),
        element(
            "span", {"class": "weight part", **chosen},
            element("span", {"data-key": f"{key}.exponential", **LITERAL}),
            element("span", {"class": "bar"},
                    element("span", {"data-key": f"{key}.size", **EMPTY})),
        ),
        element(
            "span", {"class": "weight part", **chosen},
            element("span", {"data-key": f"{key}.probability", **LITERAL}),
            element("span", {"class": "was", "data-key": f"{key}.was"}),
            element("span", {"class": "bar"},
                    element("span", {"data-key": f"{key}.share", **EMPTY}),
                    element("i", {"class": "own", "data-key": f"{key}.own", "hidden": True})),
        ),
    )  # fmt: skip


def leads_to(model: Model, numbers: SoftmaxNumbers, channel: int, name: str) -> Attributes:
    """Where a logit leads: to the sum that it is, or to the map or the unit that it is."""
    if are_sums(model, numbers):
        title = model.text("softmax.sum", name=name)
        return {"data-on": "sum", "data-args": channel, "title": title}
    node = cell_of(model, numbers, channel)
    if node is None:
        return {"disabled": True}
    title = model.text("softmax.cell", name=name, place=node_title(model, node))
    return {"data-on": "open", "data-args": str(node), "title": title}


def class_button(numbers: SoftmaxNumbers, channel: int, name: str) -> Element:
    """A class's name, which chooses the class."""
    return element(
        "button",
        {"type": "button", "class": "class-name", "data-on": "class", "data-args": channel,
         "data-key": name_key(channel), "aria-pressed": pressed(channel == numbers.node.channel)},
        name,
    )  # fmt: skip


def name_key(channel: int) -> str:
    """Key of a class's name, which chooses the class."""
    return f"class/{channel}.name"


def axis_attributes(axis: Domain) -> Attributes:
    """The ends of the axis, as a slider has them."""
    return {"min": number_of(axis.low), "max": number_of(axis.high)}


def number_of(value: float) -> str:
    """A number as a slider reads it."""
    return f"{value:.6g}"


def row_pose(model: Model, numbers: SoftmaxNumbers, scale: RowScale, channel: int) -> Pose:
    """The numbers of one class's row, and what of it is to be seen."""
    weighted, key = scale.weighted, f"class/{channel}"
    own, value = numbers.own.logits[channel], weighted.logits[channel]
    share, was = weighted.probabilities[channel], numbers.own.probabilities[channel]
    changed, whole = scale.is_changed, is_whole(model, numbers)
    axis = scale.axis
    size = weighted.exponentials[channel] / scale.longest
    (colour,) = ACTIVATION.colors([value], axis)
    was_at = (own - axis.low) / (axis.high - axis.low)
    return {
        key: {"data-pending": channel not in scale.joined,
              "data-marked": pointed(model) == channel, "data-changed": own != value},
        f"{key}.logit": {"text": logit(value)},
        f"{key}.axis": {"style": f"--own:{was_at:.4f};--colour:{colour}"},
        f"{key}.slider": {**axis_attributes(axis), "value": number_of(value),
                          "aria-valuetext": value_text(model, numbers, weighted, channel)},
        f"{key}.exponential": {"text": exponential(weighted, channel)},
        f"{key}.size": {"style": f"transform:scaleX({size:.5f})"},
        f"{key}.probability": {"text": percent(share) if whole else OPEN},
        f"{key}.was": {"text": model.text("softmax.was", percent=percent(was))
                       if changed and whole else ""},
        f"{key}.share": {
            "style": f"transform:scaleX({share if whole else 0:.5f});background:{PROBABILITY}"
        },
        f"{key}.own": {"hidden": not changed, "style": f"inset-inline-start:{100 * was:.2f}%"},
    }  # fmt: skip


def value_text(
    model: Model, numbers: SoftmaxNumbers, weighted: WeightedLogits, channel: int
) -> str:
    """What a screen reader says of a slider."""
    facts = {
        "logit": logit(weighted.logits[channel]),
        "percent": percent(weighted.probabilities[channel]),
        "own": logit(numbers.own.logits[channel]),
    }
    is_other = weighted.logits[channel] != numbers.own.logits[channel]
    return model.text("softmax.slider.changed" if is_other else "softmax.slider.value", **facts)
