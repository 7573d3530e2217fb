"""Convolution's numbers of one node: its inputs, contributions, bias and output.

numbers = explain(network, trace, Node("conv_1_2", 3))
numbers.contributions        # (10, 60, 60); their sum and the bias are the output
numbers.sum_at((2, 6))       # displayed numbers that add up
numbers.order((2, 6))        # channels, the one that contributes most first
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnscope.drawing.rounding import Sum, product, thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.drawing.timeline import Pass, Slide
from cnnscope.nn.layers import Cell, Conv2d, Window
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts
from cnnscope.views.shared.folding import folds

READ_MOST = 7  # rows or columns of a kernel whose numbers are all written


@dataclass(frozen=True, eq=False)
class ConvNumbers:
    """All the numbers of one node of a convolution for one picture."""

    node: Node
    layer: Conv2d
    source: str  # name of the layer before
    inputs: Array  # (in, h, w)
    output: Array  # (out_h, out_w)

    def source_node(self, channel: int) -> Node:
        """The node of a channel that is read: they are counted from the first of its group."""
        return Node(self.source, self.layer.sources(self.node.channel)[channel])

    @cached_property
    def contributions(self) -> Array:
        """What each channel that is read adds to the output: (read, out_h, out_w)."""
        return self.layer.contributions(self.inputs, self.node.channel)

    @cached_property
    def extent(self) -> float:
        """The largest size of any contribution and of any output."""
        return max(float(abs(self.contributions).max()), float(abs(self.output).max()))

    @cached_property
    def contribution_domain(self) -> Domain:
        """Of the colours of the contributions: of all of this node."""
        return symmetric(float(abs(self.contributions).max()))

    def strongest(self, place: Place | None) -> int:
        """The input channel that contributes most, for or against, at a place or in all."""
        return self.order(place)[0]

    def order(self, place: Place | None) -> Sequence[int]:
        """The channels that are read, by how much they contribute at a place or in all."""
        if place is None:
            return self.order_of_all
        return ranked(self.contributions[:, place[0], place[1]])

    @cached_property
    def order_of_all(self) -> Sequence[int]:
        """The channels that are read, by how much they contribute in all of the map."""
        return ranked(abs(self.contributions).sum(axis=(1, 2)))

    @property
    def kernels(self) -> Array:
        """The kernel of each channel that is read: (read, kh, kw)."""
        kernels: Array = self.layer.kernel[self.node.channel]
        return kernels

    @property
    def bias(self) -> float:
        """What is added to the contributions."""
        return float(self.layer.bias[self.node.channel])

    @property
    def weight_domain(self) -> Domain:
        """Of the colours of the kernels: of all of this node, so that they can be compared."""
        return symmetric(float(abs(self.kernels).max()))

    @property
    def is_coloured(self) -> bool:
        """Whether a kernel has too many numbers to be read at once, and is shown in colours."""
        return bool(max(self.kernels.shape[1:]) > READ_MOST)

    @property
    def rows_cols(self) -> Place:
        """Rows and columns of the output."""
        rows, cols = self.output.shape
        return rows, cols

    def slide(self, pace: float) -> Slide:
        """The way of the window over the output, so many times as fast as usual."""
        return Pass(*self.rows_cols, pace)

    def window(self, place: Place) -> Window:
        """The input cells from which the output at a place is made."""
        return self.layer.window(Cell(self.node.channel, *place))

    def patch(self, place: Place) -> Array:
        """The input values in the window: (read, kh, kw)."""
        return self.layer.patch(self.inputs, Cell(self.node.channel, *place))

    def is_padding(self, place: Place) -> Sequence[bool]:
        """Which of the numbers in the window are zeros around the map, row by row."""
        _, rows, cols = self.window(place)
        _, high, wide = self.inputs.shape
        return [not (0 <= row < high and 0 <= col < wide) for row in rows for col in cols]

    def place_over(self, row: int, col: int) -> Place:
        """The output place whose window has an input cell in its middle, as far as there is one."""
        sliding = self.layer.sliding
        (high, wide), (top, left), (down, across) = sliding.span, sliding.start, sliding.stride
        rows, cols = self.rows_cols
        out_row, out_col = (row + top - high // 2) // down, (col + left - wide // 2) // across
        return max(0, min(out_row, rows - 1)), max(0, min(out_col, cols - 1))

    def sum_at(self, place: Place, channels: Sequence[int] | None = None) -> Sum:
        """The contributions and the bias, in this order, adding up to the output at a place.

        Where only some channels are named, their terms come in that order, and before the bias the
        sum of all others.
        """
        given = self.contributions[:, place[0], place[1]].tolist()
        terms = given if channels is None else [given[channel] for channel in channels]
        if len(terms) < len(given):
            terms.append(sum(given) - sum(terms))
        return Sum.of([*terms, self.bias], float(self.output[place]))

    def products_at(self, place: Place, channel: int) -> "Products":
        """The arithmetic of one channel's contribution to the output at a place."""
        patch = tuple(thousandths(float(value)) for value in self.patch(place)[channel].flat)
        kernel = tuple(thousandths(float(value)) for value in self.kernels[channel].flat)
        terms = tuple(product(a, b) for a, b in zip(patch, kernel, strict=True))
        total = thousandths(float(self.contributions[channel, place[0], place[1]]))
        return Products(patch, kernel, Sum(terms, total))


@dataclass(frozen=True)
class Products:
    """Input values, weights and their products as displayed, row by row; in thousandths."""

    patch: tuple[int, ...]
    kernel: tuple[int, ...]
    sum: Sum


def ranked(values: Array) -> Sequence[int]:
    """The places of values, the furthest from zero first; of equal ones the first first."""
    order: Sequence[int] = np.argsort(-abs(values), kind="stable").tolist()
    return order


def explain(network: Network, trace: Trace, node: Node) -> ConvNumbers:
    """The numbers behind a node. Raises TypeError where its layer is not a convolution."""
    layer = network.layer(node.layer)
    if not isinstance(layer, Conv2d):
        raise TypeError(f"{node.layer}: expected a convolution, got {type(layer).__name__}")
    source = network.before(node.layer)
    return ConvNumbers(node, layer, source, trace[source], trace[node.layer][node.channel])


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view of a node: its grid, and how many channels it reads."""
    layer = network.layer(node.layer)
    assert isinstance(layer, Conv2d)
    _, rows, cols = network.shapes[node.layer]
    read = layer.kernel.shape[1]
    return ViewFacts((rows, cols), plays=True, channels=read, folds=folds(read))
