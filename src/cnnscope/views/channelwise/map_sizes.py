"""Sizes of the two enlarged maps: cells of whole pixels, in both the same.

given, output = maps(network, Node("max_pool_1", 3), most=300, widest=5.7)
given.width, output.width   # 300, 150
"""

from math import ceil

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node, Place

# All in CSS pixels.
MAP_MOST = 560  # side of an enlarged map, at most
MAP_LEAST = 96
OUTPUT_LEAST = 48  # of the map that is made, which can be pointed at however little pooling left


def maps(network: Network, node: Node, most: float, widest: float) -> tuple[Box, Box]:
    """The map that is read and the map that is made, at the corner.

    Their cells are squares of whole pixels, in both the same: what pooling made of a map is as
    much smaller. ``most`` px long is the map that is read, and ``widest`` px a cell, at most.
    """
    given, output = shapes_of(network, node)
    cell = max(1, int(min(clamp(most, MAP_LEAST, MAP_MOST) / max(given), widest)))
    return map_box(given, cell), map_box(output, max(cell, ceil(OUTPUT_LEAST / max(output))))


def shapes_of(network: Network, node: Node) -> tuple[Place, Place]:
    """Rows and columns of the map that is read, and of the map that is made."""
    _, *given = network.shapes[network.before(node.layer)]
    _, *output = network.shapes[node.layer]
    return (given[0], given[1]), (output[0], output[1])


def map_box(shape: Place, cell: int) -> Box:
    """A map's box at the corner, its cells so many pixels wide and high."""
    rows, cols = shape
    return Box(0, 0, float(cols * cell), float(rows * cell))
