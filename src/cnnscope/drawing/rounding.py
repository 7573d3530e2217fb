"""Rounding: sums whose displayed numbers add up, because the rounding is one of them.

    sum_ = Sum.of([0.1234, 0.4567], total=0.5801)
    sum_.terms      # (0.123, 0.457)
    sum_.rounding   # 0.0: 0.123 + 0.457 = 0.580

Everything is counted in whole thousandths, so that adding is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

DECIMALS = 3
UNIT = 1000  # of counting: thousandths in one


def thousandths(value: float) -> int:
    """A value as it is displayed, in thousandths."""
    return round(value * UNIT)


def product(a: int, b: int) -> int:
    """The product of two displayed numbers as it is displayed; all in thousandths.

    Half a thousandth is rounded away from zero, as is taught in school.
    """
    size = (2 * abs(a * b) + UNIT) // (2 * UNIT)
    return size if (a < 0) == (b < 0) else -size


@dataclass(frozen=True)
class Sum:
    """Displayed terms, and the little that rounding them all left out; in thousandths."""

    terms: tuple[int, ...]
    total: int

    @classmethod
    def of(cls, terms: Iterable[float], total: float) -> Self:
        """The sum of numbers whose true total is known."""
        return cls(tuple(thousandths(term) for term in terms), thousandths(total))

    @property
    def rounding(self) -> int:
        """What has to be added to the displayed terms to give the displayed total."""
        return self.total - sum(self.terms)
