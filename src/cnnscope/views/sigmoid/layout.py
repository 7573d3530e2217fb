"""Layout of the sigmoid of one logit: a pure function, like ``network_plan``.

All columns step aside in miniature; the graph stands beside what it gives both classes.

    plan = lay_out_sigmoid(network, overview_plan, Node("output", 1))
    plan.graph    # Box(...)
"""

from dataclasses import dataclass

from cnnscope.drawing.geometry import Box
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.map_contributions import layout as bars_layout
from cnnscope.views.map_contributions.layout import stepped_aside, words_height
from cnnscope.views.shared.detail_layout import (
    CONTROL,
    INFO_GAP,
    NARROW_BELOW,
    DetailLayout,
    close_box,
    info_box,
    narrow_classes,
    narrow_miniatures,
)
from cnnscope.views.shared.network_plan import Plan
from cnnscope.views.softmax.layout import BACK

# All in CSS pixels.
BETWEEN = 14
WORDS = 2400  # length of what is said if it were one line
FORMULA = (32, 60)  # height, and on a phone
GRAPH = (440, 300)
GRAPH_NARROW = 230
SHARES = 150
SHARES_WIDE = 300


@dataclass(frozen=True, kw_only=True)
class SigmoidLayout(DetailLayout):
    """The place of everything while the sigmoid of one logit is explained."""

    title: Box
    words: Box
    formula: Box
    graph: Box
    shares: Box  # what both classes get
    back: Box  # to the logit
    is_narrow: bool = False


def lay_out_sigmoid(network: Network, plan: Plan, node: Node) -> SigmoidLayout:
    """The plan of the explanation of the probability of one of two classes."""
    arrange = lay_out_narrow if plan.viewport.width < NARROW_BELOW else lay_out_wide
    return arrange(plan, node)


def lay_out_wide(plan: Plan, node: Node) -> SigmoidLayout:
    """Side by side, right of all columns in miniature."""
    area, transforms, picture = stepped_aside(plan)
    close = close_box(area.right)
    back = info_box(close).left_of(INFO_GAP, BACK)
    words = area.below(bars_layout.TITLE_GAP, words_height(area.width, words=WORDS))
    formula = words.below(BETWEEN, FORMULA[0])
    graph = formula.below(BETWEEN, GRAPH[1], min(GRAPH[0], area.width - SHARES_WIDE - BETWEEN))
    shares = (
        graph.right_of(BETWEEN, 0, SHARES).reaching(right=area.right).centred_on(y=graph.middle)
    )
    return SigmoidLayout(
        node=node, sources=(), width=plan.width, height=max(plan.height, graph.bottom + BETWEEN),
        transforms=transforms, picture=picture,
        title=area.reaching(right=back.x - BETWEEN), words=words, formula=formula, graph=graph,
        shares=shares, back=back, close=close,
    )  # fmt: skip


def lay_out_narrow(plan: Plan, node: Node) -> SigmoidLayout:
    """One below the other, for a window as narrow as a phone's."""
    line, minis = narrow_miniatures(plan)
    close = close_box(line.right)
    title = line.below(bars_layout.TITLE_GAP, CONTROL)
    high = words_height(line.width - bars_layout.RAGGED, bars_layout.WORDS_LINE_NARROW, WORDS)
    words = title.below(bars_layout.TITLE_GAP, high)
    formula = words.below(BETWEEN, FORMULA[1])
    graph = formula.below(BETWEEN, GRAPH_NARROW, min(float(GRAPH[0]), line.width))
    shares = graph.below(BETWEEN, SHARES, line.width)
    foot = shares.bottom + BETWEEN
    return SigmoidLayout(
        node=node, sources=(), width=plan.viewport.width, height=foot + plan.height,
        transforms={**minis, **narrow_classes(plan, foot)}, picture=minis[plan.columns[0].layer],
        title=title, words=words, formula=formula, graph=graph, shares=shares,
        back=info_box(close).left_of(INFO_GAP, BACK), close=close, is_narrow=True,
    )  # fmt: skip
