"""Batch normalisation, as it is after training: a line for each channel, or feature."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn.layers.base import (
    Cell,
    Draws,
    Shape,
    Take,
    Window,
    expect,
    expect_map,
    expect_shape,
    one,
)
from cnnscope.nn.layers.conv2d import Conv2d
from cnnscope.nn.ops import Array

EPSILON = 1e-5
"""Added to the variance where a file of weights does not say otherwise. Source: PyTorch."""


@dataclass(frozen=True, eq=False)
class BatchNorm2d:
    """``(x - mean) / sqrt(variance + epsilon) * gamma + beta``, channel by channel.

    Of maps, (c, h, w), or of a vector after flatten or dense, (n,), whose features are channels.
    Mean and variance are those that training kept, so that a picture does not depend on others.
    Source: PyTorch's ``torch.nn.BatchNorm2d`` and ``BatchNorm1d`` in evaluation.
    """

    type_name: ClassVar[str] = "batch_norm2d"
    kind: ClassVar[str] = "batch_norm"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = True
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ("epsilon",)

    name: str
    gamma: Array  # (channels,)
    beta: Array  # (channels,)
    mean: Array  # (channels,)
    variance: Array  # (channels,)
    epsilon: float = EPSILON

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.gamma.ndim == 1, f"{self.name} gamma", "1 axis", self.gamma.shape)
        for role in ("beta", "mean", "variance"):
            expect_shape(f"{self.name} {role}", self.gamma.shape, getattr(self, role).shape)
        least = float((self.variance + self.epsilon).min(initial=1.0))
        expect(least > 0, f"{self.name} variance", "more than zero with epsilon", least)

    def __call__(self, x: Array) -> Array:
        """Scale and shift each channel."""
        each = (-1, *(1 for _ in x.shape[1:]))
        slopes, offsets = (numbers.reshape(each) for numbers in self.line)
        made: Array = x * slopes + offsets
        return made

    @property
    def line(self) -> tuple[Array, Array]:
        """Slope and offset of each channel's line, ``slope * x + offset``: (channels,) each."""
        deviation = np.sqrt(self.variance.astype(np.float64) + self.epsilon)
        slopes = self.gamma / deviation
        return slopes.astype(np.float32), (self.beta - self.mean * slopes).astype(np.float32)

    def output_shape(self, shape: Shape) -> Shape:
        """The shape itself. Raises ShapeError."""
        if len(shape) != 1:
            expect_map(self.name, shape)
        expect_shape(f"{self.name} gamma", shape[:1], self.gamma.shape)
        return shape

    def folded_into(self, conv: Conv2d) -> Conv2d:
        """The one convolution that does the same as another with this after it. Raises ShapeError.

        Each kernel is multiplied by its channel's slope; the bias too, and the offset is added.
        """
        expect_shape(f"{self.name} gamma", conv.bias.shape, self.gamma.shape)
        slopes, offsets = self.line
        kernel, bias = conv.kernel * slopes[:, None, None, None], conv.bias * slopes + offsets
        return replace(conv, kernel=kernel, bias=bias, has_bias=True)

    def window(self, cell: Cell) -> Window:
        """The same cell of the same channel."""
        return Window(one(cell.channel), one(cell.row), one(cell.col))

    def multiplications(self, shape: Shape) -> int:
        """How many products an input of ``shape`` needs: one for each value."""
        return math.prod(shape)

    @property
    def parameters(self) -> int:
        """How many numbers training sets: gamma and beta of each channel; it keeps the others."""
        return 2 * self.gamma.size

    @property
    def facts(self) -> Mapping[str, int]:
        """None."""
        return {}

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A batch normalisation."""
        gamma, beta, mean, variance = map(take, ("gamma", "beta", "mean", "variance"))
        return cls(entry["name"], gamma, beta, mean, variance, entry.get("epsilon", EPSILON))
