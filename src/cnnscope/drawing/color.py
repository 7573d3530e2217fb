"""Colour scales (ramps), diverging or not: how a value becomes a colour; nowhere else.

    ACTIVATION.paint(activation, symmetric(2.4))   # (10, 62, 62, 4) uint8 RGBA
    ACTIVATION.gradient()                          # 'linear-gradient(to right, #7f2704, ...)'

A ramp is a packed string of evenly spaced colours, mixed in Oklab so that equal steps of the
value look like equal steps of colour. Source: Ottosson, "A perceptual color space for image
processing" (2020).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.scale import Domain

STEPS = 255  # odd, so that zero has a colour of its own in the middle of a diverging ramp
GRADIENT_STOPS = 17  # enough that a CSS gradient cannot be told from the table

Rgba = NDArray[np.uint8]

LMS_FROM_LINEAR = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LAB_FROM_LMS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@dataclass(frozen=True, eq=False)
class Ramp:
    """Colours from the low to the high end of a domain."""

    packed: str  # six hex digits a colour, evenly spaced
    table: NDArray[np.uint32] = field(init=False, repr=False)  # (STEPS,), RGBA in memory order

    def __post_init__(self) -> None:
        """Mix the table."""
        rgba = np.full((STEPS, 4), 255, np.uint8)
        rgba[:, :3] = mixed(unpacked(self.packed), STEPS)
        object.__setattr__(self, "table", rgba.view(np.uint32).reshape(STEPS))

    def paint(self, values: NDArray[np.float32], domain: Domain) -> Rgba:
        """Colours of values, clipped to the domain: (...) -> (..., 4) uint8 RGBA."""
        scale = np.float32((STEPS - 1) / (domain.high - domain.low))
        index = (values - np.float32(domain.low)) * scale + np.float32(0.5)
        index = np.clip(index, 0, STEPS - 1, out=index)
        colors: NDArray[np.uint32] = self.table[index.astype(np.uint8)]
        return colors.view(np.uint8).reshape(*values.shape, 4)

    def colors(self, values: Sequence[float], domain: Domain) -> list[str]:
        """The colours of some values, as CSS writes them."""
        painted = self.paint(np.array(values, np.float32), domain)
        return [f"#{bytes(rgba[:3]).hex()}" for rgba in painted]

    @cache  # noqa: B019 - a ramp lives as long as the page
    def gradient(self) -> str:
        """The ramp as a CSS gradient from left (low) to right (high)."""
        places = np.linspace(0, STEPS - 1, GRADIENT_STOPS).round().astype(int)
        rgb = self.table[places].view(np.uint8).reshape(-1, 4)[:, :3]
        return f"linear-gradient(to right, {', '.join('#' + bytes(c).hex() for c in rgb)})"


def from_channels(x: NDArray[np.float32]) -> Rgba:
    """The picture that three channels, or one, hold: (c, rows, cols) 0..1 -> (rows, cols, 4)."""
    rgb = np.rint(x * 255).astype(np.uint8).transpose(1, 2, 0)  # (rows, cols, c)
    return opaque(np.broadcast_to(rgb, (*rgb.shape[:2], 3)))


def opaque(rgb: NDArray[np.uint8]) -> Rgba:
    """RGB with full opacity: (rows, cols, 3) -> (rows, cols, 4)."""
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def unpacked(packed: str) -> NDArray[np.float64]:
    """(n, 3) sRGB in 0..1 from six hex digits a colour."""
    return np.frombuffer(bytes.fromhex(packed), np.uint8).reshape(-1, 3) / 255


def mixed(colors: NDArray[np.float64], steps: int) -> NDArray[np.uint8]:
    """``steps`` colours evenly along the given ones, in Oklab: (n, 3) sRGB -> (steps, 3)."""
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    lab = np.cbrt(linear @ LMS_FROM_LINEAR.T) @ LAB_FROM_LMS.T
    places = np.linspace(0, len(colors) - 1, steps)
    lab = np.stack([np.interp(places, range(len(colors)), axis) for axis in lab.T], axis=1)
    lms = (lab @ np.linalg.inv(LAB_FROM_LMS).T) ** 3
    linear = np.clip(lms @ np.linalg.inv(LMS_FROM_LINEAR).T, 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    rounded: NDArray[np.uint8] = (srgb * 255).round().astype(np.uint8)
    return rounded


ACTIVATION = Ramp("6b2101993806c6530cea7d29f5b376f7f6f294c1e45a9fd42f7cba175a970b2f66")
"""Orange below zero, near white at zero, blue above: told apart with any colour vision."""

WEIGHT = Ramp("3d1160713a97a678c2d9c3e3f6f4f6c6e3c07fbf7b3a8f4a0f5223")
"""Purple below zero, near white at zero, green above: weights, never taken for activations."""

RED, GREEN, BLUE = Ramp("000000ff4b3e"), Ramp("0000002fc35e"), Ramp("0000004d8dff")
"""The three colour channels of a picture: black where a channel is 0, its colour where 1."""

GREY = Ramp("000000ffffff")
"""An input channel that is none of red, green and blue."""

PROBABILITY = "#447f7b"
"""Bars of probabilities, no colour of any ramp; seen on the light and on the dark page."""


def ink_on(color: str) -> str:
    """Black or white, whichever is read more easily on a colour.

    Source: relative luminance and contrast, Web Content Accessibility Guidelines 2.2.
    """
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#fff"


def channel_ramp(channel: int, channels: int) -> Ramp:
    """The ramp of one channel of a picture with so many channels."""
    return (RED, GREEN, BLUE)[channel] if channels == 3 else GREY
