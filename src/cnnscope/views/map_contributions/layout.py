"""Layout of what each map adds to a logit: a pure function, like ``network_plan``.

All maps step aside in miniature. Bars stand one below the other, one for each of the last maps,
one for the bias and one for the logit; beside them the picture under what the marked map adds.

    plan = lay_out_map_contributions(network, overview_plan, Node("output", 6))
    plan.bars[0]   # Box(...), of the map that adds most
"""

from dataclasses import dataclass
from math import ceil

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    CLOSE_TOP,
    CONTROL,
    MINI,
    NARROW_BELOW,
    DetailLayout,
    Transform,
    below_miniatures,
    breadth,
    close_box,
    explained_right,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    picture_transform,
    switch_box,
)
from cnnscope.views.shared.network_plan import LEGENDS, PAD, Plan

# All in CSS pixels.
MINI_SHARE = 0.13  # of the window's width, for what stepped aside
MINI_WIDTHS = (128, 190)
MINI_LANE = 4  # between columns of miniatures, at least
MINI_LEAST_SCALE = 0.05
BETWEEN = 10
WORDS = 1850  # length of what is said if it were one line
WORDS_LINE, WORDS_LINE_NARROW = 21, 19  # height of its lines, and on a phone
TITLE_GAP = 2
RAGGED = 30  # px that a short line leaves at its end
WORDS_GAP = 8
HEAD = 20  # over the bars, over the picture
HEAD_GAP = 4
BARS = (26, 46)  # height
BAR_NARROW = 34
SUM = 20  # a line of how it all adds up
SUM_LEAST = 420  # width that one line needs
PANEL_SHARE = 0.32  # of the room beside the miniatures
PANEL = (248, 440)
PANEL_GAP = 28
OVER_LEAST = 120
OVER_NARROW = (0.36, 96, 220)  # share of the width, and bounds
LEGEND = LEGENDS - 4
LEGEND_GAP = 4
ONWARD = 112


@dataclass(frozen=True, kw_only=True)
class MapContributionsLayout(DetailLayout):
    """The place of everything while it is explained what speaks for a class."""

    switch: Box  # to every number
    title: Box
    words: Box
    head: Box  # what the colours of the bars say
    bars: tuple[Box, ...]  # of the maps, of the bias, of the logit
    sum: Box
    caption: Box
    over: Box  # the picture
    legends: Box
    choose: Box  # the rival
    onward: Box  # to softmax
    is_narrow: bool = False


def lay_out_map_contributions(network: Network, plan: Plan, node: Node) -> MapContributionsLayout:
    """The plan of what speaks for a class and against it."""
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(plan, node)
    return lay_out_wide(plan, node)


def lay_out_wide(plan: Plan, node: Node) -> MapContributionsLayout:
    """Side by side, as high as the network itself."""
    left, end = plan.columns[:-1], explained_right(plan)
    aside = clamp(MINI_SHARE * plan.width, *MINI_WIDTHS)
    pitch = aside / breadth(plan, left)
    scale = min(MINI, max(MINI_LEAST_SCALE, (pitch - MINI_LANE) / plan.node_size))
    close = close_box(end)
    switch = switch_box(close)
    area = Box(PAD + aside + ASIDE, CLOSE_TOP, 0, CONTROL).reaching(right=end)
    words = area.below(TITLE_GAP, words_height(area.width))
    panel = clamp(PANEL_SHARE * area.width, *PANEL)
    head, caption = words.below(WORDS_GAP, HEAD).split_right(panel, PANEL_GAP)
    count = len(plan.sources[node]) + 2
    below = sum_height(head.width)
    high = clamp((plan.height - below - head.bottom - HEAD_GAP) / count, *BARS)
    bars = stacked(head.below(HEAD_GAP, high), count)
    foot = bars[-1].middle - CONTROL / 2
    beside = LEGEND_GAP + LEGEND + 2 * BETWEEN + CONTROL
    over = caption.below(HEAD_GAP, 0)
    side = clamp(foot - beside - over.y, OVER_LEAST, panel)
    over = over.sized(side, side).centred_on(x=caption.centre)
    legends = over.below(LEGEND_GAP, LEGEND)
    choose = caption.at(y=legends.bottom + BETWEEN).sized(height=CONTROL)
    onward = choose.below(BETWEEN, CONTROL, ONWARD)
    onward = onward.at(y=max(foot, onward.y))
    total = bars[-1].below(0, below)
    return MapContributionsLayout(
        node=node, sources=(), width=plan.width,
        height=max(plan.height, total.bottom, onward.bottom + BETWEEN),
        transforms={plan.columns[-1].layer: Transform(0, 0),
                    **miniatures(plan, left, PAD, pitch, scale)},
        picture=picture_transform(plan, left, below_miniatures(plan, scale)),
        switch=switch, title=area.reaching(right=switch.x - BETWEEN), words=words, head=head,
        bars=bars, sum=total, caption=caption, over=over, legends=legends,
        choose=choose, onward=onward, close=close,
    )  # fmt: skip


def lay_out_narrow(plan: Plan, node: Node) -> MapContributionsLayout:
    """One below the other, for a window as narrow as a phone's; the picture beside the words."""
    line, minis = narrow_miniatures(plan)
    close = close_box(line.right)
    side = clamp(OVER_NARROW[0] * line.width, *OVER_NARROW[1:])
    title = line.below(TITLE_GAP, CONTROL)
    words, caption = title.below(TITLE_GAP, HEAD).split_right(side, BETWEEN)
    words = words.sized(height=words_height(words.width - RAGGED, WORDS_LINE_NARROW))
    over = caption.below(HEAD_GAP, side)
    legends = over.below(LEGEND_GAP, LEGEND)
    head = line.at(y=max(words.bottom, legends.bottom) + WORDS_GAP).sized(height=HEAD)
    bars = stacked(head.below(HEAD_GAP, BAR_NARROW), len(plan.sources[node]) + 2)
    total = bars[-1].below(0, sum_height(line.width))
    choose, onward = total.below(BETWEEN, CONTROL).split_right(ONWARD, BETWEEN)
    foot = onward.bottom + BETWEEN
    return MapContributionsLayout(
        node=node, sources=(), width=plan.viewport.width, height=foot + plan.height,
        transforms={**minis, **narrow_classes(plan, foot)},
        picture=minis[plan.columns[0].layer],
        switch=switch_box(close), title=title, words=words, head=head,
        bars=bars, sum=total, caption=caption, over=over, legends=legends,
        choose=choose, onward=onward, close=close, is_narrow=True,
    )  # fmt: skip


def words_height(width: float, line: int = WORDS_LINE) -> float:
    """Height of what is said, in lines of a width and a height."""
    return line * ceil(WORDS / width)


def sum_height(width: float) -> float:
    """Height of how it all adds up, in one line or two."""
    return float(SUM if width >= SUM_LEAST else 2 * SUM)


def stacked(first: Box, count: int) -> tuple[Box, ...]:
    """A box and others right below it, as many as ``count`` in all."""
    return tuple(first.moved(dy=k * first.height) for k in range(count))
