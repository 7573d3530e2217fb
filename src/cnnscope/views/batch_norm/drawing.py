"""Batch normalisation, drawn: a cell before, the channel's line, the cell after.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from collections.abc import Iterator
from decimal import Decimal

from cnnscope.drawing.element import LITERAL, Element, Pose, element
from cnnscope.drawing.rounding import thousandths
from cnnscope.drawing.scale import MINUS, number
from cnnscope.state.state import Place
from cnnscope.views.batch_norm.numbers import BatchNormNumbers, decimals_of
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
from cnnscope.views.channelwise.units import sum_button
from cnnscope.views.channelwise.value_grid import window_box
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of, signed, written

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "batch-normalisation"
"""Of the article."""

RULE = (112, 140)  # px: a value, the slope, the offset, what comes out, a line each


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
    """In words, what is normalised, the equation with its numbers, and the line that it is."""
    text = model.text
    learnt = {role: written(thousandths(numbers.learnt(role))) for role in ("mean", "beta")}
    learnt |= {role: figured(numbers.learnt(role)) for role in ("variance", "deviation", "gamma")}
    slope, offset = thousandths(numbers.slope), thousandths(numbers.offset)
    line = {"slope": written(slope), "offset": written(offset)}
    epsilon = decimal(numbers.layer.epsilon)
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        element("p", {}, text("norm.explain")),
        element("p", {}, text("norm.learnt", epsilon=epsilon, **learnt)),
        element("p", {"class": "norm-equation"},
                element("span", {}, text("norm.formula")),
                element("span", {"data-key": "norm.equation"})),
        element("p", {}, text("norm.line", **line)),
        *folding(model, numbers),
        sum_button(model, numbers, has_dots=False),
    )  # fmt: skip


def folding(model: Model, numbers: BatchNormNumbers) -> Iterator[Element]:
    """What it would make of the convolution before it, where there is one."""
    added = numbers.folded
    if added is not None:
        key = "norm.folded.rounded" if added.rounding else "norm.folded"
        yield element("p", {}, model.text(
            key, layer=numbers.source.layer, slope=factor(thousandths(numbers.slope)),
            bias=written(numbers.bias), offset=signed(added.terms[1]), made=written(added.total),
            rounding=signed(added.rounding),
        ))  # fmt: skip


def equation_text(model: Model, numbers: BatchNormNumbers, place: Place) -> str:
    """The equation with the numbers of a cell; the rounding is told with it."""
    found = numbers.equation_at(place)
    return model.text(
        "norm.equation.rounded" if found.rounding else "norm.equation",
        before=written(found.before), mean=signed(-found.mean),
        deviation=figured(found.deviation), gamma=bracketed(figured(found.gamma)),
        beta=signed(found.beta), after=written(found.after), rounding=signed(found.rounding),
    )  # fmt: skip


def figured(value: float) -> str:
    """A factor with its four figures."""
    return number(value, decimals_of(value))


def decimal(value: float) -> str:
    """A small number without an exponent."""
    return format(Decimal(repr(value)), "f")


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
        "norm.equation": {"text": equation_text(model, numbers, place)},
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
    return bracketed(written(value))


def bracketed(text: str) -> str:
    """A number as displayed, in brackets if it is negative."""
    return f"({text})" if text.startswith(MINUS) else text


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
