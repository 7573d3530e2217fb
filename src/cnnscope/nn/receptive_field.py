"""Receptive field: what of the picture a value can see, from the layers' own windows.

field = receptive_field(network, "conv_2_2", Cell(0, 5, 7))
field.rows   # range(10, 26): the rows of the picture that the value depends on
"""

from collections.abc import Iterator

from cnnscope.nn.layers import Cell, Layer, Window
from cnnscope.nn.network import INPUT, Network


def receptive_field(network: Network, name: str, cell: Cell) -> Window:
    """The box of input cells that a cell of a layer is computed from, cut to the picture.

    It is the smallest such box, where no window passes over cells; empty where all that the cell
    sees is padding. Raises KeyError for a layer that the network does not have.
    """
    *_, (_, seen) = seen_before(network, name, cell)
    return seen


def seen_before(network: Network, name: str, cell: Cell) -> Iterator[tuple[str, Window]]:
    """The box that a cell is computed from of each map before it: itself, then back to the picture.

    An empty one, where all that the cell sees is padding, is the last.
    """
    seen = Window(*(range(at, at + 1) for at in cell))
    yield name, seen
    for layer, before in backwards(network, name):
        seen = seen_through(layer, seen)
        shape = (*network.shapes[before], 1, 1)[:3]
        seen = Window(*(cut(box, size) for box, size in zip(seen, shape, strict=True)))
        if not all(seen):
            yield before, Window(range(0), range(0), range(0))
            return
        yield before, seen


def backwards(network: Network, name: str) -> Iterator[tuple[Layer, str]]:
    """The layers from the named one back to the picture, each with the name of what it reads."""
    while name != INPUT:
        before = network.before(name)
        yield network.layer(name), before
        name = before


def seen_through(layer: Layer, outputs: Window) -> Window:
    """The box of a layer's input cells that a box of its outputs is computed from.

    A window moves evenly with its cell, so the first and the last cell span the box. What a window
    with dilation passes over lies in it.
    """
    first = layer.window(Cell(*(box[0] for box in outputs)))
    last = layer.window(Cell(*(box[-1] for box in outputs)))
    return Window(*(range(a[0], b[-1] + 1) for a, b in zip(first, last, strict=True)))


def cut(box: range, size: int) -> range:
    """The part of a range that lies within ``size``."""
    return range(max(0, box.start), max(0, min(size, box.stop)))
