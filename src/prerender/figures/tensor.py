"""A corner of the picture as a tensor: three grids of numbers behind each other."""

from collections.abc import Iterator

import numpy as np

from cnnscope.drawing.color import channel_ramp, ink_on
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import Domain, number
from cnnscope.nn.network import INPUT
from prerender.figures.drawing import arrow, grid, sheet, word
from prerender.figures.subject import Subject

CORNER = 4  # rows and columns that are shown
PLACE = (44, 54)  # row and column of the corner, where the colours differ
SIDE = 34  # of a cell
BACK = (44, -30)  # from one channel to the one behind it
FRONT = (52, 98)  # the corner of the channel in front


def tensor(subject: Subject) -> Element:
    """The channels, the first in front, with the three axes named."""
    text = subject.text
    (x, y), size = FRONT, CORNER * SIDE
    behind = x + 2 * BACK[0], y + 2 * BACK[1]
    return sheet(
        text("figure.tensor"),
        y + size + 40,
        *planes(subject),
        arrow((x - 12, y), (x - 12, y + size)),
        word(text("figure.tensor.rows"), x - 26, y + size / 2, turn=True),
        arrow((x, y + size + 12), (x + size, y + size + 12)),
        word(text("figure.tensor.cols"), x + size / 2, y + size + 26),
        arrow((x + size + 14, y + size), (behind[0] + size + 14, behind[1] + size)),
        word(text("figure.tensor.channels"), x + size + 66, y + size - 10, at="start"),
        word(text("figure.tensor.shape", channels=3, rows=CORNER, cols=CORNER),
             x + size + 66, y + size + 10, at="start", ink="soft"),
    )  # fmt: skip


def planes(subject: Subject) -> Iterator[Element]:
    """The channels from the hindmost to the one in front, each with its numbers."""
    top, left = PLACE
    values = subject.trace[INPUT][:, top : top + CORNER, left : left + CORNER]
    for channel in reversed(range(len(values))):
        yield plane(values[channel], channel, len(values))


def plane(values: np.ndarray, channel: int, channels: int) -> Element:
    """One channel at its place."""
    fills = [channel_ramp(channel, channels).colors(list(row), Domain(0, 1)) for row in values]
    x, y = FRONT[0] + channel * BACK[0], FRONT[1] + channel * BACK[1]
    texts = [
        [
            number(float(value)) if is_seen(channel, row, col) else ""
            for col, value in enumerate(line)
        ]
        for row, line in enumerate(values)
    ]
    inks = [[ink_on(fill) for fill in row] for row in fills]
    return grid(x, y, SIDE, fills, texts, inks)


def is_seen(channel: int, row: int, col: int) -> bool:
    """Whether a cell is not covered by the channel in front of its own."""
    return channel == 0 or row == 0 or col == CORNER - 1
