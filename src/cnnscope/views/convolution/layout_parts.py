"""Layout of convolution: what has a place, and parts that windows of all widths share."""

from dataclasses import dataclass

from cnnscope.drawing.geometry import Box
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.dock import Dock, lay_out_dock, least_height
from cnnscope.views.convolution.row_layout import Row, convolution, given_shape, kernel_shape
from cnnscope.views.shared.detail_layout import DetailLayout

# All in CSS pixels.
LINKS = (40, 110)  # least and most from the numbers to the sum
BIAS = (64, 38)
BIAS_ABOVE = 20  # from the bias to the sum
BIAS_BELOW = 6  # from the sum to the bias, where it stands below
MAP_LEAST = 130  # side of the enlarged output
READOUT_GAP = 4  # from the enlarged output to its value
SUM_HEADING = 64  # over the sign of the sum
DOCK_GAP = 10  # above the arithmetic
SWITCH = 26  # which scale the contributions have
SWITCH_GAP = 4


@dataclass(frozen=True, kw_only=True)
class ConvolutionLayout(DetailLayout):
    """The place of everything while a convolution's node is explained."""

    rows: tuple[Row, ...]
    others: Box | None  # the row of all channels that have none, or what folds these again
    is_gathered: bool  # whether the rows have their maps too
    is_unfolded: bool  # whether every channel has a row
    bias: Box | None  # None for a layer without
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


def docked(network: Network, node: Node, bar: Box, bottom: float) -> Dock:
    """The arithmetic below the controls, down to the drawing's end or further."""
    kernel = kernel_shape(network, node)
    height = max(bottom - bar.bottom - DOCK_GAP, least_height(kernel))
    padding = convolution(network, node).padding
    return lay_out_dock(bar.below(DOCK_GAP, height), kernel, given_shape(network, node), padding)


def bias_box(network: Network, node: Node, plus: Box, top: float) -> Box | None:
    """The bias above the sum, or below it where there is no room below ``top``, if there is one."""
    if not convolution(network, node).has_bias:
        return None
    width, height = BIAS
    above = plus.above(BIAS_ABOVE, height, width).centred_on(x=plus.centre)
    return above if above.y >= top else above.at(y=plus.bottom + BIAS_BELOW)


def map_side(network: Network, node: Node, most: float) -> float:
    """Side of the enlarged output, about as large as it may be: its cells are whole pixels."""
    _, rows, cols = network.shapes[node.layer]
    longest = max(rows, cols)
    return float(max(1, int(max(most, MAP_LEAST) / longest)) * longest)
