"""Heat maps over a picture, and other pictures made of pictures' colours.

heatmap_over(picture, values, rows, cols, ramp, domain)   # (64, 64, 4)
striped([first, second], thick=3, gap=1)               # (7, n, 4), the fourth row clear
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.color import Ramp, Rgba
from cnnscope.drawing.scale import Domain

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
COVER = 0.88  # of the heat map's colour where it is strongest
PALE = 0.35  # of white, mixed into the grey picture so that both ends of the ramp stand out


class Spread(Protocol):
    """How the rows or the columns of a map lie on a picture, in px."""

    @property
    def start(self) -> float: ...  # noqa: D102
    @property
    def step(self) -> float: ...  # noqa: D102
    @property
    def count(self) -> int: ...  # noqa: D102


def heatmap_over(
    picture: NDArray[np.float32],
    values: NDArray[np.float32],
    spread: tuple[Spread, Spread],
    ramp: Ramp,
    domain: Domain,
) -> Rgba:
    """A map's colours over a grey picture: (c, h, w) 0..1 and (rows, cols) -> (h, w, 4).

    A value covers the picture the more, the further from zero it is; where the map has no cell,
    the picture is bare.
    """
    weights = LUMINANCE if len(picture) == len(LUMINANCE) else np.full(len(picture), 1.0)
    grey = np.tensordot(weights / weights.sum(), picture, 1)  # (h, w)
    grey = 255 * (PALE + (1 - PALE) * grey)
    down, across = (cells(axis, size) for axis, size in zip(spread, grey.shape, strict=True))
    is_there = (down >= 0)[:, None] & (across >= 0)[None, :]
    spreaded = np.where(is_there, values[np.ix_(down, across)], 0)  # (h, w)
    cover = COVER * np.sqrt(np.clip(abs(spreaded) / domain.high, 0, 1))[..., None]
    mixed = ramp.paint(spreaded.astype(np.float32), domain).astype(np.float32)
    mixed[..., :3] = cover * mixed[..., :3] + (1 - cover) * grey[..., None]
    found: Rgba = np.rint(mixed).astype(np.uint8)
    return found


def cells(axis: Spread, size: int) -> NDArray[np.intp]:
    """The cell over each of so many pixels; -1 for none."""
    found = np.floor((np.arange(size) + 0.5 - axis.start) / axis.step).astype(np.intp)
    return np.where((found >= 0) & (found < axis.count), found, -1)


def striped(lines: Sequence[Rgba], thick: int, gap: int) -> Rgba:
    """Lines of colours one below the other, clear between: each (n, 4) -> (height, n, 4)."""
    height = len(lines) * (thick + gap) - gap
    strip = np.zeros((height, *lines[0].shape), np.uint8)
    for k, line in enumerate(lines):
        strip[k * (thick + gap) : k * (thick + gap) + thick] = line
    return strip
