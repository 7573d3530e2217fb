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
from cnnscope.state.state import Node, Place
from cnnscope.views.convolution.dock import Dock, lay_out_dock, least_height, wanted_height
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    BAR,
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
from cnnscope.views.shared.network_plan import CHROME, LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
KERNEL_CELL = 15
KERNEL_CELL_LEAST = 4
KERNEL_SHARE = 0.75  # of a node, at most
KERNEL_GAP = 28  # from a map to its kernel
TIMES = 24  # between a kernel and what it contributes, where an arrow is drawn
LINKS = (40, 110)  # least and most from the numbers to the sum
LINKS_SHARE = 0.12  # of the room right of the numbers
BIAS = (64, 38)
BIAS_ABOVE = 20  # from the bias to the sum
BIAS_BELOW = 6  # from the sum to the bias, where it stands below
MAP_MOST = 420  # side of the enlarged output, at most
MAP_LEAST = 130
NARROW_MAP_MOST = 264
HEADING = 190
HEADING_LEAST = 90  # in two lines
SUM_HEADING = 64  # over the sign of the sum
READOUT_GAP = 4  # from the enlarged output to its value
SCALE_WIDE = 52  # the colours of the enlarged output, beside it
SCALE_GAP = 8
DOCK_GAP = 10  # above the arithmetic
DOCK_MARGIN = 4  # how much wider it is than what stands above it
DOCK_FROM = 600  # px; in narrower windows it lies over the foot, when asked for
DOCK_NARROW = (250, 330)  # least and most height of it in a narrow window
SWITCH = 26  # which scale the contributions have
SWITCH_GAP = 4
NARROW_HINT = 60  # what can be done, in words
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
    scale: Box | None  # the colours of the enlarged output
    readout: Box
    bar: Box
    dock: Dock | None  # None where the arithmetic is a sheet over the window's foot
    hint: Box | None  # how to come to that sheet, in words
    legends: Box
    switch: Box  # which scale the contributions have
    is_narrow: bool = False  # one below the other


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
    aside = aside_width(plan, left, roomy_pitch(plan))
    stepped = across(plan, sources[0], PAD + aside)
    rows = make_rows(network, plan, node, stepped)
    room = end - rows[0].value.right
    links = clamp(LINKS_SHARE * room, *LINKS)
    taken = links + PLUS + 2 * ASIDE + SCALE_GAP + SCALE_WIDE
    side = wide_side(network, plan, node, room - links, room - taken - len(right) * MINI_LEAST)
    pitch = clamp((room - taken - side) / max(1, len(right)), MINI_LEAST, roomy_pitch(plan))
    total = wide_sum(rows[0].value, links, side, end)
    dock = docked(network, node, total.bar, plan.height)
    mini = min(MINI, side / band(plan))
    foot = rows[-1].source.bottom + LEGENDS
    maps = rows[0].source.reaching(right=total.plus.x - ASIDE, bottom=foot)
    legends = legends_along(maps)
    switch = legends.below(SWITCH_GAP, SWITCH)
    return ConvolutionLayout(
        node=node, sources=sources, width=plan.width,
        height=max(plan.height, dock.frame.bottom, switch.bottom),
        transforms={
            plan.columns[-1].layer: Transform(0, 0),
            sources[0].layer: stepped,
            **miniatures(plan, left, PAD, miniature_pitch(plan, left, aside - ASIDE), mini),
            **miniatures(plan, right, end - len(right) * pitch, pitch, mini),
        },
        picture=picture_transform(plan, left, below_miniatures(plan, mini)),
        rows=rows, bias=bias_box(total.plus, LABELS), plus=total.plus,
        heading=wide_heading(total.output, end), output=total.output,
        scale=total.output.right_of(SCALE_GAP, SCALE_WIDE),
        readout=total.readout, bar=total.bar, dock=dock, hint=None,
        legends=legends, switch=switch, close=close_box(end),
    )  # fmt: skip


def wide_side(network: Network, plan: Plan, node: Node, width: float, most: float) -> float:
    """Side of the enlarged output: what the arithmetic below it leaves of the height."""
    wanted = wanted_height(width, kernel_shape(network, node))
    bar = bar_below(Box(0, 0, width, 0)).height
    room = plan.height - LABELS - READOUT_GAP - READOUT - bar - DOCK_GAP - wanted
    return map_side(network, node, min(room, most, MAP_MOST))


def wide_sum(numbers: Box, links: float, side: float, end: float) -> Sum:
    """The sum right of the numbers, the enlarged output under the labels."""
    output = numbers.right_of(links + PLUS + ASIDE, side, side).at(y=LABELS)
    plus = plus_before(output, ASIDE)
    whole = output.reaching(left=plus.x - DOCK_MARGIN, right=end)
    readout = whole.below(READOUT_GAP, READOUT)
    return Sum(plus=plus, output=output, readout=readout, bar=bar_below(readout))


def wide_heading(output: Box, end: float) -> Box:
    """Over the enlarged output, clear of the ways out and of the heading of the sum."""
    heading = Box(output.x, 0, HEADING, LABELS).centred_on(x=output.centre)
    least, most = output.x - ASIDE + SUM_HEADING / 2 - PLUS / 2, end - WAYS_TRIED
    heading = heading.at(x=max(least, min(heading.x, most - HEADING)))
    return heading.reaching(right=min(heading.right, max(most, least + HEADING_LEAST)))


def docked(network: Network, node: Node, bar: Box, bottom: float) -> Dock:
    """The arithmetic below the controls, down to the drawing's end or further."""
    kernel = kernel_shape(network, node)
    height = max(bottom - bar.bottom - DOCK_GAP, least_height(kernel))
    given = network.shapes[network.before(node.layer)]
    return lay_out_dock(bar.below(DOCK_GAP, height), kernel, (given[1], given[2]))


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """One below the other, for a window as narrow as a phone's."""
    width, sources = plan.viewport.width, plan.sources[node]
    is_first = plan.columns.index(plan.column_of[node.layer]) == 1
    line, transforms = narrow_miniatures(plan)
    side = map_side(network, node, min(MAP_SHARE * (NARROW_HEIGHT - CHROME), NARROW_MAP_MOST))
    output = line.below(NARROW_HEADINGS, side, side)
    readout = output.sized(width=line.width).below(READOUT_GAP, READOUT)
    bar = readout.below(0, 2 * BAR)
    dock, hint = narrow_dock(network, node, bar)
    x = narrow_left(network, plan, node)
    stepped = Transform(x - plan.boxes[sources[0]].x, dock.frame.bottom if dock else hint.bottom)
    rows = make_rows(network, plan, node, stepped)
    maps = rows[0].source.union(rows[-1].source)
    plus_x = min(rows[0].value.right + LINKS[0], width - (PLUS + BIAS[0]) / 2)
    plus = maps.at(x=plus_x).sized(PLUS, PLUS).centred_on(y=maps.middle)
    legends = line.at(y=maps.bottom + NARROW_LEGENDS).sized(height=LEGENDS)
    switch = legends.below(SWITCH_GAP, SWITCH)
    room = line.right - output.right - NARROW_PICTURE
    beside = output.right_of(NARROW_PICTURE, min(room, PICTURE))
    return ConvolutionLayout(
        node=node, sources=sources, width=width, height=switch.bottom + plan.height,
        transforms={
            **transforms,
            sources[0].layer: stepped,
            **narrow_classes(plan, switch.bottom),
        },
        picture=stepped if is_first else Transform.between(plan.picture, beside),
        rows=rows, bias=bias_box(plus, 0), plus=plus,
        heading=output.grown(output.x, 0).above(READOUT_GAP, NARROW_HEADING), output=output,
        scale=None,
        readout=readout, bar=bar, dock=dock, hint=None if dock else hint, legends=legends,
        switch=switch, close=close_box(line.right), is_narrow=True,
    )  # fmt: skip


def narrow_dock(network: Network, node: Node, bar: Box) -> tuple[Dock | None, Box]:
    """The arithmetic below the controls of a narrow window, or the words that lead to it."""
    hint = bar.below(0, NARROW_HINT)
    if bar.width < DOCK_FROM:
        return None, hint
    least, most = DOCK_NARROW
    height = clamp(wanted_height(bar.width, kernel_shape(network, node)), least, most)
    return docked(network, node, bar, bar.bottom + DOCK_GAP + height), hint


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
    kernel = source.right_of(KERNEL_GAP, kernel_width, kernel_height).centred_on(y=source.middle)
    contribution = source.at(x=kernel.right + TIMES)
    value = value_beside(contribution)
    return Row(source=source, kernel=kernel, contribution=contribution, value=value)


def kernel_shape(network: Network, node: Node) -> Place:
    """Rows and columns of a node's kernels."""
    layer = network.layer(node.layer)
    assert isinstance(layer, Conv2d)
    rows, cols = layer.kernel.shape[2:]
    return rows, cols


def kernel_size(network: Network, node: Node, size: float) -> tuple[float, float]:
    """Width and height of a kernel beside a node of a size; its cells are square."""
    rows, cols = kernel_shape(network, node)
    cell = max(KERNEL_CELL_LEAST, int(min(KERNEL_CELL, KERNEL_SHARE * size / max(rows, cols))))
    return float(cols * cell), float(rows * cell)


def map_side(network: Network, node: Node, most: float) -> float:
    """Side of the enlarged output, about as large as it may be: its cells are whole pixels."""
    _, rows, cols = network.shapes[node.layer]
    longest = max(rows, cols)
    return float(max(1, int(max(most, MAP_LEAST) / longest)) * longest)
