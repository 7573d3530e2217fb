"""Alignment of heat maps: where on the picture the cells of a map lie, each around what it sees.

rows, cols = map_alignment(network, "max_pool_2")
rows.start, rows.step     # 6.0, 4.0: the first of the map's rows lies on rows 6 to 10
rows.at(23)               # 4: the row of the map that lies there
"""

from dataclasses import dataclass

from cnnscope.nn.layers import Cell, Window
from cnnscope.nn.network import Network
from cnnscope.nn.receptive_field import backwards, seen_through


@dataclass(frozen=True)
class Axis:
    """The rows of a map on the picture, or its columns; in px of the picture."""

    start: float
    step: float
    count: int

    def at(self, pixel: int) -> int:
        """The row of the map that lies over a row of the picture, or the nearest."""
        return max(0, min(int((pixel + 0.5 - self.start) // self.step), self.count - 1))


def map_alignment(network: Network, name: str) -> tuple[Axis, Axis]:
    """Rows and columns of a layer's maps on the picture. Raises KeyError."""
    _, rows, cols = network.shapes[name]
    first, last = seen(network, name, Cell(0)), seen(network, name, Cell(0, rows - 1, cols - 1))
    return axis(first.rows, last.rows, rows), axis(first.cols, last.cols, cols)


def seen(network: Network, name: str, cell: Cell) -> Window:
    """What a cell sees of the picture, the padding around it included."""
    found = Window(*(range(at, at + 1) for at in cell))
    for layer, _ in backwards(network, name):
        found = seen_through(layer, found)
    return found


def axis(first: range, last: range, count: int) -> Axis:
    """An axis from what its first and its last cell see."""
    middle = (first.start + first.stop) / 2
    far = (last.start + last.stop) / 2
    step = (far - middle) / (count - 1) if count > 1 else float(len(first))
    return Axis(middle - step / 2, step, count)
