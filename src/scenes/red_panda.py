"""A red panda resting on a mossy branch in a mountain forest."""

from math import pi, radians, sin
from random import Random

import bpy
import numpy as np

from .fur import Array, Coat, Field, Patch, fur, limb, merged, patchwork
from .mesh import Point, ball, copies, rounded, sheet, sweep
from .shader import Shader, rgb
from .studio import camera, garden, outdoors

RUST, DEEP, CREAM, WHITE, BLACK = "#8c5031", "#54301f", "#bb9474", "#e6ddd0", "#17110f"
TEAR = "#43241a"
HEAD = (-5.5, -8.5, 4.0)


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((50, 215), size=4, strength=0.085)
    garden(300, 120, (-150, 90), ["#222e1b", "#333f26", "#4c5738", "#1a2218"], seed=5, count=1400)
    _branch()
    _leaves()
    hide = Shader("hide").surface(base_color="#1c110c", roughness=0.9)
    _body(hide)
    _tail(Shader("tail hide").surface(base_color="#6b4028", roughness=0.9))
    _head(Shader("face").surface(base_color="#75604f", roughness=0.9))
    camera(
        at=(-10, -150, 6),
        towards=(1.0, 0, -1.5),
        lens=140,
        f_number=3.4,
        focus=(-5.5, -13, 4),
    )


def _body(hide: bpy.types.Material) -> None:
    parts = [
        ball("shoulders", (-3, -1, -3.5), (7.0, 8.0, 7.0), hide),
        ball("back", (4, 5, -2.5), (8.5, 8.0, 7.5), hide),
        ball("rump", (10, 8, -3.5), (7.5, 8, 7.5), hide),
    ]
    parts += limb([(-8, -4, -5, 3.6), (-9.5, -8, -9, 3.0), (-9, -11, -11.2, 2.3)], hide)
    parts += limb([(0, -5, -6, 3.6), (0.5, -9, -9, 3.0), (-0.5, -12, -11.2, 2.3)], hide)
    parts += limb([(11, 2, -6, 5), (10, -4, -9, 3.6), (8, -8, -11, 2.4)], hide)
    skin = merged("body", parts, cell=0.6)
    tint = patchwork(
        RUST,
        [
            Patch(DEEP, (5, 4, -9), (18, 12, 5), soft=0.8),
            Patch(BLACK, (-4.5, -9, -10.5), (14, 12, 9.5), soft=0.3),
            Patch(BLACK, (8, -7, -11), (6.0, 8, 5.0), soft=0.4),
            Patch(BLACK, (4, 0, -13), (18, 14, 5), soft=0.5),
        ],
    )
    length = patchwork(
        3.2, [Patch(1.2, (-4, -13, -11), (9, 5, 4)), Patch(1.2, (8, -8, -11), (4, 4, 3))]
    )
    coat = Coat(
        length=length,
        lay=(0.7, 0.3, -0.6),
        tilt=0.65,
        thickness=0.05,
        density=45,
        uneven=0.45,
        fleck=0.2,
    )
    fur(skin, coat, tint, seed=2)


def _tail(hide: bpy.types.Material) -> None:
    """Ringed in two reds, it hangs over the branch."""
    corners = [
        (11, 8, -4, 2.6),
        (16, 4, -4, 3.0),
        (17, -5, -8, 3.1),
        (15.5, -12, -14, 3.3),
        (13.5, -14, -26, 2.7),
    ]
    skin = merged("tail", limb(corners, hide), cell=0.6)
    path = np.array(rounded([corner[:3] for corner in corners], steps=20))
    ways = np.gradient(path, axis=0)
    run = np.cumsum(np.linalg.norm(ways, axis=1))

    def nearest(root: Array) -> Array:
        return np.linalg.norm(root[:, None] - path, axis=2).argmin(axis=1)

    def tint(root: Array) -> Array:
        share = 0.5 + (np.sin(run[nearest(root)] * 2 * pi / 6.0) * 0.8).clip(-0.5, 0.5)
        return rgb("#54301f") + (np.subtract(rgb("#a0714c"), rgb("#54301f"))) * share[:, None]

    def lay(root: Array) -> Array:
        way = ways[nearest(root)]
        return way / np.linalg.norm(way, axis=1, keepdims=True)

    coat = Coat(length=3.2, lay=lay, tilt=0.6, thickness=0.05, density=50, uneven=0.4, fleck=0.2)
    fur(skin, coat, tint, seed=4)


def _head(hide: bpy.types.Material) -> None:
    parts = [
        ball("skull", (0, 0, 0.3), (6.3, 5.2, 4.9), hide),
        ball("left cheek", (3.4, -1.2, -1.8), (3.4, 3.2, 3.0), hide),
        ball("right cheek", (-3.4, -1.2, -1.8), (3.4, 3.2, 3.0), hide),
        ball("muzzle", (0, -4.6, -1.9), (2.2, 2.6, 1.9), hide),
        ball("chin", (0, -4.2, -3.2), (1.5, 1.9, 1.1), hide),
    ]
    skin = merged("head", parts, cell=0.28, smoothing=8)
    skin.location = HEAD
    skin.rotation_euler = (radians(6), radians(4), radians(-4))
    skin.scale = (1.1, 1.1, 1.1)
    coat = Coat(length=_depth(), lay=_outward, tilt=0.7, thickness=0.045, density=90, fleck=0.15)
    for part in [fur(skin, coat, _mask(), seed=3), *_face(), _ear(1, hide), _ear(-1, hide)]:
        part.parent = skin


def _mask() -> Field:
    """White brows, cheeks and muzzle, and the dark tracks that run down from the eyes."""
    return patchwork(
        RUST,
        [
            Patch(CREAM, (0, -4, 4.5), (3.0, 4, 2.4), soft=0.9),
            Patch(WHITE, (5.0, -2.8, -1.3), (2.6, 4.5, 2.4), soft=0.6, mirrored=True),
            Patch(WHITE, (6.0, -0.8, 1.2), (1.7, 3, 2.4), soft=0.7, mirrored=True),
            Patch(WHITE, (2.5, -4.4, 2.2), (1.7, 2.0, 1.1), soft=0.8, mirrored=True),
            Patch(CREAM, (4.0, -3.6, 1.0), (1.2, 2, 1.4), soft=0.8, mirrored=True),
            Patch(CREAM, (0, -5.6, -0.4), (1.2, 2.4, 1.4), soft=0.9),
            Patch(WHITE, (0, -6.4, -2.1), (2.3, 3.0, 1.8), soft=0.5),
            Patch(TEAR, (2.5, -5.0, -1.0), (0.95, 2.4, 1.7), soft=0.6, mirrored=True),
            Patch(TEAR, (3.1, -4.0, -3.6), (1.5, 2.8, 2.0), soft=0.6, mirrored=True),
            Patch(BLACK, (2.3, -5.2, 0.5), (1.15, 1.5, 1.05), soft=0.4, mirrored=True),
            Patch(BLACK, (0, -2, -5.6), (3.0, 3, 1.4), soft=0.5),
        ],
    )


def _depth() -> Field:
    """Long at the cheeks, short at the muzzle, nothing over eyes and nose."""
    return patchwork(
        1.3,
        [
            Patch(2.8, (6.4, 0, -2), (3.4, 3.4, 4), soft=0.8, mirrored=True),
            Patch(0.55, (0, -6.5, -1.2), (2.8, 3.5, 3.2), soft=0.6),
            Patch(0.3, (2.3, -4.9, 0.5), (1.4, 2, 1.3), soft=0.5, mirrored=True),
            Patch(0.0, (2.3, -4.9, 0.5), (0.86, 2, 0.86), soft=0.1, mirrored=True),
            Patch(0.0, (0, -7.6, -0.9), (1.1, 1.6, 0.8), soft=0.1),
        ],
    )


def _outward(root: Array) -> Array:
    """The fur of a face is combed away from the nose."""
    away = root - np.array([0, -7.5, -1.0])
    return away / np.linalg.norm(away, axis=1, keepdims=True)


def _ear(side: int, hide: bpy.types.Material) -> bpy.types.Object:
    """White at its edge and within, rust behind."""
    parts = [
        ball("base", (0, 0, 0), (2.2, 0.9, 1.8), hide),
        ball("tip", (side * 0.5, 0, 1.4), (1.1, 0.7, 1.6), hide),
    ]
    skin = merged("ear", parts, cell=0.25)
    skin.location = (side * 5.1, 0.3, 4.3)
    skin.rotation_euler = (radians(-8), radians(side * 30), radians(side * 18))
    tint = patchwork(
        WHITE,
        [
            Patch("#4a2415", (-side * 0.2, -0.6, 0.3), (1.3, 1.2, 1.9), soft=0.8),
            Patch(RUST, (0, 2, 0), (4, 1.9, 4), soft=0.3),
        ],
    )
    coat = Coat(
        length=1.4,
        lay=lambda root: (root + np.array([0, 0, 2.0])) / [3, 1e9, 3],
        tilt=0.75,
        thickness=0.045,
        density=80,
    )
    fur(skin, coat, tint, seed=6 + side)
    return skin


def _face() -> list[bpy.types.Object]:
    leather = Shader("nose")
    grain = leather.cells(leather.place(), scale=12.0)
    black = leather.surface(base_color="#0b0908", roughness=0.35, normal=leather.bump(grain, 0.02))
    lip = Shader("lip").surface(base_color="#120c0a", roughness=1.0, specular_ior_level=0.0)
    wet = Shader("eye").surface(base_color="#0d0704", roughness=0.12, specular_ior_level=0.35)
    nose = merged(
        "nose",
        [
            ball("tip", (0, -7.1, -0.9), (1.05, 0.7, 0.6), black),
            ball("septum", (0, -7.0, -1.5), (0.45, 0.5, 0.6), black),
        ],
        cell=0.1,
    )
    mouth = ball("mouth", (0, -7.0, -2.55), (1.05, 0.5, 0.15), lip)
    eyes = [ball("eye", (side * 2.3, -4.4, 0.5), (0.76, 0.65, 0.76), wet) for side in (1, -1)]
    return [nose, mouth, *eyes]


def _branch() -> None:
    """Along x below the animal, bark with moss on its upper side."""
    bark = Shader("bark")
    ridges = bark.noise(bark.place(scale=(0.3, 1, 1)), scale=0.8, detail=9.0)
    tone = bark.ramp(ridges, {0.35: "#1a140f", 0.5: "#3f3428", 0.65: "#6a5c4b"})
    skin = bark.surface(base_color=tone, roughness=0.9, normal=bark.bump(ridges, 1.6))
    curve = rounded([(-70, -3), (-34, -1), (-10, 0), (14, -0.5), (40, 3), (75, 10)], steps=20)
    radii = [(5.2 + 0.4 * sin(0.31 * k) + 0.2 * sin(0.83 * k),) * 2 for k in range(len(curve))]
    branch = sweep("branch", curve, radii, skin)
    branch.location = (0, -8, -17.8)
    chance = Random(9)
    tufts = [
        Patch(
            chance.uniform(0.5, 1.3),
            (chance.uniform(-26, 26), chance.uniform(-4.5, 3), 4.6),
            (chance.uniform(2, 5), chance.uniform(2, 3.5), 2.2),
            soft=0.5,
        )
        for _ in range(26)
    ]
    shades = [
        Patch("#6d7a38", (chance.uniform(-26, 26), -3, 5), (3, 5, 3), soft=1) for _ in range(12)
    ]
    moss = Coat(
        length=patchwork(0.0, tufts),
        lay=(0, -0.4, 1),
        tilt=0.2,
        thickness=0.07,
        density=60,
        fleck=0.3,
    )
    fur(branch, moss, patchwork("#414c20", shades), seed=8)


def _leaves() -> None:
    """Bamboo: a tangle far behind and a spray or two beside the animal."""
    chance = Random(7)
    spots = [
        (chance.uniform(-70, 70), chance.uniform(60, 200), chance.uniform(-60, 60))
        for _ in range(500)
    ]
    for x, y, z in ((17, 2, 14), (14, 6, 17), (-21, -2, -8)):
        spots += [(x + chance.gauss(0, 2), y + chance.gauss(0, 2), z) for _ in range(6)]
    for number, color in enumerate(("#465e35", "#617a49", "#344b2b")):
        blade = Shader("bamboo").surface(base_color=color, roughness=0.45, subsurface_weight=0.2)
        leaf = sheet("leaf", _blade, blade, cells=(12, 4))
        places: list[tuple[Point, Point, Point]] = []
        for spot in spots[number::3]:
            turn = (chance.gauss(0, 0.4), chance.gauss(0.7, 0.5), chance.uniform(0, 2 * pi))
            size = chance.uniform(0.7, 1.5) if spot[1] > 50 else chance.uniform(0.6, 0.9)
            places.append((spot, turn, (size, size, size)))
        copies(leaf, places)


def _blade(u: float, v: float) -> Point:
    half = 0.9 * sin(pi * u**0.6) if 0 < u < 1 else 0.0
    return 12 * u, half * (2 * v - 1), 0.3 * half * (2 * v - 1) ** 2 - 2.5 * u * u
