"""A rescue lifeboat at speed on a choppy sea, a hazy coast behind; 10 cm stand for 1 m."""

from collections.abc import Sequence
from itertools import product
from math import cos, exp, pi, radians, sin
from random import Random

import bpy
import numpy as np
from mathutils import Vector

from .mesh import Point, ball, box, copies, sheet, solid, tube
from .sea import Array, sea
from .shader import Shader
from .studio import camera, outdoors
from .vehicle import glass, plain

STERN, BOW, BEAM = -70.0, 58.0, 21.0  # cm along x at the waterline; half the breadth
EYE, VIEW = (215.0, -250.0, 46.0), (-4.0, 0.0, 19.0)
ORANGE = "#f04a05"

Ring = Sequence[Point]


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((34, 150), size=3.0, strength=0.07)
    sea(EYE, VIEW, _broken, wind=200, height=2.4, seed=3)
    _coast()
    boat = bpy.data.objects.new("lifeboat", None)
    bpy.context.collection.objects.link(boat)
    for part in [*_hull(), *_ropes(), *_cabins(), *_mast(), *_crew()]:
        part.parent = boat
        # Waves finer than the mesh would break the mirror image up: a smooth one looks like a lake.
        part.visible_glossy = False
    boat.location, boat.rotation_euler = (0, 0, 1.0), (radians(4), radians(-3), 0)
    _spray()
    camera(at=EYE, towards=VIEW, lens=84, f_number=9, focus=(20, -15, 12))


def _along(t: float, s: float, side: float = 1.0) -> Point:
    """A point of the hull: t from stern to bow, s from keel to gunwale, side -1 or 1."""
    full = max(0.0, 1 - max(0.0, (t - 0.42) / 0.58) ** 2.3)
    fine = 0.2 + 0.6 * max(0.0, (t - 0.3) / 0.7) ** 1.4
    half = BEAM * (0.92 + 0.08 * sin(pi * t)) * full**0.8 * s**fine
    x = STERN + (BOW - STERN) * t + 15 * s * t**5
    keel = -9 + 9 * t**7
    return x, side * half, keel + (_gunwale(t) - keel) * s


def _gunwale(t: float) -> float:
    return 13 + 9.5 * t**2.2


def _hull() -> list[bpy.types.Object]:
    def shell(u: float, v: float) -> Point:
        side = 2 * v - 1
        return _along(u, abs(side), 1 if side > 0 else -1)

    def deck(u: float, v: float) -> Point:
        x, y, z = _along(u, 1)
        return x, (2 * v - 1) * y, z - 1.2

    grey = Shader("deck").surface(base_color="#7c8187", roughness=0.7)
    parts = [
        sheet("hull", shell, _navy(), cells=(96, 64)),
        sheet("deck", deck, grey, cells=(48, 8)),
    ]
    rubber = plain("#15161a", 0.6)
    white = plain("#e8e8e4", 0.5)
    for side in (-1, 1):
        rail = [_along(k / 60, 1, side) for k in range(61)]
        parts.append(tube("fender", rail, 0.95, rubber))
        posts = [_along(0.1 + 0.85 * k / 11, 1, side) for k in range(12)]
        top = [(x, 0.95 * y, z + 7) for x, y, z in posts]
        parts.append(tube("handrail", top, 0.22, white))
        parts.append(tube("wire", [(x, 0.97 * y, z + 3.6) for x, y, z in posts], 0.12, white))
        parts += [tube("post", [a, b], 0.2, white) for a, b in zip(posts, top, strict=True)]
    return parts


def _navy() -> bpy.types.Material:
    """Navy topsides, a white and a red line below the fender, red under water."""
    coat = Shader("hull")
    x, _, z = coat.apart(coat.place())
    t = coat.math("DIVIDE", coat.math("SUBTRACT", x, STERN), BOW - STERN + 13)
    rim = coat.math("MULTIPLY_ADD", coat.math("POWER", t, 2.2), 9.5, 13.0)
    below = coat.math("DIVIDE", coat.math("SUBTRACT", rim, z), 20.0)
    lines = {0.0: ORANGE, 0.10: ORANGE, 0.105: "#f2f2ee", 0.19: "#f2f2ee"}
    tone = coat.ramp(below, {**lines, 0.195: "#0c1b4a"})
    bottom = coat.ramp(coat.math("DIVIDE", z, 20.0), {0.045: 1.0, 0.06: 0.0})
    tone = coat.mix(bottom, tone, "#5e1a14")
    return coat.surface(base_color=tone, roughness=0.3, coat_weight=0.8, coat_roughness=0.06)


def _ropes() -> list[bpy.types.Object]:
    """Grab lines: rope in bights along both sides."""
    rope = plain("#efe9d8", 0.8)
    made = []
    for side in (-1, 1):
        path = []
        for k in range(121):
            x, y, z = _along(0.12 + 0.74 * k / 120, 0.86 - 0.13 * abs(sin(pi * k / 12)), side)
            path.append((x, y + 0.5 * side, z))
        made.append(tube("grab line", path, 0.28, rope))
    return made


def _mirrored(half: Ring) -> list[Point]:
    """A ring from its starboard half (y < 0), given from aft to fore."""
    return [*half, *[(x, -y, z) for x, y, z in reversed(half)]]


def _panes(
    low: Ring,
    high: Ring,
    side: int,
    spans: Sequence[tuple[float, float]],
    rise: tuple[float, float],
) -> list[bpy.types.Object]:
    """Windows in one side of a solid: `spans` across it and `rise` up it, as fractions."""
    a, b, d, c = (Vector(p) for p in (low[side], low[side + 1], high[side], high[side + 1]))
    out = (b - a).cross(d - a).normalized()
    made = []
    for near, far in spans:
        corners = [
            a.lerp(b, u).lerp(d.lerp(c, u), v) for u, v in ((near, rise[0]), (far, rise[0]))
        ] + [a.lerp(b, u).lerp(d.lerp(c, u), v) for u, v in ((far, rise[1]), (near, rise[1]))]
        inner, outer = ([tuple(p + out * by) for p in corners] for by in (-0.5, 0.12))
        made.append(solid("window", inner, outer, glass("#0a0e12"), edge=0.1))
    return made


def _cabins() -> list[bpy.types.Object]:
    orange = Shader("orange").surface(
        base_color=ORANGE, roughness=0.4, coat_weight=0.6, coat_roughness=0.1
    )
    low = _mirrored([(-56, -15, 11), (10, -16.5, 13), (36, -9, 17)])
    high = _mirrored([(-53, -13, 24), (4, -14, 24.5), (20, -7, 25)])
    parts = [solid("cabin", low, high, orange, edge=1.2)]
    parts += _panes(low, high, 0, [(0.2, 0.29), (0.4, 0.49), (0.6, 0.69)], (0.45, 0.78))
    low = _mirrored([(-36, -13, 24), (-2, -13, 24.5), (9, -6.5, 24.8)])
    high = _mirrored([(-34, -11.5, 37), (-7, -11.5, 37), (2, -6, 37)])
    parts.append(solid("wheelhouse", low, high, orange, edge=1.0))
    parts += _panes(low, high, 0, [(0.08, 0.3), (0.36, 0.62), (0.68, 0.95)], (0.42, 0.86))
    parts += _panes(low, high, 1, [(0.1, 0.9)], (0.42, 0.86))
    parts += _panes(low, high, 2, [(0.05, 0.47), (0.53, 0.95)], (0.42, 0.86))
    low = _mirrored([(-30, -9.5, 37), (-12, -9.5, 37), (-7, -5, 37)])
    high = _mirrored([(-30, -10, 41), (-13, -10, 43.5), (-9.5, -5, 44)])
    parts.append(solid("flying bridge", low, high, orange, edge=0.5))
    return parts


def _mast() -> list[bpy.types.Object]:
    orange, white = plain(ORANGE, 0.4), plain("#eeeeea", 0.4)
    grey = plain("#2a2c30", 0.5)
    parts = [tube("leg", [(-33, y, 37), (-31, 0.35 * y, 58)], 0.8, orange) for y in (-8.0, 8.0)]
    parts += [tube("strut", [(-24, 0, 41), (-31, 0, 56)], 0.5, orange)]
    parts += [
        box("radar", (-30.5, -6, 58.5), (-28.5, 6, 60.2), white, edge=0.4),
        box("platform", (-33, -4, 56), (-26, 4, 57), orange, edge=0.2),
        tube("pivot", [(-29.5, 0, 57), (-29.5, 0, 59)], 0.9, grey),
        tube("aerial", [(-32, 3, 57), (-34, 3.5, 86)], 0.14, white),
        tube("aerial", [(-32, -3, 57), (-33.5, -3.5, 78)], 0.14, white),
        ball("dome", (-31, 0, 64), (1.6, 1.6, 1.4), white),
        tube("light", [(-31.5, 0, 57), (-31.5, 0, 63)], 0.3, orange),
        ball("lamp", (-3, -8, 38.4), (1.1, 1.1, 1.2), grey),
        ball("lamp", (-3, 8, 38.4), (1.1, 1.1, 1.2), grey),
    ]
    return parts


def _crew() -> list[bpy.types.Object]:
    jacket, helmet = plain("#f2c20a", 0.7), plain("#f4f4f0", 0.3)
    face, trousers = plain("#b98062", 0.6), plain("#d9a90a", 0.7)
    parts = []
    for x, y in ((-20, -4.0), (-22, 4.5), (-44, -7)):
        foot = 37 if x > -30 else 24
        parts += [
            ball("body", (x, y, foot + 8), (1.9, 2.6, 4.2), jacket),
            ball("legs", (x, y, foot + 3), (1.6, 2.2, 4.0), trousers),
            ball("arm", (x + 1.8, y - 2.4, foot + 7.5), (2.4, 1.0, 1.2), jacket),
            ball("arm", (x + 1.8, y + 2.4, foot + 7.5), (2.4, 1.0, 1.2), jacket),
            ball("head", (x + 0.3, y, foot + 13.0), (1.2, 1.1, 1.4), face),
            ball("helmet", (x, y, foot + 13.8), (1.5, 1.5, 1.4), helmet),
        ]
    return parts


def _broken(x: Array, y: Array) -> tuple[Array, Array]:
    """Foam and swell that the boat makes: along its sides, two bow waves, the wake."""
    off = np.abs(y)
    aft = BOW + 6 - x  # cm behind the stem
    half = BEAM * np.clip(aft / 55, 0, 1) ** 0.7
    beside = ((aft > 0) & (x > STERN)) * np.exp(-(((off - half - 2) / 5) ** 2))
    past = np.clip(aft, 0, None)
    arm = np.exp(-(((off - 2 - 0.36 * past) / (3 + 0.07 * past)) ** 2)) * np.exp(-past / 130)
    arm *= aft > -2
    behind = np.clip(STERN - x, 0, None)
    wake = (x < STERN + 4) * np.exp(-((off / (19 + 0.12 * behind)) ** 4)) * np.exp(-behind / 420)
    foam = np.clip(1.1 * arm + 0.95 * beside + wake, 0, 1)
    rise = 6.0 * arm * np.exp(-past / 70) + 4.0 * beside - 2.0 * wake * np.exp(-behind / 60)
    return foam, rise


def _spray() -> None:
    """Water thrown up and out from both sides of the bow: torn sheets, and drops around them."""
    mist = Shader("mist")
    at = mist.place()
    torn = mist.noise(at, scale=0.16, detail=8.0, roughness=0.7)
    thin = mist.math("SUBTRACT", torn, mist.math("MULTIPLY", mist.attribute("height"), 0.34))
    white = mist.surface(
        base_color="#ffffff", roughness=0.9, alpha=mist.ramp(thin, {0.30: 0.0, 0.46: 0.85})
    )
    for side, lean in product((-1, 1), (0.4, 0.8, 1.3)):

        def veil(u: float, v: float, side: int = side, lean: float = lean) -> Point:
            back = 70 * u
            tall = 15 * v * exp(-back / 40) * min(1.0, 0.3 + back / 12)
            return BOW + 7 - back, side * (0.6 + 0.34 * back + lean * tall), 1 + tall

        made = sheet("veil", veil, white, cells=(64, 16))
        layer = made.data.attributes.new("height", "FLOAT", "POINT")
        layer.data.foreach_set("value", [row / 16 for _ in range(65) for row in range(17)])
    drop = ball("drop", (0, 0, 0), (1, 1, 1), plain("#ffffff", 0.5), segments=8)
    chance = Random(6)
    places: list[tuple[Point, Point, Point]] = []
    for _ in range(3200):
        back = chance.expovariate(1 / 18)
        out = 2 + 0.36 * back + abs(chance.gauss(0, 2.5 + 0.10 * back))
        up = 3 + abs(chance.gauss(0, 1)) * 6.0 * exp(-back / 34) * cos(min(1.5, out / 28))
        size = 0.07 + 0.16 * chance.random() ** 3
        places.append(
            ((BOW + 7 - back, chance.choice((-1, 1)) * out, up), (0, 0, 0), (size, size, size))
        )
    copies(drop, places)


def _coast() -> None:
    """Low hills far off, paled by the air between."""
    toward = Vector((VIEW[0] - EYE[0], VIEW[1] - EYE[1], 0)).normalized()
    across = Vector((-toward.y, toward.x, 0))

    def hills(u: float, v: float) -> Point:
        wide = (u - 0.5) * 3600
        ridge = 150 + 60 * sin(wide / 420 + 2.2) + 26 * sin(wide / 150) + 9 * sin(wide / 47 + 1)
        spot = Vector(EYE) + toward * (4300 + 100 * v) + across * wide
        return spot.x, spot.y, -20 + max(20.0, ridge) * v

    haze = Shader("coast")
    fields = haze.noise(haze.place(), scale=0.006, detail=5.0)
    sheet(
        "coast",
        hills,
        haze.surface(base_color=haze.ramp(fields, {0.4: "#5c7480", 0.6: "#7d9290"}), roughness=1.0),
        cells=(200, 12),
    )
