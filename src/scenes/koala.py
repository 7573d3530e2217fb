"""A koala in the fork of a eucalyptus, in the morning sun."""

from math import cos, pi, radians, sin
from random import Random

import bpy
import numpy as np
from mathutils import Vector

from .fur import Array, Coat, Patch, fur, limb, merged, patchwork
from .mesh import Point, ball, copies, rounded, sheet, sweep
from .shader import Shader
from .studio import camera, garden, outdoors

GREY, PALE, WHITE, DARK = "#777573", "#9c9996", "#dedad4", "#47413d"
HEAD = (-1.0, -4.5, 6.0)
# A palm, where its fingers point and how they lie beside each other.
HANDS = (
    ((13.4, -9.0, -2.0), (0.93, 0, 0.35), (0.3, 0, -0.95)),
    ((8.6, -9.6, -18.6), (1, 0, 0.1), (0.1, 0, -1)),
)


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((42, 231), size=3, strength=0.085)
    garden(420, 170, (-220, 30), ["#434f30", "#5e6b44", "#808a62", "#2d3625"], seed=3, count=900)
    _tree()
    _leaves()
    hide = Shader("hide").surface(base_color="#4a4643", roughness=0.9)
    _body(hide)
    _head(hide)
    camera(
        at=(8, -170, 6),
        towards=(0.5, 0, -3.6),
        lens=136,
        f_number=4.0,
        focus=(0, -9, 5),
    )


def _body(hide: bpy.types.Material) -> None:
    parts = [
        ball("chest", (0, 3, -9), (8.2, 7.0, 10), hide),
        ball("belly", (0, 2, -21), (10.5, 9.0, 11), hide),
    ]
    for side in (1, -1):
        parts += limb(
            [(side * 6, 0, -29, 6), (side * 11, -7, -28, 5), (side * 9, -9, -36, 3.4)], hide
        )
    parts += limb(
        [(6, 1, -6, 4), (10, -3, -13, 3.6), (12.8, -7.6, -9, 2.6), (13.4, -8.8, -3, 2.0)], hide
    )
    parts += limb(
        [(-6, 1, -6, 4), (-10, -4, -14, 3.6), (-3, -10.5, -20, 2.9), (7.8, -9.6, -18.8, 2.0)], hide
    )
    claws = []
    for palm, ahead, aside in HANDS:
        fingers, tips = _hand(Vector(palm), Vector(ahead), Vector(aside), hide)
        parts += fingers
        claws += tips
    merged("claws", claws, cell=0.16, smoothing=2)
    _coat(merged("body", parts, cell=0.5))


def _coat(skin: bpy.types.Object) -> None:
    """Grey and woolly, long and pale on the chest, short on the hands."""
    tint = patchwork(
        GREY,
        [
            Patch(WHITE, (0, -6, -7), (6.5, 6, 9.5), soft=0.6),
            Patch(PALE, (0, -8, -22), (7, 5, 9), soft=0.8),
        ],
    )
    length = patchwork(
        2.0,
        [
            Patch(3.0, (0, -6, -7), (7, 7, 9)),
            *(
                Patch(0.3, tuple(Vector(palm) + 2 * Vector(ahead)), (4.6, 5, 4.6), soft=0.4)
                for palm, ahead, _ in HANDS
            ),
        ],
    )
    fur(
        skin,
        Coat(length=length, tilt=0.6, thickness=0.05, density=45, clumps=0.35, fleck=0.3),
        tint,
        seed=2,
    )


def _hand(
    palm: Vector, ahead: Vector, aside: Vector, hide: bpy.types.Material
) -> tuple[list[bpy.types.Object], list[bpy.types.Object]]:
    """Four fingers that go `ahead` from the palm, around what it holds, and their claws."""
    horn = Shader("claw").surface(base_color="#171311", roughness=0.3)
    fingers, claws = [], []
    for k in range(4):
        start = palm + aside * (k - 1.5) * 1.1
        knuckle = start + ahead * 2.2 + aside * (k - 1.5) * 0.5 + Vector((0, -0.3, 0))
        tip = knuckle + ahead * 1.7 + Vector((0, 0.7, 0))
        point = tip + ahead * 1.5 + Vector((0, 1.2, 0))
        fingers += limb([(*start, 0.95), (*knuckle, 0.8), (*tip, 0.6)], hide)
        claws += limb([(*tip, 0.5), (*tip.lerp(point, 0.5), 0.42), (*point, 0.12)], horn)
    return fingers, claws


def _head(hide: bpy.types.Material) -> None:
    parts = [
        ball("skull", (0, 0, 0.2), (7.4, 6.4, 6.0), hide),
        ball("left cheek", (4.0, -2.0, -2.2), (4.1, 3.8, 3.9), hide),
        ball("right cheek", (-4.0, -2.0, -2.2), (4.1, 3.8, 3.9), hide),
        ball("left brow", (3.0, -4.0, 2.3), (2.3, 2.0, 1.3), hide),
        ball("right brow", (-3.0, -4.0, 2.3), (2.3, 2.0, 1.3), hide),
        ball("muzzle", (0, -5.0, -2.0), (3.5, 3.0, 3.3), hide),
        ball("chin", (0, -4.6, -4.9), (2.9, 2.6, 1.9), hide),
    ]
    skin = merged("head", parts, cell=0.3, smoothing=8)
    skin.location = HEAD
    skin.rotation_euler = (radians(4), radians(-5), radians(8))
    tint = patchwork(
        GREY,
        [
            Patch(PALE, (3.6, -6.0, -2.2), (3.2, 3, 3.0), soft=0.9, mirrored=True),
            Patch(PALE, (3.4, -6.0, 2.8), (2.0, 2.4, 1.2), soft=0.9, mirrored=True),
            Patch(WHITE, (0, -6.2, -6.6), (3.0, 3.4, 2.2), soft=0.7),
            Patch(DARK, (3.2, -6.0, 0.8), (1.6, 1.6, 1.5), soft=0.5, mirrored=True),
        ],
    )
    length = patchwork(
        1.6,
        [
            Patch(2.6, (8, -1, -4), (4, 4, 4), soft=0.8, mirrored=True),
            Patch(0.35, (0, -7, -1.5), (4.4, 4, 4.5), soft=0.5),
            Patch(0.3, (3.2, -6.0, 0.8), (1.7, 2, 1.6), soft=0.5, mirrored=True),
            Patch(0.0, (3.2, -6.0, 0.8), (1.05, 2, 1.0), soft=0.1, mirrored=True),
        ],
    )
    coat = Coat(length=length, lay=_outward, tilt=0.65, thickness=0.05, density=60, fleck=0.3)
    for part in [fur(skin, coat, tint, seed=3), *_face(), _ear(1, hide), _ear(-1, hide)]:
        part.parent = skin


def _outward(root: Array) -> Array:
    """The fur of a face is combed away from the nose."""
    away = root - np.array([0, -8, -0.5])
    return away / np.linalg.norm(away, axis=1, keepdims=True)


def _ear(side: int, hide: bpy.types.Material) -> bpy.types.Object:
    shell = ball("ear", (0, 0, 0), (4.6, 1.3, 4.4), hide)
    skin = merged("ear", [shell], cell=0.4)
    skin.location = (side * 8.4, 0.6, 4.2)
    skin.rotation_euler = (radians(-8), 0, radians(side * 22))
    tint = patchwork(GREY, [Patch("#c9c5c0", (-side * 0.5, -2.0, -0.6), (3.6, 2.0, 3.4), soft=0.5)])
    coat = Coat(
        length=3.0,
        lay=lambda root: (root + np.array([side * 4, 0, 2.5])) / [5, 1e9, 5] - [0, 0.2, 0],
        tilt=0.7,
        thickness=0.05,
        density=45,
        uneven=0.5,
    )
    fur(skin, coat, tint, seed=5 + side)
    return skin


def _face() -> list[bpy.types.Object]:
    leather = Shader("nose")
    grain = leather.cells(leather.place(), scale=9.0)
    black = leather.surface(
        base_color="#090808",
        roughness=0.5,
        specular_ior_level=0.3,
        normal=leather.bump(grain, 0.03),
    )
    eye = Shader("eye")
    x, _, z = eye.apart(eye.place())
    slit = eye.reach(eye.point(eye.math("MULTIPLY", x, 2.0), z))
    iris = eye.reach(eye.point(x, z))
    tone = eye.ramp(iris, {0.5: "#3f2a17", 0.72: "#1f130a", 0.78: "#080505"})
    tone = eye.mix(eye.ramp(slit, {0.42: 1.0, 0.5: 0.0}), tone, "#050404")
    wet = eye.surface(base_color=tone, roughness=0.05, coat_weight=1.0)
    nose = merged(
        "nose",
        [
            ball("bridge", (0, -6.9, 0.8), (1.7, 1.1, 2.0), black),
            ball("middle", (0, -7.5, -0.8), (2.15, 1.15, 2.1), black),
            ball("tip", (0, -7.9, -2.3), (2.5, 1.2, 1.8), black),
        ],
        cell=0.15,
        smoothing=40,
    )
    mouth = ball("mouth", (0, -7.1, -4.75), (2.0, 0.6, 0.28), black)
    eyes = [ball("eye", (side * 3.2, -5.3, 0.8), (1.0, 0.8, 1.0), wet) for side in (1, -1)]
    return [nose, mouth, *eyes]


def _tree() -> None:
    bark = Shader("bark")
    drift = bark.noise(bark.place(), color=True, scale=0.2, detail=3.0)
    patches = bark.noise(
        bark.move(bark.place(scale=(1, 1, 0.3)), drift, 3.0), scale=0.16, detail=4.0
    )
    streaks = bark.noise(bark.place(scale=(1, 1, 0.1)), scale=1.4, detail=6.0)
    tone = bark.ramp(patches, {0.36: "#65513f", 0.47: "#8c755c", 0.53: "#b3a48c", 0.7: "#7f7365"})
    tone = bark.mix(0.6, tone, bark.ramp(streaks, {0.3: "#7d7064", 0.6: "#ffffff"}), "MULTIPLY")
    skin = bark.surface(base_color=tone, roughness=0.8, normal=bark.bump(streaks, 0.25))
    for path, depth, girth in (
        ([(4, -60), (6, -36), (13, -16), (17, 6), (19, 30), (24, 60)], -4, (5.2, 3.0)),
        ([(3, -60), (-2, -34), (-14, -12), (-21, 10), (-30, 40)], 6, (5.4, 2.9)),
    ):
        curve = rounded(path, steps=16)
        radii = [
            (girth[0] + (girth[1] - girth[0]) * k / len(curve) + 0.2 * sin(0.37 * k),) * 2
            for k in range(len(curve))
        ]
        sweep("limb", curve, radii, skin).location.y = depth


def _leaves() -> None:
    """Sprigs of long drooping leaves, most of them far behind."""
    chance = Random(11)
    sprigs = [(21, -6, 17), (-22, 20, 20), (-10, 34, 24)]
    for _ in range(44):
        sprigs.append((chance.uniform(-55, 55), chance.uniform(50, 150), chance.uniform(-40, 42)))
    for color, back in (("#5d7746", "#81976b"), ("#77894f", "#98a878"), ("#4a6440", "#70895c")):
        blade = Shader("eucalyptus")
        tone = blade.mix(blade.noise(blade.place(), scale=0.3), color, back)
        leaf = sheet(
            "leaf",
            _blade,
            blade.surface(base_color=tone, roughness=0.45, subsurface_weight=0.2),
            cells=(12, 4),
        )
        places: list[tuple[Point, Point, Point]] = []
        for x, y, z in sprigs:
            for _ in range(4):
                spot = (x + chance.gauss(0, 2), y + chance.gauss(0, 2), z + chance.gauss(0, 3))
                turn = (chance.gauss(0, 0.4), chance.gauss(1.4, 0.4), chance.uniform(0, 2 * pi))
                size = chance.uniform(0.7, 1.1)
                places.append((spot, turn, (size, size, size)))
        copies(leaf, places)


def _blade(u: float, v: float) -> Point:
    half = 1.1 * sin(pi * u**0.7) if 0 < u < 1 else 0.0
    return 14 * u, half * (2 * v - 1) + 1.6 * (1 - cos(2 * u)), 0.3 * half * (2 * v - 1) ** 2
