"""The network as a row of boxes: how wide, high and deep what each layer makes is."""

from collections.abc import Iterator

from cnnscope.figures.drawing import arrow, rect, sheet, volume, word
from cnnscope.figures.subject import Subject
from cnnscope.nn.layers import Conv2d, MaxPool2d
from cnnscope.nn.network import INPUT
from cnnscope.scene.element import Element

SCALE = 0.72  # units a cell
SLOT = 90  # units from one box to the next
ROW = 118  # units from one row to the next
BASE = 72  # where the boxes of the first row stand
IN_A_ROW = 4
VECTOR = (7, 52)  # width and height of what stands for the flattened maps


def shapes(subject: Subject) -> Element:
    """Input, convolutions and poolings in their sizes, then the vector and the classes."""
    network = subject.network
    drawn = [INPUT]
    drawn += [layer.name for layer in network.layers if isinstance(layer, Conv2d | MaxPool2d)]
    names = [*drawn, network.layers[-3].name, network.layers[-1].name]
    rows = -(-len(names) // IN_A_ROW)
    parts = [part for place, name in enumerate(names) for part in column(subject, place, name)]
    steps = [step(place) for place in range(1, len(names)) if place % IN_A_ROW]
    return sheet(subject.text("figure.shapes"), rows * ROW, *parts, *steps)


def column(subject: Subject, place: int, name: str) -> Iterator[Element]:
    """What stands for a layer, with its name and shape under it."""
    row, slot = divmod(place, IN_A_ROW)
    middle, base = SLOT * (slot + 0.5), BASE + ROW * row
    shape = subject.network.shapes[name]
    if len(shape) == 3:
        channels, height, width = shape
        side, depth = height * SCALE, channels * SCALE
        yield volume(middle - (side + depth) / 2, base - side, side, depth, kind(subject, name))
        size = subject.text("figure.size", rows=height, cols=width, channels=channels)
    else:
        wide, high = VECTOR
        high = high if len(shape) == 1 and shape[0] > len(subject.classes) else high // 2
        yield rect(middle - wide / 2, base - high, wide, high, "face vector")
        size = subject.text("figure.count", count=shape[0])
    yield word(name, middle, base + 13)
    yield word(size, middle, base + 28, ink="soft")


def kind(subject: Subject, name: str) -> str:
    """The ink of a layer's box."""
    if name == INPUT:
        return "face input"
    return "face conv" if isinstance(subject.network.layer(name), Conv2d) else "face pool"


def step(place: int) -> Element:
    """The arrow from one layer to the next beside it."""
    row, slot = divmod(place, IN_A_ROW)
    y = BASE + ROW * row + 13
    return arrow((SLOT * slot - 7, y), (SLOT * slot + 5, y))
