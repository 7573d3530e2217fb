"""Channelwise numbers: one map made from one map, as by ReLU, batch normalisation, pooling.

A unit of a hidden layer is a map of one cell: what makes it from the unit before is the same.
"""

from dataclasses import dataclass, field

import numpy as np

from cnnscope.drawing.timeline import Pass, Slide
from cnnscope.nn.layers import AvgPool2d, Cell, Dense, Flatten, MaxPool2d, Window, one
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Sides
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts


@dataclass(frozen=True, eq=False)
class Peers:
    """All units of a hidden layer, before and after."""

    given: Array  # (units,)
    output: Array  # (units,)
    weighed: Node | None = None  # the weighted sum that the unit reads, where it reads one


@dataclass(frozen=True, eq=False)
class ChannelwiseNumbers:
    """The maps of a node that reads one channel, for one picture."""

    node: Node
    source: Node
    given: Array  # (rows, cols)
    output: Array  # (out_rows, out_cols)
    peers: Peers | None = field(default=None, kw_only=True)  # of a unit

    @property
    def all_given(self) -> Array:
        """All values that are told of: those of the map that is read, or of all units."""
        return self.given if self.peers is None else self.peers.given

    @property
    def all_output(self) -> Array:
        """All values that are told of: those of the map that is made, or of all units."""
        return self.output if self.peers is None else self.peers.output

    @property
    def rows_cols(self) -> Place:
        """Rows and columns of the output."""
        rows, cols = self.output.shape
        return rows, cols

    @property
    def given_rows_cols(self) -> Place:
        """Rows and columns of the map that is read."""
        rows, cols = self.given.shape
        return rows, cols

    def slide(self, pace: float) -> Slide:
        """The way of the window over the output, so many times as fast as usual."""
        return Pass(*self.rows_cols, pace)

    def window(self, place: Place) -> Window:
        """The input cells of which a place of the output is made: its own."""
        return Window(one(self.node.channel), *map(one, place))

    def place_over(self, row: int, col: int) -> Place:
        """The output place that an input cell makes: its own."""
        return row, col


@dataclass(frozen=True, eq=False)
class PoolNumbers(ChannelwiseNumbers):
    """The maps of a node of a pooling, of whatever kind."""

    layer: MaxPool2d | AvgPool2d

    def window(self, place: Place) -> Window:
        """The input cells of which a place of the output is made."""
        return self.layer.window(Cell(0, *place))

    def place_over(self, row: int, col: int) -> Place:
        """The output place whose window has an input cell, or the nearest that there is."""
        rows, cols = self.rows_cols
        (down, across), (top, left) = self.layer.stride, self.layer.sliding.start
        return min((row + top) // down, rows - 1), min((col + left) // across, cols - 1)

    def is_left_out(self, place: Place) -> tuple[bool, ...]:
        """Row by row of the window, whether a value lies beyond the map and does not count."""
        return self.is_beyond(place, ((0, 0), (0, 0)))

    def is_beyond(self, place: Place, padding: Sides) -> tuple[bool, ...]:
        """Row by row of the window, whether a value lies beyond the map with some padding."""
        (top, bottom), (left, right) = padding
        _, rows, cols = self.window(place)
        height, width = self.given_rows_cols
        return tuple(
            not (-top <= row < height + bottom and -left <= col < width + right)
            for row in rows
            for col in cols
        )

    @property
    def is_global(self) -> bool:
        """Whether there is one window, and it is the whole map."""
        return self.rows_cols == (1, 1) and self.layer.size == self.given_rows_cols

    @property
    def is_cut_short(self) -> bool:
        """Whether last windows reach beyond the map and its padding."""
        rows, cols = self.rows_cols
        return any(self.is_beyond((rows - 1, cols - 1), self.layer.padding))

    @property
    def share(self) -> float:
        """How many values come out for each that goes in."""
        return self.output.size / self.given.size


def maps_of(network: Network, trace: Trace, node: Node) -> tuple[Node, Node, Array, Array]:
    """(node, source, given, output): a node, the one that it reads, and the maps of both."""
    before = network.before(node.layer)
    given, output = trace[before][node.channel], trace[node.layer][node.channel]
    if is_vector(network, node.layer):
        given, output = np.reshape(given, (1, 1)), np.reshape(output, (1, 1))
    return node, source_of(network, node), given, output


def source_of(network: Network, node: Node) -> Node:
    """The node that a node reads; of a flattened map's element, the map."""
    before = network.before(node.layer)
    layer = None if before == INPUT else network.layer(before)
    if isinstance(layer, Flatten):
        return Node(network.before(before), layer.window(Cell(node.channel)).channels.start)
    return Node(before, node.channel)


def peers_of(network: Network, trace: Trace, node: Node) -> Peers | None:
    """All units of a node's layer, if it is one of units."""
    if not is_vector(network, node.layer):
        return None
    source = source_of(network, node)
    is_sum = source.layer != INPUT and isinstance(network.layer(source.layer), Dense)
    before = network.before(node.layer)
    return Peers(trace[before], trace[node.layer], source if is_sum else None)


def is_vector(network: Network, layer: str) -> bool:
    """Whether a layer makes numbers of numbers, and no maps."""
    return len(network.shapes[layer]) == 1


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view of a node: its grid, or how many units there are."""
    match network.shapes[node.layer]:
        case (_, rows, cols):
            return ViewFacts((rows, cols))
        case (units,):
            return ViewFacts(units=units)
        case _:
            return None
