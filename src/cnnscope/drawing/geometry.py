"""Points, sizes and boxes on the page, in CSS pixels, y downwards.

A box makes others, so that a layout says where a part stands and not how that is summed up.

    node = Box(10, 20, 64, 64)
    node.right                             # 74
    node.below(gap=6, height=20)           # Box(10, 90, 64, 20)
    node.right_of(gap=8, width=30)         # Box(82, 20, 30, 64)
    node.reaching(right=200).foot(12)      # Box(10, 72, 190, 12)
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

    def at(self, x: float | None = None, y: float | None = None) -> "Box":
        """The box with its left edge at ``x`` and its upper edge at ``y``, if given."""
        return Box(self.x if x is None else x, self.y if y is None else y, self.width, self.height)

    def moved(self, dx: float = 0, dy: float = 0) -> "Box":
        """The box ``dx`` px further right and ``dy`` px further down."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def centred_on(self, x: float | None = None, y: float | None = None) -> "Box":
        """The box with its centre at ``x`` and its middle at ``y``, if given."""
        return self.at(
            None if x is None else x - self.width / 2, None if y is None else y - self.height / 2
        )

    def sized(self, width: float | None = None, height: float | None = None) -> "Box":
        """A box of another width or height at the same corner."""
        return Box(
            self.x,
            self.y,
            self.width if width is None else width,
            self.height if height is None else height,
        )

    def reaching(
        self,
        *,
        left: float | None = None,
        top: float | None = None,
        right: float | None = None,
        bottom: float | None = None,
    ) -> "Box":
        """The box with the edges that are given put elsewhere; the others stay."""
        x, y = self.x if left is None else left, self.y if top is None else top
        right = self.right if right is None else right
        bottom = self.bottom if bottom is None else bottom
        return Box(x, y, right - x, bottom - y)

    def grown(self, across: float, down: float | None = None) -> "Box":
        """The box with ``across`` px more on every side; above and below ``down``, if given."""
        down = across if down is None else down
        return Box(self.x - across, self.y - down, self.width + 2 * across, self.height + 2 * down)

    def below(self, gap: float, height: float, width: float | None = None) -> "Box":
        """A box ``gap`` px below, from the same left edge and as wide if nothing else is said."""
        return self.at(y=self.bottom + gap).sized(width, height)

    def above(self, gap: float, height: float, width: float | None = None) -> "Box":
        """A box ``gap`` px above, from the same left edge and as wide if nothing else is said."""
        return self.at(y=self.y - gap - height).sized(width, height)

    def right_of(self, gap: float, width: float, height: float | None = None) -> "Box":
        """A box ``gap`` px further right, from the same top and as high if nothing else is said."""
        return self.at(x=self.right + gap).sized(width, height)

    def left_of(self, gap: float, width: float, height: float | None = None) -> "Box":
        """A box ``gap`` px further left, from the same top and as high if nothing else is said."""
        return self.at(x=self.x - gap - width).sized(width, height)

    def foot(self, height: float) -> "Box":
        """The lowest ``height`` px of the box."""
        return self.reaching(top=self.bottom - height)

    def split_right(self, width: float, gap: float = 0) -> "tuple[Box, Box]":
        """What ends ``gap`` px before the rightmost ``width`` px of the box, and those."""
        last = self.reaching(left=self.right - width)
        return self.reaching(right=last.x - gap), last

    def union(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(min(self.x, other.x), min(self.y, other.y), 0, 0).reaching(
            right=max(self.right, other.right), bottom=max(self.bottom, other.bottom)
        )


def clamp(value: float, low: float, high: float) -> float:
    """``value``, or the nearer bound; ``low`` wins where the bounds cross."""
    return max(low, min(value, high))
