"""The pen in hand: how thick it is, where keys have it, and how the network is given its lines.

pen = moved(Pen(), "ArrowLeft")
pen.place       # (0.464..., 0.535...), on the pad
"""

from dataclasses import dataclass, replace

from cnnscope.drawing.geometry import clamp
from cnnscope.panels.pad.sketch import Point
from cnnscope.views.shared.key_targets import ARROWS

THICKNESSES = {"thin": 0.06, "medium": 0.09, "thick": 0.13}
"""Of the pen, as a share of the pad's side: about those of MNIST's digits, from end to end."""

CENTRED, DRAWN = "centred", "drawn"
PLACINGS = (CENTRED, DRAWN)
"""How what is drawn is given to the network: as MNIST's digits are, or where it stands."""

GRID = 14  # places that an arrow key leads to, across and down
FINE = 4  # steps between two of them, together with Shift
LAST = GRID * FINE  # the pad's edge, in such steps

SHIFTED = "Shift+"
"""What stands before a key that is pressed together with Shift."""


@dataclass(frozen=True)
class Pen:
    """A pen, and where keys hold it: (right, down), in fine steps from the pad's corner."""

    thickness: str = "medium"
    placing: str = CENTRED
    cursor: tuple[int, int] = (LAST // 2 + FINE // 2, LAST // 2 + FINE // 2)
    is_down: bool = False  # by keys: whether it draws where it is moved

    @property
    def width(self) -> float:
        """How thick it is, of the pad's side."""
        return THICKNESSES[self.thickness]

    @property
    def place(self) -> Point:
        """Where keys hold it on the pad."""
        return self.cursor[0] / LAST, self.cursor[1] / LAST

    @property
    def row_col(self) -> tuple[int, int]:
        """Row and column of the grid that it is in, counted from one."""
        col, row = (min(step // FINE, GRID - 1) + 1 for step in self.cursor)
        return row, col


def moved(pen: Pen, key: str) -> Pen | None:
    """The pen moved by an arrow key, with Shift by less; None for another key."""
    arrow = key.removeprefix(SHIFTED)
    if arrow not in ARROWS:
        return None
    step = FINE if key == arrow else 1
    across, down = (
        int(clamp(at + by * step, 0, LAST))
        for at, by in zip(pen.cursor, ARROWS[arrow], strict=True)
    )
    return replace(pen, cursor=(across, down))
