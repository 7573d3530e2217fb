"""Channelwise numbers: one map made from one map, as by ReLU, batch normalisation, pooling."""

from dataclasses import dataclass

from cnnscope.drawing.timeline import Pass, Slide
from cnnscope.nn.layers import AvgPool2d, Cell, MaxPool2d, Window, one
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts


@dataclass(frozen=True, eq=False)
class ChannelwiseNumbers:
    """The maps of a node that reads one channel, for one picture."""

    node: Node
    source: Node
    given: Array  # (rows, cols)
    output: Array  # (out_rows, out_cols)

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
        _, rows, cols = self.window(place)
        height, width = self.given_rows_cols
        return tuple(not (0 <= row < height and 0 <= col < width) for row in rows for col in cols)

    @property
    def share(self) -> float:
        """How many values come out for each that goes in."""
        return self.output.size / self.given.size


def maps_of(network: Network, trace: Trace, node: Node) -> tuple[Node, Node, Array, Array]:
    """(node, source, given, output): a node, the one that it reads, and the maps of both."""
    source = Node(network.before(node.layer), node.channel)
    return node, source, trace[source.layer][source.channel], trace[node.layer][node.channel]


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view of a node: its grid; None for a unit, which has no map."""
    shape = network.shapes[node.layer]
    if len(shape) == 1:
        return None
    _, rows, cols = shape
    return ViewFacts((rows, cols))
