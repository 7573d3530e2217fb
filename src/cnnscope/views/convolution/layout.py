"""Where everything stands while a convolution is explained: a pure function, like ``layout``.

The node's sources move beside each other with their kernels, what each contributes, the sum and
the enlarged output; the other columns step aside in miniature.

    plan = lay_out_convolution(network, overview_plan, Node("conv_1_2", 3))
    plan.transforms["conv_1_1"]   # Transform(x=..., y=..., scale=0.4)
    plan.rows[0].kernel       # Box(...)
"""

from dataclasses import dataclass

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    BAR,
    BAR_WIDE,
    CLOSE,
    GAP,
    MINI,
    MINI_GAP,
    MINI_LEAST,
    NARROW_BELOW,
    NARROW_MINI,
    PICTURE,
    PLUS,
    READOUT,
    VALUE,
    WAYS,
    DetailLayout,
    Transform,
    band,
    close_box,
    miniatures,
    picture_transform,
)
from cnnscope.views.shared.network_plan import (
    CHROME,
    LABELS,
    LEGENDS,
    OUTPUT_WIDTH,
    PAD,
    Column,
    Plan,
    Viewport,
)

# All in CSS pixels.
KERNEL_CELL = 15
KERNEL_SHARE = 0.75  # of a node, at most
TIMES = 24  # between a kernel and what it contributes, where an arrow is drawn
LINKS = (40, 110)  # least and most from the numbers to the sum
BIAS = 64
BIAS_HIGH = 38
BIAS_LIFT = 58  # from the top of the bias to that of the sum
MAP_MOST = 264  # side of the enlarged output, at most
MAP_LEAST = 130
MAP_SHARE = 0.42  # of the window's height below the controls, at most
CARD = 300  # the arithmetic of one channel
HINT = 212  # what is shown, in words, in a narrow place
CARD_LEAST = 560  # px; where there is less room, it lies over the foot of the window
LOW = 800  # px; in lower windows too
CARD_WIDE = 880  # px from which its maps stand beside its numbers
SHEET_MAP_SHARE = 0.3  # like MAP_SHARE, where the arithmetic lies over the window's foot
HEADING = 190
NARROW_HEIGHT = 700  # of the window that decides how large the output is drawn
NARROW_HINT = 240  # what can be done, in words


@dataclass(frozen=True)
class Row:
    """One input channel's way: its map, its kernel, what it contributes, that as a number."""

    source: Box
    kernel: Box
    contribution: Box
    value: Box


@dataclass(frozen=True)
class ConvolutionLayout(DetailLayout):
    """The place of everything while a convolution's node is explained."""

    rows: tuple[Row, ...]
    bias: Box
    plus: Box
    heading: Box  # over the enlarged output
    output: Box
    readout: Box
    bar: Box
    hint: Box  # what is shown here, in words, until a card is open
    card: Box
    legends: Box
    close: Box
    is_narrow: bool = False  # one below the other
    is_sheet: bool = False  # whether the card lies over the window's foot


def lay_out_convolution(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """The plan of the numbers of a convolution's node.

    Raises KeyError for a node whose layer is not drawn.
    """
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(network, plan, node)
    return lay_out_wide(network, plan, node)


def lay_out_wide(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """Side by side, as the network itself."""
    place = plan.columns.index(plan.column_of[node.layer])
    left, right = plan.columns[: place - 1], plan.columns[place:-1]
    size = float(plan.node_size)
    kernel_width, kernel_height = kernel_size(network, node, size)
    classes = plan.boxes[plan.columns[-1].nodes[0]].x
    aside = max(PICTURE, len(left) * (MINI * size + MINI_GAP)) + ASIDE if left else 0.0
    x = PAD + aside
    sources = plan.sources[node]
    rows = tuple(
        row(Box(x, plan.boxes[source].y, size, size), kernel_width, kernel_height)
        for source in sources
    )
    is_sheet = (
        classes - ASIDE - rows[0].value.right - LINKS[0] < CARD_LEAST or plan.viewport.height < LOW
    )
    side = map_side(network, node, plan.viewport, SHEET_MAP_SHARE if is_sheet else MAP_SHARE)
    free = classes - 2 * ASIDE - rows[0].value.right - PLUS - ASIDE - side
    pitch = clamp((free - LINKS[0]) / max(1, len(right)), MINI_LEAST, MINI * size + MINI_GAP)
    plus_x = rows[0].value.right + clamp(free - len(right) * pitch, *LINKS)
    output = Box(plus_x + PLUS + ASIDE, LABELS, side, side)
    plus = Box(plus_x, output.middle - PLUS / 2, PLUS, PLUS)
    panel_x, panel_width = plus_x - 4, classes - ASIDE - plus_x + 4
    readout = Box(panel_x, output.bottom + 4, panel_width, READOUT)
    bar = Box(panel_x, readout.bottom, panel_width, BAR if panel_width >= BAR_WIDE else 2 * BAR)
    height = max(plan.height, bar.bottom + (HINT if is_sheet else CARD))
    mini = min(MINI, side / band(plan))
    transforms = {
        plan.columns[-1].layer: Transform(0, 0),
        sources[0].layer: Transform(x - plan.boxes[sources[0]].x, 0),
        **miniatures(plan, left, PAD, aside_pitch(left, aside), mini),
        **miniatures(plan, right, classes - ASIDE - len(right) * pitch, pitch, mini),
    }
    heading_x = output.x if is_sheet else output.centre - HEADING / 2
    hint = card = Box(panel_x, bar.bottom + 4, panel_width, height - bar.bottom - 8)
    if is_sheet:
        card = Box(PAD, bar.bottom + 4, classes - ASIDE - PAD, CARD)
    return ConvolutionLayout(
        node,
        sources,
        plan.width,
        height,
        transforms,
        picture_transform(plan, left, LABELS + mini * band(plan) + ASIDE),
        rows,
        bias_box(plus, LABELS),
        plus,
        Box(min(heading_x, classes - ASIDE - WAYS - HEADING), 0, HEADING, LABELS),
        output,
        readout,
        bar,
        hint,
        card,
        Box(x, height - LEGENDS + 4, plus_x - x - ASIDE, LEGENDS - 4),
        close_box(classes - ASIDE),
        is_sheet=is_sheet,
    )


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """One below the other, for a window as narrow as a phone's."""
    width = plan.viewport.width
    place = plan.columns.index(plan.column_of[node.layer])
    size = float(plan.node_size)
    kernel_width, kernel_height = kernel_size(network, node, size)
    sources, maps, classes = plan.sources[node], plan.columns[:-1], plan.columns[-1]
    pitch = (width - 2 * PAD) / len(maps)
    scale = min(NARROW_MINI, 0.8 * pitch / size)
    side = map_side(network, node, Viewport(width, NARROW_HEIGHT), MAP_SHARE)
    output = Box(PAD, CLOSE[1] + 12 + scale * band(plan) + 50, side, side)
    readout = Box(PAD, output.bottom + 4, width - 2 * PAD, READOUT)
    bar = Box(PAD, readout.bottom, width - 2 * PAD, 2 * BAR)
    used = size + GAP + kernel_width + TIMES + size + 6 + VALUE
    x = max(PAD, (width - used - PLUS - LINKS[0]) / 2)
    stepped = Transform(x - plan.boxes[sources[0]].x, bar.bottom + NARROW_HINT)
    rows = tuple(
        row(stepped.box(plan.boxes[source]), kernel_width, kernel_height) for source in sources
    )
    plus_x = min(rows[0].value.right + LINKS[0], width - (PLUS + BIAS) / 2)
    bottom = rows[-1].source.bottom
    plus = Box(plus_x, (rows[0].source.y + bottom) / 2 - PLUS / 2, PLUS, PLUS)
    legends = Box(PAD, bottom + 20, width - 2 * PAD, LEGENDS)
    middle = (width - OUTPUT_WIDTH) / 2 - plan.boxes[classes.nodes[0]].x
    room = width - output.right - 14 - PAD
    beside = Box(output.right + 14, output.y, min(room, PICTURE), 0)
    enlarged = beside.width / plan.picture.width
    picture = Transform(
        beside.x - plan.picture.x * enlarged, beside.y - plan.picture.y * enlarged, enlarged
    )
    return ConvolutionLayout(
        node,
        sources,
        width,
        legends.bottom + plan.height,
        {
            **miniatures(plan, maps, PAD, pitch, scale, CLOSE[1] + 12),
            sources[0].layer: stepped,
            classes.layer: Transform(middle, legends.bottom),
        },
        stepped if place == 1 else picture,
        rows,
        bias_box(plus, 0),
        plus,
        Box(PAD, output.y - 44, side, 40),
        output,
        readout,
        bar,
        Box(PAD - 4, bar.bottom, width - 2 * PAD + 8, NARROW_HINT),
        Box(PAD - 4, bar.bottom, width - 2 * PAD + 8, CARD),
        legends,
        close_box(width - PAD),
        is_narrow=True,
        is_sheet=True,
    )


def bias_box(plus: Box, top: float) -> Box:
    """The bias above the sum, or below it where there is no room below ``top``."""
    y = plus.y - BIAS_LIFT
    return Box(plus.centre - BIAS / 2, y if y >= top else plus.bottom + 6, BIAS, BIAS_HIGH)


def row(source: Box, kernel_width: float, kernel_height: float) -> Row:
    """What stands beside the map of an input channel."""
    kernel = Box(source.right + GAP, source.middle - kernel_height / 2, kernel_width, kernel_height)
    contribution = Box(kernel.right + TIMES, source.y, source.width, source.height)
    return Row(source, kernel, contribution,
               Box(contribution.right + 6, source.middle - 11, VALUE, 22))  # fmt: skip


def kernel_size(network: Network, node: Node, size: float) -> tuple[float, float]:
    """Width and height of a kernel beside a node of a size; its cells are square."""
    layer = network.layer(node.layer)
    assert isinstance(layer, Conv2d)
    rows, cols = layer.kernel.shape[2:]
    cell = max(4, int(min(KERNEL_CELL, KERNEL_SHARE * size / max(rows, cols))))
    return float(cols * cell), float(rows * cell)


def map_side(network: Network, node: Node, viewport: Viewport, share: float) -> float:
    """Side of the enlarged output: its cells are whole pixels."""
    _, rows, cols = network.shapes[node.layer]
    most = clamp(share * (viewport.height - CHROME), MAP_LEAST, MAP_MOST)
    longest = max(rows, cols)
    return float(max(1, int(most / longest)) * longest)


def aside_pitch(left: tuple[Column, ...], aside: float) -> float:
    """From one miniature on the left to the next."""
    return (aside - ASIDE + MINI_GAP) / len(left) if left else 0.0
