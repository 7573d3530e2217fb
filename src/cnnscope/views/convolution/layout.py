"""Layout of convolution: where everything stands, a pure function, like ``network_plan``.

The node's sources move beside each other with their kernels, what each contributes, the sum and
the enlarged output; the other columns step aside in miniature.

    plan = lay_out_convolution(network, overview_plan, Node("conv_1_2", 3))
    plan.transforms["conv_1_1"]   # Transform(x=..., y=..., scale=0.4)
    plan.rows[0].kernel       # Box(...)
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    BAR,
    GAP,
    MAP_SHARE,
    MINI,
    MINI_LEAST,
    NARROW_BELOW,
    NARROW_HEIGHT,
    PICTURE,
    PLUS,
    READOUT,
    WAYS_TRIED,
    DetailLayout,
    Transform,
    across,
    aside_width,
    band,
    bar_below,
    below_miniatures,
    close_box,
    explained_right,
    legends_along,
    miniature_pitch,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    picture_transform,
    plus_before,
    roomy_pitch,
    value_beside,
)
from cnnscope.views.shared.network_plan import CHROME, LABELS, LEGENDS, PAD, Plan, Viewport

# All in CSS pixels.
KERNEL_CELL = 15
KERNEL_CELL_LEAST = 4
KERNEL_SHARE = 0.75  # of a node, at most
TIMES = 24  # between a kernel and what it contributes, where an arrow is drawn
LINKS = (40, 110)  # least and most from the numbers to the sum
BIAS = (64, 38)
BIAS_ABOVE = 20  # from the bias to the sum
BIAS_BELOW = 6  # from the sum to the bias, where it stands below
MAP_MOST = 264  # side of the enlarged output, at most
MAP_LEAST = 130
SHEET_MAP_SHARE = 0.3  # like MAP_SHARE, where the arithmetic lies over the window's foot
HEADING = 190
CARD = 300  # the arithmetic of one channel
READOUT_GAP = 4  # from the enlarged output to its value
CARD_GAP = 4  # above the card and below
CARD_LEAST = 560  # px; where there is less room, it lies over the foot of the window
CARD_WIDE = 880  # px from which its maps stand beside its numbers
CARD_MARGIN = 4  # how much wider it is than what stands above it
LOW = 800  # px; it lies over the foot of lower windows too
HINT = 212  # what is shown, in words, in a narrow place
NARROW_HINT = 240  # what can be done, in words
NARROW_HEADING = 40
NARROW_HEADINGS = 50  # from the miniatures to the enlarged output
NARROW_LEGENDS = 20  # from the last map to the legends
NARROW_PICTURE = 14  # from the enlarged output to the picture


@dataclass(frozen=True)
class Row:
    """One input channel's way: its map, its kernel, what it contributes, that as a number."""

    source: Box
    kernel: Box
    contribution: Box
    value: Box


@dataclass(frozen=True, kw_only=True)
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
    is_narrow: bool = False  # one below the other
    is_sheet: bool = False  # whether the card lies over the window's foot


class Sum(NamedTuple):
    """Where the contributions add up, and what stands below that."""

    plus: Box
    output: Box
    readout: Box
    bar: Box


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
    sources, end = plan.sources[node], explained_right(plan)
    aside = aside_width(left, roomy_pitch(plan))
    stepped = across(plan, sources[0], PAD + aside)
    rows = make_rows(network, plan, node, stepped)
    room = end - rows[0].value.right
    is_sheet = room - LINKS[0] < CARD_LEAST or plan.viewport.height < LOW
    side = map_side(network, node, plan.viewport, SHEET_MAP_SHARE if is_sheet else MAP_SHARE)
    free = room - side - PLUS - 2 * ASIDE  # for the links and the miniatures on the right
    pitch = clamp((free - LINKS[0]) / max(1, len(right)), MINI_LEAST, roomy_pitch(plan))
    links = clamp(free - len(right) * pitch, *LINKS)
    total = wide_sum(rows[0].value, links, side, end)
    hint, card = hint_and_card(plan, total.bar, is_sheet)
    mini = min(MINI, side / band(plan))
    maps = rows[0].source.reaching(right=total.plus.x - ASIDE, bottom=hint.bottom + CARD_GAP)
    return ConvolutionLayout(
        node=node, sources=sources, width=plan.width, height=maps.bottom,
        transforms={
            plan.columns[-1].layer: Transform(0, 0),
            sources[0].layer: stepped,
            **miniatures(plan, left, PAD, miniature_pitch(plan, left, aside - ASIDE), mini),
            **miniatures(plan, right, end - len(right) * pitch, pitch, mini),
        },
        picture=picture_transform(plan, left, below_miniatures(plan, mini)),
        rows=rows, bias=bias_box(total.plus, LABELS), plus=total.plus,
        heading=wide_heading(total.output, end, is_sheet), output=total.output,
        readout=total.readout, bar=total.bar,
        hint=hint, card=card, legends=legends_along(maps), close=close_box(end),
        is_sheet=is_sheet,
    )  # fmt: skip


def wide_sum(numbers: Box, links: float, side: float, end: float) -> Sum:
    """The sum right of the numbers, the enlarged output under the labels."""
    output = numbers.right_of(links + PLUS + ASIDE, side, side).at(y=LABELS)
    plus = plus_before(output, ASIDE)
    whole = output.reaching(left=plus.x - CARD_MARGIN, right=end)
    readout = whole.below(READOUT_GAP, READOUT)
    return Sum(plus=plus, output=output, readout=readout, bar=bar_below(readout))


def wide_heading(output: Box, end: float, is_sheet: bool) -> Box:
    """Over the enlarged output, clear of the ways out."""
    heading = Box(output.x, 0, HEADING, LABELS)
    if not is_sheet:
        heading = heading.centred_on(x=output.centre)
    return heading.at(x=min(heading.x, end - WAYS_TRIED - HEADING))


def hint_and_card(plan: Plan, bar: Box, is_sheet: bool) -> tuple[Box, Box]:
    """What is shown in words, to the drawing's end, and the card in its place or as a sheet."""
    height = max(plan.height, bar.bottom + (HINT if is_sheet else CARD))
    hint = bar.below(CARD_GAP, 0).reaching(bottom=height - CARD_GAP)
    return hint, hint.reaching(left=PAD).sized(height=CARD) if is_sheet else hint


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """One below the other, for a window as narrow as a phone's."""
    width, sources = plan.viewport.width, plan.sources[node]
    is_first = plan.columns.index(plan.column_of[node.layer]) == 1
    line, transforms = narrow_miniatures(plan)
    side = map_side(network, node, Viewport(width, NARROW_HEIGHT), MAP_SHARE)
    output = line.below(NARROW_HEADINGS, side, side)
    readout = output.sized(width=line.width).below(READOUT_GAP, READOUT)
    bar = readout.below(0, 2 * BAR)
    hint = bar.grown(CARD_MARGIN, 0).below(0, NARROW_HINT)
    x = narrow_left(network, plan, node)
    stepped = Transform(x - plan.boxes[sources[0]].x, hint.bottom)
    rows = make_rows(network, plan, node, stepped)
    maps = rows[0].source.union(rows[-1].source)
    plus_x = min(rows[0].value.right + LINKS[0], width - (PLUS + BIAS[0]) / 2)
    plus = maps.at(x=plus_x).sized(PLUS, PLUS).centred_on(y=maps.middle)
    legends = line.at(y=maps.bottom + NARROW_LEGENDS).sized(height=LEGENDS)
    room = line.right - output.right - NARROW_PICTURE
    beside = output.right_of(NARROW_PICTURE, min(room, PICTURE))
    return ConvolutionLayout(
        node=node, sources=sources, width=width, height=legends.bottom + plan.height,
        transforms={
            **transforms,
            sources[0].layer: stepped,
            **narrow_classes(plan, legends.bottom),
        },
        picture=stepped if is_first else Transform.between(plan.picture, beside),
        rows=rows, bias=bias_box(plus, 0), plus=plus,
        heading=output.above(READOUT_GAP, NARROW_HEADING), output=output, readout=readout,
        bar=bar, hint=hint, card=hint.sized(height=CARD), legends=legends,
        close=close_box(line.right), is_narrow=True, is_sheet=True,
    )  # fmt: skip


def narrow_left(network: Network, plan: Plan, node: Node) -> float:
    """Where a row begins in a narrow window that it stands in the middle of, with the sum."""
    size = float(plan.node_size)
    row = make_row(Box(0, 0, size, size), *kernel_size(network, node, size))
    used = row.value.right + PLUS + LINKS[0]
    return max(PAD, (plan.viewport.width - used) / 2)


def bias_box(plus: Box, top: float) -> Box:
    """The bias above the sum, or below it where there is no room below ``top``."""
    width, height = BIAS
    above = plus.above(BIAS_ABOVE, height, width).centred_on(x=plus.centre)
    return above if above.y >= top else above.at(y=plus.bottom + BIAS_BELOW)


def make_rows(network: Network, plan: Plan, node: Node, stepped: Transform) -> tuple[Row, ...]:
    """The way of each input channel, from where its map comes to stand."""
    kernel = kernel_size(network, node, float(plan.node_size))
    return tuple(
        make_row(stepped.box(plan.boxes[source]), *kernel) for source in plan.sources[node]
    )


def make_row(source: Box, kernel_width: float, kernel_height: float) -> Row:
    """What stands beside the map of an input channel."""
    kernel = source.right_of(GAP, kernel_width, kernel_height).centred_on(y=source.middle)
    contribution = source.at(x=kernel.right + TIMES)
    value = value_beside(contribution)
    return Row(source=source, kernel=kernel, contribution=contribution, value=value)


def kernel_size(network: Network, node: Node, size: float) -> tuple[float, float]:
    """Width and height of a kernel beside a node of a size; its cells are square."""
    layer = network.layer(node.layer)
    assert isinstance(layer, Conv2d)
    rows, cols = layer.kernel.shape[2:]
    cell = max(KERNEL_CELL_LEAST, int(min(KERNEL_CELL, KERNEL_SHARE * size / max(rows, cols))))
    return float(cols * cell), float(rows * cell)


def map_side(network: Network, node: Node, viewport: Viewport, share: float) -> float:
    """Side of the enlarged output: its cells are whole pixels."""
    _, rows, cols = network.shapes[node.layer]
    most = clamp(share * (viewport.height - CHROME), MAP_LEAST, MAP_MOST)
    longest = max(rows, cols)
    return float(max(1, int(most / longest)) * longest)
