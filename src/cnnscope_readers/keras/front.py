"""Layers at the front of a Keras model that scale the pixels: the page does it in their place.

rescaling(making, step)
scale_of(making)         # InputScale, or None where there are none
"""

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.input_scale import WHITE, InputScale
from cnnscope.nn.shapes import ShapeError
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.making import Making, Numbers
from cnnscope_readers.keras.told import Step, flag, refuse

EPSILON = 1e-7
"""The least standard deviation of a Normalization. Source: ``keras.layers.Normalization``."""

STEEPEST = 0.2
"""Slope of a line for pixels 0 to 255, at most; of pixels 0 to 1 it is larger."""

DIGITS = 9
"""That are kept of means and deviations: 255 times a rounded 1/255 is 1."""


def rescaling(making: Making, step: Step) -> None:
    """``x * scale + offset``. Raises RefusedError: layer, setting."""
    slopes = _numbers(making, step, "scale", 1.0)
    _line(making, step, slopes, _numbers(making, step, "offset", 0.0))


def normalization(making: Making, step: Step) -> None:
    """``(x - mean) / sqrt(variance)``. Raises RefusedError: layer, setting, shapes."""
    if flag(step, "invert", False):
        raise refuse(step, "invert")
    last = 3 if len(making.shape) == 3 and not making.is_plane else None
    if step.config.get("axis", -1) not in (-1, last, [-1], [last], [], None):
        raise refuse(step, "axis")
    if step.config.get("mean") is not None:
        mean, variance = (_numbers(making, step, key, 0.0) for key in ("mean", "variance"))
    else:
        held = making.arrays_of(step)
        if len(held) not in (2, 3):
            raise RefusedError("shapes", layer=step.name, expected="2 arrays", got=len(held))
        mean, variance = (_fitted(making, step, "mean", read().ravel()) for read in held[:2])
    with np.errstate(all="ignore"):
        deviation = np.maximum(np.sqrt(variance), EPSILON)
        _line(making, step, 1 / deviation, -mean / deviation)


def _line(making: Making, step: Step, slopes: Numbers, offsets: Numbers) -> None:
    if not making.is_front:
        raise RefusedError("layer", layer=step.name, kind=step.kind)
    making.lines.append((slopes, offsets))
    try:
        scale_of(making)
    except ShapeError as error:
        raise RefusedError("setting", layer=step.name, setting="scale", value=error.got) from error


def _numbers(making: Making, step: Step, setting: str, usual: float) -> Numbers:
    """One number, or one of each channel."""
    value = step.config.get(setting, usual)
    if isinstance(value, dict) and isinstance(value.get("config"), dict):  # an array of NumPy
        value = value["config"].get("value")
    try:
        numbers = np.array(value, np.float64).ravel()
    except (TypeError, ValueError, OverflowError) as error:
        raise refuse(step, setting) from error
    return _fitted(making, step, setting, numbers)


def _fitted(making: Making, step: Step, setting: str, numbers: NDArray[np.generic]) -> Numbers:
    if len(numbers) not in (1, making.shape[0] or 0) or len(making.shape) != 3:
        raise RefusedError("setting", layer=step.name, setting=setting, value=numbers.shape)
    return numbers.astype(np.float64)


def _together(making: Making) -> tuple[Numbers, Numbers]:
    """Slope and offset of all lines after each other."""
    slope, offset = np.ones(1), np.zeros(1)
    for slopes, offsets in making.lines:
        slope, offset = slope * slopes, offset * slopes + offsets
    return np.broadcast_to(slope, np.broadcast_shapes(slope.shape, offset.shape)), offset


def scale_of(making: Making) -> InputScale | None:
    """How pixels 0 to 1 become what the first layer reads; None where nothing scales them.

    A model whose line is gentle, or is zero beyond 1, reads pixels of 0 to 255. Raises ShapeError.
    """
    if not making.lines:
        return None
    with np.errstate(all="ignore"):
        slope, offset = _together(making)
        is_bytes = bool((np.abs(slope) < STEEPEST).all() or (np.abs(offset / slope) > 1.5).any())
        slope = slope * WHITE if is_bytes else slope
        is_inverted = bool((slope < 0).all())
        if is_inverted:
            slope, offset = -slope, offset + slope
        mean, std = np.broadcast_arrays(-offset / slope, 1 / slope)
    return InputScale(tuple(map(_round, mean)), tuple(map(_round, std)), is_inverted)


def _round(number: float) -> float:
    return float(f"{number:.{DIGITS}g}") + 0.0  # no minus zero
