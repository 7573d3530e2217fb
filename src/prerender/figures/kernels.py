"""The kernels of the first convolution, as training left them."""

import numpy as np

from cnnscope.drawing.color import WEIGHT
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import symmetric
from cnnscope.nn.layers import Conv2d
from prerender.figures.drawing import grid, sheet, word
from prerender.figures.subject import Subject

SIDE = 9
LEFT, TOP = 46, 24
COLUMN, LINE = 31.5, 34
COLOURS = ("red", "green", "blue")


def kernels(subject: Subject) -> Element:
    """A column for each output channel, a row for each colour that it reads."""
    layer = next(layer for layer in subject.network.layers if isinstance(layer, Conv2d))
    domain = symmetric(float(np.abs(layer.kernel).max()))
    parts = [
        grid(LEFT + out * COLUMN, TOP + source * LINE, SIDE,
             [WEIGHT.colors(list(row), domain) for row in kernel])
        for out, of_channel in enumerate(layer.kernel)
        for source, kernel in enumerate(of_channel)
    ]  # fmt: skip
    heads = [
        word(str(out + 1), LEFT + out * COLUMN + 1.5 * SIDE, 10, ink="soft")
        for out in range(len(layer.kernel))
    ]
    sides = [
        word(subject.text(f"channel.{colour}"), LEFT - 8, TOP + at * LINE + 1.5 * SIDE, at="end")
        for at, colour in enumerate(COLOURS)
    ]
    return sheet(subject.text("figure.kernels"), TOP + 3 * LINE, *heads, *sides, *parts)
