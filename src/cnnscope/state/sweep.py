"""Sweep: a window that slides over a grid, as one frozen value, and the pure steps of it.

The grid is the output of what is explained, cell by cell, or the classes in a row as they join
softmax's sum.

    sweep = put(Sweep(), 2, 6)
    sweep.place       # (2, 6)
    play(sweep).playing
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

Place = tuple[int, int]
"""(row, col) of a map, zero-based; places compare in the order in which a map is read."""

START: Place = (0, 0)


@dataclass(frozen=True)
class Sweep:
    """Where a window stands and how far its result is revealed."""

    place: Place | None = None  # the cell that it makes; None before it was anywhere
    reached: Place = START  # how far it has revealed the result
    is_whole: bool = False  # whether the whole result is revealed
    playing: bool = False  # whether it slides by itself


def put(sweep: Sweep, row: int, col: int) -> Sweep:
    """Put the window where it makes a cell, and stop it there."""
    return replace(slide(sweep, row, col), playing=False)


def slide(sweep: Sweep, row: int, col: int) -> Sweep:
    """Slide the window to a cell; what it passed on its way is revealed."""
    place = (row, col)
    return replace(sweep, place=place, reached=max(sweep.reached, place))


def play(sweep: Sweep) -> Sweep:
    """Let the window slide on from where it is."""
    return replace(sweep, playing=True)


def pause(sweep: Sweep) -> Sweep:
    """Stop the window where it is."""
    return replace(sweep, playing=False)


def replay(_sweep: Sweep) -> Sweep:
    """Cover the result and let the window slide from its first place."""
    return Sweep(place=START, playing=True)


def reveal(sweep: Sweep) -> Sweep:
    """Show the whole result; the window stays where it is and stops."""
    return replace(sweep, is_whole=True, playing=False)


STEPS: Mapping[str, Callable[..., Sweep]] = {
    "window": put,
    "slide": slide,
    "play": play,
    "pause": pause,
    "replay": replay,
    "reveal": reveal,
}
"""By the names that the page calls them by."""
