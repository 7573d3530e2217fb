"""Overlays: what is marked cell by cell on an enlarged map.

``overlay`` is a canvas over it, which the others paint; ``window_grid`` are lines.

    hatching(is_cut, 4)              # (4 * rows, 4 * cols, 4) uint8, clear where nothing is cut
    fading(is_loser, 8)              # what does not win, drawn paler
    dots(is_winner, 8)               # a dot in the middle of each cell that wins

A cell is so many pixels wide and high, as the map under it is drawn.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.state.state import Place
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import PoolNumbers

HATCH = (74, 84, 100, 165)  # seen on the maps' near white, which is the same on a dark page
HATCH_APART = 5  # px from one line to the next, across
FADE = (247, 246, 242, 120)  # near white: the maps' own colour of zero
DOT = (255, 210, 31, 255)
DOT_RIM = (0, 0, 0, 255)
DOT_SHARE = 0.4  # of a cell
RIM_FROM = 5  # px: a smaller dot is its rim's colour alone

GRID_LEAST = 10  # px from one window to the next, for lines between them

Cells = NDArray[np.bool_]


def overlay(key: str, rows_cols: Place, box: Box) -> Element:
    """What is painted over a map in a box, as fine as the page's own pixels."""
    rows, cols = rows_cols
    side = cell_side(rows_cols, box)
    return element(
        "canvas",
        {"class": "overlay", "aria-hidden": "true", "data-paint": key,
         "width": cols * side, "height": rows * side},
    )  # fmt: skip


def cell_side(rows_cols: Place, box: Box) -> int:
    """How many pixels a cell of a map in a box is wide and high."""
    return round(box.height / rows_cols[0])


def window_grid(numbers: PoolNumbers, plan: ChannelwiseLayout) -> Iterator[Element]:
    """Faint lines around every window on the map that is read, where they are far enough apart."""
    layer, side = numbers.layer, cell_side(numbers.given_rows_cols, plan.given)
    apart = layer.stride[0] * side, layer.stride[1] * side
    if layer.stride != layer.size or min(apart) < GRID_LEAST or numbers.is_global:
        return
    above, before = (places.start * side for places in numbers.window((0, 0))[1:])
    rows, cols = numbers.rows_cols
    wide = min(plan.given.width, before + cols * apart[1])
    high = min(plan.given.height, above + rows * apart[0])
    style = (
        f"width:{rem(wide)};height:{rem(high)};--across:{rem(apart[1], 4)};"
        f"--down:{rem(apart[0], 4)};--before:{rem(before)};--above:{rem(above)}"
    )
    yield element("span", {"class": "window-grid", "style": style})


def hatching(cells: Cells, side: int) -> Rgba:
    """Slanting lines over some cells, which go on from each to the next."""
    rgba, is_within = clear(cells, side)
    rows, cols = (np.arange(length) for length in is_within.shape)
    rgba[is_within & ((rows[:, None] + cols) % HATCH_APART == 0)] = HATCH
    return rgba


def fading(cells: Cells, side: int) -> Rgba:
    """A veil over some cells."""
    rgba, is_within = clear(cells, side)
    rgba[is_within] = FADE
    return rgba


def dots(cells: Cells, side: int) -> Rgba:
    """A dot in each of some cells: yellow with a rim, or where it is tiny, dark."""
    rgba, _ = clear(cells, side)
    size = max(2, round(DOT_SHARE * side))
    start = (side - size) // 2
    dot = np.zeros((side, side, 4), np.uint8)
    dot[start : start + size, start : start + size] = DOT_RIM
    if size >= RIM_FROM:
        dot[start, [start, start + size - 1]] = dot[start + size - 1, [start, start + size - 1]] = 0
        dot[start + 1 : start + size - 1, start + 1 : start + size - 1] = DOT
    tiles = rgba.reshape(len(cells), side, -1, side, 4).swapaxes(
        1, 2
    )  # (rows, cols, side, side, 4)
    tiles[cells] = dot
    return rgba


def over(below: Rgba, above: Rgba) -> Rgba:
    """One overlay with another on it, which hides it where it is not clear."""
    return np.where(above[..., 3:] > 0, above, below)


def clear(cells: Cells, side: int) -> tuple[Rgba, Cells]:
    """Nothing at all, and which of its pixels lie within some cells."""
    is_within = cells.repeat(side, 0).repeat(side, 1)
    return np.zeros((*is_within.shape, 4), np.uint8), is_within
