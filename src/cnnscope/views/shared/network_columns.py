"""Columns of the network: which layers are drawn, which of their channels, and in how many rows.

A layer of maps is a column of nodes; one of more than ``ROWS`` stands in sub-columns abreast, one
of more than a page shows a page of its channels. A hidden dense layer is a column of small cells.

    columns = arranged(tuple(make_columns(network, page=64)), size=40, rows=14)
    columns[1].abreast    # 3, of 32 channels
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from cnnscope.nn.layers import Cell, Layer, expect, known_layer
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.state import Node
from cnnscope.state.validation import is_drawn

LONG = 3.0  # a long gap, in short ones
ROWS = 10  # channels that always stand in one column
MANY_CLASSES = 12  # up to so many are all drawn
TOP_CLASSES = 10  # of more, the most probable
CELL = 12  # px from one unit of a dense layer to the next
CELL_GAP = 1
CELLS_PAGE = 256  # units of a dense layer that are drawn at once
CELLS_LEAST = 52  # px: width of a column of cells, at least: its label has to be read


@dataclass(frozen=True)
class Shown:
    """What is drawn of layers that have more channels than there is room for."""

    pages: tuple[tuple[str, int], ...] = ()  # by layer, a channel of the page
    classes: tuple[int, ...] = ()  # the most probable ones, in this order


FIRST = Shown()
"""The first page of each."""


@dataclass(frozen=True)
class Column:
    """One layer as drawn: its nodes from top to bottom, and in the next sub-column again."""

    layer: str
    kind: str  # of layer, or ``input``
    is_classes: bool  # and not maps
    nodes: tuple[Node, ...]
    units_before: float
    slots: int  # places; the input of a colour picture has one more than nodes, for the picture
    total: int  # channels that the layer has
    is_cells: bool = False  # units of a dense layer
    nodes_before: int = 0  # how many nodes' widths stand before it
    px_before: float = 0.0  # what else stands before it, without gaps between columns
    rows: int = 1  # places below each other

    @property
    def abreast(self) -> int:
        """How many sub-columns it stands in."""
        return ceil(self.slots / self.rows)

    @property
    def is_input(self) -> bool:
        """Whether it is the picture's."""
        return self.kind == "input"

    @property
    def is_plain(self) -> bool:
        """Whether its nodes are maps or classes in one row from top to bottom."""
        return not self.is_cells and self.abreast == 1 and not self.px_before

    @property
    def is_paged(self) -> bool:
        """Whether only a page of its channels is drawn."""
        return not self.is_classes and len(self.nodes) < self.total

    @property
    def others(self) -> int:
        """How many classes are not drawn."""
        return self.total - len(self.nodes) if self.is_classes else 0

    @property
    def is_spread(self) -> bool:
        """Whether it takes more room than one node's width, or shows a part of its layer."""
        return self.is_cells or self.abreast > 1 or self.is_paged

    def breadth(self, size: float) -> float:
        """How many nodes of a size it is wide, as far as it takes part in a row of columns."""
        return self.width(size) / size

    def width(self, size: float) -> float:
        """Its width, px, with nodes of a size; of classes, that is another matter."""
        if self.is_cells:
            return float(max(CELLS_LEAST, self.abreast * CELL))
        return self.abreast * size + (self.abreast - 1) * apart(size)


def apart(size: float) -> float:
    """Between two nodes, px."""
    return float(max(4, size // 10))


def make_columns(network: Network, page: int, shown: Shown = FIRST) -> Iterator[Column]:
    """Columns of the input, of every layer of maps or of hidden units, and of the probabilities.

    Each shows at most ``page`` channels. Flattened maps and logits are not drawn here. Raises
    ShapeError for a network that does not end in probabilities.
    """
    last = network.layers[-1]
    is_answer = known_layer(last).draws == "classes"
    expect(is_answer, last.name, "a softmax as the last layer", type(last).__name__)
    units = 0.0
    pages = dict(shown.pages)
    for name, layer in [(INPUT, None), *((layer.name, layer) for layer in network.layers)]:
        if not is_drawn(network, name):
            continue
        kind = kind_of(layer)
        total, is_vector = network.shapes[name][0], len(network.shapes[name]) == 1
        is_classes = layer is last
        if layer is not None:
            units += 1.0 if layer.is_channelwise else LONG
        if is_classes:
            channels: tuple[int, ...] = classes_shown(total, shown.classes)
        else:
            most = CELLS_PAGE if is_vector else total if layer is None else page
            at = pages.get(paged_with(network, name), 0)
            channels = tuple(page_of(total, most, at))
        nodes = tuple(Node(name, channel) for channel in channels)
        extra = has_tile(network) if layer is None else is_classes and len(nodes) < total
        yield Column(
            name, kind, is_classes, nodes, units, len(nodes) + extra, total,
            is_cells=is_vector and not is_classes, rows=len(nodes) + extra,
        )  # fmt: skip


def has_tile(network: Network) -> bool:
    """Whether the whole picture stands over its channels: a single channel is the picture."""
    return network.input_shape[0] > 1


def classes_shown(total: int, ranked: tuple[int, ...]) -> tuple[int, ...]:
    """The classes that are drawn, of so many: all, or the most probable."""
    if total <= MANY_CLASSES:
        return tuple(range(total))
    return (ranked or tuple(range(total)))[:TOP_CLASSES]


def page_of(total: int, page: int, channel: int) -> range:
    """The channels of the page that a channel is on."""
    first = min(channel, total - 1) // page * page
    return range(first, min(first + page, total))


def may_page(network: Network, node: Node) -> bool:
    """Whether a layer has so many channels or units that some window draws a page of them."""
    shape = network.shapes.get(node.layer, (0,))
    is_last = node.layer == network.layers[-1].name
    return not is_last and shape[0] > (ROWS if len(shape) > 1 else CELLS_PAGE)


def paged_with(network: Network, name: str) -> str:
    """The layer whose page a layer shows: itself, or where its channels are made, if one by one."""
    while name != INPUT and network.layer(name).is_channelwise:
        before = network.before(name)
        if len(network.shapes[before]) != len(network.shapes[name]):
            break
        name = before
    return name


def kind_of(layer: Layer | None) -> str:
    """What a column is drawn as. Raises ShapeError for a kind of layer that nobody knows."""
    return "input" if layer is None else known_layer(layer).kind


def arranged(columns: tuple[Column, ...], size: int, rows: int) -> tuple[Column, ...]:
    """Columns in so many rows of nodes of a size, and what stands before each."""
    made: list[Column] = []
    for column in columns:
        if column.is_classes or column.is_cells or column.slots <= max(rows, ROWS):
            high = column.slots
        else:
            high = ceil(column.slots / ceil(column.slots / max(rows, ROWS)))
        made.append(replace(column, rows=high))
    band = band_of(made, size)
    nodes, px = 0, 0.0
    for place, column in enumerate(made):
        if column.is_cells:
            fit = max(1, int(band // CELL))
            column = replace(column, rows=ceil(column.slots / ceil(column.slots / fit)))
        made[place] = column = replace(column, nodes_before=nodes, px_before=px)
        nodes += 0 if column.is_cells else column.abreast
        px += column.width(size) - (0 if column.is_cells else column.abreast * size)
    return tuple(made)


def band_of(columns: list[Column], size: int) -> float:
    """Height of all nodes, px: that of the column with most rows of them."""
    return max(each.rows for each in columns if not each.is_cells) * (size + apart(size))


def find_sources(
    network: Network, columns: tuple[Column, ...]
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The drawn nodes of the column before that each node is computed from."""
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
    return tuple(each for each in before if each.channel in channels)
