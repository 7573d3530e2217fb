"""Layout of the network: a pure function of the network and the viewport.

This is the only place where positions are computed. Nothing is stored per layer or measured
from the page, so another sequential network lays out with no new code.

    plan = lay_out(network, Viewport(1440, 900))
    plan.boxes[Node("conv_1_1", 3)]   # Box(x=..., y=..., width=64, height=64)

Columns stand one node apart from each other plus a gap: a short one before a layer that works
channel by channel (ReLU, pooling), a long one, ``LONG`` times as wide, before a layer that mixes
channels. So each x is ``PAD + nodes_before * node_size + units_before * unit``: linear in the
two lengths that depend on the window, which lets the page's skeleton be placed by CSS alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Cell, Layer, expect, known_layer
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.state import Node

# All in CSS pixels.
PAD = 20  # left and right of the network
LABELS = 52  # above the nodes: a layer's name in up to two lines, and its shape
LEGENDS = 52  # below them: bars with ticks and words
LEGENDS_GAP = 8  # from the last node to them
OUTPUT_WIDTH = 140  # a class name, its bar, its percentage
HEADER = 52  # the masthead
CONTROLS = 64  # the toolbar, as high as a window has room for all of it in one row
STORY = 34  # the line above the network: up to two of letters
CHROME = HEADER + CONTROLS + STORY  # above the network in the same window
NODE_SIZES = range(36, 101, 4)
STRIP_BELOW = 700  # windows narrower than this scroll the network sideways
STRIP_NODE = 44
STRIP_WIDTH = 860
LONG = 3.0  # a long gap, in short ones
SHORT_LEAST = 0.2  # of a node: narrower, and neighbouring columns read as one
EDGE = 4  # of the drawing, which nothing beside a node comes nearer to
CARD_WIDTH = 360
CARD_EDGE = 8  # the same above and below it
CARD_HEIGHT = 500  # about a map; its text decides, this only keeps it inside
CLASS_CARD_HEIGHT = 200
SHEET_BELOW = 800  # narrower windows show the card as a sheet at their foot
CARD_GAP = 18  # between a node and the card about it
READOUT_WIDTH = 236
READOUT_GAP = 10
READOUT_HALF = 34  # half of its height, with three lines


@dataclass(frozen=True)
class Viewport:
    """The window, in CSS px; ``width`` without a scroll bar."""

    width: float
    height: float

    @property
    def is_strip(self) -> bool:
        """Whether the network is wider than the window and scrolls sideways."""
        return self.width < STRIP_BELOW


GROWN = Viewport(1600, 900)
"""From this size on, all lengths grow with the window: see the style of the page."""

PAPER = Viewport(1256, 899)
"""The window whose views go on an A4 sheet on its side, drawn at ``--on-paper``."""


@dataclass(frozen=True)
class Column:
    """One layer as drawn: its nodes in a row from top to bottom."""

    layer: str
    kind: str  # of layer, or ``input``
    is_classes: bool  # and not maps
    nodes: tuple[Node, ...]
    nodes_before: int
    units_before: float
    slots: int  # places in the column; the input has one more than nodes, for the picture


@dataclass(frozen=True)
class Plan:
    """The place of everything in the network's drawing, whose corner is (0, 0)."""

    viewport: Viewport
    width: float
    height: float
    node_size: int
    unit: float  # a short gap, px
    band: float  # from the top of the first node's slot to the bottom of the last's, px
    columns: tuple[Column, ...]
    boxes: Mapping[Node, Box]
    sources: Mapping[Node, tuple[Node, ...]]  # nodes of the column before that a node reads
    picture: Box  # the whole picture, above its channels

    @cached_property
    def column_of(self) -> Mapping[str, Column]:
        """Columns by layer."""
        return {column.layer: column for column in self.columns}

    def span(self, layers: Sequence[str]) -> Box:
        """The place of a legend under neighbouring columns, first to last."""
        first, last = (self.boxes[self.column_of[layers[i]].nodes[0]] for i in (0, -1))
        return first.union(last).reaching(bottom=self.height).foot(LEGENDS - LEGENDS_GAP)

    def card(self, node: Node) -> Box:
        """The place of the card about a node: beside it and beside what it is computed from."""
        box = self.boxes[node]
        is_class = self.column_of[node.layer].is_classes
        height = CLASS_CARD_HEIGHT if is_class else CARD_HEIGHT
        card = box.right_of(CARD_GAP, CARD_WIDTH, height).centred_on(y=box.middle)
        card = card.at(y=clamp(card.y, CARD_EDGE, self.height - height - CARD_EDGE))
        if card.right <= self.width:
            return card
        lit = min(self.boxes[each].x for each in (node, *self.sources[node]))
        return card.at(x=max(EDGE, lit - CARD_GAP - CARD_WIDTH))

    def readout(self, node: Node) -> tuple[float, float]:
        """Left and vertical middle of the read-out of a node: beside it, over a class."""
        return self.readout_beside(self.boxes[node], self.column_of[node.layer].is_classes)

    def readout_beside(self, box: Box, is_class: bool) -> tuple[float, float]:
        """Left and vertical middle of the read-out of a node that stands in a box.

        What a node is computed from is on its left, so the read-out is on its right; where there is
        no room, over it, or under it at the top.
        """
        furthest = self.width - READOUT_WIDTH - EDGE
        if not is_class and box.right + EDGE <= furthest:
            return min(box.right + READOUT_GAP, furthest), box.middle
        away = READOUT_HALF + (0 if is_class else READOUT_GAP)
        over = box.y - away
        return furthest, over if over > READOUT_HALF else box.bottom + away


def neighbour(plan: Plan, node: Node, across: int, down: int) -> Node:
    """The node reached by an arrow key, or the node itself at an edge.

    Up and down stay in the column; left and right go to the nearest node of the next column.
    """
    column = plan.column_of[node.layer]
    if across == 0:
        return column.nodes[int(clamp(node.channel + down, 0, len(column.nodes) - 1))]
    place = int(clamp(plan.columns.index(column) + across, 0, len(plan.columns) - 1))
    if place == plan.columns.index(column):
        return node
    middle = plan.boxes[node].middle
    return min(plan.columns[place].nodes, key=lambda other: abs(plan.boxes[other].middle - middle))


def lay_out(network: Network, viewport: Viewport) -> Plan:
    """The plan of the whole network for a window."""
    columns = tuple(make_columns(network))
    size = node_size(columns, viewport)
    width = STRIP_WIDTH if viewport.is_strip else viewport.width
    unit = max(0.0, (width - fixed_width(columns, size)) / columns[-1].units_before)
    band = max(column.slots for column in columns) * pitch(size)
    boxes = {
        node: node_box(column, place, size, unit, band)
        for column in columns
        for place, node in enumerate(column.nodes, column.slots - len(column.nodes))
    }
    return Plan(
        viewport,
        max(width, fixed_width(columns, size)),
        LABELS + band + LEGENDS,
        size,
        unit,
        band,
        columns,
        boxes,
        dict(find_sources(network, columns)),
        node_box(columns[0], 0, size, unit, band),
    )


def make_columns(network: Network) -> Iterator[Column]:
    """Columns of the input, of every layer of maps, and of the class probabilities.

    Vectors between the last maps and the classes are not drawn here. Raises ShapeError for a
    network that does not end in probabilities.
    """
    last = network.layers[-1]
    is_answer = known_layer(last).draws == "classes"
    expect(is_answer, last.name, "a softmax as the last layer", type(last).__name__)
    units = 0.0
    shown = [(INPUT, None), *((layer.name, layer) for layer in network.layers)]
    count = 0
    for name, layer in shown:
        shape = network.shapes[name]
        is_classes = layer is not None and known_layer(layer).draws == "classes"
        if len(shape) != 3 and not is_classes:
            continue
        if layer is not None:
            units += 1.0 if layer.is_channelwise else LONG
        nodes = tuple(Node(name, channel) for channel in range(shape[0]))
        slots = len(nodes) + (layer is None)
        yield Column(name, kind_of(layer), is_classes, nodes, count, units, slots)
        count += 1


def kind_of(layer: Layer | None) -> str:
    """What a column is drawn as. Raises ShapeError for a kind of layer that nobody knows."""
    return "input" if layer is None else known_layer(layer).kind


def find_sources(
    network: Network, columns: tuple[Column, ...]
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The nodes of the column before that each node is computed from."""
    before: tuple[Node, ...] = ()
    for column in columns:
        for node in column.nodes:
            yield node, read_by(network, before, node)
        before = column.nodes


def read_by(network: Network, before: tuple[Node, ...], node: Node) -> tuple[Node, ...]:
    """Those of the nodes ``before`` that ``node`` is computed from."""
    if not before or node.layer == INPUT:
        return ()
    names = [INPUT, *(layer.name for layer in network.layers)]
    if names.index(node.layer) - names.index(before[0].layer) > 1:
        return before  # through vectors, which mix all that comes before
    channels = network.layer(node.layer).window(Cell(node.channel)).channels
    return tuple(before[channel] for channel in channels)


def node_size(columns: tuple[Column, ...], viewport: Viewport) -> int:
    """Side of a node: the largest with which the whole network fits the window."""
    if viewport.is_strip:
        return STRIP_NODE
    fitting = (
        size
        for size in NODE_SIZES
        if least_width(columns, size) <= viewport.width
        and least_height(columns, size) <= viewport.height
    )
    return max(fitting, default=NODE_SIZES[0])


def least_width(columns: tuple[Column, ...], size: int) -> float:
    """The narrowest window for nodes of a size."""
    return fixed_width(columns, size) + columns[-1].units_before * SHORT_LEAST * size


def least_height(columns: tuple[Column, ...], size: int) -> float:
    """The lowest window in which nodes of a size need no scrolling."""
    return CHROME + LABELS + LEGENDS + max(column.slots for column in columns) * pitch(size)


def fixed_width(columns: tuple[Column, ...], size: int) -> float:
    """Width of all that is no gap."""
    return 2 * PAD + (len(columns) - 1) * size + OUTPUT_WIDTH


def pitch(size: int) -> int:
    """From one node of the longest column to the next, px."""
    return size + max(4, size // 10)


def node_box(column: Column, place: int, size: int, unit: float, band: float) -> Box:
    """Box of the ``place``-th slot of a column."""
    return Box(
        PAD + column.nodes_before * size + column.units_before * unit,
        LABELS + band * (place + 0.5) / column.slots - size / 2,
        OUTPUT_WIDTH if column.is_classes else size,
        size,
    )
