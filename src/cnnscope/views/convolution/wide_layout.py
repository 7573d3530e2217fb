"""Layout of convolution in wide windows: side by side, as the network itself."""

from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.dock import Dock, has_room, wanted_height
from cnnscope.views.convolution.layout_parts import (
    DOCK_GAP,
    LINKS,
    READOUT_GAP,
    SUM_HEADING,
    SWITCH,
    SWITCH_GAP,
    ConvolutionLayout,
    bias_box,
    docked,
    map_side,
)
from cnnscope.views.convolution.row_layout import (
    Row,
    Rows,
    is_gathered,
    kernel_shape,
    kernel_size,
    make_row,
    make_rows,
    pitch,
    read_by,
    rows_of,
    slot_side,
    stood,
)
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    MINI,
    MINI_LEAST,
    PICTURE,
    PICTURE_SMALL,
    PLUS,
    READOUT,
    WAYS_TRIED,
    Transform,
    across,
    aside_width,
    band,
    bar_below,
    below_miniatures,
    breadth,
    close_box,
    explained_right,
    legends_along,
    miniature_pitch,
    miniature_scale,
    miniatures,
    picture_transform,
    plus_before,
    roomy_pitch,
)
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
ASIDE_SHARE = 0.16  # of the drawing that wide columns take in miniature, at most
ASIDE_CLOSE = 0.11  # in windows narrower than the next
CLOSE_BELOW = 1000
LINKS_SHARE = 0.12  # of the room right of the numbers
MAP_MOST = 420  # side of the enlarged output, at most
HEADING = 190
HEADING_LEAST = 90  # in two lines
SCALE_WIDE = 52  # the colours of the enlarged output, beside it
SCALE_GAP = 8
LEGENDS_LEAST = 264  # of three bars with ticks, beside each other
CLOSE_LEAST = 4  # like MINI_LEAST, of columns that stand in sub-columns and become as small
DOCK_MARGIN = 4  # how much wider the arithmetic is than what stands above it


class Sum(NamedTuple):
    """Where the contributions add up, and what stands below that."""

    plus: Box
    output: Box
    readout: Box
    bar: Box


class Sides(NamedTuple):
    """The columns that stepped aside, and where on both sides what is explained begins and ends."""

    left: tuple[Column, ...]
    right: tuple[Column, ...]
    aside: float  # what those on the left take
    end: float


def lay_out_wide(network: Network, plan: Plan, node: Node, is_unfolded: bool) -> ConvolutionLayout:
    """Side by side, as the network itself."""
    place = plan.columns.index(plan.column_of[node.layer])
    gathered = is_gathered(network, plan, node)
    left = plan.columns[: place if gathered else place - 1]
    side = PICTURE_SMALL if gathered and plan.width < CLOSE_BELOW else PICTURE
    aside = aside_width(plan, left, left_pitch(plan, left, side), side)
    sides = Sides(left, plan.columns[place:-1], aside, explained_right(plan))
    first = first_row(network, plan, node, PAD + aside)
    links = clamp(LINKS_SHARE * (sides.end - first.value.right), *LINKS)
    total, right_pitch = wide_sum(network, plan, node, sides, first.value, links)
    rows = wide_rows(network, plan, node, first, total.output, is_unfolded)
    maps = rows.maps.reaching(right=total.plus.x - ASIDE, bottom=rows.bottom + LEGENDS)
    mini = min(MINI, total.output.width / band(plan))
    minis, scale = wide_miniatures(plan, sides, right_pitch, mini)
    picture = picture_transform(plan, left, below_miniatures(plan, scale), side)
    foot = picture.box(plan.picture).bottom + ASIDE
    legends = wide_legends(plan, maps, foot)
    switch = legends.below(SWITCH_GAP, SWITCH)
    foot = max(switch.bottom, foot)
    dock = wide_dock(network, plan, node, total.bar, foot)
    return ConvolutionLayout(
        node=node, sources=() if gathered else plan.sources[node], width=plan.width,
        height=max(plan.height, dock.frame.bottom, switch.bottom),
        transforms={
            plan.columns[-1].layer: Transform(0, 0),
            **({} if rows.stepped is None else {plan.sources[node][0].layer: rows.stepped}),
            **minis,
        },
        picture=picture, rows=rows.rows, others=rows.others, is_gathered=gathered,
        is_unfolded=is_unfolded, bias=bias_box(network, node, total.plus, LABELS), plus=total.plus,
        heading=wide_heading(total.output, sides.end), output=total.output,
        scale=total.output.right_of(SCALE_GAP, SCALE_WIDE),
        readout=total.readout, bar=total.bar, dock=dock, hint=None,
        legends=legends, switch=switch, close=close_box(sides.end),
    )  # fmt: skip


def wide_legends(plan: Plan, maps: Box, free_from: float) -> Box:
    """Legends at the foot of the rows, or beyond these where they are narrow and nothing is."""
    legends = legends_along(maps)
    if legends.y < free_from or not any(column.is_spread for column in plan.columns):
        return legends
    return legends.reaching(left=max(PAD, min(legends.x, legends.right - LEGENDS_LEAST)))


def wide_miniatures(
    plan: Plan, sides: Sides, right_pitch: float, most: float
) -> tuple[dict[str, Transform], float]:
    """What stepped aside on both sides, and the scale of that on the left."""
    left, right, aside, end = sides
    left_pitch = miniature_pitch(plan, left, aside - ASIDE)
    scale = miniature_scale(plan, left, left_pitch, most)
    x, scale_right = end - breadth(plan, right) * right_pitch, most
    scale_right = miniature_scale(plan, right, right_pitch, most)
    return {
        **miniatures(plan, left, PAD, left_pitch, scale),
        **miniatures(plan, right, x, right_pitch, scale_right),
    }, scale


def left_pitch(plan: Plan, left: tuple[Column, ...], least: float) -> float:
    """From one miniature to the next on the left, where columns may be wide."""
    pitch = roomy_pitch(plan)
    if not any(column.is_spread for column in left):
        return pitch
    share = ASIDE_SHARE if plan.width >= CLOSE_BELOW else ASIDE_CLOSE
    return min(pitch, max(least, share * plan.width) / breadth(plan, left))


def first_row(network: Network, plan: Plan, node: Node, x: float) -> Row:
    """A row that begins at ``x``, at any height."""
    side = float(plan.node_size)
    if is_gathered(network, plan, node):
        count = rows_of(network, node, is_unfolded=False)
        side = slot_side(band(plan), count + (count < read_by(network, node)))
    return make_row(Box(x, LABELS, side, side), *kernel_size(network, node, side))


def wide_rows(
    network: Network, plan: Plan, node: Node, first: Row, output: Box, is_unfolded: bool
) -> Rows:
    """All rows: from where the maps step, or about as high as the output."""
    if not is_gathered(network, plan, node):
        stepped = across(plan, plan.sources[node][0], first.source.x)
        return Rows(make_rows(network, plan, node, stepped), None, stepped)
    count = rows_of(network, node, is_unfolded=is_unfolded)
    high = count * pitch(first.contribution.height)
    top = max(LABELS, output.middle - high / 2)
    return stood(network, node, first.source.at(y=top), is_unfolded)


def wide_side(network: Network, plan: Plan, node: Node, width: float, most: float) -> float:
    """Side of the enlarged output: what the arithmetic below it leaves of the height."""
    bar = bar_below(Box(0, 0, width, 0)).height
    room = plan.height - LABELS - READOUT_GAP - READOUT - bar
    kernel = kernel_shape(network, node)
    if has_room(width, kernel):
        room -= DOCK_GAP + wanted_height(width, kernel)
    return map_side(network, node, min(room, most, MAP_MOST))


def wide_sum(
    network: Network, plan: Plan, node: Node, sides: Sides, numbers: Box, links: float
) -> tuple[Sum, float]:
    """The sum right of the numbers, the enlarged output under the labels.

    Also how far apart the miniatures right of them are, which have what is left.
    """
    room, wide = sides.end - numbers.right, breadth(plan, sides.right)
    taken = links + PLUS + 2 * ASIDE + SCALE_GAP + SCALE_WIDE
    is_spread = any(column.is_spread for column in sides.right)
    side = wide_side(network, plan, node, room - links, room - taken - wide * MINI_LEAST)
    least = CLOSE_LEAST if is_spread else MINI_LEAST
    right_pitch = clamp((room - taken - side) / max(1, wide), least, roomy_pitch(plan))
    output = numbers.right_of(links + PLUS + ASIDE, side, side).at(y=LABELS)
    plus = plus_before(output, ASIDE)
    whole = output.reaching(left=plus.x - DOCK_MARGIN, right=sides.end)
    readout = whole.below(READOUT_GAP, READOUT)
    return Sum(plus=plus, output=output, readout=readout, bar=bar_below(readout)), right_pitch


def wide_dock(network: Network, plan: Plan, node: Node, bar: Box, foot: float) -> Dock:
    """The arithmetic below the controls, or where that is too narrow below all else."""
    if has_room(bar.width, kernel_shape(network, node)):
        return docked(network, node, bar, plan.height)
    below = Box(PAD, max(foot, bar.bottom), bar.right - PAD, 0)
    return docked(
        network, node, below, below.y + wanted_height(below.width, kernel_shape(network, node))
    )


def wide_heading(output: Box, end: float) -> Box:
    """Over the enlarged output, clear of the ways out and of the heading of the sum."""
    heading = Box(output.x, 0, HEADING, LABELS).centred_on(x=output.centre)
    least, most = output.x - ASIDE + SUM_HEADING / 2 - PLUS / 2, end - WAYS_TRIED
    heading = heading.at(x=max(least, min(heading.x, most - HEADING)))
    return heading.reaching(right=min(heading.right, max(most, least + HEADING_LEAST)))
