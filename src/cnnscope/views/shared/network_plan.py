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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.network_columns import (
    CELL,
    CELL_GAP,
    FIRST,
    ROWS,
    Column,
    Shown,
    apart,
    arranged,
    band_of,
    find_sources,
    make_columns,
)

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
WRAPPED_SIZES = range(24, 101, 4)  # where columns stand in sub-columns
LONGEST_PLAIN = 12  # channels of a column that never does
PAGES = (64, 32, 16, ROWS)  # channels that are drawn of a layer at once: the most that have room
PAGER_LEAST = 56  # its width, where there is room
PAGER = 44  # below columns of which there is another page
STRIP_BELOW = 700  # windows narrower than this scroll the network sideways
STRIP_NODE = 44
STRIP_WIDTH = 860
SHORT_LEAST = 0.2  # of a node: narrower, and neighbouring columns read as one
LABEL_LEAST = 42  # px of a column's label
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
    others: Box | None = None  # the sum of the classes that are not drawn

    @cached_property
    def column_of(self) -> Mapping[str, Column]:
        """Columns by layer."""
        return {column.layer: column for column in self.columns}

    def column_box(self, layer: str) -> Box:
        """The place of a column, as wide as it is and as high as its first node."""
        column = self.column_of[layer]
        first = self.boxes[column.nodes[0]]
        if not column.is_spread:
            return first
        whole = first.union(self.boxes[column.nodes[-1]])
        return whole.sized(column.width(self.node_size), first.height).centred_on(x=whole.centre)

    def pager(self, layer: str) -> Box:
        """The place of what leads to the other pages of a layer's channels."""
        column = self.column_box(layer)
        wide = max(column.width, min(column.width + self.unit, PAGER_LEAST))
        return column.at(y=LABELS + self.band).sized(wide, PAGER).centred_on(x=column.centre)

    def span(self, layers: Sequence[str]) -> Box:
        """The place of a legend under neighbouring columns, first to last."""
        first, last = (self.column_box(layers[i]) for i in (0, -1))
        return first.union(last).reaching(bottom=self.height).foot(LEGENDS - LEGENDS_GAP)

    def tab_stop(self, reached: Node | None) -> Node:
        """Where Tab comes to the network: the node last reached, if it is drawn, else the first."""
        first = self.columns[0].nodes[0]
        return first if reached is None or reached not in self.boxes else reached

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

    Up and down stay in the column; left and right go to the nearest node of the next sub-column, or
    of the next column.
    """
    column = plan.column_of[node.layer]
    if across == 0:
        place = column.nodes.index(node) + down
        return column.nodes[int(clamp(place, 0, len(column.nodes) - 1))]
    here = plan.boxes[node]
    beside = [each for each in column.nodes if (plan.boxes[each].x - here.x) * across > 0]
    if not beside:
        place = plan.columns.index(column) + across
        if not 0 <= place < len(plan.columns):
            return node
        beside = list(plan.columns[place].nodes)
    return min(beside, key=lambda each: far(here, plan.boxes[each]))


def far(here: Box, there: Box) -> tuple[float, float]:
    """How far one box is from another: whether it is at another height counts for more."""
    return round(abs(there.middle - here.middle), 3), abs(there.centre - here.centre)


def lay_out(network: Network, viewport: Viewport, shown: Shown = FIRST) -> Plan:
    """The plan of the whole network for a window."""
    columns, size = fitted(network, viewport, shown)
    width = STRIP_WIDTH if viewport.is_strip else viewport.width
    unit = max(0.0, (width - fixed_width(columns, size)) / columns[-1].units_before)
    band = band_of(list(columns), size)
    foot = PAGER if any(column.is_paged for column in columns) else 0
    boxes = {
        node: node_box(column, place, size, unit, band)
        for column in columns
        for place, node in enumerate(column.nodes, column.is_input * (column.slots - column.total))
    }
    last = columns[-1]
    return Plan(
        viewport,
        max(width, fixed_width(columns, size)),
        LABELS + band + foot + LEGENDS,
        size,
        unit,
        band,
        columns,
        boxes,
        dict(find_sources(network, columns)),
        node_box(columns[0], 0, size, unit, band),
        node_box(last, last.slots - 1, size, unit, band) if last.others else None,
    )


def fitted(network: Network, viewport: Viewport, shown: Shown) -> tuple[tuple[Column, ...], int]:
    """Columns with as many channels as have room, and the side of their nodes: as large as can be.

    A narrow window has fewer channels at a time and not smaller ones: it scrolls sideways.
    """
    if viewport.is_strip:
        columns = tuple(make_columns(network, PAGES[-1], shown))
        return arranged(columns, STRIP_NODE, ROWS), STRIP_NODE
    for page in PAGES:
        columns = tuple(make_columns(network, page, shown))
        longest = max(column.slots for column in columns if not column.is_cells)
        sizes = NODE_SIZES if longest <= LONGEST_PLAIN else WRAPPED_SIZES
        for size in reversed(sizes):
            made = arranged(columns, size, rows_in(viewport, size))
            if fits(made, size, viewport):
                return made, size
        if longest <= LONGEST_PLAIN:
            break
    return made, sizes[0]


def rows_in(viewport: Viewport, size: int) -> int:
    """How many nodes of a size have room below each other in a window."""
    return int((viewport.height - CHROME - LABELS - LEGENDS - PAGER) // pitch(size))


def fits(columns: tuple[Column, ...], size: int, viewport: Viewport) -> bool:
    """Whether a window has room for columns of nodes of a size."""
    is_wide = least_width(columns, size) <= viewport.width
    return is_wide and least_height(columns, size) <= viewport.height


def node_size(columns: tuple[Column, ...], viewport: Viewport) -> int:
    """Side of a node in plain columns: the largest with which the whole network fits the window."""
    fitting = (size for size in NODE_SIZES if fits(columns, size, viewport))
    return max(fitting, default=NODE_SIZES[0])


def least_width(columns: tuple[Column, ...], size: int) -> float:
    """The narrowest window for nodes of a size."""
    narrow = [column.width(size) for column in columns[1:-1] if column.width(size) < LABEL_LEAST]
    gap = max(SHORT_LEAST * size, LABEL_LEAST - min(narrow, default=LABEL_LEAST))
    return fixed_width(columns, size) + columns[-1].units_before * gap


def least_height(columns: tuple[Column, ...], size: int) -> float:
    """The lowest window in which nodes of a size need no scrolling."""
    foot = PAGER if any(column.is_paged for column in columns) else 0
    return CHROME + LABELS + foot + LEGENDS + band_of(list(columns), size)


def fixed_width(columns: tuple[Column, ...], size: int) -> float:
    """Width of all that is no gap."""
    return 2 * PAD + columns[-1].nodes_before * size + columns[-1].px_before + OUTPUT_WIDTH


def pitch(size: int) -> int:
    """From one node of the longest column to the next, px."""
    return size + int(apart(size))


def node_box(column: Column, place: int, size: int, unit: float, band: float) -> Box:
    """Box of the ``place``-th slot of a column."""
    x = PAD + column.nodes_before * size + column.px_before + column.units_before * unit
    aside, row = divmod(place, column.rows)
    if column.is_cells:
        top = LABELS + (band - column.rows * CELL) / 2
        inset = (column.width(size) - column.abreast * CELL) / 2
        side = CELL - CELL_GAP
        return Box(x + inset + aside * CELL, top + row * CELL, side, side)
    return Box(
        x + aside * pitch(size),
        LABELS + band * (row + 0.5) / column.rows - size / 2,
        OUTPUT_WIDTH if column.is_classes else size,
        size,
    )
