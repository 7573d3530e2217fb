"""Where the boxes and the arrows of the house's picture stand: levels, order, lanes.

Example::

    below = direct({"app": {"views", "nn"}, "views": {"nn"}, "nn": set()})   # without app -> nn
    levels(below)                # [["nn"], ["views"], ["app"]]
    ways(lay_out(below, heights), below)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, permutations, product
from math import inf

WIDTH = 860  # px of the picture, about what a page of text gives it
WIDEST = 430  # px of a box
BESIDE = 28  # px between the boxes of a level
BETWEEN = 38  # px between levels, for arrows
MARGIN = 4  # px around all
CORNER = 16  # px at a box's ends where no arrow begins or ends
APART = 16  # px between two arrows that can be told from each other
LANE = 18  # px from a box to an arrow that passes it

Graph = Mapping[str, set[str]]
Order = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Place:
    """A box, in px from the picture's top left corner."""

    x: float  # of its middle
    y: float  # of its top
    width: float
    height: float

    @property
    def foot(self) -> float:
        """Where it ends."""
        return self.y + self.height

    def within(self, x: float) -> float:
        """Return the place nearest to ``x`` where an arrow can begin or end."""
        reach = self.width / 2 - CORNER
        return min(max(x, self.x - reach), self.x + reach)


Way = tuple[tuple[float, float], ...]
"""The points of an arrow: from box to box, and in and out of each level that it passes."""


def direct(graph: Graph) -> dict[str, set[str]]:
    """Return a graph without the edges that follow from others. Raises RecursionError in a ring."""

    def reached(name: str) -> set[str]:
        return graph[name].union(*map(reached, graph[name]))

    return {
        name: {low for low in below if not any(low in reached(other) for other in below)}
        for name, below in graph.items()
    }


def levels(graph: Graph) -> list[list[str]]:
    """Return the names level by level, each as low as all that it needs allows."""

    def height(name: str) -> int:
        return max((height(low) + 1 for low in graph[name]), default=0)

    found: list[list[str]] = [[] for _ in range(max(map(height, graph)) + 1)]
    for name in sorted(graph):
        found[height(name)].append(name)
    return found


def lay_out(graph: Graph, heights: Mapping[str, float]) -> dict[str, Place]:
    """Return the place of each box: of all orders, the one whose arrows cross least."""
    orders = product(*(permutations(level) for level in levels(graph)))
    return min((placed(order, heights) for order in orders), key=lambda each: cost(each, graph))


def placed(order: Order, heights: Mapping[str, float]) -> dict[str, Place]:
    """Return the place of each box for an order of the levels' boxes, the lowest level first."""
    places: dict[str, Place] = {}
    y = float(MARGIN)
    for level in reversed(order):
        width = box_width(len(level))
        height = max(heights[name] for name in level)
        for at, name in enumerate(level):
            x = WIDTH / 2 + (at - (len(level) - 1) / 2) * (width + BESIDE)
            places[name] = Place(x, y, width, height)
        y += height + BETWEEN
    return places


def box_width(count: int) -> float:
    """Return how wide each of so many boxes beside each other is."""
    return min(WIDEST, (WIDTH - 2 * MARGIN - (count - 1) * BESIDE) // count)


def cost(places: Mapping[str, Place], graph: Graph) -> tuple[int, float]:
    """Return how often arrows cross or touch, and how far they go to the side."""
    steps = [step for way in ways(places, graph).values() for step in pairwise(way)]
    crossings = sum(
        (a[0] - c[0]) * (b[0] - d[0]) < 0 or abs(a[0] - c[0]) < APART
        for i, (a, b) in enumerate(steps)
        for c, d in steps[:i]
        if a[1] == c[1] and b[1] == d[1]
    )
    return crossings, sum(abs(a[0] - b[0]) for a, b in steps)


def ways(places: Mapping[str, Place], graph: Graph) -> dict[tuple[str, str], Way]:
    """Return the way of each arrow, from the box that imports to the one that is imported."""
    found: dict[tuple[str, str], Way] = {}
    for high in sorted(graph):
        for low in sorted(graph[high]):
            start, end = places[high], places[low]
            x = start.within(end.within((start.x + end.x) / 2))  # straight down where it can be
            passed = tuple(passes(places, start.foot, end.y, x))
            first, last = (passed[0][0], passed[-1][0]) if passed else (x, x)
            found[high, low] = (
                (start.within(first), start.foot),
                *passed,
                (end.within(last), end.y),
            )
    return found


def passes(
    places: Mapping[str, Place], top: float, foot: float, x: float
) -> Iterator[tuple[float, float]]:
    """Yield the points in and out of each level between two heights, near ``x``."""
    for y in sorted({box.y for box in places.values() if top < box.y < foot}):
        level = sorted((box for box in places.values() if box.y == y), key=lambda box: box.x)
        lane = nearest_gap(level, x)
        yield lane, y
        yield lane, level[0].foot


def nearest_gap(level: list[Place], x: float) -> float:
    """Return the place nearest to ``x`` where an arrow passes beside the boxes of a level."""
    left = [-inf, *(box.x + box.width / 2 + LANE for box in level)]
    right = [*(box.x - box.width / 2 - LANE for box in level), inf]
    gaps = [
        (low, high) if low <= high else ((low + high) / 2,) * 2
        for low, high in zip(left, right, strict=True)
    ]
    return min((min(max(x, low), high) for low, high in gaps), key=lambda at: abs(at - x))
