"""What is drawn on the pad: the lines of a pen, and what undoing brings back.

    sketch = extended(begun(Sketch(), (0.2, 0.5)), (0.2, 0.5), (0.6, 0.5))
    sketch.lines              # (((0.2, 0.5), (0.6, 0.5)),)
    undone(sketch).lines      # ()

Places are (x, y), 0..1 from the pad's top left corner; a line of one place is a dot.
"""

from dataclasses import dataclass, replace

Point = tuple[float, float]
Line = tuple[Point, ...]
Lines = tuple[Line, ...]

MOST_POINTS = 2000
"""Places that are kept of a drawing; of one with more, every second is."""

MOST_UNDONE = 100
"""Strokes that can be taken back."""


@dataclass(frozen=True)
class Sketch:
    """A drawing, with those that it was before and those that were taken back."""

    lines: Lines = ()
    before: tuple[Lines, ...] = ()
    undone: tuple[Lines, ...] = ()


def begun(sketch: Sketch, place: Point) -> Sketch:
    """A pen set down: a dot, as long as it does not move."""
    return replaced(sketch, (*sketch.lines, (place,)))


def extended(sketch: Sketch, start: Point, end: Point) -> Sketch:
    """The pen drawn from one place to another; what lies off the pad is no part of the line."""
    within = clipped(start, end)
    if within is None:
        return sketch
    first, last = within
    *others, line = sketch.lines or ((),)
    lines = (*others, (*line, last)) if line[-1:] == (first,) else (*sketch.lines, within)
    return replace(sketch, lines=thinned(lines))


def cleared(sketch: Sketch) -> Sketch:
    """The pad wiped, which can be undone like a stroke."""
    return replaced(sketch, ()) if sketch.lines else sketch


def replaced(sketch: Sketch, lines: Lines) -> Sketch:
    """Other lines, from which those that were there can be come back to."""
    return Sketch(lines, (*sketch.before, sketch.lines)[-MOST_UNDONE:])


def undone(sketch: Sketch) -> Sketch:
    """The drawing before the last stroke."""
    if not sketch.before:
        return sketch
    *before, lines = sketch.before
    return Sketch(lines, tuple(before), (*sketch.undone, sketch.lines))


def redone(sketch: Sketch) -> Sketch:
    """The stroke that was taken back last, drawn again."""
    if not sketch.undone:
        return sketch
    *later, lines = sketch.undone
    return Sketch(lines, (*sketch.before, sketch.lines), tuple(later))


def thinned(lines: Lines) -> Lines:
    """The lines with no more places than are kept: of each its ends and every second between."""
    if sum(map(len, lines)) <= MOST_POINTS:
        return lines
    fewer = tuple((*line[:-1:2], line[-1]) for line in lines)
    return fewer[-MOST_POINTS:]  # those who set thousands of dots lose the first


def clipped(start: Point, end: Point) -> tuple[Point, Point] | None:
    """What of a straight line lies on the pad, if anything. Source: Liang and Barsky (1984)."""
    enters, leaves = 0.0, 1.0
    for low, high in zip(start, end, strict=True):
        way = high - low
        for room, towards in ((low, -way), (1 - low, way)):  # to either edge
            if towards == 0:
                if room < 0:
                    return None
            elif towards > 0:
                leaves = min(leaves, room / towards)
            else:
                enters = max(enters, room / towards)
    if enters > leaves:
        return None
    return (start if enters == 0 else along(start, end, enters),
            end if leaves == 1 else along(start, end, leaves))  # fmt: skip


def along(start: Point, end: Point, share: float) -> Point:
    """The place that far from one place to another, 0..1."""
    return (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
