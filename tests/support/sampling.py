"""The cases of a long table that every run tries; the others are left to a long run.

@pytest.mark.parametrize("name", sampled(STORAGES, every=3))
@pytest.mark.parametrize(("name", "way"), sampled_rows(product(STORAGES, WAYS), every=3))
"""

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], *, every: int) -> list[Any]:
    """All cases, of which the first of so many is tried always, and the others in a long run."""
    return sampled_rows(((case,) for case in cases), every=every)


def sampled_rows(rows: Iterable[tuple[Any, ...]], *, every: int) -> list[Any]:
    """All rows of several values, sampled alike."""
    return [
        pytest.param(*row, marks=[pytest.mark.long] if number % every else [])
        for number, row in enumerate(rows)
    ]
