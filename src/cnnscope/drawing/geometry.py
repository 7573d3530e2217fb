"""Points, sizes and boxes on the page, in CSS pixels, y downwards.

Box(10, 20, 64, 64).right   # 74
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A place, in px."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """An upright rectangle, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """X of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Y half-way down."""
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        """X half-way across."""
        return self.x + self.width / 2

    @property
    def start(self) -> Point:
        """Middle of the left edge, where links arrive."""
        return Point(self.x, self.middle)

    @property
    def end(self) -> Point:
        """Middle of the right edge, where links leave."""
        return Point(self.right, self.middle)

    def grown(self, margin: float) -> "Box":
        """The box with ``margin`` px more on every side."""
        return Box(
            self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin
        )


def clamp(value: float, low: float, high: float) -> float:
    """``value``, or the nearer bound; ``low`` wins where the bounds cross."""
    return max(low, min(value, high))
