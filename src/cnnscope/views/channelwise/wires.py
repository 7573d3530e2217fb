"""Lines of a channelwise view: between nodes and enlarged maps, and from a window to the rule."""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size
from cnnscope.state.state import Place
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.shared.links import link


def wires(plan: ChannelwiseLayout) -> Element:
    """From the node that is read through both maps to the node that is made."""
    start, end = plan.framed.end, plan.output.start
    paths = [f"M{start.x:.1f} {end.y:.1f}H{end.x:.1f}"]
    if plan.is_stacked:
        end = plan.output.end
        paths = [f"M{start.x:.1f} {start.y:.1f}H{plan.rule.centre:.1f}V{end.y:.1f}H{end.x:.1f}"]
    if plan.source is not None and plan.made is not None:
        paths.append(link(plan.source, plan.framed))
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
