"""Animations and their speed, as values that can be asked for any second.

slide = Slide(rows=60, cols=60, speed=40)
slide.at((0, 58), 0.075)   # (1, 1): three cells on, in reading order
"""

from dataclasses import dataclass

CELLS_PER_SECOND = {"slow": 4.0, "medium": 60.0, "fast": 600.0}
"""By name of the speed: slow enough to count, a row in about a second, a map in a few seconds."""

STEPS_PER_SECOND = {"slow": 1.0, "medium": 3.0, "fast": 12.0}
"""The same for a map of a few cells, whose numbers are to be read on the way."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Slide:
    """A window's way over the cells of a map, row by row."""

    rows: int
    cols: int
    speed: float  # cells a second

    @property
    def last(self) -> Place:
        """Where the way ends."""
        return self.rows - 1, self.cols - 1

    def index(self, place: Place) -> int:
        """How many cells lie before a place."""
        return place[0] * self.cols + place[1]

    def place(self, index: int) -> Place:
        """The place after so many cells, kept on the way."""
        row, col = divmod(max(0, min(index, self.rows * self.cols - 1)), self.cols)
        return row, col

    def at(self, start: Place, seconds: float) -> Place:
        """Where a window is, so many seconds after it was at ``start``."""
        return self.place(self.index(start) + int(seconds * self.speed))
