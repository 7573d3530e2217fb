"""Numbers as they are written, domains of values, and ticks.

domain = symmetric(2.4137)
[number(tick) for tick in ticks(domain, 3)]   # ['−2.41', '0.00', '2.41']
"""

from dataclasses import dataclass
from math import log10

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
DECIMALS = 2  # of a value read at a glance
DECIMALS_EXACT = 4  # of the one value under the pointer


@dataclass(frozen=True)
class Domain:
    """The values between which a ramp runs; ``low`` < ``high``."""

    low: float
    high: float


def symmetric(extent: float) -> Domain:
    """From -extent to extent; of a map that is all zero, from -1 to 1."""
    reach = extent if extent > 0 else 1.0
    return Domain(-reach, reach)


def ticks(domain: Domain, count: int) -> list[float]:
    """``count`` values evenly spread from low to high, both included."""
    step = (domain.high - domain.low) / (count - 1)
    return [domain.low + step * i for i in range(count)]


def number(value: float, decimals: int = DECIMALS) -> str:
    """A value in fixed decimals with a real minus sign; never a negative zero."""
    text = f"{value:.{decimals}f}"
    if text.startswith("-"):
        text = MINUS + text[1:] if float(text) else text[1:]
    return text


def count(amount: int) -> str:
    """How many there are, as figures are grouped: ``1,690``."""
    return f"{amount:,}"


RARE = 0.0005
"""A probability below this is told as one in so many."""


COUNTED = 1e12
"""Up to so many are written out; more as a power of ten."""

SMALLEST = 1e-45
"""What float32 can hold above zero; a smaller probability became zero by rounding."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def ten_to(power: int) -> str:
    """A power of ten: ``10⁻³``."""
    return f"10{str(power).translate(SUPERSCRIPTS)}"


def one_in(share: float) -> str:
    """In how many cases a probability is one, to three figures: ``28,600`` for 3.5e-5.

    Zero is one that was rounded.
    """
    if share * COUNTED < 1:
        return ten_to(round(-log10(max(share, SMALLEST))))
    many = 1 / share
    places = 10 ** max(0, len(str(int(many))) - 3)
    return count(round(many / places) * places)


def below_one(share: float) -> str:
    """A probability with as many decimals as tell it from 1: ``0.99997``; seven at most."""
    places = range(DECIMALS_EXACT, 8)
    written = (f"{share:.{decimals}f}" for decimals in places)
    return next((text for text in written if not text.startswith("1") or share == 1), "1")


def percent(share: float, decimals: int = 1) -> str:
    """A probability as a percentage, which is at no end: a network is never certain.

    0.99996 is ``>99.9 %``, not ``100.0 %``, and so is a probability that was rounded to one.
    """
    step = 10.0**-decimals  # the smallest percentage that is written
    half = step / 200
    if share < half:
        return f"<{step:.{decimals}f}{NO_BREAK}%"
    if share >= 1 - half:
        return f">{100 - step:.{decimals}f}{NO_BREAK}%"
    return f"{100 * share:.{decimals}f}{NO_BREAK}%"


def proportion(part: int, whole: int) -> str:
    """A part of what was counted, as a percentage, which may be none or all: ``0.0 %``."""
    ends = {0: f"0.0{NO_BREAK}%", whole: f"100.0{NO_BREAK}%"}
    return ends.get(part) or percent(part / whole)
