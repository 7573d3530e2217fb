"""The network as boxes: how wide, high and deep what each layer makes is."""

from collections.abc import Iterator

from cnnscope.drawing.element import Element
from cnnscope.nn.layers import Layer, Shape
from cnnscope.nn.network import INPUT, Network
from prerender.figures.drawing import arrow, rect, sheet, volume, word
from prerender.figures.subject import Subject

SLOT = 120  # units from one box to the next
ROW = 126  # units from one row to the next
BASE = 86  # where the boxes of the first row stand
IN_A_ROW = 3
BAR = 8  # width of what stands for a vector
LONG, SHORT = 72, 26  # heights of a long vector and of one entry a class


def shapes(subject: Subject) -> Element:
    """Input, convolutions and poolings in their sizes, then the vector and the classes."""
    network = subject.network
    drawn = [layer for layer in network.layers if layer.draws == "maps"]
    maps = [layer.name for layer in drawn if network.shapes[layer.name] != before(network, layer)]
    names = [INPUT, *maps, network.layers[-3].name, network.layers[-1].name]
    rows = -(-len(names) // IN_A_ROW)
    parts = [part for place, name in enumerate(names) for part in column(subject, place, name)]
    steps = [step(foot(place)) for place in range(1, len(names))]
    return sheet(subject.text("figure.shapes"), rows * ROW - 6, *parts, *steps)


def before(network: Network, layer: Layer) -> Shape:
    """Shape of what a layer reads."""
    return network.shapes[network.before(layer.name)]


def column(subject: Subject, place: int, name: str) -> Iterator[Element]:
    """What stands for a layer, with its name and shape under it."""
    shape, at = subject.network.shapes[name], foot(place)
    yield solid(shape, at, SHORT if shape == (len(subject.classes),) else LONG)
    yield from caption(subject, name, shape, at)


def foot(place: int) -> tuple[float, float]:
    """The middle of the line on which what stands for a layer stands."""
    row, slot = divmod(place, IN_A_ROW)
    return SLOT * (slot + 0.5), BASE + ROW * row


def solid(shape: Shape, at: tuple[float, float], high: float, scale: float = 1) -> Element:
    """Maps as a box of their shape, or a vector as a bar that is ``high``."""
    middle, base = at
    if len(shape) == 1:
        return rect(middle - BAR / 2, base - high, BAR, high)
    depth, side = shape[0] * scale, shape[1] * scale
    return volume(middle - (side + depth) / 2, base - side, side, depth)


def caption(
    subject: Subject, name: str, shape: Shape, at: tuple[float, float]
) -> Iterator[Element]:
    """A layer's name and its shape, under what stands for it."""
    middle, base = at
    if len(shape) == 1:
        size = subject.text("figure.count", count=f"{shape[0]:,}")
    else:
        channels, height, width = shape
        size = subject.text("figure.size", rows=height, cols=width, channels=channels)
    yield word(name, middle, base + 13)
    yield word(size, middle, base + 28, ink="soft")


def step(at: tuple[float, float]) -> Element:
    """The arrow that leads to a layer from the one before it, beside its name."""
    left, y = at[0] - SLOT / 2, at[1] + 13
    return arrow((left - 6, y), (left + 12, y)) if left else arrow((0, y), (12, y))
