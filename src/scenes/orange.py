"""An orange and a half on an old blue garden table, leaves still on."""

from collections.abc import Callable
from math import cos, exp, pi, radians, sin

import bpy

from .mesh import Point, lathe, rounded, sheet, sweep
from .shader import Shader, Socket
from .studio import camera, garden, lamp, planks, stage, window
from .surface import leaf, painted_wood

RADIUS = 3.9  # cm
SEGMENTS = 10
RIND = "#f27802"


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#e6ecff", strength=0.3)
    planks(
        painted_wood("#1a4a62", "#6d5a48"),
        edges=[-30, -20.5, -11, -1.5, 8, 17.5, 27],
        length=(-70, 70),
        turn=-14,
    )
    garden(120, 80, (-42, 70), ["#2f5a1c", "#55812a", "#8aa63c", "#1d3d18", "#c9cf7a"], seed=5)
    _whole()
    _half()
    window(
        at=(-44, -16, 46),
        towards=(0, 0, 3),
        size=(34, 34),
        color="#fff1dc",
        radiance=36,
        panes=(1, 1),
    )
    lamp(at=(30, -40, 30), towards=(0, 0, 3), size=50, color="#dfe9ff", watts=9000)
    camera(
        at=(1.0, -33.0, 17.0),
        towards=(0.7, 0.0, 3.5),
        lens=96,
        f_number=4.5,
        focus=(0.5, -3.0, 3.5),
    )


def _whole() -> None:
    arc = [pi * k / 120 for k in range(121)]
    profile = []
    for angle in arc:
        dent = 0.35 * exp(-(((pi - angle) / 0.20) ** 2)) + 0.12 * exp(-(((angle) / 0.2) ** 2))
        reach = RADIUS * (1 + 0.015 * cos(2 * angle)) - dent
        profile.append((reach * sin(angle), -reach * 0.96 * cos(angle)))
    fruit = lathe("orange", profile, _peel())
    fruit.location = (-1.9, 2.4, RADIUS * 0.955)
    fruit.rotation_euler = (radians(-17), radians(14), 0)
    twig = Shader("twig").surface(base_color="#5d6b2a", roughness=0.7)
    top = RADIUS * 0.96 - 0.40
    lathe(
        "calyx",
        [(0.42, top - 0.02), (0.40, top + 0.08), (0.2, top + 0.16), (0, top + 0.18)],
        twig,
        10,
    ).parent = fruit
    stalk = sweep(
        "stalk",
        rounded([(0, top), (0.05, top + 0.5), (0.25, top + 1.0)]),
        [(0.15, 0.15)] * 25,
        twig,
    )
    stalk.parent = fruit
    green = leaf("#86b03a", "#2c6a1d", 1.3, 5.2)
    for turn, droop in ((-12, 1.5), (158, 1.0)):
        blade = sheet("leaf", _leaf(5.2, 1.25, droop), green, cells=(60, 24), thickness=0.03)
        blade.parent = fruit
        blade.location = (0.1, 0, top + 0.6)
        blade.rotation_euler = (0, 0, radians(turn))


def _leaf(length: float, width: float, droop: float) -> Callable[[float, float], Point]:
    def surface(u: float, v: float) -> Point:
        side = 2 * v - 1
        half = width * sin(pi * u**0.85) ** 0.9 if 0 < u < 1 else 0.0
        rise = 0.55 * sin(pi * u * 0.7) - droop * u * u + 0.28 * abs(side) * half
        return length * u, half * side, rise + 0.06 * sin(9 * u + 2 * side)

    return surface


def _half() -> None:
    steps = [pi / 2 * k / 60 for k in range(61)]
    bowl = [(RADIUS * sin(a), -RADIUS * 0.96 * cos(a)) for a in steps]
    bowl += [(RADIUS - 0.02, 0.02), (RADIUS - 0.06, 0.03)]
    half = lathe("half", bowl, _peel())

    def surface(u: float, v: float) -> Point:
        reach, angle = (RADIUS - 0.05) * v, 2 * pi * u
        return reach * cos(angle), reach * sin(angle), 0.03

    face = sheet("face", surface, _flesh(), cells=(128, 24))
    face.parent = half
    half.location = (3.0, -2.3, 3.35)
    half.rotation_euler = (radians(58), radians(0), radians(14))


def _peel() -> bpy.types.Material:
    """Oil glands as dimples, a waxy shine, paler and greener here and there."""
    peel = Shader("peel")
    at = peel.place()
    blotch = peel.noise(at, scale=0.35, detail=3.0)
    glands = peel.cells(
        peel.move(at, peel.noise(at, color=True, scale=2.0), 0.2), feature="SMOOTH_F1", scale=4.2
    )
    tone = peel.ramp(blotch, {0.3: "#e86402", 0.5: RIND, 0.72: "#f78f10"})
    tone = peel.mix(peel.ramp(glands, {0.0: 0.35, 0.35: 0.0}), tone, "#c85306")
    return peel.surface(
        base_color=tone,
        roughness=0.38,
        subsurface_weight=0.2,
        subsurface_radius=(0.4, 0.16, 0.04),
        subsurface_scale=0.5,
        normal=peel.bump(peel.ramp(glands, {0.0: 0.0, 0.4: 1.0}), 0.035),
    )


def _flesh() -> bpy.types.Material:
    """The cut face: rind, pith, segments between membranes, and the juice sacs in them."""
    cut = Shader("flesh")
    at = cut.place()
    bent = cut.move(at, cut.noise(at, color=True, scale=0.5), 0.28)
    x, y, _ = cut.apart(bent)
    out = cut.reach(bent)
    turn = cut.math("MULTIPLY", cut.math("ARCTAN2", y, x), SEGMENTS / (2 * pi))
    # cm to the nearest membrane: a fraction of a segment, times how wide the segment is out here.
    nearest = cut.math("PINGPONG", turn, 0.5)
    gap = cut.math("MULTIPLY", nearest, cut.math("MULTIPLY", out, 2 * pi / SEGMENTS))
    gap = cut.math("MINIMUM", gap, cut.math("SUBTRACT", RADIUS * 0.915, out))
    gap = cut.math("MINIMUM", gap, cut.math("SUBTRACT", out, 0.42))
    sacs = _sacs(cut, bent, out, turn)
    pulp = cut.ramp(sacs, {0.0: "#ff9800", 0.45: "#fb7200", 0.95: "#ffb428"})
    tone = cut.mix(cut.ramp(gap, {0.015: 0.9, 0.075: 0.0}), pulp, "#fad48c")
    tone = cut.mix(cut.ramp(cut.math("DIVIDE", out, RADIUS), {0.955: 0.0, 0.975: 1.0}), tone, RIND)
    wet = cut.ramp(gap, {0.02: 0.55, 0.12: 0.24})
    relief = cut.math("ADD", cut.ramp(gap, {0.0: 0.0, 0.2: 1.0}), cut.math("MULTIPLY", sacs, -0.9))
    return cut.surface(
        base_color=tone,
        roughness=wet,
        subsurface_weight=0.45,
        subsurface_radius=(0.6, 0.28, 0.06),
        subsurface_scale=0.6,
        normal=cut.bump(relief, 0.07),
    )


def _sacs(cut: Shader, at: Socket, out: Socket, turn: Socket) -> Socket:
    """Juice sacs point at the middle: cells in (radius, angle), long in the first."""
    polar = cut.point(cut.math("MULTIPLY", out, 0.9), cut.math("MULTIPLY", turn, 4.0))
    wavy = cut.move(polar, cut.noise(at, color=True, scale=1.5), 0.6)
    return cut.cells(wavy, scale=1.5)
