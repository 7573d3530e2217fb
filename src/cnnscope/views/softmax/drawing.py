"""Softmax, drawn: a row for each class, and the formula of one.

``stage`` gives the structure, ``stage_pose`` and ``window_pose`` its numbers: with the network's
logits or with those that the visitor put in their place, as far as the classes have joined.
"""

from collections.abc import Iterator
from itertools import chain

from cnnscope.drawing.color import ACTIVATION, PROBABILITY
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.scale import Domain, number, percent, symmetric, ticks
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, node_title, placed
from cnnscope.views.shared.player_controls import ICONS, bar_pose, button_attributes, short_bar
from cnnscope.views.shared.sliding_window import ways_out
from cnnscope.views.softmax.formula import OPEN, fraction, fraction_line, fraction_pose, shares
from cnnscope.views.softmax.layout import SoftmaxLayout
from cnnscope.views.softmax.numbers import SoftmaxNumbers
from cnnscope.views.softmax.origin import origin, stage_paintings
from cnnscope.views.softmax.progress import (
    exponential,
    is_changed,
    is_whole,
    joined_of,
    logit,
    pointed,
    power,
    shares_line,
    total_line,
    weighted_of,
)

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "softmax"
"""Of the article."""

EMPTY: Attributes = {"style": "transform:scaleX(0)"}
"""Of a bar, until its length is posed."""

STEP = 0.1  # of a logit, by one press of an arrow key
RESET = "softmax.reset"
"""Key of the button that gives the logits back; it is there while one is changed."""


def stage(model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout) -> Element:
    """The numbers in the network's coordinates."""
    text = model.text
    title = node_title(model, numbers.node)
    return element(
        "div",
        {"class": "stage softmax", "data-key": "stage", "role": "group",
         "aria-label": text("stage.name", title=title), "data-narrow": expansion.is_narrow,
         "style": size_style(expansion.width, expansion.height)},
        panel(model, numbers, expansion),
        *words_apart(model, expansion),
        head(model, expansion),
        *origin(model, numbers, expansion),
        *(
            class_row(model, numbers, expansion, channel)
            for channel in range(len(expansion.rows))
        ),
        element("div", {"class": "weights-foot", "style": placed(expansion.foot),
                        "data-key": "stage.legends"},
                *stage_legends(model, numbers)),
        element("button", {"type": "button", "class": "leave", "data-on": "close",
                           "data-key": "stage.back", "style": placed(expansion.back)},
                element("span", {"aria-hidden": "true"}, "‹"), text("softmax.back")),
        *ways_out(model, SECTION, expansion.close),
    )  # fmt: skip


def panel(model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout) -> Element:
    """Formula, sum, controls, and what softmax is for."""
    text = model.text
    return element(
        "section", {"class": "softmax-panel", "style": placed(expansion.panel)},
        fraction(model, numbers),
        shares(model, numbers),
        short_bar(model.text, model.state.reading.speed, "softmax.play.name"),
        element(
            "div", {"class": "changed", "data-key": "softmax.changed"},
            element("p", {"data-key": "softmax.changed.text", "role": "status"}),
            element("button", {"type": "button", "data-on": "logits-reset",
                               "data-key": RESET}, text("softmax.reset")),
        ),
        *(() if expansion.words else words(model)),
    )  # fmt: skip


def words_apart(model: Model, expansion: SoftmaxLayout) -> Iterator[Element]:
    """What softmax is for, where that stands apart from the formula."""
    if expansion.words:
        place = {"class": "softmax-panel", "style": placed(expansion.words)}
        yield element("section", place, *words(model))


def words(model: Model) -> Iterator[Element]:
    """What softmax is for, and what to try."""
    text = model.text
    yield element("p", {}, text("softmax.why"))
    yield element(
        "div", {"class": "shift"},
        element("p", {}, text("softmax.shift.why")),
        element("button", {"type": "button", "data-on": "logits-shift", "data-args": "1",
                           "data-key": "softmax.shift"}, text("softmax.shift")),
    )  # fmt: skip


def head(model: Model, expansion: SoftmaxLayout) -> Element:
    """What stands in each part of the rows."""
    last = "share" if expansion.is_narrow else "probability"
    return element(
        "div", {"class": "weights weights-head", "style": placed(expansion.head)},
        element("span", {}, model.text("softmax.head.logit")),
        element("span", {"data-key": "softmax.head.exponential"}),
        element("span", {}, model.text(f"softmax.head.{last}")),
    )  # fmt: skip


def class_row(
    model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout, channel: int
) -> Element:
    """A class's logit to be changed, its exponential and its probability."""
    key, name = f"class/{channel}", model.names[channel]
    chosen: Attributes = {"data-on": "class", "data-args": channel}  # the name is for the keyboard
    return element(
        "div",
        {"class": "weights", "data-key": key, "data-mark": str(channel),
         "data-chosen": channel == numbers.node.channel, "style": placed(expansion.rows[channel])},
        element(
            "span", {"class": "weight"},
            class_button(numbers, channel, name),
            element("button", {"type": "button", "class": "to-sum", "data-on": "sum",
                               "data-args": channel, "data-key": f"{key}.sum",
                               "title": model.text("softmax.sum", name=name)},
                    element("output", {"data-key": f"{key}.logit", **LITERAL})),
            element("span", {"class": "axis", "data-key": f"{key}.axis"},
                    element("input", {"type": "range", "data-input": "logit", "step": STEP,
                                      "data-args": str(channel), "data-key": f"{key}.slider",
                                      "aria-label": model.text("softmax.slider", name=name),
                                      **axis_attributes(model, numbers)})),
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


def axis_of(model: Model, numbers: SoftmaxNumbers) -> Domain:
    """Of the logits, and of their colours: as much below zero as above."""
    return symmetric(numbers.reach(weighted_of(model, numbers)))


def axis_attributes(model: Model, numbers: SoftmaxNumbers) -> Attributes:
    """The ends of the axis, as a slider has them."""
    axis = axis_of(model, numbers)
    return {"min": number_of(axis.low), "max": number_of(axis.high)}


def number_of(value: float) -> str:
    """A number as a slider reads it."""
    return f"{value:.6g}"


def stage_legends(model: Model, numbers: SoftmaxNumbers) -> Iterator[Element]:
    """The axis of the logits in its colours; the sums of the other two parts of the rows."""
    yield element(
        "div", {"class": "weights"},
        element("div", {"class": "legend"},
                element("div", {"class": "legend-bar"},
                        element("span", {"style": f"background:{ACTIVATION.gradient()}"})),
                element("div", {"class": "legend-ticks", **LITERAL},
                        *(element("span", {"data-key": f"softmax.axis/{k}"}) for k in range(3)))),
        element("p", {"data-key": "softmax.total"}),
        element("p", {"data-key": "softmax.shares"}),
    )  # fmt: skip


def stage_pose(model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout) -> Pose:
    """All that depends on the picture, the logits and the build-up."""
    return window_pose(model, numbers, expansion)


def window_pose(model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout) -> Pose:
    """All numbers: those of the rows, the formula, the sums, the controls."""
    rows = (row_pose(model, numbers, k) for k in range(len(numbers.logits)))
    changed = is_changed(model, numbers)
    text = model.text
    within = power(weighted_of(model, numbers))
    pose: dict[str, Attributes] = {
        "stage": {"data-changed": changed},
        "softmax.changed": {"data-changed": changed},
        "softmax.changed.text": {"text": text("softmax.changed" if changed else "softmax.try")},
        RESET: {"disabled": not changed},
        "softmax.head.exponential": {
            "text": text("softmax.head.power", power=within) if within
            else text("softmax.head.exponential")
        },
        "softmax.total": {"text": total_line(model, numbers)},
        "softmax.shares": {"text": shares_line(model, numbers)},
    }  # fmt: skip
    for k, value in enumerate(ticks(axis_of(model, numbers), 3)):
        pose[f"softmax.axis/{k}"] = {"text": number(value, 0)}
    pose |= dict(chain.from_iterable(row.items() for row in rows))
    return {**pose, **fraction_pose(model, numbers), **playing_pose(model, numbers)}


def row_pose(model: Model, numbers: SoftmaxNumbers, channel: int) -> Pose:
    """The numbers of one class's row, and what of it is to be seen."""
    weighted, key = weighted_of(model, numbers), f"class/{channel}"
    own, value = numbers.own.logits[channel], weighted.logits[channel]
    share, was = weighted.probabilities[channel], numbers.own.probabilities[channel]
    changed, whole = is_changed(model, numbers), is_whole(model, numbers)
    axis = axis_of(model, numbers)
    size = weighted.exponentials[channel] / max(weighted.exponentials)
    (colour,) = ACTIVATION.colors([value], axis)
    was_at = (own - axis.low) / (axis.high - axis.low)
    return {
        key: {"data-pending": channel >= joined_of(model, numbers),
              "data-marked": pointed(model) == channel, "data-changed": own != value},
        f"{key}.logit": {"text": logit(value)},
        f"{key}.axis": {"style": f"--own:{was_at:.4f};--colour:{colour}"},
        f"{key}.slider": {**axis_attributes(model, numbers), "value": number_of(value),
                          "aria-valuetext": value_text(model, numbers, channel)},
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


def value_text(model: Model, numbers: SoftmaxNumbers, channel: int) -> str:
    """What a screen reader says of a slider."""
    weighted = weighted_of(model, numbers)
    facts = {
        "logit": logit(weighted.logits[channel]),
        "percent": percent(weighted.probabilities[channel]),
        "own": logit(numbers.own.logits[channel]),
    }
    is_other = weighted.logits[channel] != numbers.own.logits[channel]
    return model.text("softmax.slider.changed" if is_other else "softmax.slider.value", **facts)


def playing_pose(model: Model, numbers: SoftmaxNumbers) -> Pose:
    """What the buttons do; after a step back, there is something to skip again."""
    pose = dict(bar_pose(model, numbers))
    if not is_whole(model, numbers):
        pose["play.skip"] = button_attributes(model.text, "skip")
        pose["play.skip.icon"] = {"d": ICONS["skip"]}
    for key in ("stage.field", "play.place"):  # there is no map
        pose.pop(key)
    return pose


def said(model: Model, numbers: SoftmaxNumbers) -> str:
    """What a screen reader is told of the class that joined last."""
    joined = joined_of(model, numbers)
    name = model.names[max(0, joined - 1)]
    line = fraction_line(model, numbers)
    whole = is_whole(model, numbers)
    return line if whole else model.text("said.of", what=name, line=line)
