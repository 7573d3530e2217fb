"""Pooling's rule between its two maps: the values of a window in a grid, and what comes out.

``value_grid`` gives the structure, ``grid_pose`` the values.
"""

from collections.abc import Sequence

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import font_rem, rem
from cnnscope.drawing.scale import count
from cnnscope.nn.layers import Window
from cnnscope.state.state import Node, Place
from cnnscope.views.channelwise.drawing import RULE_INSET, grounded, rule_box
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.shared.model import Model, placed

CELL = (54, 34)  # px: a value of the window, at most so wide
TEXT = 12  # px: size of a value, at most
TEXT_SHARE = 0.28  # of a cell's width
TEXT_LEAST = 6.5  # px: what would be smaller is a colour alone
GAP = 3  # px between cells
GAPS_SHARE = 0.3  # of the grid, at most
EDGE = 7  # px from the rule's edge to its cells
CELLS_MOST = 256  # that are colours alone: of a larger window only what comes out is written
WHOLE = (132, 96)  # px: room for that
HEADING = 78  # px: width of what is written over the map that is made
HEAD = 30  # px: the name of the function over the cells
FOOT = 50  # px: `= y` under them


def value_grid(model: Model, name: str, plan: ChannelwiseLayout, size: Place) -> Element:
    """A function's name over the values of a window of a size, and what comes out."""
    if not has_cells(plan, size):
        return whole_rule(model, name, plan, size)
    wide, high = grid_cell(plan, size)
    text = min(TEXT, TEXT_SHARE * wide) if has_numbers(plan, size) else 0
    style = f"--cols:{size[1]};--wide:{rem(wide)};--high:{rem(high)};--gap:{rem(gap(plan, size))}"
    return element(
        "div", {"class": "rule", "style": placed(grid_box(plan, size))},
        element("span", {}, name),
        element(
            "div", {"class": "competing",
                    "style": f"{style};font-size:{font_rem(text)}"},
            *(
                element("span", {"class": "competitor", "data-key": f"value.frame/{i}"},
                        element("span", {"data-key": f"value/{i}", **LITERAL}))
                for i in range(size[0] * size[1])
            ),
        ),
        element("span", {}, "= ", element("output", {"data-key": "rule.after", **LITERAL})),
    )  # fmt: skip


def whole_rule(model: Model, name: str, plan: ChannelwiseLayout, size: Place) -> Element:
    """A function's name, of how many values it is, and what comes out."""
    return element(
        "div", {"class": "rule", "style": placed(grid_box(plan, size))},
        element("span", {}, name),
        element("span", {"class": "shape"},
                model.text("pool.of_all", count=count(size[0] * size[1]))),
        element("span", {}, "= ", element("output", {"data-key": "rule.after", **LITERAL})),
    )  # fmt: skip


def has_cells(plan: ChannelwiseLayout, size: Place) -> bool:
    """Whether the values of a window are drawn one by one."""
    return has_numbers(plan, size) or size[0] * size[1] <= CELLS_MOST


def grid_cell(plan: ChannelwiseLayout, size: Place) -> tuple[float, float]:
    """How wide and how high a value of the window is drawn."""
    (width, height), (rows, cols), apart = grid_room(plan), size, gap(plan, size)
    wide, high = (width - (cols - 1) * apart) / cols, (height - (rows - 1) * apart) / rows
    return min(float(CELL[0]), wide), min(float(CELL[1]), high)


def grid_room(plan: ChannelwiseLayout) -> tuple[float, float]:
    """Width and height that there are for the values, beside the heading of a small map too."""
    beside = 0 if plan.is_stacked else max(0.0, HEADING - plan.output.width)
    return plan.rule.width - RULE_INSET - beside - 2 * EDGE, plan.rule.height - HEAD - FOOT


def gap(plan: ChannelwiseLayout, size: Place) -> float:
    """Between values; less between so many that it would leave them no room."""
    return min(float(GAP), GAPS_SHARE * min(grid_room(plan)) / max(size))


def has_numbers(plan: ChannelwiseLayout, size: Place) -> bool:
    """Whether the values are large enough to be read, and not a window's colours alone."""
    return TEXT_SHARE * grid_cell(plan, size)[0] >= TEXT_LEAST


def grid_box(plan: ChannelwiseLayout, size: Place) -> Box:
    """Where the rule stands between the maps."""
    if not has_cells(plan, size):
        return rule_box(plan, *WHOLE)
    (wide, high), (rows, cols), apart = grid_cell(plan, size), size, gap(plan, size)
    width = cols * wide + (cols - 1) * apart + 2 * EDGE
    height = rows * high + (rows - 1) * apart + HEAD + FOOT
    return rule_box(plan, width, height)


def grid_pose(
    model: Model,
    plan: ChannelwiseLayout,
    node: Node,
    size: Place,
    values: Sequence[int],
    left_out: Sequence[bool] = (),
) -> Pose:
    """The values of a window of a size, in thousandths, each on its colour in a node's map.

    A place whose value is left out is empty.
    """
    if not has_cells(plan, size):
        return {}
    has_text = has_numbers(plan, size)
    pose: dict[str, Attributes] = {}
    for i, value in enumerate(values):
        shown = dict(grounded(model, node, value))
        if not has_text:
            shown["text"] = ""
        is_empty = i < len(left_out) and left_out[i]
        pose[f"value/{i}"] = {"text": "", "style": None} if is_empty else shown
    return pose


def cell_size(numbers: ChannelwiseNumbers, plan: ChannelwiseLayout) -> tuple[float, float]:
    """Width and height of a cell of the map that is read, as it is drawn."""
    rows, cols = numbers.given_rows_cols
    return plan.given.width / cols, plan.given.height / rows


def window_box(numbers: ChannelwiseNumbers, plan: ChannelwiseLayout, window: Window) -> Box:
    """Where a window stands on the map that is read; it may reach into the padding around it."""
    wide, high = cell_size(numbers, plan)
    return Box(
        plan.given.x + window.cols.start * wide,
        plan.given.y + window.rows.start * high,
        len(window.cols) * wide,
        len(window.rows) * high,
    )
