"""Layout of a sum of units: a pure function, like ``network_plan``.

All columns step aside in miniature. Rows stand one below the other, one for each unit of the layer
before that contributes most, as the bars of maps do; beside them the whole layer before three
times as cells: its values, the weights of the sum, the products of both.

    plan = lay_out_weighted_sum(network, overview_plan, Node("output", 3))
    plan.grids[2]    # Box(...), of the products
    plan.grid        # (15, 8): rows and columns of cells
"""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.network import Network
from cnnscope.state.state import Node, Place
from cnnscope.views.dense.numbers import rivals
from cnnscope.views.map_contributions import layout as bars_layout
from cnnscope.views.map_contributions.layout import (
    BarsLayout,
    bar_count,
    has_fold,
    over_bars,
    stacked,
    stepped_aside,
    words_height,
)
from cnnscope.views.shared.detail_layout import (
    CONTROL,
    NARROW_BELOW,
    close_box,
    info_box,
    narrow_classes,
    narrow_miniatures,
)
from cnnscope.views.shared.network_plan import LEGENDS, Plan

# All in CSS pixels.
BETWEEN = 10
WORDS = 1700  # length of what is said if it were one line
OPEN = (28, 4)  # what leads to the unit of a row, and its distance from the row
GRIDS = 3
GRIDS_GAP = 14
GRID_LEAST = 96  # height
GRID_NARROW = 150
CELL_MOST = 14
CELL_LEAST = 1
LEGEND_GAP = 4
POINT = 88  # the unit that is marked, in numbers


class Room(NamedTuple):
    """What stands over the rows and what the rows are."""

    bars: int
    is_folding: bool
    units: int
    has_rivals: bool


@dataclass(frozen=True, kw_only=True)
class WeightedSumLayout(BarsLayout):
    """The place of everything while a sum of units is explained."""

    opens: tuple[Box, ...]  # to the unit of each row
    captions: tuple[Box, ...]  # of the layer before: values, weights, products
    grids: tuple[Box, ...]
    grid: Place  # rows and columns of their cells
    point: Box  # the unit that is marked


def lay_out_weighted_sum(network: Network, plan: Plan, node: Node) -> WeightedSumLayout:
    """The plan of what makes a sum of units large and what makes it small."""
    return lay_out_rows(network, plan, node, unfolded=False)


def lay_out_whole_weighted_sum(network: Network, plan: Plan, node: Node) -> WeightedSumLayout:
    """The same with a row for each unit, also where they are many."""
    return lay_out_rows(network, plan, node, unfolded=True)


def lay_out_rows(network: Network, plan: Plan, node: Node, *, unfolded: bool) -> WeightedSumLayout:
    """The plan with all units or with as many as are listed at first."""
    head = dense_stage(network, node.layer)
    count = bar_count(network, node, unfolded=unfolded)
    units = 0 if head is None else head.shape[0]
    room = Room(count, has_fold(network, node), units, rivals(network, node) > 0)
    arrange = lay_out_narrow if plan.viewport.width < NARROW_BELOW else lay_out_wide
    return arrange(plan, node, room)


def lay_out_wide(plan: Plan, node: Node, room: Room) -> WeightedSumLayout:
    """Side by side, as high as the network itself."""
    area, transforms, picture = stepped_aside(plan)
    close = close_box(area.right)
    words = area.below(bars_layout.TITLE_GAP, words_height(area.width, words=WORDS))
    panel = clamp(bars_layout.PANEL_SHARE * area.width, *bars_layout.PANEL)
    line, caption = words.below(bars_layout.WORDS_GAP, bars_layout.HEAD).split_right(
        panel, bars_layout.PANEL_GAP
    )
    head, fold, whole = over_bars(line, is_folding=room.is_folding)
    below = bars_layout.sum_height(line.width)
    free = plan.height - below - head.bottom - bars_layout.HEAD_GAP
    bar = clamp(free / room.bars, *bars_layout.BARS)
    bars, opens = rows(whole.below(bars_layout.HEAD_GAP, bar), room)
    total = bars[-1].below(0, below)
    under = LEGEND_GAP + LEGENDS + POINT + 2 * (BETWEEN + CONTROL) + BETWEEN
    most = plan.height - caption.bottom - bars_layout.HEAD_GAP - under
    first = caption.below(bars_layout.HEAD_GAP, max(GRID_LEAST, most))
    captions, grids, grid = cells(caption, first, room.units)
    legends = first.at(y=grids[0].bottom + LEGEND_GAP).sized(height=LEGENDS)
    point = legends.below(0, POINT)
    choose = point.below(BETWEEN, CONTROL) if room.has_rivals else point.below(0, 0)
    onward = choose.below(BETWEEN, CONTROL, bars_layout.ONWARD)
    return WeightedSumLayout(
        node=node, sources=(), width=plan.width,
        height=max(plan.height, total.bottom, onward.bottom + BETWEEN),
        transforms=transforms, picture=picture,
        title=area.reaching(right=info_box(close).x - BETWEEN), words=words, head=head, fold=fold,
        bars=bars, opens=opens, sum=total, captions=captions, grids=grids, grid=grid,
        legends=legends, point=point, choose=choose, onward=onward, close=close,
    )  # fmt: skip


def lay_out_narrow(plan: Plan, node: Node, room: Room) -> WeightedSumLayout:
    """One below the other, for a window as narrow as a phone's."""
    line, minis = narrow_miniatures(plan)
    title = line.below(bars_layout.TITLE_GAP, CONTROL)
    high = words_height(line.width - bars_layout.RAGGED, bars_layout.WORDS_LINE_NARROW, WORDS)
    words = title.below(bars_layout.TITLE_GAP, high)
    head, fold, whole = over_bars(
        words.below(bars_layout.WORDS_GAP, bars_layout.HEAD), is_folding=room.is_folding
    )
    bars, opens = rows(whole.below(bars_layout.HEAD_GAP, bars_layout.BAR_NARROW), room)
    total = bars[-1].below(0, bars_layout.sum_height(line.width)).reaching(right=line.right)
    choose, onward = total.below(BETWEEN, CONTROL).split_right(bars_layout.ONWARD, BETWEEN)
    point = line.at(y=choose.bottom + BETWEEN).sized(height=POINT)
    caption = point.below(BETWEEN, bars_layout.HEAD)
    first = caption.below(bars_layout.HEAD_GAP, GRID_NARROW)
    captions, grids, grid = cells(caption, first, room.units)
    legends = line.at(y=grids[0].bottom + LEGEND_GAP).sized(height=LEGENDS)
    foot = legends.bottom + BETWEEN
    return WeightedSumLayout(
        node=node, sources=(), width=plan.viewport.width, height=foot + plan.height,
        transforms={**minis, **narrow_classes(plan, foot)}, picture=minis[plan.columns[0].layer],
        title=title, words=words, head=head, fold=fold, bars=bars, opens=opens, sum=total,
        captions=captions, grids=grids, grid=grid, legends=legends, point=point, choose=choose,
        onward=onward, close=close_box(line.right), is_narrow=True,
    )  # fmt: skip


def rows(first: Box, room: Room) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The bars from the first on, and right of those of single units what leads to each."""
    wide, gap = OPEN
    bars = stacked(first.reaching(right=first.right - wide - gap), room.bars)
    single = room.bars - 2 - (room.is_folding and room.bars - 2 < room.units)
    return bars, tuple(each.right_of(gap, wide) for each in bars[:single])


def cells(caption: Box, area: Box, units: int) -> tuple[tuple[Box, ...], tuple[Box, ...], Place]:
    """Captions, boxes and the shape of three grids of so many cells beside each other."""
    wide = (area.width - (GRIDS - 1) * GRIDS_GAP) / GRIDS
    down, across = grid_of(units, wide, area.height)
    side = clamp(min(wide / across, area.height / down), CELL_LEAST, CELL_MOST)
    side = float(int(side)) if side >= 2 else side
    lefts = [area.x + k * (wide + GRIDS_GAP) for k in range(GRIDS)]
    heads = tuple(caption.at(x=left).sized(width=wide) for left in lefts)
    places = (Box(left, area.y, across * side, down * side) for left in lefts)
    return heads, tuple(places), (down, across)


def grid_of(units: int, wide: float, high: float) -> Place:
    """Rows and columns of so many cells that are the largest squares in a room of this size."""
    shapes = [(ceil(units / across), across) for across in range(1, units + 1)]
    return max(shapes, key=lambda shape: (min(high / shape[0], wide / shape[1]), -shape[1]))
