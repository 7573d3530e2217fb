"""How padding, stride and dilation change where a kernel of 3 by 3 looks, and what it makes."""

from collections.abc import Iterator
from typing import NamedTuple

from cnnscope.drawing.element import Element
from prerender.figures.drawing import arrow, rect, sheet, word
from prerender.figures.subject import Subject

INPUT = 5  # rows and columns of the input
KERNEL = 3
SIDE = 15
COLUMN, ROW = 184, 158  # from one panel to the next
TOP = 34  # over the grids, for the panel's name
MIDDLE = 56  # from the top of the grids to their middle


class Setting(NamedTuple):
    """How a kernel moves, and the output cell whose window is shown."""

    name: str
    padding: int = 0
    stride: int = 1
    dilation: int = 1
    shown: tuple[int, int] = (0, 1)

    @property
    def output(self) -> int:
        """Rows and columns of the output."""
        reach = self.dilation * (KERNEL - 1) + 1
        return (INPUT + 2 * self.padding - reach) // self.stride + 1


SETTINGS = (
    Setting("plain"),
    Setting("padding", padding=1, shown=(0, 0)),
    Setting("stride", stride=2),
    Setting("dilation", dilation=2, shown=(0, 0)),
)


def moves(subject: Subject) -> Element:
    """A panel for each setting: the input with the window, and the output with what it makes."""
    parts = [
        part
        for place, setting in enumerate(SETTINGS)
        for part in panel(subject, setting, place % 2 * COLUMN, place // 2 * ROW)
    ]
    return sheet(subject.text("figure.moves"), 2 * ROW - 8, *parts)


def panel(subject: Subject, setting: Setting, x: float, y: float) -> Iterator[Element]:
    """One setting, with its name and the size of the output."""
    text = subject.text
    yield word(text(f"figure.moves.{setting.name}"), x, y + 8, at="start")
    sizes = {"input": INPUT, "output": setting.output}
    yield word(text("figure.moves.sizes", **sizes), x, y + 23, at="start", ink="soft")
    whole = INPUT + 2 * setting.padding
    left, top = x + (105 - whole * SIDE) / 2, y + TOP + MIDDLE - whole * SIDE / 2
    seen = window(setting)
    for row in range(whole):
        for col in range(whole):
            inside = all(0 <= place - setting.padding < INPUT for place in (row, col))
            ink = "cell seen" if (row, col) in seen else "cell"
            at = left + col * SIDE, top + row * SIDE
            yield rect(*at, SIDE, SIDE, ink if inside else f"{ink} zero")
    middle = y + TOP + MIDDLE
    yield arrow((x + 108, middle), (x + 121, middle))
    size = setting.output
    for row in range(size):
        for col in range(size):
            ink = "cell made" if (row, col) == setting.shown else "cell"
            at = x + 125 + col * SIDE / 1.5, middle + (row - size / 2) * SIDE / 1.5
            yield rect(*at, SIDE / 1.5, SIDE / 1.5, ink)


def window(setting: Setting) -> set[tuple[int, int]]:
    """The cells of the padded input that make the output cell that is shown."""
    top, left = (place * setting.stride for place in setting.shown)
    steps = [step * setting.dilation for step in range(KERNEL)]
    return {(top + row, left + col) for row in steps for col in steps}
