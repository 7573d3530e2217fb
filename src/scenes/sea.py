"""A windy sea: waves summed from a spectrum, foam where a boat breaks them.

Wave lengths suit a scene in which 10 cm stand for 1 m.
"""

from collections.abc import Callable
from math import log, pi, radians

import bpy
import numpy as np

from .mesh import Point, sheet
from .shader import Shader

Array = np.ndarray
Broken = Callable[[Array, Array], tuple[Array, Array]]  # (x, y) -> (foam 0..1, cm to rise)

RINGS, SPOKES = 760, 240
WAVES = 70


def sea(eye: Point, view: Point, broken: Broken, *, wind: float, height: float, seed: int) -> None:
    """Water seen from `eye` towards `view`, finest near the eye; `wind` in degrees from x.

    `height` is the waves' standard deviation in cm.
    """
    x, y, spacing = _places(eye, view)
    z, crest = _waves(x, y, spacing, wind, height, seed)
    foam, rise = broken(x, y)
    points = np.stack([x, y, z + rise], axis=-1).tolist()
    foam = np.maximum(foam, 0.55 * np.clip((crest - 2.3) / 1.6, 0, 1))

    def surface(u: float, v: float) -> Point:
        return points[round(u * SPOKES)][round(v * RINGS)]

    water = sheet("sea", surface, _water(), cells=(SPOKES, RINGS))
    layer = water.data.attributes.new("foam", "FLOAT", "POINT")
    layer.data.foreach_set("value", foam.astype(np.float32).ravel())


def _places(eye: Point, view: Point) -> tuple[Array, Array, Array]:
    """Where the vertices stand: on spokes from the eye, ever farther apart."""
    near, far = 50.0, 4900.0
    ahead = np.arctan2(view[1] - eye[1], view[0] - eye[0])
    turn = ahead + np.linspace(radians(-26), radians(26), SPOKES + 1)[:, None]
    reach = near * np.exp(np.linspace(0, log(far / near), RINGS + 1))[None, :]
    x, y = eye[0] + reach * np.cos(turn), eye[1] + reach * np.sin(turn)
    return x, y, np.broadcast_to(reach * log(far / near) / RINGS, x.shape)


def _waves(
    x: Array, y: Array, spacing: Array, wind: float, height: float, seed: int
) -> tuple[Array, Array]:
    """Heights, and how far each stands out of the mean in standard deviations."""
    chance = np.random.default_rng(seed)
    lengths = np.exp(chance.uniform(log(9), log(190), WAVES))
    turns = radians(wind) + chance.normal(0, 0.55, WAVES)
    phases = chance.uniform(0, 2 * pi, WAVES)
    z = np.zeros_like(x)
    for length, turn, phase in zip(lengths, turns, phases, strict=True):
        angle = 2 * pi / length * (x * np.cos(turn) + y * np.sin(turn)) + phase
        # Waves shorter than a few cells would only be noise there.
        seen = np.clip(length / (3.5 * spacing) - 1, 0, 1)
        z += length**0.72 * seen * (np.sin(angle) + 0.28 * np.cos(2 * angle))
    z *= height / z[:, : RINGS // 2].std()
    z += 0.16 * z**2 / height  # crests are sharper than troughs
    return z, z / height


def _water() -> bpy.types.Material:
    water = Shader("sea")
    at = water.place()
    foam = water.attribute("foam")
    lace = water.noise(at, scale=0.11, detail=9.0, roughness=0.68)
    veil = water.math("SUBTRACT", water.math("MULTIPLY", foam, 1.15), lace)
    white = water.ramp(water.math("ADD", veil, 0.5), {0.42: 0.0, 0.66: 0.7, 1.0: 1.0})
    froth = water.noise(at, scale=0.45, detail=7.0, roughness=0.7)
    ripples = water.noise(at, scale=0.8, detail=8.0, roughness=0.72)
    churned = water.ramp(foam, {0.05: "#083040", 0.6: "#2f6a70"})
    bubbles = water.ramp(froth, {0.32: "#9fb7bd", 0.56: "#f6f9f9"})
    relief = water.mix(white, water.math("MULTIPLY", ripples, 1.6), froth)
    return water.surface(
        base_color=water.mix(white, churned, bubbles),
        roughness=water.ramp(white, {0.0: 0.14, 0.5: 0.8}),
        ior=1.33,
        normal=water.bump(relief, 1.6),
    )
