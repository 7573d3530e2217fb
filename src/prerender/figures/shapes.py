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
    steps = [step(place) for place in range(1, len(names))]
    return sheet(subject.text("figure.shapes"), rows * ROW - 6, *parts, *steps)


def before(network: Network, layer: Layer) -> Shape:
    """Shape of what a layer reads."""
    return network.shapes[network.before(layer.name)]


def column(subject: Subject, place: int, name: str) -> Iterator[Element]:
    """What stands for a layer, with its name and shape under it."""
    row, slot = divmod(place, IN_A_ROW)
    middle, base = SLOT * (slot + 0.5), BASE + ROW * row
    shape = subject.network.shapes[name]
    if len(shape) == 3:
        channels, height, width = shape
        yield volume(middle - (height + channels) / 2, base - height, height, channels)
        size = subject.text("figure.size", rows=height, cols=width, channels=channels)
    else:
        high = SHORT if shape == (len(subject.classes),) else LONG
        yield rect(middle - BAR / 2, base - high, BAR, high)
        size = subject.text("figure.count", count=f"{shape[0]:,}")
    yield word(name, middle, base + 13)
    yield word(size, middle, base + 28, ink="soft")


def step(place: int) -> Element:
    """The arrow that leads to a layer from the one before it."""
    row, slot = divmod(place, IN_A_ROW)
    y = BASE + ROW * row + 13
    return arrow((SLOT * slot - 6, y), (SLOT * slot + 12, y)) if slot else arrow((0, y), (12, y))
