"""A red bell pepper on a marble worktop, a yellow and a green one behind it."""

from collections.abc import Callable
from math import cos, exp, pi, radians, sin

import bpy

from .mesh import Point, box, rounded, sheet, sweep
from .shader import Shader
from .studio import camera, lamp, stage, window
from .surface import marble

BASE = 7.25  # cm, where the stalk leaves the hollow between the shoulders
# (radius, z) in cm from the tip below, over the shoulders, down into the hollow of the stalk.
PROFILE = [
    (0.0, 0.75),
    (0.6, 0.55),
    (1.5, 0.10),
    (2.5, 0.25),
    (3.35, 1.4),
    (3.75, 3.6),
    (4.05, 5.9),
    (3.80, 7.6),
    (2.75, 8.55),
    (1.75, 8.35),
    (0.9, 7.6),
    (0.0, 7.3),
]


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#eef2ff", strength=0.24)
    box("worktop", (-80, -60, -3), (80, 46, 0), marble(), edge=0.4)
    wall = Shader("wall").surface(base_color="#e0d2b8", roughness=0.9)
    box("wall", (-200, 90, -60), (200, 92, 140), wall)
    for dark, bright, lobes, phase, place, tilt in (
        ("#bb0c07", "#d81a0a", 4, 0.5, (-2.0, -1.5, -0.05), (3, -5, 20)),
        ("#f0a202", "#f8bd12", 3, 1.9, (4.1, 6.0, -0.1), (-4, 7, 70)),
        ("#1d5a12", "#3c8420", 4, 4.0, (-2.6, 15.0, -0.1), (4, -6, 10)),
    ):
        shape = _shape(lobes, phase)
        body = sheet("pepper", shape, _skin(dark, bright), cells=(240, 14 * (len(PROFILE) - 1)))
        for part in _stem(0.05 * 7.6 * sin(phase)):
            part.parent = body
        body.location, body.rotation_euler = place, [radians(turn) for turn in tilt]
    window(
        at=(-48, -8, 44),
        towards=(0, 0, 4),
        size=(36, 46),
        color="#fff6ea",
        radiance=28,
        panes=(2, 3),
    )
    lamp(at=(46, -30, 26), towards=(0, 0, 4), size=40, color="#e6eeff", watts=7000)
    camera(
        at=(3.0, -40.0, 19.0),
        towards=(0.35, 0.0, 5.2),
        lens=90,
        f_number=4.5,
        focus=(-1.7, -4.3, 5.0),
    )


def _shape(lobes: int, phase: float) -> Callable[[float, float], Point]:
    """The skin over (u, v): u once around, v from the tip over the shoulders into the hollow."""
    profile = rounded(PROFILE, steps=14)

    def surface(u: float, v: float) -> Point:
        reach, z = profile[round(v * (len(profile) - 1))]
        angle = 2 * pi * u
        lobe = abs(cos(0.5 * lobes * (angle + phase + 0.12 * sin(angle)))) ** 0.6  # 0 in a furrow
        fold = min(1.0, reach / 2.2)
        reach *= 1 - 0.17 * fold * (1 - lobe) + 0.03 * sin(2 * angle + phase)
        reach *= 1 + 0.016 * sin(5 * angle + 0.9 * z + phase) * sin(0.8 * z - 2 * angle)
        shoulder = exp(-(((z - 8.3) / 1.1) ** 2)) - exp(-(((z - 0.3) / 0.7) ** 2))
        z += 0.75 * shoulder * fold * (lobe - 0.6)
        lean = 0.05 * z * sin(phase)
        return reach * cos(angle) + lean, reach * sin(angle), z

    return surface


def _stem(off: float) -> list[bpy.types.Object]:
    """The stalk, its pale cut end and the calyx it grows from, `off` cm from the middle."""
    green = _stalk()
    bends = [(0, -0.2), (0.0, 0.5), (0.15, 1.4), (0.7, 2.5), (1.25, 3.1)]
    path = rounded([(x, BASE + z) for x, z in bends])
    girth = [0.42 + 0.5 * exp(-k / 5) + 0.14 * (k / (len(path) - 1)) ** 6 for k in range(len(path))]
    stalk = sweep("stalk", path, [(g, g) for g in girth], green)

    def cut(u: float, v: float) -> Point:
        angle, reach = 2 * pi * u, 0.55 * v
        return reach * cos(angle), reach * sin(angle), 0.08 * (1 - v * v)

    def calyx(u: float, v: float) -> Point:
        angle = 2 * pi * u
        reach = v * (1.45 + 0.25 * cos(5 * angle))
        return reach * cos(angle), reach * sin(angle), BASE + 0.30 + 0.16 * reach**2

    pale = Shader("cut").surface(base_color="#a9b56a", roughness=0.6)
    face = sheet("cut", cut, pale, cells=(32, 6))
    face.location = (path[-1][0] + off, 0, path[-1][1])
    face.rotation_euler = (0, radians(43), 0)
    cap = sheet("calyx", calyx, green, cells=(120, 20), thickness=0.12)
    stalk.location = cap.location = (off, 0, 0)
    return [stalk, face, cap]


def _skin(dark: str, bright: str) -> bpy.types.Material:
    skin = Shader("skin")
    at = skin.place()
    blotch = skin.noise(at, scale=0.3, detail=4.0)
    dents = skin.noise(at, scale=0.75, detail=2.0)
    return skin.surface(
        base_color=skin.ramp(blotch, {0.35: dark, 0.62: bright}),
        roughness=0.34,
        specular_ior_level=0.2,
        coat_weight=0.45,
        coat_roughness=0.07,
        subsurface_weight=0.15,
        subsurface_radius=(0.5, 0.12, 0.05),
        subsurface_scale=0.5,
        normal=skin.bump(dents, 0.10),
        coat_normal=skin.bump(dents, 0.10),
    )


def _stalk() -> bpy.types.Material:
    stalk = Shader("stalk")
    ribs = stalk.noise(stalk.place(scale=(1, 1, 0.12)), scale=2.6, detail=4.0)
    return stalk.surface(
        base_color=stalk.ramp(ribs, {0.35: "#3c6a1c", 0.65: "#7ba03a"}),
        roughness=0.45,
        normal=stalk.bump(ribs, 0.15),
    )
