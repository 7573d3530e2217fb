"""Strokes of a pen, and the pictures that they make: as they were drawn, or centred.

    drawn = rasterised(strokes, thickness=0.09, rows=28, cols=28)   # (28, 28) float32, 0..1
    placed = centred(strokes, thickness=0.09, rows=28, cols=28)     # as the digits of MNIST stand

A stroke is a row of points (x, y) on a square pad, 0..1 from its top left corner; one point alone
is a dot. The pen is round; its thickness is a share of the pad's side. Ink is white on black.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array
from cnnscope.pictures.resize import Pixels

Stroke = Sequence[tuple[float, float]]
Strokes = Sequence[Stroke]
Points = NDArray[np.float64]
"""(n, 2): x and y, px from the picture's top left corner; the middle of a pixel is at a half."""

BOX = 20 / 28
"""Share of a picture's side that a centred drawing's ink fills.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits": digits are
scaled to fit 20x20 px, their proportions kept; their centre of mass is the centre of 28x28 px.
"""

MOST_GROWTH = 5.0
"""Of a drawing that is centred: a small one grows by no more, so that a dot stays a dot."""

STEP = 0.25  # px between the places where a pen 2 px thick is set down


def rasterised(strokes: Strokes, thickness: float, rows: int, cols: int) -> Array:
    """A drawing as it stands on the pad, which is the largest square in the middle: (rows, cols).

    Each value is how much of a pixel the pen covered, 0..1.
    """
    side = min(rows, cols)
    corner = np.array([cols - side, rows - side]) / 2
    lines = [line + corner for line in _lines(strokes, side)]
    return inked(lines, thickness * side, rows, cols)


def centred(strokes: Strokes, thickness: float, rows: int, cols: int) -> Array:
    """A drawing as the digits of MNIST stand: (rows, cols), 0..1.

    Its ink fills BOX of the rows or of the columns, and its centre of mass is in the middle. What
    is scaled are the strokes and not their picture: the pen stays as thick as it is, edges are
    sharp, and a small drawing is not made of thick lines.
    """
    width, size = thickness * min(rows, cols), np.array([cols, rows])
    lines = _lines(strokes, min(rows, cols))
    if not lines:
        return np.zeros((rows, cols), np.float32)
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.maximum(BOX * size - width - 1, 1)  # for the pen's middle: its edges end in grey
    growth = (room / np.maximum(high - low, room / MOST_GROWTH)).min()
    lines = [(line - (low + high) / 2) * growth + size / 2 for line in lines]
    off = middle(rows, cols) - centre_of_mass(inked(lines, width, rows, cols))
    return inked([line + off for line in lines], width, rows, cols)


def inked(lines: Sequence[Points], width: float, rows: int, cols: int) -> Array:
    """What a round pen of ``width`` px covers along some lines: (rows, cols), 0..1.

    A pixel counts as covered by how far within half a width of a line its middle lies. Ink off the
    picture is lost.
    """
    reach = int(np.ceil(width / 2))  # px on each side of a pixel that a pen in it can touch
    across, down = cols + 4 * reach, rows + 4 * reach  # with room for what is lost
    nearest = np.full(down * across, np.inf, np.float32)
    points = np.concatenate([np.zeros((0, 2)), *(_close_by(line, width) for line in lines)])
    points = points[((points > -reach) & (points < (cols + reach, rows + reach))).all(axis=1)]
    beside = np.arange(-reach, reach + 1)
    x, y = (np.floor(each)[:, None] + beside for each in points.T)  # (n, 2 * reach + 1) each
    dx, dy = x + 0.5 - points[:, :1], y + 0.5 - points[:, 1:]
    squared = (dy * dy)[:, :, None] + (dx * dx)[:, None, :]
    place = ((y + 2 * reach) * across)[:, :, None] + (x + 2 * reach)[:, None, :]
    np.minimum.at(nearest, place.astype(np.intp).ravel(), squared.astype(np.float32).ravel())
    inner = slice(2 * reach, -2 * reach)
    distance = np.sqrt(nearest.reshape(down, across)[inner, inner])
    return np.clip(np.float32(width / 2 + 0.5) - distance, 0, min(width, 1))


def centre_of_mass(picture: Array) -> NDArray[np.float64]:
    """(x, y) of the ink's centre, px from the top left corner. Some of it there has to be."""
    sums = picture.sum(axis=0), picture.sum(axis=1)  # of each column, of each row
    return np.array([(np.arange(len(each)) + 0.5) @ each / each.sum() for each in sums])


def middle(rows: int, cols: int) -> NDArray[np.float64]:
    """(x, y) of where a centre of mass is put: the middle of a pixel, as MNIST has it.

    Of 28 px that is 14.5: the mean over MNIST's digits, of which each lies within half a pixel.
    """
    return np.array([cols // 2 + 0.5, rows // 2 + 0.5])


def to_pixels(picture: Array) -> Pixels:
    """A drawing as pictures are kept: (rows, cols), 0..1 -> (rows, cols, 3) uint8, all alike."""
    return np.repeat(np.rint(picture * 255).astype(np.uint8)[..., None], 3, axis=2)


def _lines(strokes: Strokes, side: float) -> list[Points]:
    """The strokes on a pad of that side, px; those without a point left out."""
    return [np.array(stroke, np.float64) * side for stroke in strokes if len(stroke)]


def _close_by(line: Points, width: float) -> Points:
    """Points along a line, so close that a pen of ``width`` px set on each makes it: (n, 2).

    Half a step off, a pixel at the edge is STEP * STEP / 8 px farther from a point than the line.
    """
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    step = STEP * np.sqrt(max(width / 2, 0.2))
    steps = np.linspace(0, along[-1], 1 + int(np.ceil(along[-1] / step)))
    passed = np.union1d(steps, along)  # no corner is cut
    return np.stack([np.interp(passed, along, each) for each in line.T], axis=1)
