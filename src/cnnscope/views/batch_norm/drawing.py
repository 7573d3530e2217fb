"""Batch normalisation, drawn: a cell before, the channel's line, the cell after.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from cnnscope.drawing.element import LITERAL, Element, Pose, element
from cnnscope.drawing.rounding import thousandths
from cnnscope.views.batch_norm.numbers import BatchNormNumbers
from cnnscope.views.channelwise.drawing import (
    channelwise_pose,
    channelwise_stage,
    given_window,
    grounded,
    rule_box,
    said_of_place,
    stage_legends,
    stage_paintings,
)
from cnnscope.views.channelwise.graph import graph, graph_pose
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.value_grid import window_box
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of, signed, written

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "batch-normalisation"
"""Of the article."""

RULE = (112, 140)  # px: a value, the slope, the offset, what comes out, a line each
ROLES = ("mean", "deviation", "gamma", "beta")


def stage(model: Model, numbers: BatchNormNumbers, plan: ChannelwiseLayout) -> Element:
    """The numbers in the network's coordinates."""
    assert plan.graph is not None
    marks = [given_window(numbers, plan, (1, 1), (1, 1))]
    name = model.text("norm.graph")
    below = [graph(model, plan.graph, name, is_signed=True), note(model, numbers, plan)]
    return channelwise_stage(model, numbers, plan, SECTION, marks, rule(plan), below)


def rule(plan: ChannelwiseLayout) -> Element:
    """The channel's line with its numbers, and what it makes of the value."""
    return element(
        "p", {"class": "rule", "style": placed(rule_box(plan, *RULE))},
        element("span", {}, element("output", {"data-key": "rule.before", **LITERAL})),
        element("span", {}, "× ", element("span", {"data-key": "rule.slope"})),
        element("span", {"data-key": "rule.offset"}),
        element("span", {}, "= ", element("output", {"data-key": "rule.after", **LITERAL})),
    )  # fmt: skip


def note(model: Model, numbers: BatchNormNumbers, plan: ChannelwiseLayout) -> Element:
    """In words, what is normalised, and from which numbers the line follows."""
    learnt = {role: written(thousandths(numbers.learnt(role))) for role in ROLES}
    slope, offset = thousandths(numbers.slope), thousandths(numbers.offset)
    line = {"slope": written(slope), "offset": written(offset)}
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        element("p", {}, model.text("norm.explain")),
        element("p", {}, model.text("norm.learnt", **learnt)),
        element("p", {}, model.text("norm.line", **learnt, **line)),
    )  # fmt: skip


def stage_pose(model: Model, numbers: BatchNormNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    return window_pose(model, numbers, plan)


def window_pose(model: Model, numbers: BatchNormNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that moves with the window: its places, the numbers there, the point on the graph."""
    assert plan.graph is not None
    place, reach = place_of(model), numbers.extent.high
    added = numbers.sum_at(place)
    cell = window_box(numbers, plan, numbers.window(place))
    ends = tuple((x, numbers.slope * x + numbers.offset) for x in inside(numbers, reach))
    at = float(numbers.given[place]), float(numbers.output[place])
    return {
        **channelwise_pose(model, numbers, plan, how_line(model, numbers)),
        "rule.before": grounded(model, numbers.source, numbers.before_at(place)),
        "rule.slope": {"text": factor(thousandths(numbers.slope))},
        "rule.offset": {"text": signed(added.terms[1])},
        "rule.after": grounded(model, numbers.node, added.total),
        "stage.zoom": {"d": zoom_path(plan, numbers, cell, rule_box(plan, *RULE), place)},
        **graph_pose(plan.graph, reach, ends, at, is_signed=True),
    }


def inside(numbers: BatchNormNumbers, reach: float) -> tuple[float, float]:
    """Between which values the line stays within the graph, ``reach`` from zero."""
    slope, offset = numbers.slope, numbers.offset
    if slope == 0:
        return -reach, reach
    ends = sorted(((-reach - offset) / slope, (reach - offset) / slope))
    return max(-reach, ends[0]), min(reach, ends[1])


def factor(value: int) -> str:
    """A number that another is multiplied by: a negative one in brackets."""
    return f"({written(value)})" if value < 0 else written(value)


def how_line(model: Model, numbers: BatchNormNumbers) -> str:
    """What the line made of the value."""
    place = place_of(model)
    added = numbers.sum_at(place)
    return model.text(
        "norm.how.rounded" if added.rounding else "norm.how",
        before=written(numbers.before_at(place)), slope=factor(thousandths(numbers.slope)),
        offset=signed(added.terms[1]), rounding=signed(added.rounding),
        after=written(added.total),
    )  # fmt: skip


def said(model: Model, numbers: BatchNormNumbers) -> str:
    """What a screen reader is told of the window's place."""
    return said_of_place(model, numbers, how_line(model, numbers))
