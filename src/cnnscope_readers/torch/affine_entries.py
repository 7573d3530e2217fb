"""Sums and products of maps with numbers, as a layer: a slope and an offset for each map.

    affine("div", 3, np.float32([255]), -1, True)     # a batch normalisation, by a variance of 1

A network that scales its own input does so; of two in a row one is made.
"""

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array
from cnnscope_readers.arrays import finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry

Floats = NDArray[np.float64]


def affine(source: str, channels: int, numbers: Array, sign: int, is_factor: bool) -> LayerEntry:
    """Maps plus, minus, times or by numbers: one for all maps, or one for each."""
    sides = [side for side in numbers.shape if side != 1]
    if sides not in ([], [channels]) or (sides and numbers.shape[-3:-2] != (channels,)):
        raise RefusedError("shapes", layer=source, expected=(channels, 1, 1), got=numbers.shape)
    each = np.broadcast_to(numbers.reshape(-1), (channels,)).astype(np.float64)
    if is_factor and sign < 0 and not each.all():
        raise RefusedError("setting", layer=source, setting="other", value=0)
    ones = np.ones(channels)
    slope = (each if sign > 0 else 1 / each) if is_factor else ones
    return _line(source, slope, 0 * ones if is_factor else sign * each)


def _line(source: str, slope: Floats, offset: Floats) -> LayerEntry:
    """A slope and an offset for each map: a normalisation by a mean of 0 and a variance of 1."""
    zeros, arrays = np.zeros(len(slope), np.float32), (slope, offset)
    gamma, beta = (finite(source, each) for each in arrays)
    made = {"gamma": gamma, "beta": beta, "mean": zeros, "variance": zeros + 1}
    return LayerEntry("batch_norm2d", source, {"epsilon": 0.0}, made)


def joined(first: LayerEntry, second: LayerEntry) -> LayerEntry | None:
    """Two lines in a row as one; None where they are none."""
    if not (_is_line(first) and _is_line(second)):
        return None
    slopes, offsets = (
        [each.arrays[role].astype(np.float64) for each in (first, second)]
        for role in ("gamma", "beta")
    )
    if len(slopes[0]) != len(slopes[1]):
        return None
    return _line(second.source, slopes[0] * slopes[1], offsets[0] * slopes[1] + offsets[1])


def _is_line(entry: LayerEntry) -> bool:
    """Whether it is one that was made here."""
    if entry.type != "batch_norm2d" or entry.settings["epsilon"] != 0:
        return False
    return not entry.arrays["mean"].any() and bool((entry.arrays["variance"] == 1).all())
