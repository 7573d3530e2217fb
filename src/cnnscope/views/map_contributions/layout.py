"""Layout of what each map adds to a sum: a pure function, like ``network_plan``.

All maps step aside in miniature. Bars stand one below the other, one for each map that is weighed,
or of many for those that contribute most and one for the others, one for the bias and one for the
sum; beside them the picture under what the marked map adds.

    plan = lay_out_map_contributions(network, overview_plan, Node("output", 6))
    plan.bars[0]   # Box(...), of the map that adds most
"""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.classifier_head import dense_stage
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
from cnnscope.views.shared.folding import TOP, folds
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
FOLD = (120, 26)  # what lists all maps; as high are then the words over the bars
FOLD_GAP = 4  # more below it: around the bars is where the keyboard is
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


class Aside(NamedTuple):
    """What stepped aside, and the line at the head of the room that it leaves."""

    area: Box
    transforms: dict[str, Transform]  # the classes among them, which stay
    picture: Transform


@dataclass(frozen=True, kw_only=True)
class BarsLayout(DetailLayout):
    """The place of everything beside the bars of what a sum is made of, maps or units."""

    title: Box
    words: Box
    head: Box  # what the colours of the bars say
    fold: Box | None  # what lists all parts, or fewer, where they are many
    bars: tuple[Box, ...]  # of the parts, of the others, of the bias, of the sum
    sum: Box
    legends: Box
    choose: Box  # the rival
    onward: Box  # to softmax, or to a unit's activation
    is_narrow: bool = False


@dataclass(frozen=True, kw_only=True)
class MapContributionsLayout(BarsLayout):
    """The place of everything while it is explained what a sum of maps is made of."""

    switch: Box  # to every number
    caption: Box
    over: Box  # the picture


def lay_out_map_contributions(network: Network, plan: Plan, node: Node) -> MapContributionsLayout:
    """The plan of what makes a sum large and what makes it small."""
    return lay_out_bars(network, plan, node, unfolded=False)


def lay_out_all_map_contributions(
    network: Network, plan: Plan, node: Node
) -> MapContributionsLayout:
    """The same with a bar for each map, also where they are many."""
    return lay_out_bars(network, plan, node, unfolded=True)


def lay_out_bars(
    network: Network, plan: Plan, node: Node, *, unfolded: bool
) -> MapContributionsLayout:
    """The plan with all maps or with as many as are listed at first."""
    count = bar_count(network, node, unfolded=unfolded)
    is_folding = has_fold(network, node)
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(plan, node, count, is_folding=is_folding)
    return lay_out_wide(plan, node, count, is_folding=is_folding)


def has_fold(network: Network, node: Node) -> bool:
    """Whether a sum has so many parts that only those are listed at first that contribute most."""
    head = dense_stage(network, node.layer)
    return head is not None and folds(head.shape[0])


def bar_count(network: Network, node: Node, *, unfolded: bool) -> int:
    """How many bars a sum has: of its parts, the others if any, the bias, the sum itself."""
    head = dense_stage(network, node.layer)
    parts = 0 if head is None else head.shape[0]
    return (TOP + 1 if folds(parts) and not unfolded else parts) + 2


def lay_out_wide(plan: Plan, node: Node, count: int, *, is_folding: bool) -> MapContributionsLayout:
    """Side by side, as high as the network itself."""
    area, transforms, picture = stepped_aside(plan)
    close = close_box(area.right)
    switch = switch_box(close)
    words = area.below(TITLE_GAP, words_height(area.width))
    panel = clamp(PANEL_SHARE * area.width, *PANEL)
    head, caption = words.below(WORDS_GAP, HEAD).split_right(panel, PANEL_GAP)
    head, fold, whole = over_bars(head, is_folding=is_folding)
    below = sum_height(head.width)
    high = clamp((plan.height - below - head.bottom - HEAD_GAP) / count, *BARS)
    bars = stacked(whole.below(HEAD_GAP, high), count)
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
        transforms=transforms, picture=picture,
        switch=switch, title=area.reaching(right=switch.x - BETWEEN), words=words, head=head,
        bars=bars, sum=total, caption=caption, over=over, legends=legends,
        choose=choose, onward=onward, fold=fold, close=close,
    )  # fmt: skip


def lay_out_narrow(
    plan: Plan, node: Node, count: int, *, is_folding: bool
) -> MapContributionsLayout:
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
    head, fold, whole = over_bars(head, is_folding=is_folding)
    bars = stacked(whole.below(HEAD_GAP, BAR_NARROW), count)
    total = bars[-1].below(0, sum_height(line.width))
    choose, onward = total.below(BETWEEN, CONTROL).split_right(ONWARD, BETWEEN)
    foot = onward.bottom + BETWEEN
    return MapContributionsLayout(
        node=node, sources=(), width=plan.viewport.width, height=foot + plan.height,
        transforms={**minis, **narrow_classes(plan, foot)},
        picture=minis[plan.columns[0].layer],
        switch=switch_box(close), title=title, words=words, head=head,
        bars=bars, sum=total, caption=caption, over=over, legends=legends,
        choose=choose, onward=onward, fold=fold, close=close, is_narrow=True,
    )  # fmt: skip


def stepped_aside(plan: Plan) -> Aside:
    """All columns but the classes in miniature, at the left of a wide window."""
    left, end = plan.columns[:-1], explained_right(plan)
    wide = clamp(MINI_SHARE * plan.width, *MINI_WIDTHS)
    pitch = wide / breadth(plan, left)
    scale = min(MINI, max(MINI_LEAST_SCALE, (pitch - MINI_LANE) / plan.node_size))
    return Aside(
        area=Box(PAD + wide + ASIDE, CLOSE_TOP, 0, CONTROL).reaching(right=end),
        transforms={plan.columns[-1].layer: Transform(0, 0),
                    **miniatures(plan, left, PAD, pitch, scale)},
        picture=picture_transform(plan, left, below_miniatures(plan, scale)),
    )  # fmt: skip


def over_bars(line: Box, *, is_folding: bool) -> tuple[Box, Box | None, Box]:
    """What stands over the bars, at its left what lists all of many maps; and the line of both."""
    if not is_folding:
        return line, None, line
    fold = line.sized(*FOLD)
    whole = line.reaching(bottom=fold.bottom + FOLD_GAP)
    return whole.reaching(left=fold.right), fold, whole


def words_height(width: float, line: int = WORDS_LINE, words: int = WORDS) -> float:
    """Height of what is said, ``words`` if it were one line, in lines of a width and a height."""
    return float(line * ceil(words / width))


def sum_height(width: float) -> float:
    """Height of how it all adds up, in one line or two."""
    return float(SUM if width >= SUM_LEAST else 2 * SUM)


def stacked(first: Box, count: int) -> tuple[Box, ...]:
    """A box and others right below it, as many as ``count`` in all."""
    return tuple(first.moved(dy=k * first.height) for k in range(count))
