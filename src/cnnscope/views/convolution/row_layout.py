"""Layout of a convolution's rows: each channel's map, kernel, contribution, and that as a number.

Up to a few maps stay in their column, and the rows begin there. Where they are more or one alone,
stand in several sub-columns, are not all drawn or not all read, the rows are gathered: their column
steps aside like the others, and each row has the map too.

    make_row(Box(100, 52, 64, 64), kernel_size(network, node, 64)).contribution   # Box(...)
    gathered_rows(network, node, Box(100, 52, 64, 64), count=10)                  # a list of rows
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.nn.sliding import Sides
from cnnscope.state.state import Node, Place
from cnnscope.views.shared.detail_layout import Transform, value_beside
from cnnscope.views.shared.folding import TOP, folds
from cnnscope.views.shared.network_columns import apart
from cnnscope.views.shared.network_plan import Plan

# All in CSS pixels.
KERNEL_CELL = 15
KERNEL_CELL_LEAST = 4
KERNEL_SHARE = 0.75  # of a node, at most
KERNEL_GAP = 28  # from a map to its kernel
KERNEL_NARROW = 16  # a kernel that is no wider has room for its label
KERNEL_ROOM = 40  # so much in all
TIMES = 24  # between a kernel and what it contributes, where an arrow is drawn
SLOT = (28, 64)  # least and most side of a map in rows that are gathered


@dataclass(frozen=True)
class Row:
    """One input channel's way: its map, its kernel, what it contributes, that as a number."""

    source: Box
    kernel: Box
    contribution: Box
    value: Box


class Rows(NamedTuple):
    """The rows, the one below them, and how their column steps there."""

    rows: tuple[Row, ...]
    others: Box | None
    stepped: Transform | None  # None where the rows have their own maps

    @property
    def bottom(self) -> float:
        """Y of the foot of the last of them."""
        return self.rows[-1].contribution.bottom if self.others is None else self.others.bottom

    @property
    def maps(self) -> Box:
        """The first map of them all, down to the foot of the last row."""
        return self.rows[0].source.reaching(bottom=self.bottom)


def read_by(network: Network, node: Node) -> int:
    """How many channels a node of a convolution reads."""
    return len(convolution(network, node).sources(node.channel))


def rows_of(network: Network, node: Node, *, is_unfolded: bool) -> int:
    """How many channels have a row of their own."""
    count = read_by(network, node)
    return TOP if folds(count) and not is_unfolded else count


def is_gathered(network: Network, plan: Plan, node: Node) -> bool:
    """Whether the maps cannot be the first part of the rows where they stand in their column."""
    read, drawn = read_by(network, node), plan.sources.get(node, ())
    column = plan.columns[plan.columns.index(plan.column_of[node.layer]) - 1]
    is_partial = not len(drawn) == read == column.total
    size = float(plan.node_size)
    is_wide = column.is_spread or widest_rim(network, node, size) > apart(size)
    return is_partial or is_wide or read < 2 or folds(read)


def convolution(network: Network, node: Node) -> Conv2d:
    """The layer of a node. Raises TypeError where that is no convolution."""
    layer = network.layer(node.layer)
    if not isinstance(layer, Conv2d):
        raise TypeError(f"{node.layer}: expected a convolution, got {type(layer).__name__}")
    return layer


def given_shape(network: Network, node: Node) -> Place:
    """Rows and columns of the maps that a node reads."""
    _, rows, cols = network.shapes[network.before(node.layer)]
    return rows, cols


def widest_rim(network: Network, node: Node, size: float) -> float:
    """The most padding on a side of a map that is drawn so large."""
    padding = convolution(network, node).padding
    shape = given_shape(network, node)
    return max(max(sides) * size / along for sides, along in zip(padding, shape, strict=True))


def make_rows(network: Network, plan: Plan, node: Node, stepped: Transform) -> tuple[Row, ...]:
    """The way of each input channel, from where its map comes to stand."""
    kernel = kernel_size(network, node, float(plan.node_size))
    return tuple(
        make_row(stepped.box(plan.boxes[source]), *kernel) for source in plan.sources[node]
    )


def make_row(source: Box, kernel_width: float, kernel_height: float) -> Row:
    """What stands beside the map of an input channel."""
    kernel = source.right_of(KERNEL_GAP, kernel_width, kernel_height).centred_on(y=source.middle)
    beside = KERNEL_ROOM / 2 if kernel_width < KERNEL_NARROW else 0
    kernel = kernel.moved(dx=beside)
    contribution = source.at(x=kernel.right + beside + TIMES)
    value = value_beside(contribution)
    return Row(source=source, kernel=kernel, contribution=contribution, value=value)


def stood(network: Network, node: Node, first: Box, is_unfolded: bool) -> Rows:
    """Rows that have their own maps, the first in a square; the row of the others below them."""
    count, read = rows_of(network, node, is_unfolded=is_unfolded), read_by(network, node)
    rows = gathered_rows(network, node, first, count)
    if rows_of(network, node, is_unfolded=False) == read:
        return Rows(rows, None, None)
    others = first.moved(dy=count * pitch(first.height)).reaching(right=rows[0].value.right)
    return Rows(rows, others, None)


def slot_side(height: float, count: int) -> float:
    """Side of a map, where so many rows are to stand in a height: whole pixels."""
    least, most = SLOT
    fitting = (side for side in range(most, least, -1) if count * pitch(side) <= height)
    return float(next(fitting, least))


def pitch(side: float) -> float:
    """From one row to the next, of maps so large."""
    return side + apart(side)


def gathered_rows(network: Network, node: Node, first: Box, count: int) -> tuple[Row, ...]:
    """So many rows below each other, each with its own map; the first map is in a square.

    A map is drawn so much smaller than its square that its padding has room in that too.
    """
    layer = convolution(network, node)
    inner = within_padding(first, layer.padding, given_shape(network, node))
    kernel = kernel_size(network, node, first.width)
    made = []
    for k in range(count):
        down = k * pitch(first.height)
        row = make_row(first.moved(dy=down), *kernel)
        made.append(Row(inner.moved(dy=down), row.kernel, row.contribution, row.value))
    return tuple(made)


def within_padding(whole: Box, padding: Sides, shape: Place) -> Box:
    """The part of a box that a map of a shape takes, whose padding takes the rest."""
    ((top, bottom), (left, right)), (rows, cols) = padding, shape
    down, across = whole.height / (rows + top + bottom), whole.width / (cols + left + right)
    return Box(whole.x + left * across, whole.y + top * down, cols * across, rows * down)


def around_padding(inner: Box, padding: Sides, shape: Place) -> Box:
    """A map's box together with its padding."""
    ((top, bottom), (left, right)), (rows, cols) = padding, shape
    down, across = inner.height / rows, inner.width / cols
    return inner.reaching(
        left=inner.x - left * across, top=inner.y - top * down,
        right=inner.right + right * across, bottom=inner.bottom + bottom * down,
    )  # fmt: skip


def kernel_shape(network: Network, node: Node) -> Place:
    """Rows and columns of a node's kernels."""
    rows, cols = convolution(network, node).kernel.shape[2:]
    return rows, cols


def kernel_size(network: Network, node: Node, size: float) -> tuple[float, float]:
    """Width and height of a kernel beside a node of a size; its cells are square."""
    rows, cols = kernel_shape(network, node)
    longest = max(rows, cols)
    least = clamp(size // longest, 1, KERNEL_CELL_LEAST)
    cell = max(least, int(min(KERNEL_CELL, KERNEL_SHARE * size / longest)))
    return float(cols * cell), float(rows * cell)
