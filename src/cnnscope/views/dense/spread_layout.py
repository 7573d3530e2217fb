"""Layout of the dense layer where the maps that it weighs do not stay as a column of the network.

They may stand in sub-columns, be too many, or have columns of units between them and the classes:
all columns step aside then, and each map that is listed is drawn anew at the head of its line.

    is_plain(network, plan, node)            # whether the column of maps can move to the lines
    lines = spread_lines(first, wide, 11)    # a map below the other, the others last
"""

from dataclasses import replace
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.dense import layout
from cnnscope.views.dense.layout import (
    BIAS_GAP,
    DenseLayout,
    Line,
    make_line,
    width_beside_strip,
)
from cnnscope.views.dense.numbers import rivals
from cnnscope.views.dense.picture_layout import (
    BETWEEN,
    HEADING,
    PICTURES,
    abreast,
    legend_below,
    wide_pictures,
)
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    MINI,
    PLUS,
    WIDE_FROM,
    Transform,
    below_miniatures,
    breadth,
    close_box,
    explained_right,
    legends_along,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    plus_before,
    switch_box,
)
from cnnscope.views.shared.folding import TOP, folds
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
NAME = 52  # width of a map's name
NAME_GAP = 4
LINE = (46, 70)  # from one line to the next, at least and at most
LINE_GAP = 8  # between two maps: over the strip stands which elements it holds
NARROW_LINE = 46
WHOLE_SHARE = 0.9  # of the room for a strip, that elements of whole pixels take up at least
FOLD = (120, 28)
FOLD_GAP = 12  # more than BIAS_GAP: the row of the bias is not so high


class Lines(NamedTuple):
    """How many lines there are, and whether a last one is that of the others."""

    listed: int
    has_others: bool
    is_folding: bool


def lines_of(network: Network, node: Node, *, unfolded: bool) -> Lines:
    """The lines of a sum of maps."""
    head = dense_stage(network, node.layer)
    count = 0 if head is None else head.shape[0]
    is_folding = folds(count)
    has_others = is_folding and not unfolded
    return Lines(TOP if has_others else count, has_others, is_folding)


def lay_out_wide(network: Network, plan: Plan, node: Node, lines: Lines) -> DenseLayout:
    """Side by side, right of all columns in miniature."""
    left, end = plan.columns[:-1], explained_right(plan)
    aside = clamp(layout.MINI_SHARE * plan.width, *layout.MINI_WIDTHS)
    all_lines = lines.listed + lines.has_others
    pitch = clamp((plan.height - LABELS - LEGENDS) / all_lines, *LINE)
    size = float(int(pitch - LINE_GAP))
    first = Box(PAD + aside + ASIDE, LABELS, NAME, size)
    links = layout.LINKS[plan.width >= WIDE_FROM]
    beside = width_beside_strip(size, layout.STRIP_GAP) + NAME + NAME_GAP
    fixed = beside + links + PLUS + BETWEEN + layout.PANEL_LEAST
    wide = strip_within(cells(network, node), end - first.x - fixed)
    made, others = stacked(first, wide, pitch, lines, layout.STRIP_GAP)
    room = made[0].value.right_of(links + PLUS + BETWEEN, 0, 0).reaching(right=end)
    panel = layout.make_panel(room.at(y=LABELS), has_choice=rivals(network, node) > 0)
    apart = aside / breadth(plan, left)
    scale = min(MINI, max(layout.MINI_LEAST_SCALE, (apart - layout.MINI_LANE) / plan.node_size))
    minis = miniatures(plan, left, PAD, apart, scale)
    bias = layout.bias_box(others or made[-1], BIAS_GAP)
    bottom = max(plan.height, bias.bottom + FOLD_GAP + LEGENDS, panel.ranking.bottom + BETWEEN)
    area = first.reaching(right=end, bottom=bottom)
    below = Box(PAD, below_miniatures(plan, scale), aside, 0)
    shown = wide_pictures(plan, left, minis, panel.ranking, below, area)
    return DenseLayout(
        node=node, sources=(), width=plan.width, height=max(area.bottom, shown.bottom),
        transforms={plan.columns[-1].layer: Transform(0, 0), **minis},
        picture=shown.picture, lines=made, others=others, bias=bias,
        plus=plus_before(panel.total, BETWEEN), total=panel.total, choose=panel.choose,
        switch=panel.switch, onward=panel.onward, playing=panel.playing, point=panel.point,
        ranking=panel.ranking, back=switch_box(close_box(end)),
        pictures=shown.pictures, picture_legend=shown.legend, hint=shown.hint,
        legends=legends_along(area.reaching(right=made[0].heat.right - layout.LEGENDS_SHORT)),
        fold=fold_box(first, bias, lines), close=close_box(end),
    )  # fmt: skip


def lay_out_narrow(network: Network, plan: Plan, node: Node, lines: Lines) -> DenseLayout:
    """One below the other, for a window as narrow as a phone's."""
    line, minis = narrow_miniatures(plan)
    panel = layout.narrow_panel(line, has_choice=rivals(network, node) > 0)
    size = float(NARROW_LINE - LINE_GAP)
    beside = width_beside_strip(size, layout.STRIP_GAP_NARROW) + NAME + NAME_GAP
    wide = strip_within(cells(network, node), line.width - beside)
    first = panel.point.below(BETWEEN + LABELS, size, NAME)
    made, others = stacked(first, wide, NARROW_LINE, lines, layout.STRIP_GAP_NARROW)
    bias = layout.bias_box(others or made[-1], layout.BIAS_GAP_NARROW)
    ranking = line.at(y=bias.bottom + layout.RANKING_GAP)
    ranking = ranking.sized(height=layout.ranked_height(line.width))
    side = clamp((line.width - BETWEEN) / 2, layout.PICTURES_NARROW, PICTURES[1])
    pictures = abreast(ranking.below(BETWEEN + HEADING, side, side))
    legend = legend_below(pictures)
    legends = line.at(y=legend.bottom + BETWEEN).sized(height=LEGENDS)
    hint = legends.below(0, layout.HINT_NARROW)
    return DenseLayout(
        node=node, sources=(), width=plan.viewport.width, height=hint.bottom + plan.height,
        transforms={**minis, **narrow_classes(plan, hint.bottom)},
        picture=minis[plan.columns[0].layer], lines=made, others=others, bias=bias,
        plus=plus_before(bias, layout.PLUS_GAP), total=panel.total, choose=panel.choose,
        switch=panel.switch, onward=panel.onward, playing=panel.playing, point=panel.point,
        ranking=ranking, back=switch_box(close_box(line.right)),
        pictures=pictures, picture_legend=legend, hint=hint, legends=legends,
        fold=fold_box(first, bias, lines), close=close_box(line.right), is_narrow=True,
    )  # fmt: skip


def stacked(
    first: Box, wide: float, pitch: float, lines: Lines, gap: float
) -> tuple[tuple[Line, ...], Line | None]:
    """The lines, and that of the others; ``first`` is the place of the first map's name."""
    size = first.height
    source = first.right_of(NAME_GAP, size, size)
    made = [
        replace(make_line(source.moved(dy=k * pitch), wide, gap), name=first.moved(dy=k * pitch))
        for k in range(lines.listed + lines.has_others)
    ]
    others = made.pop() if lines.has_others else None
    if others is not None:
        others = replace(
            others, name=first.at(y=others.source.y).reaching(right=others.strip.right)
        )
    return tuple(made), others


def strip_within(count: int, room: float) -> float:
    """Width of a map's line: whole pixels for each element, where that leaves little room over."""
    room = clamp(room, layout.STRIP_LEAST, layout.STRIP_MOST)
    whole = room // count * count
    return float(whole if whole >= WHOLE_SHARE * room else room)


def fold_box(first: Box, bias: Box, lines: Lines) -> Box | None:
    """What lists all maps or fewer: below the lines, where they are many."""
    return first.at(y=bias.y).sized(*FOLD) if lines.is_folding else None


def cells(network: Network, node: Node) -> int:
    """How many elements each map becomes."""
    head = dense_stage(network, node.layer)
    assert head is not None
    return head.shape[1] * head.shape[2]
