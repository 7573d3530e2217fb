"""Max pooling of 4 by 4 values of this network to 2 by 2."""

import numpy as np

from cnnscope.drawing.color import ACTIVATION, ink_on
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import number, symmetric
from cnnscope.nn.layers import MaxPool2d
from cnnscope.nn.ops import Array
from prerender.figures.drawing import arrow, grid, line, rect, sheet, word
from prerender.figures.subject import Subject

CELL = (3, 9, 8)  # channel of the pooled map, row and column of the first of four values
SIDE = 44
LEFT, RIGHT, TOP = 14, 254, 24


def pooling(subject: Subject) -> Element:
    """The windows with their largest values framed, and the map that these values make."""
    layer = next(layer for layer in subject.network.layers if isinstance(layer, MaxPool2d))
    channel, row, col = CELL
    source = subject.trace[subject.network.before(layer.name)][channel]
    (step, _), count = layer.stride, 2
    before = source[row * step : (row + count) * step, col * step : (col + count) * step]
    after = subject.trace[layer.name][channel, row : row + count, col : col + count]
    reach = float(np.abs(before).max())
    text = subject.text
    middle = TOP + count * SIDE
    return sheet(
        text("figure.pooling"),
        TOP + 2 * count * SIDE + 8,
        word(text("figure.pooling.before"), LEFT + count * SIDE, 9),
        cells(LEFT, TOP, before, reach),
        *(line(points, "divide") for points in divisions(count * step)),
        *winners(before, step),
        arrow((LEFT + 4 * SIDE + 12, middle), (RIGHT - 12, middle)),
        word(text("figure.pooling.after"), RIGHT + SIDE, middle - SIDE - 15),
        cells(RIGHT, middle - SIDE, after, reach),
    )


def cells(x: float, y: float, values: Array, reach: float) -> Element:
    """A grid of values in the colours of activations."""
    fills = [ACTIVATION.colors(list(row), symmetric(reach)) for row in values]
    texts = [[number(float(value)) for value in row] for row in values]
    return grid(x, y, SIDE, fills, texts, [[ink_on(fill) for fill in row] for row in fills])


def divisions(size: int) -> list[list[tuple[float, float]]]:
    """The lines between the four windows."""
    middle, end = size * SIDE / 2, size * SIDE
    return [
        [(LEFT + middle, TOP), (LEFT + middle, TOP + end)],
        [(LEFT, TOP + middle), (LEFT + end, TOP + middle)],
    ]


def winners(values: Array, step: int) -> list[Element]:
    """A frame around the largest value of each window."""
    frames = []
    for top in range(0, len(values), step):
        for left in range(0, len(values), step):
            window = values[top : top + step, left : left + step]
            row, col = np.unravel_index(int(window.argmax()), window.shape)
            x, y = LEFT + (left + int(col)) * SIDE, TOP + (top + int(row)) * SIDE
            frames.append(rect(x + 2, y + 2, SIDE - 4, SIDE - 4, "frame"))
    return frames
