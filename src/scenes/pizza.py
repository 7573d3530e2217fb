"""A pizza just out of the oven, on a round board: tomato, melted cheese, salami, olives, basil."""

from math import cos, exp, pi, radians, sin
from random import Random

import bpy
import numpy as np
from mathutils import Vector, noise

from .mesh import Point, copies, lathe, rounded, sheet
from .shader import Shader
from .studio import camera, lamp, planks, stage, window
from .surface import leaf, wood

RADIUS = 13.0  # cm, to the edge of the crust
BED = 11.0  # cm, where the topping ends
BOARD = 1.6  # cm, the board's height above the table


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#ffe4c8", strength=0.22)
    planks(
        wood("#1c120c", "#33231a", "#4d3829"),
        edges=[-60, -44, -29, -13, 2, 17, 33, 48, 64],
        length=(-110, 110),
        turn=-31,
    )
    _board()
    _base()
    chance = Random(11)
    salami = _salami(chance)
    _olives(chance, salami)
    _basil(chance)
    window(
        at=(-70, 60, 90),
        towards=(0, 0, 2),
        size=(80, 80),
        color="#fff0dc",
        radiance=15,
        panes=(2, 2),
    )
    lamp(at=(60, -50, 80), towards=(0, 0, 2), size=70, color="#ffdcb4", watts=40000)
    camera(
        at=(0.0, -42.0, 55.0),
        towards=(0.0, -0.9, 1.5),
        lens=90,
        f_number=8.0,
        focus=(0, -3.0, 3.0),
    )


def _height(x: float, y: float) -> float:
    """The pizza's surface above the board, in cm: a lumpy bed inside a blown-up crust."""
    out, angle = (x * x + y * y) ** 0.5, np.arctan2(y, x)
    ring = Vector((2.2 * cos(angle), 2.2 * sin(angle), 0))
    puff = 1.0 + 0.45 * noise.noise(ring) + 0.25 * noise.noise(ring * 2.7)
    crust = 1.45 * puff * exp(-(((out - 12.0) / 0.95) ** 2))
    lumps = 0.16 * noise.fractal(Vector((x * 0.5, y * 0.5, 3.0)), 0.8, 2.1, 5)
    fall = max(0.0, 1 - ((out - 12.1) / 0.95) ** 2) ** 0.5 if out > 12.1 else 1.0
    return (0.75 + crust + lumps) * fall


def _base() -> None:
    def surface(u: float, v: float) -> Point:
        angle = 2 * pi * u
        ragged = 1 + 0.02 * noise.noise(Vector((1.5 * cos(angle), 1.5 * sin(angle), 9.0)))
        out = 13.05 * v
        x, y = out * cos(angle), out * sin(angle)
        return x * ragged, y * ragged, BOARD + _height(x, y)

    sheet("base", surface, _baked(), cells=(420, 160))


def _baked() -> bpy.types.Material:
    """Crust, scorched on its blisters; inside it sauce, under cheese that browned in spots."""
    pie = Shader("pizza")
    at = pie.place()
    out = pie.reach(pie.move(at, pie.noise(at, color=True, scale=0.5, detail=3.0), 1.8))
    inside = pie.ramp(pie.math("DIVIDE", out, RADIUS), {0.815: 1.0, 0.845: 0.0})
    scorch = pie.noise(at, scale=0.55, detail=6.0, roughness=0.65)
    crust = pie.ramp(scorch, {0.36: "#e3b878", 0.50: "#c98a45", 0.60: "#96531d", 0.68: "#3d1c0a"})
    patch = pie.noise(
        pie.move(at, pie.noise(at, color=True, scale=0.8), 1.0), scale=0.33, detail=5.0
    )
    melted = pie.ramp(patch, {0.45: 0.0, 0.52: 1.0})
    oven = pie.noise(at, scale=1.1, detail=5.0, roughness=0.7)
    cheese = pie.ramp(oven, {0.38: "#f7dc94", 0.50: "#efb856", 0.58: "#d98a2c", 0.66: "#8a4413"})
    herbs = pie.noise(at, scale=6.0, detail=2.0)
    sauce = pie.ramp(pie.noise(at, scale=1.6, detail=6.0), {0.35: "#8f1606", 0.6: "#cf3a10"})
    sauce = pie.mix(pie.ramp(herbs, {0.66: 0.0, 0.69: 0.8}), sauce, "#2c3d10")
    topping = pie.mix(melted, sauce, cheese)
    tone = pie.mix(inside, crust, topping)
    relief = pie.math("ADD", pie.math("MULTIPLY", melted, 0.9), pie.math("MULTIPLY", oven, 0.6))
    return pie.surface(
        base_color=tone,
        roughness=pie.ramp(inside, {0.0: 0.65, 1.0: 0.3}),
        subsurface_weight=0.25,
        subsurface_radius=(0.5, 0.25, 0.1),
        subsurface_scale=0.4,
        normal=pie.bump(pie.math("MULTIPLY", relief, inside), 0.18),
    )


def _salami(chance: Random) -> list[tuple[float, float]]:
    meat = Shader("salami")
    at = meat.place()
    fat = meat.cells(meat.move(at, meat.noise(at, color=True, scale=4.0), 0.4), scale=3.4)
    marbled = meat.ramp(fat, {0.10: "#e8a184", 0.2: "#b5301c", 0.6: "#8f1d10"})
    edge = meat.ramp(meat.math("DIVIDE", meat.reach(at), 1.75), {0.84: 0.0, 0.98: 0.8})
    slice_ = meat.surface(
        base_color=meat.mix(edge, marbled, "#4a0f08"),
        roughness=0.28,
        normal=meat.bump(meat.noise(at, scale=3.0, detail=4.0), 0.08),
        subsurface_weight=0.2,
        subsurface_radius=(0.4, 0.12, 0.06),
        subsurface_scale=0.4,
    )
    profile = rounded([(0, 0.10), (0.8, 0.12), (1.4, 0.24), (1.72, 0.46), (1.78, 0.42), (1.6, 0.2)])
    original = lathe("salami", profile, slice_, segments=64)
    spots: list[tuple[float, float]] = []
    while len(spots) < 13:
        out, angle = 9.3 * chance.random() ** 0.5, chance.uniform(0, 2 * pi)
        spot = (out * cos(angle), out * sin(angle))
        if all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > 3.9**2 for x, y in spots):
            spots.append(spot)
    copies(original, [_laid(spot, chance, 0.05, 1.0) for spot in spots])
    return spots


def _olives(chance: Random, taken: list[tuple[float, float]]) -> None:
    skin = Shader("olive").surface(base_color="#17100f", roughness=0.22, coat_weight=0.4)
    ring = [
        (0.62 + 0.26 * cos(a), 0.2 + 0.22 * sin(a)) for a in (2 * pi * k / 24 for k in range(25))
    ]
    original = lathe("olive", ring, skin, segments=40)
    places = []
    while len(places) < 20:
        out, angle = 10.2 * chance.random() ** 0.5, chance.uniform(0, 2 * pi)
        spot = (out * cos(angle), out * sin(angle))
        if all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > 1.9**2 for x, y in taken):
            places.append(_laid(spot, chance, 0.05, chance.uniform(0.75, 1.0)))
            taken.append(spot)
    copies(original, places)


def _basil(chance: Random) -> None:
    green = leaf("#6fae35", "#1f6a1c", 1.2, 3.4)

    def surface(u: float, v: float) -> Point:
        side = 2 * v - 1
        half = 1.15 * sin(pi * u**0.75) ** 0.8 if 0 < u < 1 else 0.0
        cup = 0.5 * side * side * half + 0.45 * sin(pi * u)
        return 3.4 * u, half * side, cup + 0.05 * sin(14 * u) * abs(side)

    original = sheet("basil", surface, green, cells=(60, 24), thickness=0.03)
    sprigs = [
        (0.4, 0.2, (20, 150, 265)),
        (-5.6, 3.4, (70, 200)),
        (5.4, -4.4, (10, 130)),
        (3.6, 6.0, (300,)),
        (-4.6, -5.6, (215, 330)),
    ]
    places = []
    for x, y, turns in sprigs:
        for turn in turns:
            spot, tilt, scale = _laid((x, y), chance, 0.35, chance.uniform(0.75, 0.95))
            places.append((spot, (tilt[0], tilt[1], radians(turn)), scale))
    copies(original, places)


def _laid(
    spot: tuple[float, float], chance: Random, lift: float, size: float
) -> tuple[Point, Point, Point]:
    x, y = spot
    tilt = (chance.uniform(-0.1, 0.1), chance.uniform(-0.1, 0.1), chance.uniform(0, 2 * pi))
    return (x, y, BOARD + _height(x, y) + lift), tilt, (size, size, size)


def _board() -> None:
    disc = rounded(
        [(0, BOARD), (14.6, BOARD), (15.3, BOARD - 0.08), (15.6, BOARD - 0.5), (15.3, 0.1), (14, 0)]
    )
    lathe("board", disc, wood("#553117", "#75492a", "#8d6140"))
