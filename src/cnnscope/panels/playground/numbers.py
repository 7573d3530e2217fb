"""The numbers behind the playground: an input, a kernel, what the one makes of the other.

    made = numbers_of(Settings(), "edges")
    made.output[0, 0]        # in thousandths, exactly: what is displayed adds up
    made.patch((0, 0))       # the input under the kernel, (3, 3)

A kernel's numbers are whole thousandths and the input's are whole, so nothing is ever rounded.
"""

from dataclasses import dataclass
from functools import lru_cache

from cnnscope.drawing.rounding import DECIMALS, UNIT, thousandths
from cnnscope.drawing.scale import Domain, number
from cnnscope.drawing.timeline import Place, Slide
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.nn.kernels import presets
from cnnscope.panels.playground.integer_conv import (
    BRIGHT,
    Integers,
    ball,
    convolved,
    in_padding,
    kernel,
    patch,
    square,
)
from cnnscope.state.playground import PRESETS, Kernel, Playground, Settings

INPUT_DOMAIN = Domain(0, BRIGHT)
KEPT = 32  # settings whose numbers are remembered


@dataclass(frozen=True, eq=False)
class PlaygroundNumbers:
    """A convolution of one map with one kernel, in whole numbers."""

    geometry: ConvGeometry
    given: Integers  # (size, size), 0..9
    kernel: Integers  # (kernel, kernel), thousandths
    output: Integers  # (count, count), thousandths; empty where no window fits

    @property
    def padded(self) -> Integers:
        """The input in its padding."""
        return in_padding(self.given, self.geometry.padding)

    def patch(self, place: Place) -> Integers:
        """The input's numbers under the kernel's where the window makes an output cell."""
        return patch(self.given, self.geometry, *place)

    def slide(self, speed: float) -> Slide:
        """The window's way."""
        return Slide(self.geometry.count, self.geometry.count, speed)

    def place_over(self, row: int, col: int) -> Place:
        """The output cell whose window is about a cell of the padded input."""
        return self.geometry.at(row), self.geometry.at(col)


def numbers_for(playground: Playground) -> PlaygroundNumbers:
    """The numbers of what is shown."""
    return numbers_of(playground.settings, playground.kernel)


@lru_cache(KEPT)
def numbers_of(settings: Settings, kernel: Kernel) -> PlaygroundNumbers:
    """The numbers for some settings and a kernel; worked out once."""
    geometry = ConvGeometry(*settings)
    given, weights = ball(settings.size), weights_of(kernel, settings.kernel)
    return PlaygroundNumbers(geometry, given, weights, convolved(given, weights, geometry))


def weights_of(named: Kernel, size: int) -> Integers:
    """A kernel's numbers in thousandths, (size, size)."""
    if isinstance(named, str):
        return kernel(presets(size, size)[named], UNIT)
    return square([thousandths(value) for value in named], size)


def named(values: tuple[float, ...], size: int) -> Kernel:
    """The preset that has these numbers, or the numbers."""
    typed = weights_of(values, size)
    for preset in PRESETS:
        if (weights_of(preset, size) == typed).all():
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
