"""Functions of one number, of arrays of any shape: float32 in, float32 out.

sigmoid(np.float32([-100, 0, 100]))      # 0, 0.5, 1: no overflow
gelu(x)                                  # x * (1 + erf(x / sqrt(2))) / 2

Source: PyTorch's documentation of the functions of these names in ``torch.nn.functional``.
"""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array

ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
"""Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26."""

ERF_BEND = 0.3275911
"""The ``p`` of the same formula."""

TANH_BEND = 0.044715
"""Source: Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016)."""


def relu6(x: Array) -> Array:
    """``min(max(0, x), 6)``."""
    return np.clip(x, np.float32(0), np.float32(6))


def leaky_relu(x: Array, alpha: float) -> Array:
    """``x``, below zero times ``alpha``."""
    return np.where(x > 0, x, np.float32(alpha) * x)


def elu(x: Array, alpha: float) -> Array:
    """``x``, below zero ``alpha * (exp(x) - 1)``."""
    below: Array = np.float32(alpha) * np.expm1(np.minimum(x, np.float32(0)))
    return np.where(x > 0, x, below)


def sigmoid(x: Array) -> Array:
    """``1 / (1 + exp(-x))``, also of numbers whose exponential is too large."""
    small: Array = np.exp(-abs(x))  # 0..1
    share: Array = np.where(x >= 0, np.float32(1), small) / (np.float32(1) + small)
    return share


def silu(x: Array) -> Array:
    """``x * sigmoid(x)``."""
    return x * sigmoid(x)


def tanh(x: Array) -> Array:
    """``(exp(x) - exp(-x)) / (exp(x) + exp(-x))``."""
    return np.tanh(x)


def gelu(x: Array) -> Array:
    """``x`` times the share of a standard normal distribution that lies below ``x``."""
    wide = x.astype(np.float64)
    return (wide * (1 + erf(wide / sqrt(2))) / 2).astype(np.float32)


def gelu_tanh(x: Array) -> Array:
    """GELU by the formula with tanh that stands in for it."""
    wide = x.astype(np.float64)
    inner = sqrt(2 / pi) * (wide + TANH_BEND * wide**3)
    made: Array = (wide * (1 + np.tanh(inner)) / 2).astype(np.float32)
    return made


def erf(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The error function, at most 1.5e-7 off."""
    size = abs(x)
    t = 1 / (1 + ERF_BEND * size)
    total = np.zeros_like(t)
    for factor in reversed(ERF):
        total = (total + factor) * t
    return np.copysign(1 - total * np.exp(-np.square(size)), x)
