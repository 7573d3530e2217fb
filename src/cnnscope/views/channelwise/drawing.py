"""Channelwise views, drawn: a map, the rule, the map that it makes.

Each of them gives ``channelwise_stage`` its rule and what stands below the controls, and joins its
own poses to those given here.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size, rem, size_style
from cnnscope.drawing.scale import number, ticks
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.links import link
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.network_plan import LABELS
from cnnscope.views.shared.painting import painted, ramp_of
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

TURNS = {-1: "stage.previous", 1: "stage.next"}
"""Keys of the buttons to the channel before and to the next."""

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
    text = model.text
    title = node_title(model, numbers.node)
    return element(
        "div",
        {"class": "stage channelwise", "data-key": "stage", "role": "group",
         "aria-label": text("stage.name", title=title),
         "style": channelwise_style(model, numbers, plan)},
        wires(plan),
        title_of(model, "given", numbers.source, numbers.given_rows_cols, above(plan.given)),
        title_of(model, "output", numbers.node, numbers.rows_cols, above(plan.output)),
        turning(model, numbers, plan),
        given_map(model, numbers, plan, marks),
        rule,
        output_map(model, numbers, plan, made_marks),
        zoom_lines(plan),
        element("p", {"class": "total", "style": placed(plan.readout)},
                element("span", {"data-key": "stage.value"}),
                element("span", {"data-key": "stage.sum"})),
        bar(model, numbers, plan.bar),
        *below,
        element("div", {"data-key": "stage.legends", "class": "stage-legends",
                        "style": placed(plan.legends)},
                *stage_legends(model, numbers)),
        *ways_out(model, section, plan.close),
    )  # fmt: skip


def title_of(model: Model, role: str, node: Node, rows_cols: Place, box: Box) -> Element:
    """What an enlarged map is here, over its layer and its rows and columns."""
    rows, cols = rows_cols
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


def turning(model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout) -> Element:
    """Which channel it is, with buttons to the one before and the next."""
    node = numbers.node
    channels = model.network.shapes[node.layer][0]
    words = model.text("channelwise.channel.of", channel=node.channel + 1, channels=channels)
    return element(
        "div", {"class": "turning", "role": "group", "style": placed(plan.turn),
                "aria-label": model.text("channelwise.channels")},
        turn_button(model, -1, "‹"),
        element("p", {}, element("span", {"class": "shape"}, model.text("channelwise.channel")),
                element("span", {}, words)),
        turn_button(model, 1, "›"),
    )  # fmt: skip


def turn_button(model: Model, by: int, sign: str) -> Element:
    """A button to another channel."""
    label = model.text("card.next" if by > 0 else "card.previous")
    return element(
        "button",
        {"type": "button", "class": "icon", "data-on": "neighbour", "data-args": by,
         "data-key": TURNS[by], "aria-label": label, "title": label},
        sign,
    )  # fmt: skip


def wires(plan: ChannelwiseLayout) -> Element:
    """From the node that is read through both maps to the node that is made."""
    start, end = plan.given.end, plan.output.start
    paths = [f"M{start.x:.1f} {end.y:.1f}H{end.x:.1f}"]
    if plan.is_stacked:
        end = plan.output.end
        paths = [f"M{start.x:.1f} {start.y:.1f}H{plan.rule.centre:.1f}V{end.y:.1f}H{end.x:.1f}"]
    if not plan.is_narrow:
        paths.append(link(plan.source, plan.given))
        paths.append(link(plan.output, plan.made))
    size = drawing_size(plan.width, plan.height)
    return element("svg", {"class": "wires", "aria-hidden": "true", **size},
                   *(element("path", {"d": d}) for d in paths))  # fmt: skip


def zoom_lines(plan: ChannelwiseLayout) -> Element:
    """Lines from the window to the rule, and from the rule to the cell that it makes."""
    size = drawing_size(plan.width, plan.height)
    return element("svg", {"class": "zoom", "aria-hidden": "true", **size},
                   element("path", {"data-key": "stage.zoom", "d": ""}))  # fmt: skip


def zoom_path(
    plan: ChannelwiseLayout, numbers: ChannelwiseNumbers, window: Box, content: Box, place: Place
) -> str:
    """The lines' path for a window on the map that is read, which is drawn in a box."""
    rows, cols = numbers.rows_cols
    wide, high = plan.output.width / cols, plan.output.height / rows
    made = Box(plan.output.x + place[1] * wide, plan.output.y + place[0] * high, wide, high)
    if plan.is_stacked:  # the rule stands at the right of both maps
        return "".join(
            f"M{cell.right:.1f} {y:.1f}L{content.x:.1f} {to:.1f}"
            for cell, upper, lower in (
                (window, content.y, content.middle), (made, content.middle, content.bottom),
            )
            for y, to in ((cell.y, upper), (cell.bottom, lower))
        )  # fmt: skip
    return "".join(
        f"M{left.right:.1f} {y:.1f}L{right.x:.1f} {to:.1f}"
        for left, right in ((window, content), (content, made))
        for y, to in ((left.y, right.y), (left.bottom, right.bottom))
    )


def given_map(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, marks: Sequence[Element]
) -> Element:
    """The map that is read, enlarged, with the window on it."""
    return enlarged_map(model, GIVEN, "input", numbers.given_rows_cols, plan.given, *marks)


def output_map(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, made: Sequence[Element]
) -> Element:
    """The map that is made, enlarged, with the window's cell."""
    box = plan.output
    marks = *made, curtain(numbers, box), cell_mark(numbers, box)
    return enlarged_map(model, OUTPUT, "output", numbers.rows_cols, box, *marks)


def enlarged_map(
    model: Model, key: str, kind: str, rows_cols: Place, box: Box, *marks: Element
) -> Element:
    """A map to point at or to move over by arrow keys."""
    rows, cols = rows_cols
    name = "stage.output" if kind == "output" else "channelwise.given"
    return element(
        "div",
        {"class": "explained", "data-map": kind, "tabindex": 0, "data-key": key,
         "data-keys": True, "data-quiet-focus": key == OUTPUT,
         "role": "application", "aria-roledescription": model.text("card.map.role"),
         "aria-label": model.text(name, rows=rows, cols=cols), "style": placed(box)},
        canvas(key, rows, cols),
        *marks,
    )  # fmt: skip


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
    """Both maps in colours."""
    yield GIVEN, painted(model, numbers.source)
    yield OUTPUT, painted(model, numbers.node)


def channelwise_pose(
    model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, how: str
) -> Pose:
    """What moves with the window in every view of a pair; ``how`` the value comes about."""
    return {
        "stage": {"style": channelwise_style(model, numbers, plan)},
        "stage.value": {"text": value_line(model, numbers)},
        "stage.sum": {"text": how},
        **bar_pose(model, numbers),
    }


def value_line(model: Model, numbers: ChannelwiseNumbers) -> str:
    """The output's place and value."""
    row, col = place_of(model)
    value = number(float(numbers.output[row, col]), 3)
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
