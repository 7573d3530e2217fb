"""The classifier head, the end of a network that weighs its last maps: flatten, dense, softmax.

head = classifier_head(network)
head.source              # 'max_pool_2', whose maps are flattened
head.place(214)          # Cell(channel=1, row=3, col=6)
head.element(Cell(1, 3, 6))   # 214
"""

from dataclasses import dataclass

from cnnscope.nn.layers import Cell, Dense, Flatten, Shape, Softmax
from cnnscope.nn.network import Network


@dataclass(frozen=True, eq=False)
class ClassifierHead:
    """The layers that make the answer from the last maps."""

    source: str  # name of the layer of the last maps
    flatten: Flatten
    dense: Dense
    softmax: Softmax

    @property
    def shape(self) -> Shape:
        """(channels, rows, cols) of the last maps."""
        return self.flatten.shape

    def place(self, element: int) -> Cell:
        """Where in the maps an element of the flattened vector stands."""
        channels, rows, cols = self.flatten.window(Cell(element))
        return Cell(channels.start, rows.start, cols.start)

    def element(self, place: Cell) -> int:
        """Which element of the flattened vector a cell of the maps becomes."""
        _, rows, cols = self.shape
        return (place.channel * rows + place.row) * cols + place.col


def classifier_head(network: Network) -> ClassifierHead | None:
    """The head of a network, or None where it ends otherwise."""
    match network.layers[-3:]:
        case (Flatten() as flatten, Dense() as dense, Softmax() as softmax):
            return ClassifierHead(network.before(flatten.name), flatten, dense, softmax)
        case _:
            return None
