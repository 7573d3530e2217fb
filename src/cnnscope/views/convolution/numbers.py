"""Convolution's numbers of one node: its inputs, contributions, bias and output.

numbers = explain(network, trace, Node("conv_1_2", 3))
numbers.contributions        # (10, 60, 60); their sum and the bias are the output
numbers.sum_at((2, 6))       # displayed numbers that add up
"""

from dataclasses import dataclass
from functools import cached_property

from cnnscope.drawing.rounding import Sum, product, thousandths
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.drawing.timeline import Pass, Slide
from cnnscope.nn.layers import Cell, Conv2d, Window
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts


@dataclass(frozen=True, eq=False)
class ConvNumbers:
    """All the numbers of one node of a convolution for one picture."""

    node: Node
    layer: Conv2d
    source: str  # name of the layer before
    inputs: Array  # (in, h, w)
    output: Array  # (out_h, out_w)

    @cached_property
    def contributions(self) -> Array:
        """What each input channel adds to the output: (in, out_h, out_w)."""
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
        if place is None:
            return self.strongest_of_all
        return int(abs(self.contributions[:, place[0], place[1]]).argmax())

    @cached_property
    def strongest_of_all(self) -> int:
        """The input channel that contributes most in all of the map."""
        return int(abs(self.contributions).sum(axis=(1, 2)).argmax())

    @property
    def kernels(self) -> Array:
        """The kernel of each input channel: (in, kh, kw)."""
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
        """The input values in the window: (in, kh, kw)."""
        return self.layer.patch(self.inputs, Cell(self.node.channel, *place))

    def place_over(self, row: int, col: int) -> Place:
        """The output place whose window has an input cell in its middle, as far as there is one."""
        sliding = self.layer.sliding
        (high, wide), (top, left), (down, across) = sliding.span, sliding.start, sliding.stride
        rows, cols = self.rows_cols
        out_row, out_col = (row + top - high // 2) // down, (col + left - wide // 2) // across
        return max(0, min(out_row, rows - 1)), max(0, min(out_col, cols - 1))

    def sum_at(self, place: Place) -> Sum:
        """The contributions and the bias, in this order, adding up to the output at a place."""
        terms = [*self.contributions[:, place[0], place[1]].tolist(), self.bias]
        return Sum.of(terms, float(self.output[place]))

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
    return ViewFacts((rows, cols), plays=True, channels=layer.kernel.shape[1])
