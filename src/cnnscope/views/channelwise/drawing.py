"""Channelwise views, drawn: a map, the rule, the map that it makes.

Each of them gives ``channelwise_stage`` its rule and what stands below the controls, and joins its
own poses to those given here.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem, size_style
from cnnscope.drawing.scale import number, ticks
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.channelwise.turning import turning
from cnnscope.views.channelwise.units import units, units_paintings
from cnnscope.views.channelwise.wires import wires, zoom_lines
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.network_plan import LABELS
from cnnscope.views.shared.painting import coloured, ramp_of
from cnnscope.views.shared.player_controls import OUTPUT, bar, bar_pose
from cnnscope.views.shared.sliding_window import (
    cell_mark,
    curtain,
    grounds,
    heading,
    place_of,
    ways_out,
    window_mark,
    window_style,
)

GIVEN = "stage.given"
"""Key of the enlarged map that is read, and what it is painted under."""

RING = 3  # px between a map and its heading: a ring shows where the keyboard is
HEADING = 112  # px: width of a map's heading, at least
RULE_INSET = 6  # px between the maps that no rule takes
LEGEND_ROOMY = 124  # px that a bar with three ticks needs
LEGEND_MOST = 300


def channelwise_stage(
    model: Model,
    numbers: ChannelwiseNumbers,
    plan: ChannelwiseLayout,
    section: str,
    marks: Sequence[Element],
    rule: Element,
    below: Sequence[Element],
    made_marks: Sequence[Element] = (),
) -> Element:
    """The numbers in the network's coordinates.

    ``section`` is the article's; ``marks`` lie on the map that is read, ``made_marks`` on the map
    that is made, ``rule`` stands between them.
    """
    name = model.text("stage.name", title=node_title(model, numbers.node))
    return element(
        "div",
        {"class": "stage channelwise", "data-key": "stage", "role": "group", "aria-label": name,
         "style": channelwise_style(model, numbers, plan)},
        wires(plan),
        title_of(model, "given", numbers, above(plan.framed)),
        title_of(model, "output", numbers, above(plan.output)),
        turning(model, numbers, plan),
        rim(plan),
        given_map(model, numbers, plan, marks),
        rule,
        output_map(model, numbers, plan, made_marks),
        zoom_lines(plan),
        result(plan),
        None if plan.bar is None else bar(model, numbers, plan.bar),
        None if plan.units is None else units(model, numbers, plan.units),
        *below,
        element("div", {"data-key": "stage.legends", "class": "stage-legends",
                        "style": placed(plan.legends)},
                *stage_legends(model, numbers)),
        *ways_out(model, section, plan.close),
    )  # fmt: skip


def result(plan: ChannelwiseLayout) -> Element:
    """The value that is made, over how it comes about."""
    return element(
        "p", {"class": "total", "style": placed(plan.readout)},
        element("span", {"data-key": "stage.value"}), element("span", {"data-key": "stage.sum"}),
    )  # fmt: skip


def title_of(model: Model, role: str, numbers: ChannelwiseNumbers, box: Box) -> Element:
    """What an enlarged map is here, over its layer and its rows and columns."""
    node = numbers.source if role == "given" else numbers.node
    if numbers.peers is not None:
        return heading(model.text(f"units.title.{role}"), node.layer, box)
    rows, cols = numbers.given_rows_cols if role == "given" else numbers.rows_cols
    made = model.text("channelwise.map", layer=node.layer, rows=rows, cols=cols)
    return heading(model.text(f"channelwise.title.{role}"), made, box)


def above(box: Box) -> Box:
    """The place of an enlarged map's heading, which a small map leaves wider than itself."""
    high, wide = LABELS - 8, max(box.width, HEADING)
    return Box(box.x, box.y - high - RING, wide, high).centred_on(x=box.centre)


def channelwise_style(model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout) -> str:
    """The stage's size, and where the window stands."""
    size = size_style(plan.width, plan.height)
    return f"{size};{window_style(model, numbers)}"


def given_map(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, marks: Sequence[Element]
) -> Element:
    """The map that is read, enlarged, with the window on it."""
    box = plan.given
    return enlarged_map(model, numbers, GIVEN, "input", box, *marks)


def output_map(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, made: Sequence[Element]
) -> Element:
    """The map that is made, enlarged, with the window's cell."""
    box = plan.output
    marks = (*made, cell_mark(numbers, box))
    if plan.bar is not None:
        marks = (*made, curtain(numbers, box), cell_mark(numbers, box))
    return enlarged_map(model, numbers, OUTPUT, "output", box, *marks)


def enlarged_map(
    model: Model, numbers: ChannelwiseNumbers, key: str, kind: str, box: Box, *marks: Element
) -> Element:
    """A map to point at or to move over by arrow keys."""
    rows, cols = numbers.rows_cols if kind == "output" else numbers.given_rows_cols
    name = "stage.output" if kind == "output" else "channelwise.given"
    told = {"rows": rows, "cols": cols}
    if numbers.peers is not None:
        name = "units.output" if kind == "output" else "units.given"
        told = {"unit": numbers.node.channel + 1, "units": len(numbers.all_output)}
    return element(
        "div",
        {"class": "explained", "data-map": kind, "tabindex": 0, "data-key": key,
         "data-keys": True, "data-quiet-focus": key == OUTPUT,
         "role": "application", "aria-roledescription": model.text("card.map.role"),
         "aria-label": model.text(name, **told), "style": placed(box)},
        canvas(key, rows, cols),
        *marks,
    )  # fmt: skip


def rim(plan: ChannelwiseLayout) -> Element | None:
    """The padding around the map that is read, as far as windows reach into it."""
    if plan.framed == plan.given:
        return None
    return element("span", {"class": "rim", "aria-hidden": "true", "style": placed(plan.framed)})


def given_window(
    numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, size: Place, stride: Place,
    padding: Place = (0, 0),
) -> Element:  # fmt: skip
    """The window on the map that is read."""
    box = Box(0, 0, plan.given.width, plan.given.height)
    return window_mark(box, numbers.given_rows_cols, size, stride=stride, padding=padding)


def share_bar(share: float) -> Element:
    """A bar of which a share is filled, to look at."""
    filled = element("span", {"data-key": "channelwise.share", "style": share_style(share)})
    return element("span", {"class": "share", "aria-hidden": "true"}, filled)


def share_style(share: float) -> str:
    """How far the bar is filled."""
    return f"width:{100 * share:.2f}%"


def stage_legends(model: Model, numbers: ChannelwiseNumbers) -> Iterator[Element]:
    """The bars of the very colours drawn; one for both maps where they share it."""
    assert isinstance(model.detail, ChannelwiseLayout)
    nodes = [numbers.source, numbers.node]
    looks = [(ramp_of(model, node), model.domains[node.layer]) for node in nodes]
    groups = [nodes] if looks[0] == looks[1] else [[node] for node in nodes]
    room = min(model.detail.legends.width / len(groups), LEGEND_MOST)
    for group in groups:
        domain = model.domains[group[0].layer]
        values = [number(value) for value in ticks(domain, 3 if room >= LEGEND_ROOMY else 2)]
        yield element(
            "div",
            {"class": "legend", "style": f"max-width:{rem(LEGEND_MOST)}"},
            element(
                "span", {"class": "legend-name", **LITERAL}, ", ".join(node.layer for node in group)
            ),
            *bar_and_ticks([ramp_of(model, group[0]).gradient()], values),
        )


def stage_paintings(model: Model, numbers: ChannelwiseNumbers) -> Iterator[tuple[str, Rgba]]:
    """Both maps in colours; of a unit, those of all units too."""
    yield GIVEN, coloured(model, numbers.source, numbers.given)
    yield OUTPUT, coloured(model, numbers.node, numbers.output)
    assert isinstance(model.detail, ChannelwiseLayout)
    if model.detail.units is not None:
        yield from units_paintings(model, numbers, model.detail.units)


def channelwise_pose(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, how: str
) -> Pose:
    """What moves with the window in every view of a pair; ``how`` the value comes about."""
    return {
        "stage": {"style": channelwise_style(model, numbers, plan)},
        "stage.value": {"text": value_line(model, numbers)},
        "stage.sum": {"text": how},
        **({} if plan.bar is None else bar_pose(model, numbers)),
    }


def value_line(model: Model, numbers: ChannelwiseNumbers) -> str:
    """The output's place and value; of a unit, which one it is."""
    row, col = place_of(model)
    value = number(float(numbers.output[row, col]), 3)
    if numbers.peers is not None:
        unit, units = numbers.node.channel + 1, len(numbers.all_output)
        return model.text("units.value", unit=unit, units=units, value=value)
    return model.text("readout.cell", row=row + 1, col=col + 1, value=value)


def rule_box(plan: ChannelwiseLayout, width: float, height: float) -> Box:
    """Where a rule of this size stands between the maps; it is no wider than they let it be."""
    width = min(width, plan.rule.width - RULE_INSET)
    return Box(0, 0, width, height).centred_on(plan.rule.centre, plan.rule.middle)


def said_of_place(model: Model, numbers: ChannelwiseNumbers, how: str) -> str:
    """What a screen reader is told of the window's place: its value, and how it came about."""
    return model.text("said.of", what=value_line(model, numbers), line=how)


def grounded(model: Model, node: Node, thousandths: int) -> Attributes:
    """A displayed value, on the colour that it has in a node's map."""
    domain = model.domains[node.layer]
    ((text, style),) = grounds(ramp_of(model, node), domain, [thousandths])
    return {"text": text, "style": style}
