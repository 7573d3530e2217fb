"""Softmax, drawn: a row for each class, and the formula of one.

``stage`` gives the structure, ``stage_pose`` and ``window_pose`` its numbers: with the network's
logits or with those that the visitor put in their place, as far as the classes have joined.
"""

from collections.abc import Iterator
from itertools import chain

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.scale import number, ticks
from cnnscope.nn.layers import Softmax
from cnnscope.views.shared.model import Model, node_title, placed
from cnnscope.views.shared.player_controls import ICONS, bar_pose, button_attributes, short_bar
from cnnscope.views.shared.sliding_window import ways_out
from cnnscope.views.softmax.formula import fraction, fraction_line, fraction_pose, shares
from cnnscope.views.softmax.layout import SoftmaxLayout
from cnnscope.views.softmax.numbers import SoftmaxNumbers
from cnnscope.views.softmax.origin import are_sums, layer_of, origin, stage_paintings
from cnnscope.views.softmax.others import others_row, others_row_pose
from cnnscope.views.softmax.progress import (
    is_changed,
    is_whole,
    joined_of,
    listed_of,
    power,
    shares_line,
    total_line,
    weighted_of,
)
from cnnscope.views.softmax.rows import class_row, row_pose, row_scale

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "softmax"
"""Of the article."""

RESET = "softmax.reset"
"""Key of the button that gives the logits back; it is there while one is changed."""


def stage(model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout) -> Element:
    """The numbers in the network's coordinates."""
    text, title = model.text, node_title(model, numbers.node)
    scale = row_scale(model, numbers)
    return element(
        "div",
        {"class": "stage softmax", "data-key": "stage", "role": "group",
         "aria-label": text("stage.name", title=title), "data-narrow": expansion.is_narrow,
         "style": size_style(expansion.width, expansion.height)},
        panel(model, numbers, expansion),
        *words_apart(model, numbers, expansion),
        head(model, expansion),
        *origin(model, numbers, expansion),
        *(class_row(model, numbers, scale, box, channel)
          for channel, box in zip(expansion.channels, expansion.rows, strict=True)),
        *others_row(model, numbers, expansion.others),
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
        *(() if expansion.words else words(model, numbers)),
    )  # fmt: skip


def words_apart(
    model: Model, numbers: SoftmaxNumbers, expansion: SoftmaxLayout
) -> Iterator[Element]:
    """What softmax is for, where that stands apart from the formula."""
    if expansion.words:
        place = {"class": "softmax-panel", "style": placed(expansion.words)}
        yield element("section", place, *words(model, numbers))


def words(model: Model, numbers: SoftmaxNumbers) -> Iterator[Element]:
    """What softmax is for, and what to try."""
    text, last = model.text, model.network.layers[-1]
    if isinstance(last, Softmax) and last.given != "softmax":
        yield element("p", {}, text(f"softmax.given.{last.given}"))
    if not are_sums(model, numbers):
        yield element("p", {}, text("softmax.cells", layer=layer_of(model, numbers)))
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
    scale = row_scale(model, numbers)
    rows = (row_pose(model, numbers, scale, k) for k in expansion.channels)
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
    for k, value in enumerate(ticks(scale.axis, 3)):
        pose[f"softmax.axis/{k}"] = {"text": number(value, 0)}
    pose |= dict(chain.from_iterable(row.items() for row in rows))
    pose |= others_row_pose(model, numbers)
    return {**pose, **fraction_pose(model, numbers), **playing_pose(model, numbers)}


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
    listed = listed_of(model)
    name = model.names[listed[min(max(0, joined - 1), len(listed) - 1)]]
    line = fraction_line(model, numbers)
    whole = is_whole(model, numbers)
    return line if whole else model.text("said.of", what=name, line=line)
