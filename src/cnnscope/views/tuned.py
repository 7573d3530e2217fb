"""The numbers behind the playground: an input, a kernel, what the one makes of the other.

    made = tuned(Settings(), "edges")
    made.output[0, 0]        # in thousandths, exactly: what is displayed adds up
    made.patch((0, 0))       # the input under the kernel, (3, 3)

A kernel's numbers are whole thousandths and the input's are whole, so nothing is ever rounded.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.edits import presets
from cnnscope.nn.ops import conv2d
from cnnscope.nn.sliding import Sliding
from cnnscope.scene.rounding import DECIMALS, UNIT, thousandths
from cnnscope.scene.scale import Domain, number
from cnnscope.scene.timeline import Place, Slide
from cnnscope.tuning import PRESETS, Kernel, Settings, Tuning

Whole = NDArray[np.int64]

BRIGHT = 9  # the input's numbers are digits
INPUT_DOMAIN = Domain(0, BRIGHT)
RADIUS = 0.92  # of the ball that is drawn, in halves of the input
LIGHT = (-0.62, -0.35, 0.7)  # from above, a little from the left: (down, across, towards us)
KEPT = 32  # settings whose numbers are remembered


@dataclass(frozen=True, eq=False)
class Tuned:
    """A convolution of one map with one kernel, in whole numbers."""

    sliding: Sliding
    given: Whole  # (size, size), 0..9
    kernel: Whole  # (kernel, kernel), thousandths
    output: Whole  # (count, count), thousandths; empty where no window fits

    @property
    def padded(self) -> Whole:
        """The input in its padding."""
        return np.pad(self.given, self.sliding.padding)

    def patch(self, place: Place) -> Whole:
        """The input's numbers under the kernel's where the window makes an output cell."""
        rows, cols = (self.sliding.rows_read(at) for at in place)
        return self.padded[np.ix_(rows, cols)]

    def slide(self, speed: float) -> Slide:
        """The window's way."""
        return Slide(self.sliding.count, self.sliding.count, speed)

    def place_over(self, row: int, col: int) -> Place:
        """The output cell whose window is about a cell of the padded input."""
        return self.sliding.at(row), self.sliding.at(col)


def tuned_by(tuning: Tuning) -> Tuned:
    """The numbers of what is shown."""
    return tuned(tuning.settings, tuning.kernel)


@lru_cache(KEPT)
def tuned(settings: Settings, kernel: Kernel) -> Tuned:
    """The numbers for some settings and a kernel; worked out once."""
    sliding = Sliding(*settings)
    given, weights = drawn(settings.size), weights_of(kernel, settings.kernel)
    output = np.zeros((0, 0), np.int64)
    if sliding.count:
        x, k = given.astype(np.float64)[None], weights.astype(np.float64)[None, None]
        made = conv2d(x, k, settings.stride, settings.padding, settings.dilation)
        output = np.rint(made[0]).astype(np.int64)
    return Tuned(sliding, given, weights, output)


def drawn(size: int) -> Whole:
    """A ball with light on it, in digits: (size, size), the same picture in every size."""
    at = (np.arange(size) + 0.5) / size * 2 - 1
    down, across = np.meshgrid(at / RADIUS, at / RADIUS, indexing="ij")
    is_ball = np.hypot(down, across) <= 1
    towards = np.sqrt(np.clip(1 - down**2 - across**2, 0, 1))
    direction = np.array(LIGHT) / np.linalg.norm(LIGHT)
    shade = np.tensordot(direction, np.stack([down, across, towards]), 1)
    digits = np.rint(1 + (BRIGHT - 1) * np.clip(shade, 0, 1))
    found: Whole = np.where(is_ball, digits, 0).astype(np.int64)
    return found


def weights_of(kernel: Kernel, size: int) -> Whole:
    """A kernel's numbers in thousandths, (size, size).

    What rounding takes from a preset its middle has more, so that a blur keeps brightness.
    """
    if not isinstance(kernel, str):
        return np.array([thousandths(value) for value in kernel], np.int64).reshape(size, size)
    exact = presets(size, size)[kernel].astype(np.float64)
    rounded: Whole = np.rint(exact * UNIT).astype(np.int64)
    rounded[size // 2, size // 2] += thousandths(float(exact.sum())) - rounded.sum()
    return rounded


def named(values: tuple[float, ...], size: int) -> Kernel:
    """The preset that has these numbers, or the numbers."""
    typed = weights_of(values, size)
    for preset in PRESETS:
        if np.array_equal(weights_of(preset, size), typed):
            return preset
    return values


def plain(value: int) -> str:
    """Thousandths as they are written: no more decimals than there are."""
    for decimals in range(DECIMALS):
        if value % 10 ** (DECIMALS - decimals) == 0:
            return number(value / UNIT, decimals)
    return number(value / UNIT, DECIMALS)


def grouped(value: int) -> str:
    """A number as a factor or a term after another: a negative one in brackets."""
    return f"({plain(value)})" if value < 0 else plain(value)
