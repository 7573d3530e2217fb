"""Input scale: how a picture's pixels become the numbers that a network reads, and back.

scale = InputScale.standardised((0.1307,), (0.3081,))
x = scale.numbers(pixels)     # pixels 0..1, (channel, row, col)
scale.pixels(x)               # the picture again, to be looked at
scale.bounds(0)               # (-0.4242, 2.8215): what black and white become
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array
from cnnscope.nn.shapes import expect

Kind = Literal["unit", "signed", "bytes", "standardised"]

WHITE = 255
"""A white pixel as a file holds it."""


@dataclass(frozen=True)
class InputScale:
    """``(pixel - mean) / std``, of pixels in 0..1; one mean and std, or one for each channel.

    ``is_inverted``: of ``1 - pixel``, for a network that learnt light ink on dark ground.
    """

    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    is_inverted: bool = False

    def __post_init__(self) -> None:
        """Check both against each other. Raises ShapeError."""
        for role in ("mean", "std"):
            values = tuple(map(float, getattr(self, role)))
            expect(bool(np.isfinite(values).all()), f"scale {role}", "finite numbers", values)
            object.__setattr__(self, role, values)
        expect(len(self.mean) >= 1, "scale mean", "at least one number", self.mean)
        same = len(self.mean) == len(self.std)
        expect(same, "scale std", f"as many numbers as means, {len(self.mean)}", len(self.std))
        expect(min(self.std) > 0, "scale std", "more than zero", min(self.std))

    @classmethod
    def unit(cls, *, is_inverted: bool = False) -> Self:
        """Pixels as they are, 0..1."""
        return cls(is_inverted=is_inverted)

    @classmethod
    def signed(cls, *, is_inverted: bool = False) -> Self:
        """From -1 to 1."""
        return cls((0.5,), (0.5,), is_inverted)

    @classmethod
    def bytes(cls, *, is_inverted: bool = False) -> Self:
        """0..255, as files hold pixels."""
        return cls((0.0,), (1 / WHITE,), is_inverted)

    @classmethod
    def standardised(
        cls, mean: Sequence[float], std: Sequence[float], *, is_inverted: bool = False
    ) -> Self:
        """By the mean and the standard deviation of the pictures of a training."""
        return cls(tuple(mean), tuple(std), is_inverted)

    @property
    def name(self) -> Kind:
        """Which kind it is, whatever the ground."""
        match (self.mean, self.std):
            case ((0.0,), (1.0,)):
                return "unit"
            case ((0.5,), (0.5,)):
                return "signed"
            case ((0.0,), (std,)) if std == 1 / WHITE:
                return "bytes"
            case _:
                return "standardised"

    @property
    def is_plain(self) -> bool:
        """Whether the numbers are the pixels themselves."""
        return self == InputScale()

    @property
    def channels(self) -> int | None:
        """How many channels it is for; None where one mean and std are for all."""
        return len(self.mean) if len(self.mean) > 1 else None

    def numbers(self, pixels: Array) -> Array:
        """What the network reads: pixels 0..1, (channel, row, col), float32."""
        if self.is_plain:
            return pixels
        mean, std = self.by_channel
        seen = 1 - pixels if self.is_inverted else pixels
        numbers: Array = ((seen - mean) / std).astype(np.float32)
        return numbers

    def pixels(self, x: Array) -> Array:
        """The picture that gives these numbers: 0..1, (channel, row, col), float32."""
        if self.is_plain:
            return x
        mean, std = self.by_channel
        seen = x * std + mean
        pixels: Array = (1 - seen if self.is_inverted else seen).astype(np.float32)
        return pixels

    def bounds(self, channel: int) -> tuple[float, float]:
        """The least and the largest number of a channel: what black and white become."""
        mean, std = (each[channel % len(each)] for each in (self.mean, self.std))
        return (0 - mean) / std, (1 - mean) / std

    @property
    def by_channel(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean and std to calculate with: (channels, 1, 1) float64 each."""
        mean, std = (np.array(each)[:, None, None] for each in (self.mean, self.std))
        return mean, std
