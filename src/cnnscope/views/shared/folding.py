"""Folding: of many parts of a sum the ten largest are listed, the others are told as one.

folds(64)                        # True
largest([0.1, -3.0, ...], 10)    # (1, ...): where the largest sizes are, the largest first
"""

from collections.abc import Sequence

MANY = 11
"""Up to so many parts are all listed: a single other is no longer than its sum."""

TOP = 10
"""So many of more than that."""


def folds(count: int) -> bool:
    """Whether so many parts of a sum are too many to be listed at once."""
    return count > MANY


def largest(values: Sequence[float], count: int = TOP) -> tuple[int, ...]:
    """Where the largest sizes are, whatever their sign, the largest first."""
    order = sorted(range(len(values)), key=lambda place: (-abs(values[place]), place))
    return tuple(order[:count])
