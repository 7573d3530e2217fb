"""Sizes of the two enlarged maps: cells of whole pixels, in both the same.

framed, output = maps(network, Node("max_pool_1", 3), most=300, widest=5.7)
framed.width, output.width                    # 300, 150
inner(network, Node("max_pool_1", 3), framed) # the map itself, without the padding around it
"""

from math import ceil
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Cell
from cnnscope.nn.network import Network
from cnnscope.state.state import Node, Place

# All in CSS pixels.
MAP_MOST = 560  # side of an enlarged map, at most
MAP_LEAST = 96
CELL_MOST = 96  # of a map of very few cells, or of a unit, which is one
OUTPUT_LEAST = 48  # of the map that is made, which can be pointed at however little pooling left


class Rim(NamedTuple):
    """Rows and columns of padding that windows read around a map."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0


def maps(network: Network, node: Node, most: float, widest: float) -> tuple[Box, Box]:
    """The map that is read, with its rim, and the map that is made, at the corner.

    Their cells are squares of whole pixels, in both the same: what pooling made of a map is as
    much smaller. ``most`` px long is the map that is read, and ``widest`` px a cell, at most.
    """
    given, output = framed_shape(network, node), shapes_of(network, node)[1]
    cell = max(1, int(min(clamp(most, MAP_LEAST, MAP_MOST) / max(given), widest, CELL_MOST)))
    return map_box(given, cell), map_box(output, max(cell, ceil(OUTPUT_LEAST / max(output))))


def inner(network: Network, node: Node, framed: Box) -> Box:
    """The map that is read in the box of it and its rim."""
    rim, (rows, cols) = rim_of(network, node), shapes_of(network, node)[0]
    cell = framed.height / (rows + rim.top + rim.bottom)
    return Box(framed.x + rim.left * cell, framed.y + rim.top * cell, cols * cell, rows * cell)


def framed_shape(network: Network, node: Node) -> Place:
    """Rows and columns of the map that is read with its rim."""
    rim, (rows, cols) = rim_of(network, node), shapes_of(network, node)[0]
    return rows + rim.top + rim.bottom, cols + rim.left + rim.right


def rim_of(network: Network, node: Node) -> Rim:
    """How far windows reach beyond the map that is read, into its padding."""
    (rows, cols), (made_rows, made_cols) = shapes_of(network, node)
    layer, channel = network.layer(node.layer), node.channel
    first = layer.window(Cell(channel))
    last = layer.window(Cell(channel, made_rows - 1, made_cols - 1))
    return Rim(
        max(0, -first.rows[0]), max(0, last.rows[-1] + 1 - rows),
        max(0, -first.cols[0]), max(0, last.cols[-1] + 1 - cols),
    )  # fmt: skip


def shapes_of(network: Network, node: Node) -> tuple[Place, Place]:
    """Rows and columns of the map that is read, and of the map that is made; a unit has one."""
    given, output = (
        (*network.shapes[layer], 1, 1)[1:3] for layer in (network.before(node.layer), node.layer)
    )
    return (given[0], given[1]), (output[0], output[1])


def map_box(shape: Place, cell: int) -> Box:
    """A map's box at the corner, its cells so many pixels wide and high."""
    rows, cols = shape
    return Box(0, 0, float(cols * cell), float(rows * cell))
