"""The digit network, LeNet's shape: what its layers make, as boxes like those of the photos'."""

from cnnscope.drawing.element import Element
from cnnscope.nn.layers import Shape
from prerender.figures.drawing import sheet
from prerender.figures.shapes import IN_A_ROW, SLOT, caption, solid, step
from prerender.figures.subject import Subject

MADE: tuple[tuple[str, Shape], ...] = (
    ("input", (1, 28, 28)),
    ("convolution", (6, 28, 28)),
    ("pooling", (6, 14, 14)),
    ("convolution", (16, 10, 10)),
    ("pooling", (16, 5, 5)),
    ("flatten", (400,)),
    ("dense", (120,)),
    ("dense", (84,)),
    ("output", (10,)),
)
"""What is made by which kind of layer: (channels, rows, columns), or entries."""

FEET = (74, 194, 262)  # of the rows
SCALE = 2  # units for a cell
ENTRIES = 5.2  # of a vector in a unit


def lenet(subject: Subject) -> Element:
    """Two convolutions with pooling, then dense layers, each smaller than the one before."""
    parts = [
        part
        for place, (kind, shape) in enumerate(MADE)
        for part in (
            solid(shape, foot(place), shape[0] / ENTRIES, SCALE),
            *caption(subject, subject.text(f"figure.lenet.{kind}"), shape, foot(place)),
        )
    ]
    steps = [step(foot(place)) for place in range(1, len(MADE))]
    return sheet(subject.text("figure.lenet"), FEET[-1] + 34, *parts, *steps)


def foot(place: int) -> tuple[float, float]:
    """The middle of the line on which what stands for a layer stands."""
    row, slot = divmod(place, IN_A_ROW)
    return SLOT * (slot + 0.5), FEET[row]
