"""The cases of a long table that every run tries; the others are left to a long run.

@pytest.mark.parametrize("name", sampled(STORAGES, every=3))
"""

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], *, every: int) -> list[Any]:
    """All cases, of which the first of so many is tried always, and the others in a long run."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        if number % every
        else case
        for number, case in enumerate(cases)
    ]
