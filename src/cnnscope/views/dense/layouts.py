"""Layouts of the dense layer, whichever way the maps that it weighs stand in the network.

plan = lay_out_dense(network, overview_plan, Node("output", 6))
plan.lines[2].strip   # Box(...)
"""

from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.dense import layout, spread_layout
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.shared.detail_layout import NARROW_BELOW
from cnnscope.views.shared.network_plan import Plan


def lay_out_dense(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """The plan of the explanation of a sum; of many maps those that contribute most have lines."""
    return lay_out_lines(network, plan, node, unfolded=False)


def lay_out_all_dense(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """The same with a line for each map, also where they are many."""
    return lay_out_lines(network, plan, node, unfolded=True)


def lay_out_lines(network: Network, plan: Plan, node: Node, *, unfolded: bool) -> DenseLayout:
    """The plan with all maps or with as many as are listed at first."""
    lines = spread_layout.lines_of(network, node, unfolded=unfolded)
    is_narrow = plan.viewport.width < NARROW_BELOW
    if is_plain(plan, node) and not lines.is_folding:
        lay_out_plain = layout.lay_out_narrow if is_narrow else layout.lay_out_wide
        return lay_out_plain(network, plan, node)
    arrange = spread_layout.lay_out_narrow if is_narrow else spread_layout.lay_out_wide
    return arrange(network, plan, node, lines)


def is_plain(plan: Plan, node: Node) -> bool:
    """Whether the maps that are weighed stand as one column before the classes."""
    before, last = plan.columns[-2:]
    return node.layer == last.layer and not before.is_spread and not before.is_cells
