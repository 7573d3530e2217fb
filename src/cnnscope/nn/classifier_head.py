"""The classifier head: the dense layers at the end of a network, and what each of them weighs.

A stage of it is one dense layer: the first weighs maps that were flattened, others the numbers of
the layer before them. A class's logit is a sum of the last stage.

    stage = dense_stage(network, "output")    # or the name of a hidden dense layer
    stage.source              # 'max_pool_2', whose maps are flattened
    stage.place(214)          # Cell(channel=1, row=3, col=6)
    stage.element(Cell(1, 3, 6))   # 214
"""

from dataclasses import dataclass

from cnnscope.nn.layers import Cell, Dense, Flatten, Shape
from cnnscope.nn.network import INPUT, Network


@dataclass(frozen=True, eq=False)
class DenseStage:
    """A dense layer, and the layer whose values it weighs: maps through a flattening, or units."""

    source: str  # name of the layer whose values are weighed
    shape: Shape  # (channels, rows, cols) of them; a unit is a channel of one cell
    flatten: Flatten | None  # between both; none where a vector is read
    dense: Dense
    is_last: bool  # whether its sums are the logits

    @property
    def weighs_maps(self) -> bool:
        """Whether what is weighed are maps of more than one cell each."""
        _, rows, cols = self.shape
        return rows * cols > 1

    def row(self, channel: int) -> int:
        """The row of the kernel that makes a node's sum; a single logit is that of both classes."""
        return channel if len(self.dense.bias) > 1 else 0

    def place(self, element: int) -> Cell:
        """Where in the maps an element of the flattened vector stands."""
        _, rows, cols = self.shape
        channel, within = divmod(element, rows * cols)
        return Cell(channel, *divmod(within, cols))

    def element(self, place: Cell) -> int:
        """Which element of the flattened vector a cell of the maps becomes."""
        _, rows, cols = self.shape
        return (place.channel * rows + place.row) * cols + place.col


def dense_stages(network: Network) -> tuple[DenseStage, ...]:
    """All stages, the first first; none for a network that ends otherwise."""
    named = (each.name for each in network.layers if isinstance(each, Dense))
    stages = (dense_stage(network, name) for name in named)
    return tuple(stage for stage in stages if stage is not None)


def dense_stage(network: Network, layer: str) -> DenseStage | None:
    """The stage whose sums the units of a layer are, or the classes' logits; None without one.

    Raises KeyError for a layer that the network does not have.
    """
    if network.layer(layer) is network.layers[-1]:
        layer = network.before(layer)
    dense = None if layer == INPUT else network.layer(layer)
    if not isinstance(dense, Dense):
        return None
    source = network.before(layer)
    before = None if source == INPUT else network.layer(source)
    flatten = before if isinstance(before, Flatten) else None
    if flatten is not None:
        source = network.before(source)
    channels, rows, cols = (*network.shapes[source], 1, 1)[:3]
    is_last = dense is network.layers[-2]
    return DenseStage(source, (channels, rows, cols), flatten, dense, is_last)
