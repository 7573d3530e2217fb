"""All units of a hidden layer, before and after: two strips of small cells, in rows.

    units(model, numbers, box)              # the strips; a frame marks the unit that is explained
    folded(120, Box(0, 0, 500, 46))         # Strip(rows=2, cols=60, side=8)

A strip is pressed to open the unit under the pointer.
"""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import numpy as np

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.painting import coloured

STRIPS = {"given": "units.strip.given", "output": "units.strip.output"}
"""What is written beside each strip, and what it is painted under."""

FRAME = "units"
"""By which the pointer knows a strip."""

LABEL = 64  # px: what is written beside a strip
APART = 8  # px between the two
SIDE_MOST, SIDE_LEAST = 18, 2  # px: a unit's cell


class Strip(NamedTuple):
    """Cells of units, row by row."""

    rows: int
    cols: int
    side: int  # px of a cell

    def place(self, unit: int) -> tuple[int, int]:
        """(row, col) of a unit."""
        return divmod(unit, self.cols)


def folded(count: int, box: Box) -> Strip:
    """The strip with the largest cells that has room for so many units."""
    for side in range(SIDE_MOST, SIDE_LEAST, -1):
        rows = ceil(count / max(1, int(box.width // side)))
        if rows * side <= box.height:
            return Strip(rows, ceil(count / rows), side)
    cols = max(1, int(box.width // SIDE_LEAST))
    return Strip(ceil(count / cols), cols, SIDE_LEAST)


def strip_boxes(box: Box) -> dict[str, Box]:
    """The rooms of both strips, beside their labels."""
    high = (box.height - APART) / 2
    first = box.sized(height=high).reaching(left=box.x + LABEL)
    return {"given": first, "output": first.below(APART, high)}


def units(model: Model, numbers: ChannelwiseNumbers, box: Box) -> Element:
    """Both strips, with the unit that is explained in a frame."""
    name = model.text("units.strips", units=len(numbers.all_output))
    return element(
        "div", {"class": "unit-strips", "role": "img", "aria-label": name, "style": placed(box)},
        *(each for role in STRIPS for each in strip(model, numbers, box, role)),
    )  # fmt: skip


def strip(model: Model, numbers: ChannelwiseNumbers, box: Box, role: str) -> Iterator[Element]:
    """One of the strips, after its label."""
    room = strip_boxes(box)[role]
    found = folded(len(numbers.all_output), room)
    row, col = found.place(numbers.node.channel)
    key, at = STRIPS[role], room.moved(-box.x, -box.y)
    across, down = rem(col * found.side), rem(row * found.side)
    cell = f"left:{across};top:{down};width:{rem(found.side)};height:{rem(found.side)}"
    style = placed(at.sized(found.cols * found.side, found.rows * found.side))
    yield element("span", {"class": "unit-strip-name", "aria-hidden": "true",
                           "style": placed(at.moved(-LABEL).sized(LABEL))},
                  model.text(key))  # fmt: skip
    yield element(
        "div", {"class": "explained strip-of-units", "data-map": FRAME, "data-on": "unit",
                "aria-hidden": "true", "style": style},
        canvas(key, found.rows, found.cols),
        element("span", {"class": "unit-mark", "style": cell}),
    )  # fmt: skip


def unit_at(model: Model, box: Box, row: int, col: int) -> Node | None:
    """The unit whose cell of a strip is pointed at; None beyond the last."""
    layer = model.explained.node.layer
    (count,) = model.network.shapes[layer]
    unit = row * folded(count, strip_boxes(box)["output"]).cols + col
    return Node(layer, unit) if unit < count else None


def units_paintings(
    model: Model, numbers: ChannelwiseNumbers, box: Box
) -> Iterator[tuple[str, Rgba]]:
    """The strips in colours."""
    sources = {"given": (numbers.source, numbers.all_given),
               "output": (numbers.node, numbers.all_output)}  # fmt: skip
    for role, (node, values) in sources.items():
        yield STRIPS[role], painted_strip(model, node, values, strip_boxes(box)[role])


def painted_strip(model: Model, node: Node, values: Array, room: Box) -> Rgba:
    """A strip's cells in colours, clear after the last: (rows, cols, 4) uint8."""
    found = folded(len(values), room)
    rgba = np.zeros((found.rows * found.cols, 4), np.uint8)
    rgba[: len(values)] = coloured(model, node, np.asarray(values))
    return rgba.reshape(found.rows, found.cols, 4)


def dots_of(numbers: ChannelwiseNumbers) -> Iterator[tuple[float, float]]:
    """A point of the graph for each unit; none of a map's cells, which are too many."""
    if numbers.peers is not None:
        pairs = zip(numbers.all_given, numbers.all_output, strict=True)
        yield from ((float(x), float(y)) for x, y in pairs)


def sum_button(
    model: Model, numbers: ChannelwiseNumbers, *, has_dots: bool = True
) -> Element | None:
    """The way to the weighted sum that a unit reads, and how to other units; of maps, nothing."""
    if numbers.peers is None:
        return None
    weighed, hint = numbers.peers.weighed, "units.hint.dots" if has_dots else "units.hint"
    return element(
        "div", {"class": "of-units"},
        None if weighed is None else element(
            "button", {"type": "button", "class": "switch", "data-on": "open",
                       "data-args": str(weighed), "data-key": "units.sum"},
            model.text("units.sum"),
        ),
        element("p", {"class": "soft"}, model.text(hint)),
    )  # fmt: skip
