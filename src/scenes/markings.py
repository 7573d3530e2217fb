"""A coat's markings: colours that fade, stripes and bands as formulas of the place on the skin."""

import bpy
import numpy as np

from .fur import TINT, Array, Coat, Field, fur
from .shader import Shader


def fade(value: Array, start: float, end: float) -> Array:
    """0 up to `start`, 1 from `end` on (which may be the smaller one), smooth between."""
    share = np.clip((value - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)


def stripes(at: Array, start: float, end: float) -> Array:
    """One stripe for every 1 of `at`: a wave from 0 to 1, cut from `start` to `end`."""
    return fade(0.5 + 0.5 * np.cos(2 * np.pi * at), start, end)


def over(base: Array, color: Array, share: Array) -> Array:
    """The colours `base` with `color` over them, as far as `share` (0 to 1) says."""
    return base + (color - base) * np.clip(share, 0, 1)[:, None]


def hide() -> bpy.types.Material:
    """Skin that wears the colours `dress` gives it."""
    leather = Shader("hide")
    return leather.surface(base_color=leather.painted(TINT), roughness=0.7)


def dress(skin: bpy.types.Object, coat: Coat, tint: Field, seed: int) -> None:
    """Grow the coat, and colour the skin alike, for it shows between the strands."""
    points = np.array([vertex.co for vertex in skin.data.vertices])
    colors = np.ones((len(points), 4), np.float32)
    colors[:, :3] = tint(points)
    skin.data.attributes.new(TINT, "FLOAT_COLOR", "POINT").data.foreach_set("color", colors.ravel())
    fur(skin, coat, tint, seed=seed)
