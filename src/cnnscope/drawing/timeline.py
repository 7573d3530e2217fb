"""Animations and their speed, as values that can be asked for any second.

slide = Slide(rows=60, cols=60, speed=40)
slide.at((0, 58), 0.075)   # (1, 1): three cells on, in reading order
Pass(rows=60, cols=60, speed=1).at((0, 0), 12)   # (59, 59): a map of any size takes so long
"""

from dataclasses import dataclass
from math import sqrt

PACES = {"slow": 0.25, "medium": 1.0, "fast": 4.0}
"""By name of the speed: how many times as fast as usual a window passes over a map."""

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


READ = 6  # cells of a pass that are to be read
READ_EACH = 0.6  # seconds for each of these
WHOLE = 12.0  # seconds for all of a map, at most
EXACT = 1e-6  # of a cell: where a time is that of a cell, the cell is reached


@dataclass(frozen=True)
class Pass(Slide):
    """A window's way over a map in a time that does not depend on the map's size.

    The first cells are to be read, then it goes faster and faster; ``speed`` is how many times as
    fast as usual.
    """

    @property
    def gain(self) -> float:
        """By how many cells a second it gets faster in a second, once it does."""
        left, time = self.rows * self.cols - 1 - READ, WHOLE - READ * READ_EACH
        return max(0.0, 2 * (left - time / READ_EACH) / time**2)

    def seconds(self, cells: int) -> float:
        """When it reaches the cell that so many lie before, at the usual speed."""
        rest, gain, rate = cells - READ, self.gain, 1 / READ_EACH
        if rest <= 0 or not gain:
            return cells * READ_EACH
        return READ * READ_EACH + (sqrt(rate**2 + 2 * gain * rest) - rate) / gain

    def cells(self, seconds: float) -> int:
        """How many cells it has left behind after so many seconds at the usual speed."""
        rest = max(0.0, seconds - READ * READ_EACH)
        return int(seconds / READ_EACH + self.gain * rest**2 / 2 + EXACT)

    def at(self, start: Place, seconds: float) -> Place:
        """Where a window is, so many seconds after it was at ``start``."""
        return self.place(self.cells(self.seconds(self.index(start)) + seconds * self.speed))
