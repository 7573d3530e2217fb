"""A convolution in whole numbers, which is exact: one map that is drawn here, with one kernel.

given = ball(7)                                # (7, 7), digits
weights = kernel(presets(3, 3)["blur"], 1000)  # (3, 3), in thousandths
convolved(given, weights, ConvGeometry(7, 3))       # (5, 5), in thousandths
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.nn.ops import Array, conv2d

Integers = NDArray[np.int64]

BRIGHT = 9  # the numbers of the map are digits
RADIUS = 0.92  # of the ball that is drawn, in halves of the map
LIGHT = (-0.62, -0.35, 0.7)  # from above, a little from the left: (down, across, towards us)


def ball(size: int) -> Integers:
    """A ball with light on it, in digits: (size, size), the same picture in every size."""
    at = ((np.arange(size) + 0.5) / size * 2 - 1) / RADIUS
    down, across = np.meshgrid(at, at, indexing="ij")
    towards = np.sqrt(np.clip(1 - down**2 - across**2, 0, 1))
    direction = np.array(LIGHT) / np.linalg.norm(LIGHT)
    shade = np.tensordot(direction, np.stack([down, across, towards]), 1)
    digits = np.rint(1 + (BRIGHT - 1) * np.clip(shade, 0, 1))
    return np.where(np.hypot(down, across) <= 1, digits, 0).astype(np.int64)


def kernel(exact: Array, unit: int) -> Integers:
    """A kernel's numbers, counted in parts of one: (rows, cols).

    What rounding takes from their sum their middle has more, so that a blur keeps brightness.
    """
    rows, cols = exact.shape
    rounded: Integers = np.rint(exact.astype(np.float64) * unit).astype(np.int64)
    total = round(float(exact.sum(dtype=np.float64)) * unit)
    rounded[rows // 2, cols // 2] += total - int(rounded.sum())
    return rounded


def square(values: Sequence[int], size: int) -> Integers:
    """Numbers row by row as a square."""
    return np.array(values, np.int64).reshape(size, size)


def in_padding(given: Integers, padding: int) -> Integers:
    """A map with so many rows and columns of zeros around it."""
    return np.pad(given, padding)


def convolved(given: Integers, weights: Integers, geometry: ConvGeometry) -> Integers:
    """What a kernel makes of a map: (count, count), empty where no window fits.

    Integers numbers are exact in float64 as far as 2 ** 53.
    """
    if geometry.count == 0:
        return np.zeros((0, 0), np.int64)
    x, k = given.astype(np.float64)[None], weights.astype(np.float64)[None, None]
    made = conv2d(x, k, geometry.stride, geometry.padding, geometry.dilation)
    found: Integers = np.rint(made[0]).astype(np.int64)
    return found


def patch(given: Integers, geometry: ConvGeometry, row: int, col: int) -> Integers:
    """The numbers of a map under the kernel's where the window makes an output cell."""
    rows, cols = geometry.rows_read(row), geometry.rows_read(col)
    found: Integers = in_padding(given, geometry.padding)[np.ix_(rows, cols)]
    return found
