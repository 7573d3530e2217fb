"""The strips of the flattened maps: what their lines are, and one element's way through them.

strip_names(model, plan)          # names with a pointer to the first strip's three lines
trace_pose(model, numbers, plan)  # from the marked cell to its element, its product, the sum
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size, rem
from cnnscope.drawing.scale import count
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.dense.numbers import LogitNumbers, pointed_feature
from cnnscope.views.dense.selection import marked_line
from cnnscope.views.shared.links import link
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.player_controls import OUTPUT

STRIP = (3, 1)
"""Of a strip's height: what each of its lines is, and what is free between two."""

LINES = ("elements", "weights", "products")
WHOLE = len(LINES) * sum(STRIP) - STRIP[1]
NAME = 14  # px, height of a line's name
NAME_LEAST = 52  # px of each: with less room, legends alone tell what the lines are
NAME_OUT = 6  # px that the names reach beyond the strips, for room
CLEAR = 2.5  # px from a strip to the way of an element along it


def vector(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Element:
    """The flattened vector, a strip for each map; arrow keys walk over its elements."""
    first, last = plan.lines[0].strip, plan.lines[-1].strip
    frame = Box(first.x, first.y, first.width, last.bottom - first.y)
    columns = numbers.maps[0].size
    height = WHOLE
    return element(
        "div",
        {"class": "vector", "tabindex": 0, "data-key": OUTPUT, "role": "application",
         "data-keys": True, "data-quiet-focus": True,
         "aria-roledescription": model.text("flatten.role"),
         "aria-label": model.text("flatten.vector", elements=count(numbers.maps.size)),
         "style": placed(frame)},
        *(
            element(
                "span",
                {"class": "strip", "data-map": f"strip/{channel}",
                 "style": placed(Box(0, each.strip.y - frame.y, frame.width, each.strip.height))},
                canvas(f"strip/{channel}", height, columns, frame.width),
            )
            for channel, each in enumerate(plan.lines)
        ),
    )  # fmt: skip


def strip_names(model: Model, plan: DenseLayout) -> Iterator[Element]:
    """The name of each of the first strip's lines over it, with a pointer down to the line."""
    strip = plan.lines[0].strip
    wide = (strip.width + 2 * NAME_OUT) / len(LINES)
    if plan.is_spread and wide < NAME_LEAST:
        return
    for k, name in enumerate(LINES):
        box = strip.moved(dx=k * wide - NAME_OUT).above(1, NAME, wide)
        down = (k * sum(STRIP) + STRIP[0] / 2) * strip.height / WHOLE + 1
        yield element(
            "span", {"class": "strip-name", "aria-hidden": "true",
                     "style": f"{placed(box)};--down:{rem(down)}"},
            element("span", {}, model.text(f"flatten.strip.{name}")),
        )  # fmt: skip


def trace(plan: DenseLayout) -> Element:
    """The way of one element, over all that it leads through."""
    return element(
        "svg", {"class": "trace", "aria-hidden": "true", **drawing_size(plan.width, plan.height)},
        *(element("path", {"class": name, "data-key": f"flatten.trace.{name}", "d": ""})
          for name in ("halo", "way")),
    )  # fmt: skip


def trace_pose(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Pose:
    """The way of the element that is marked."""
    feature, line = pointed_feature(model, numbers), marked_line(model, numbers)
    d = trace_path(numbers, plan, feature, line)
    return {f"flatten.trace.{name}": {"d": d} for name in ("halo", "way")}


def trace_path(numbers: LogitNumbers, plan: DenseLayout, feature: int, number: int) -> str:
    """Path data from a cell to its element, down to its product, to that in place, to the sum.

    One that is among the others has no way but to the sum. ``number`` is that of its line.
    """
    _, rows, cols = numbers.head.shape
    _, row, col = numbers.head.place(feature)
    if number >= len(plan.lines):
        if plan.others is None or plan.is_narrow:
            return ""
        return link(plan.others.value, plan.plus)
    line = plan.lines[number]
    strip, across = line.strip, line.strip.width / (rows * cols)
    x = strip.x + (row * cols + col + 0.5) * across
    cell, heat = (cell_box(box, row, col, rows, cols) for box in (line.source, line.heat))
    gap = (strip.x - line.source.right) / 2
    d = (
        f"M{cell.right:.1f} {cell.middle:.1f}H{strip.x - gap:.1f}V{strip.y - CLEAR:.1f}H{x:.1f}"
        f"V{strip.bottom + CLEAR:.1f}H{strip.right + gap:.1f}V{heat.middle:.1f}H{heat.x:.1f}"
    )
    return d if plan.is_narrow else d + link(line.value, plan.plus)


def cell_box(frame: Box, row: int, col: int, rows: int, cols: int) -> Box:
    """A cell of what is drawn in a frame."""
    wide, high = frame.width / cols, frame.height / rows
    return Box(frame.x + col * wide, frame.y + row * high, wide, high)
