"""What the visitor changed in the picture, as one value: named changes, paint, a grey patch.

All of it is done in one order, whatever the order in which it was asked for: the named changes as
``CHANGES`` lists them, then the paint, then the patch.

    changes = toggled(UNCHANGED, "grey")
    brushed(changes, 1, [(20, 14)], 3, "r")     # a red square of 3×3 cells around that cell
    replace(changes, patch=(24, 24))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as part
from functools import lru_cache
from typing import NamedTuple

from cnnscope.state.sweep import Place

CHANGES = ("grey", "swap", "invert", "mirror", "half", "shift", "blur", "noise")
"""Changes of the whole picture, in the order in which they are done."""

COLOURED = 3  # channels of a picture that has colours
OF_COLOUR = frozenset({"grey", "swap"})
"""Those that a picture without colours cannot be given."""

PATCH_SHARE = 4  # the patch is as many times narrower than the picture

PALETTE: Mapping[str, tuple[int, int, int]] = {
    "k": (0, 0, 0), "n": (128, 128, 128), "w": (255, 255, 255), "r": (220, 30, 30),
    "o": (255, 140, 0), "y": (250, 215, 40), "g": (60, 160, 60), "b": (40, 90, 210),
}  # fmt: skip
"""The colours of the brush, RGB, as an address names them."""

ERASER = ""
"""In place of a colour: what was painted is taken away."""


class Paint(NamedTuple):
    """A rectangle of cells that was painted in one colour."""

    row: int
    col: int
    rows: int
    cols: int
    colour: str


@dataclass(frozen=True)
class Changes:
    """All that the visitor changed in the picture."""

    named: tuple[str, ...] = ()  # in the order of CHANGES
    paint: tuple[Paint, ...] = ()  # apart from each other, in reading order
    patch: Place | None = None  # the patch's upper left cell
    stroke: int = part(default=0, compare=False)  # number of the one that painted last

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return self != UNCHANGED


UNCHANGED = Changes()


def patch_side(rows: int, cols: int) -> int:
    """How many cells the patch is wide and high, on a picture of so many."""
    return max(1, min(rows, cols) // PATCH_SHARE)


def toggled(changes: Changes, name: str) -> Changes:
    """A named change made, or no longer; other names are ignored."""
    wanted = {*changes.named} ^ {name}
    return replace(changes, named=tuple(each for each in CHANGES if each in wanted))


def brushed(
    changes: Changes, stroke: int, places: Iterable[Place], size: int, colour: str
) -> Changes:
    """Squares of cells painted around some places, or freed of paint by the eraser."""
    cells = cells_of(changes.paint)
    before = dict(cells)
    for row, col in places:
        top, left = max(0, row - size // 2), max(0, col - size // 2)
        for r in range(top, row - size // 2 + size):
            for c in range(left, col - size // 2 + size):
                cells[r, c] = colour
    cells = {place: each for place, each in cells.items() if each != ERASER}
    return changes if cells == before else replace(changes, paint=paint_of(cells), stroke=stroke)


def patched(changes: Changes, patch: Place | None) -> Changes:
    """The patch at a place, or none."""
    return replace(changes, patch=patch)


@lru_cache(maxsize=2)
def fitting(changes: Changes, shape: tuple[int, ...]) -> Changes:
    """The changes that a picture of a shape (channels, rows, cols) can be given.

    Of paint there is no more than the picture has cells: rectangles beyond are left out.
    """
    channels, rows, cols = shape
    offered = changes_for(channels)
    paint, left = [], rows * cols
    for each in changes.paint:
        within = clipped(each, rows, cols)
        left -= max(0, within.rows) * max(0, within.cols)
        if left < 0:
            break
        paint.append(within)
    patch, side = changes.patch, patch_side(rows, cols)
    return replace(
        changes,
        named=tuple(each for each in offered if each in changes.named),
        paint=paint_of(cells_of(paint)),
        patch=None if patch is None else (min(patch[0], rows - side), min(patch[1], cols - side)),
    )


def changes_for(channels: int) -> tuple[str, ...]:
    """The named changes that make sense for a picture of so many channels."""
    return tuple(each for each in CHANGES if channels == COLOURED or each not in OF_COLOUR)


def clipped(paint: Paint, rows: int, cols: int) -> Paint:
    """What of a rectangle lies on a picture of so many rows and columns; it may be nothing."""
    return paint._replace(
        rows=min(paint.rows, rows - paint.row), cols=min(paint.cols, cols - paint.col)
    )


def cells_of(paint: Iterable[Paint]) -> dict[Place, str]:
    """The colour of each painted cell; of rectangles over each other, the last one's."""
    return {
        (row, col): each.colour
        for each in paint
        for row in range(each.row, each.row + each.rows)
        for col in range(each.col, each.col + each.cols)
    }


def paint_of(cells: Mapping[Place, str]) -> tuple[Paint, ...]:
    """Painted cells as rectangles: the same cells give the same ones.

    Cells of a colour beside each other are one, and so are equal ones below each other.
    """
    open_above: dict[tuple[int, int, str], Paint] = {}  # by first column, columns, colour
    found = []
    for run in runs_of(cells):
        key = run.col, run.cols, run.colour
        above = open_above.get(key)
        if above is not None and above.row + above.rows == run.row:
            run = above._replace(rows=above.rows + 1)
        elif above is not None:
            found.append(above)
        open_above[key] = run
    return tuple(sorted((*found, *open_above.values())))


def runs_of(cells: Mapping[Place, str]) -> Iterable[Paint]:
    """Painted cells as rows of one colour, each as long as can be, in reading order."""
    run: Paint | None = None
    for (row, col), colour in sorted(cells.items()):
        if run is not None and (run.row, run.col + run.cols, run.colour) == (row, col, colour):
            run = run._replace(cols=run.cols + 1)
            continue
        if run is not None:
            yield run
        run = Paint(row, col, 1, 1, colour)
    if run is not None:
        yield run


def line(start: Place, end: Place) -> list[Place]:
    """The cells on the way from one to another, both included."""
    down, across = end[0] - start[0], end[1] - start[1]
    steps = max(abs(down), abs(across), 1)
    return [
        (start[0] + round(down * each / steps), start[1] + round(across * each / steps))
        for each in range(steps + 1)
    ]


CHANGE_STEPS: Mapping[str, Callable[..., Changes]] = {
    "change": toggled,
    "patch": patched,
    "brush": brushed,
    "unchange": lambda _: UNCHANGED,
}
"""Steps between changes, by the names that the page calls them by."""
