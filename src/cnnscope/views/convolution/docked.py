"""The docked arithmetic, drawn: always there, below the result, where a window has room for it.

``arithmetic_dock`` gives the structure; ``dock_pose`` what the window and another channel change.
"""

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size, font_rem, rem
from cnnscope.drawing.timeline import PACES, READ
from cnnscope.views.convolution.arithmetic import (
    TITLE,
    adds_up,
    arithmetic_head,
    input_map,
    kernel_grid,
    message,
    patch_grid,
    preset_choice,
    product_grid,
    shown_channel,
    sign,
    turns,
    window_numbers,
)
from cnnscope.views.convolution.dock import CAPTION, CELL_WIDE, Dock
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.row_layout import around_padding
from cnnscope.views.convolution.rows import channels_shown
from cnnscope.views.convolution.window_marks import map_shape
from cnnscope.views.convolution.wires import ENLARGED
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of, within

DOCK = "dock"
SIGHT = "dock.sight"
CLEAR = 3  # px from the window's numbers to the lines of sight


def arithmetic_dock(model: Model, numbers: ConvNumbers, dock: Dock) -> Element:
    """The arithmetic of one input channel, in its place among the rest."""
    frame = dock.frame
    style = f"{placed(frame)};--digits:{font_rem(dock.size)};--em:{rem(dock.size)}"
    if dock.wide != CELL_WIDE:
        style += f";--wide:{dock.wide:g}"
    if numbers.is_coloured:
        style += f";--cell:{rem(dock.patch.height / numbers.kernels.shape[1], 4)}"
    wide = dock.kernel.x - dock.patch.right
    times = dock.patch.right_of(0, wide)
    gives = dock.products.left_of(0, wide)
    return element(
        "section",
        {"class": "dock", "data-key": DOCK, "role": "group", "aria-labelledby": DOCK_TITLE,
         "style": style},
        channel_map(model, numbers, dock),
        head(model, within(dock.head, frame)),
        put(patch_grid(model, numbers), dock.patch, frame),
        put(sign(model, "times", "×"), times, frame),
        put(kernel_grid(model, numbers), dock.kernel, frame),
        put(sign(model, "equals", "="), gives, frame),
        put(product_grid(model, numbers), dock.products, frame),
        element("div", {"class": "side", "style": within(dock.sum, frame)},
                adds_up(model), preset_choice(model, numbers), message()),
    )  # fmt: skip


DOCK_TITLE = "dock-title"
"""Id of the heading that names it."""


def put(part: Element, box: Box, frame: Box) -> Element:
    """A part in its place."""
    return element("div", {"class": "put", "style": within(box, frame)}, part)


def head(model: Model, style: str) -> Element:
    """Whose arithmetic it is, and the ways to that of the channels before and after."""
    title = element("h2", {"id": DOCK_TITLE, "data-key": TITLE})
    return element("header", {"style": style}, title, *turns(model))


def channel_map(model: Model, numbers: ConvNumbers, dock: Dock) -> Element | None:
    """The channel's map, large enough to see the window, and the lines of sight from it."""
    if dock.map is None:
        return None
    whole = around_padding(dock.map, numbers.layer.padding, map_shape(numbers))
    caption = whole.moved(-dock.frame.x, -dock.frame.y).below(0, CAPTION)
    name = "arithmetic.input.padded" if numbers.layer.sliding.is_padded else "arithmetic.input"
    size = drawing_size(dock.frame.width, dock.frame.height)
    return element(
        "figure", {"class": "part part-input"},
        input_map(model, numbers, dock.map),
        element("figcaption", {"style": placed(caption)}, model.text(name)),
        element("svg", {"class": "sight", "aria-hidden": "true", **size},
                element("path", {"data-key": SIGHT})),
    )  # fmt: skip


def dock_pose(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Pose:
    """What moves with the window: a channel's numbers there, the lines that join it to the rest."""
    channel = shown_channel(model)
    if expansion.dock is None or channel is None:
        return {}
    pose: dict[str, Attributes] = {
        ENLARGED: {"d": enlarged(model, numbers, expansion, channel)},
        DOCK: {"data-flight": flight(model, numbers)},
        TITLE: {"text": arithmetic_head(model, numbers, channel)},
    }
    if expansion.dock.map is not None:
        pose[SIGHT] = {"d": lines_of_sight(model, numbers, expansion.dock, expansion.dock.map)}
    return {**pose, **window_numbers(model, numbers, channel)}


def flight(model: Model, numbers: ConvNumbers) -> str | None:
    """Which of two equal flights of the products into their sum is seen, while there is time."""
    pace, sweep = PACES[model.state.reading.speed], model.sweep
    index = numbers.slide(pace).index(place_of(model))
    if not sweep.playing or pace > 1 or index >= READ:
        return None
    return "odd" if index % 2 else "even"


def row_box(
    model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout, channel: int
) -> Box | None:
    """The place of the row in which a channel stands, if need be among the others."""
    shown = list(channels_shown(model, numbers))
    if channel not in shown:
        return expansion.others
    row = expansion.rows[shown.index(channel)]
    return row.contribution.reaching(right=row.value.right)


def enlarged(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout, channel: int) -> str:
    """Path data of the ground that leads from a channel's row to its arithmetic."""
    assert expansion.dock is not None
    frame, row = expansion.dock.frame, row_box(model, numbers, expansion, channel)
    if row is None or expansion.is_narrow or frame.x < row.right:
        return ""
    x, top, bottom = row.right, row.y, row.bottom
    return (
        f"M{x:.1f} {top:.1f}L{frame.x:.1f} {frame.y:.1f}V{frame.bottom:.1f}L{x:.1f} {bottom:.1f}Z"
    )


def lines_of_sight(model: Model, numbers: ConvNumbers, dock: Dock, shown: Box) -> str:
    """Path data from the window on the channel's map to the numbers in it."""
    _, seen_rows, seen_cols = numbers.window(place_of(model))
    _, rows, cols = numbers.inputs.shape
    across, down = shown.width / cols, shown.height / rows
    x, y = shown.x - dock.frame.x, shown.y - dock.frame.y
    right, top = x + (seen_cols[-1] + 1) * across, y + seen_rows[0] * down
    left, numbers_top = dock.patch.x - dock.frame.x - CLEAR, dock.patch.y - dock.frame.y
    bottom = numbers_top + dock.patch.height
    return (
        f"M{right:.1f} {top:.1f}L{left:.1f} {numbers_top:.1f}"
        f"M{right:.1f} {y + (seen_rows[-1] + 1) * down:.1f}L{left:.1f} {bottom:.1f}"
    )
