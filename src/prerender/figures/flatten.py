"""The order in which the maps become one row: channel by channel, row by row."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, ink_on
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import Domain
from prerender.figures.drawing import arrow, grid, sheet, word
from prerender.figures.subject import Subject

CHANNELS, ROWS, COLS = 2, 3, 3
SIDE = 30
STRIP = 20  # side of a cell of the row
GAP = 60
TOP = 28


def flatten(subject: Subject) -> Element:
    """Two small maps whose cells are numbered as they are written, and the row they make."""
    count = CHANNELS * ROWS * COLS
    left = (count * STRIP - CHANNELS * COLS * SIDE - (CHANNELS - 1) * GAP) / 2
    strip = TOP + ROWS * SIDE + 46
    fills, texts, inks = numbered(0, 1, count)
    return sheet(
        subject.text("figure.flatten"),
        strip + STRIP + 6,
        *(part for channel in range(CHANNELS) for part in channel_map(subject, channel, left)),
        *(arrow((left + channel * (COLS * SIDE + GAP) + COLS * SIDE / 2, TOP + ROWS * SIDE + 6),
                (STRIP * ROWS * COLS * (channel + 0.5), strip - 6)) for channel in range(CHANNELS)),
        grid(0, strip, STRIP, fills, texts, inks),
    )  # fmt: skip


def channel_map(subject: Subject, channel: int, left: float) -> Iterator[Element]:
    """One map with its name."""
    x = left + channel * (COLS * SIDE + GAP)
    name = subject.text("figure.flatten.channel", channel=channel + 1)
    yield word(name, x + COLS * SIDE / 2, 10)
    fills, texts, inks = numbered(channel * ROWS * COLS, ROWS, COLS)
    yield grid(x, TOP - 4, SIDE, fills, texts, inks)


def numbered(
    first: int, rows: int, cols: int
) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Colours, numbers and inks of cells numbered in the order in which they are written."""
    count = CHANNELS * ROWS * COLS
    domain = Domain(-count * 1.4, count * 1.4)
    places = [[first + row * cols + col for col in range(cols)] for row in range(rows)]
    fills = [ACTIVATION.colors([float(place) for place in row], domain) for row in places]
    texts = [[str(place + 1) for place in row] for row in places]
    return fills, texts, [[ink_on(fill) for fill in row] for row in fills]
