"""ReLU, drawn: a cell before, ``max(0, x)``, the cell after, and the function's graph.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box, clamp
from cnnscope.drawing.lengths import font_rem
from cnnscope.drawing.scale import count, percent, proportion
from cnnscope.views.channelwise.drawing import (
    channelwise_pose,
    channelwise_stage,
    given_window,
    grounded,
    rule_box,
    said_of_place,
    share_bar,
    share_style,
    stage_legends,
)
from cnnscope.views.channelwise.drawing import stage_paintings as channelwise_paintings
from cnnscope.views.channelwise.graph import graph, graph_pose
from cnnscope.views.channelwise.layout import READOUT_GAP, ChannelwiseLayout
from cnnscope.views.channelwise.overlays import cell_side, hatching, overlay
from cnnscope.views.channelwise.units import dots_of, sum_button
from cnnscope.views.channelwise.value_grid import window_box
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.relu.numbers import ReluNumbers
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.detail_layout import READOUT
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import merged, place_of, written

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "relu"
"""Of the article."""

CUT = "stage.cut"
"""Under which what was cut is painted, over the map that is made."""

COUNT_WIDE = 220  # px that they need in one line
COUNT_HIGH = 64  # px: how many cells were cut, in words beside the map

WITHOUT = "relu.without"
"""Key of the switch that leaves every ReLU of the network out."""

RULE = (150, 92)  # px: `max(0, x)` over `= y`
RULE_EDGE = 3  # px from its edge to what is written
CALL = 8.3  # em: `max(0, −12.345)`, which stays in one line
TEXT, TEXT_LEAST = 15.5, 10.5  # px: size of its letters


def stage(model: Model, numbers: ReluNumbers, plan: ChannelwiseLayout) -> Element:
    """The numbers in the network's coordinates."""
    marks = [given_window(numbers, plan, (1, 1), (1, 1))]
    assert plan.graph is not None
    below = [graph(model, plan.graph, model.text("graph.name")), note(model, numbers, plan)]
    if numbers.peers is None:
        below.append(
            element("p", {"class": "cut-count", "data-key": "relu.count",
                          "style": placed(count_box(plan))})
        )  # fmt: skip
    made = [overlay(CUT, numbers.rows_cols, plan.output)]
    return channelwise_stage(model, numbers, plan, SECTION, marks, rule(plan), below, made)


def count_box(plan: ChannelwiseLayout) -> Box:
    """Where it is said how many cells were cut: at the map that is made."""
    if plan.is_stacked:
        return plan.rule.foot(COUNT_HIGH)
    wide = max(plan.output.width, COUNT_WIDE)
    return plan.output.below(READOUT_GAP, READOUT / 2).reaching(left=plan.output.right - wide)


def rule(plan: ChannelwiseLayout) -> Element:
    """The function with its number, and what it makes of it."""
    box = place_of_rule(plan)
    text = clamp((box.width - 2 * RULE_EDGE) / CALL, TEXT_LEAST, TEXT)
    style = f"{placed(box)};font-size:{font_rem(text)}"
    return element(
        "p", {"class": "rule call", "style": style},
        element("span", {}, element("span", {"data-key": "rule.open"}),
                element("output", {"data-key": "rule.before", **LITERAL}),
                element("span", {"data-key": "rule.close"})),
        element("span", {}, "= ", element("output", {"data-key": "rule.after", **LITERAL})),
    )  # fmt: skip


def place_of_rule(plan: ChannelwiseLayout) -> Box:
    """Where the rule stands between the maps."""
    return rule_box(plan, *RULE)


def note(model: Model, numbers: ReluNumbers, plan: ChannelwiseLayout) -> Element:
    """In words, what the function does, and to how many cells."""
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        element("p", {"data-key": "relu.explain"}),
        element("div", {"class": "cut-share"}, share_bar(share(numbers))),
        element("p", {"data-key": "channelwise.figure"}),
        sum_button(model, numbers),
        element(
            "div", {"class": "without"},
            element("button", {"type": "button", "class": "switch", "data-on": "relu",
                               "data-key": WITHOUT, "aria-pressed": pressed(not numbers.cuts)},
                    model.text("relu.without")),
            element("p", {"class": "soft", "data-key": "relu.answer"}),
        ),
    )  # fmt: skip


def share(numbers: ReluNumbers) -> float:
    """How much of the map, or how many of the units, are cut to zero."""
    return numbers.cut / numbers.all_given.size


def stage_pose(model: Model, numbers: ReluNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    cuts = numbers.cuts
    pose: dict[str, Attributes] = {
        "channelwise.figure": {"text": figure(model, numbers)},
        "channelwise.share": {"style": share_style(share(numbers))},
        "graph": {"aria-label": model.text("graph.name" if cuts else "relu.graph.without")},
        "relu.explain": {"text": model.text("relu.explain" if cuts else "relu.explain.without")},
        "rule.open": {"text": "max(0," if cuts else ""},
        "rule.close": {"text": ")" if cuts else ""},
        WITHOUT: {"aria-pressed": pressed(not cuts)},
        "relu.answer": {"text": answer_line(model, numbers)},
    }
    if numbers.peers is None:
        pose["relu.count"] = {"text": count_line(model, numbers)}
    return merged(pose, window_pose(model, numbers, plan))


def figure(model: Model, numbers: ReluNumbers) -> str:
    """How much of the map, or how many of the units, are cut."""
    what = "cut" if numbers.cuts else "passed"
    key = f"relu.{what}.share" if numbers.peers is None else f"units.{what}.share"
    return model.text(
        key,
        cut=count(numbers.cut),
        below=count(numbers.below),
        cells=count(numbers.all_given.size),
        percent=proportion(numbers.below, numbers.all_given.size),
    )


def count_line(model: Model, numbers: ReluNumbers) -> str:
    """How many cells were cut, of how many."""
    cut, cells = count(numbers.cut), count(numbers.given.size)
    return model.text("relu.cut.count", cut=cut, cells=cells)


def stage_paintings(model: Model, numbers: ReluNumbers) -> Iterator[tuple[str, Rgba]]:
    """Both maps in colours, and over the second what was cut in it."""
    yield from channelwise_paintings(model, numbers)
    assert isinstance(model.detail, ChannelwiseLayout)
    side = cell_side(numbers.rows_cols, model.detail.output)
    yield CUT, hatching(numbers.is_below & numbers.cuts, side)


def answer_line(model: Model, numbers: ReluNumbers) -> str:
    """What the network answers without its ReLUs, and what it answered; else, what to try."""
    if numbers.cuts:
        return model.text("relu.without.ask")
    probabilities = model.trace[model.network.layers[-1].name].ravel()
    first = int(probabilities.argmax())
    now, trained = (
        model.text("announce.class", name=model.names[each], percent=percent(share))
        for each, share in (
            (first, float(probabilities[first])), model.gallery.trained_answer(model.picture),
        )
    )  # fmt: skip
    return model.text("relu.without.answer", now=now, trained=trained)


def window_pose(model: Model, numbers: ReluNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that moves with the window: its places, the numbers there, the point on the graph."""
    assert plan.graph is not None
    place = place_of(model)
    before, after = numbers.pair_at(place)
    cell = window_box(numbers, plan, numbers.window(place))
    value, reach = float(numbers.given[place]), numbers.extent.high
    made = float(numbers.output[place])
    points = ((-reach, 0.0 if numbers.cuts else -reach), (0.0, 0.0), (reach, reach))
    return {
        **channelwise_pose(model, numbers, plan, how_line(model, numbers)),
        "rule.before": grounded(model, numbers.source, before),
        "rule.after": grounded(model, numbers.node, after),
        "stage.zoom": {"d": zoom_path(plan, numbers, cell, place_of_rule(plan), place)},
        **graph_pose(
            plan.graph,
            reach,
            points,
            (value, made),
            is_signed=not numbers.cuts,
            others=dots_of(numbers),
        ),
    }


def how_line(model: Model, numbers: ReluNumbers) -> str:
    """What the function did to the value, and why."""
    place = place_of(model)
    before, after = numbers.pair_at(place)
    value = float(numbers.given[place])
    if not numbers.cuts:
        return model.text("relu.passed", before=written(before), after=written(after))
    key = "relu.cut" if value < 0 else "relu.kept" if value > 0 else "relu.zero"
    return model.text(key, before=written(before), after=written(after))


def said(model: Model, numbers: ReluNumbers) -> str:
    """What a screen reader is told of the window's place."""
    return said_of_place(model, numbers, how_line(model, numbers))
