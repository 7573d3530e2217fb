"""Layout of convolution: where everything stands, a pure function, like ``network_plan``.

The node's sources move beside each other with their kernels, what each contributes, the sum and
the enlarged output; the other columns step aside in miniature.

    plan = lay_out_convolution(network, overview_plan, Node("conv_1_2", 3))
    plan.transforms["conv_1_1"]   # Transform(x=..., y=..., scale=0.4)
    plan.rows[0].kernel       # Box(...)
"""

from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.narrow_layout import lay_out_narrow
from cnnscope.views.convolution.wide_layout import lay_out_wide
from cnnscope.views.shared.detail_layout import NARROW_BELOW
from cnnscope.views.shared.network_plan import Plan


def lay_out_convolution(
    network: Network, plan: Plan, node: Node, *, is_unfolded: bool = False
) -> ConvolutionLayout:
    """The plan of the numbers of a convolution's node.

    Raises KeyError for a node whose layer is not drawn.
    """
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(network, plan, node, is_unfolded)
    return lay_out_wide(network, plan, node, is_unfolded)


def lay_out_unfolded(network: Network, plan: Plan, node: Node) -> ConvolutionLayout:
    """The same with a row for every channel."""
    return lay_out_convolution(network, plan, node, is_unfolded=True)
