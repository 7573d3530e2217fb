"""Endings: whether logits, their softmax, its logarithms or sigmoids are what was printed.

compared(logits, values, rounding)     # {"logits": 0.4, "log_softmax": 3e-7}

Probabilities are compared by their logarithms, so that small ones count as much as large ones.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array
from cnnscope_readers.architecture.answers import Ending

TOLERANCE = 1e-5
"""Of the largest number: what other orders of adding up float32 numbers come to is a tenth."""

SUM_TOLERANCE = 1e-3
"""By how much probabilities may miss one."""

SMALLEST = 1e-30
"""Probabilities below it are not told from zero."""

SLACK = 2.0
"""Between logits whose sigmoids are told from 0 and 1, and those whose are not."""

SINGLE = 1.2e-7
"""The step of float32 below 1."""

Numbers = NDArray[np.float64]


def compared(logits: Array, values: Numbers, rounding: Numbers) -> dict[Ending, float]:
    """Each ending that could have printed such numbers, with its deviation."""
    made = logits.astype(np.float64)
    if not np.isfinite(made).all():
        return {}
    return {
        ending: compare(made, values, rounding)
        for ending, (could, compare) in ENDINGS.items()
        if could(values, rounding)
    }


def _off(made: Numbers, wanted: Numbers, allowed: Numbers) -> float:
    """The largest difference beyond what rounding allows, as a part of the largest number."""
    scale = float(np.abs(wanted).max(initial=0)) or 1.0
    return float(np.maximum(np.abs(made - wanted) - allowed, 0).max(initial=0)) / scale


def _logarithms(logits: Numbers) -> Numbers:
    shifted: Numbers = logits - logits.max()
    shifted -= np.log(np.exp(shifted).sum())
    return shifted


def _softmax(logits: Numbers, values: Numbers, rounding: Numbers) -> float:
    made = _logarithms(logits)
    seen = values > np.maximum(SMALLEST, 2 * rounding)
    if (np.exp(made[~seen]) > values[~seen] + rounding[~seen] + SMALLEST).any():
        return float("inf")
    wanted = np.log(values[seen])
    return _off(made[seen], wanted, (rounding[seen] + SINGLE) / values[seen])


def _sigmoid(logits: Numbers, values: Numbers, rounding: Numbers) -> float:
    step = np.maximum(rounding, SINGLE)
    high, low = values > 1 - 2 * step, values < np.maximum(SMALLEST, 2 * rounding)
    most = np.log(np.maximum(rounding, SMALLEST)) + SLACK  # of a logit whose sigmoid is about 0
    least = -np.log(step) - SLACK  # and of one whose sigmoid is about 1
    if (high & (logits < least)).any() or (low & (logits > most)).any():
        return float("inf")
    seen = ~(high | low)
    left = values[seen]
    allowed = (rounding[seen] + SINGLE * left) / (left * (1 - left))
    return _off(logits[seen], np.log(left / (1 - left)), allowed)


def _are_shares(values: Numbers, rounding: Numbers) -> bool:
    """Whether all are in 0..1."""
    return bool(((values >= 0) & (values <= 1)).all())


def _sum_to_one(values: Numbers, rounding: Numbers) -> bool:
    return bool(abs(values.sum() - 1) < SUM_TOLERANCE + rounding.sum())


def _is_softmax(values: Numbers, rounding: Numbers) -> bool:
    is_one = _are_shares(values, rounding) and _sum_to_one(values, rounding)
    return len(values) > 1 and is_one


def _is_log_softmax(values: Numbers, rounding: Numbers) -> bool:
    if len(values) < 2 or (values > rounding).any():
        return False
    shares = np.exp(values)
    return _sum_to_one(shares, shares * rounding)


def _log_softmax(logits: Numbers, values: Numbers, rounding: Numbers) -> float:
    return _off(_logarithms(logits), values, rounding)


Could = Callable[[Numbers, Numbers], bool]
Compare = Callable[[Numbers, Numbers, Numbers], float]

ENDINGS: Mapping[Ending, tuple[Could, Compare]] = {
    "logits": (lambda values, rounding: True, _off),
    "softmax": (_is_softmax, _softmax),
    "log_softmax": (_is_log_softmax, _log_softmax),
    "sigmoid": (_are_shares, _sigmoid),
}
"""For each ending, whether numbers could be its own, and how far they are from those of logits."""
