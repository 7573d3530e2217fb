"""What vehicles are made of: paint, glass and rubber, a smooth skin for the body, wheels."""

from collections.abc import Sequence
from math import cos, pi, radians, sin

import bpy
import numpy as np

from .mesh import Point, lathe, rounded, sheet
from .shader import Shader, Socket, Value

FLANK = 6.5  # from here on outwards, in y, an arch cuts a body's paint
Arch = tuple[float, float, float]  # a wheel arch seen from the side: x and z of its centre, radius


def paint(
    color: str, *, arches: Sequence[Arch] = (), roughness: float = 0.35
) -> bpy.types.Material:
    """Car paint under clear lacquer; where an arch is, nothing is seen."""
    lacquer = Shader("paint")
    at = lacquer.place()
    return lacquer.surface(
        base_color=color,
        roughness=roughness,
        coat_weight=1.0,
        coat_roughness=0.03,
        alpha=outside(lacquer, at, arches),
    )


def outside(shader: Shader, at: Socket, arches: Sequence[Arch]) -> Value:
    """1 outside every wheel arch, 0 in them; near the middle line there are none."""
    x, y, z = shader.apart(at)
    inner = shader.math("LESS_THAN", shader.math("ABSOLUTE", y), FLANK)
    seen: Value = 1.0
    for middle, height, radius in arches:
        spoke = shader.point(shader.math("SUBTRACT", x, middle), shader.math("SUBTRACT", z, height))
        seen = shader.math(
            "MULTIPLY", seen, shader.math("GREATER_THAN", shader.reach(spoke), radius)
        )
    return shader.math("MAXIMUM", seen, inner)


def glass(color: str = "#07090b") -> bpy.types.Material:
    """A window seen from outside: dark, with the sky in it."""
    return Shader("glass").surface(base_color=color, roughness=0.02, ior=1.55)


def plain(
    color: str, roughness: float, metallic: float = 0.0, glow: float = 0.0
) -> bpy.types.Material:
    """Rubber, plastic, metal or a lamp's lens: one colour; `glow` makes it shine in it."""
    return Shader("plain").surface(
        base_color=color,
        roughness=roughness,
        metallic=metallic,
        emission_color=color,
        emission_strength=glow,
    )


def skin(
    name: str,
    net: Sequence[Sequence[Point]],
    material: bpy.types.Material,
    cells: tuple[int, int] = (160, 120),
) -> bpy.types.Object:
    """A cubic B-spline over a net of points: rows from the middle line (y = 0) down the side.

    The other side is its mirror image. The mesh carries `along`, the column's number, and `down`,
    the row's, at every point, for what is drawn on the surface.
    """
    half = np.asarray(net, float)  # (rows, columns, xyz)
    control = np.concatenate([half[:0:-1] * (1, -1, 1), half])
    rows, columns = _splines(len(control), cells[1]), _splines(half.shape[1], cells[0])
    points = np.einsum("ri,cj,ijk->rck", rows, columns, control)

    def surface(u: float, v: float) -> Point:
        return tuple(points[round(v * cells[1]), round(u * cells[0])])

    made = sheet(name, surface, material, cells)
    along = np.repeat(np.linspace(0, half.shape[1] - 1, cells[0] + 1), cells[1] + 1)
    down = np.tile(abs(np.linspace(1 - len(half), len(half) - 1, cells[1] + 1)), cells[0] + 1)
    for label, values in (("along", along), ("down", down)):
        made.data.attributes.new(label, "FLOAT", "POINT").data.foreach_set("value", values)
    return made


def patch(
    shader: Shader,
    middle: tuple[float, float],
    half: tuple[float, float],
    *,
    slant: float = 0.0,
    power: float = 4.0,
) -> Socket:
    """On a skin, a rounded patch about `middle` (along, down): under 1 inside, 1 at its edge."""
    along = shader.math("SUBTRACT", shader.attribute("along"), middle[0])
    down = shader.math("SUBTRACT", shader.attribute("down"), middle[1])
    along = shader.math("SUBTRACT", along, shader.math("MULTIPLY", down, slant))
    parts = [
        shader.math("POWER", shader.math("ABSOLUTE", shader.math("DIVIDE", off, reach)), power)
        for off, reach in ((along, half[0]), (down, half[1]))
    ]
    return shader.math("POWER", shader.math("ADD", *parts), 1 / power)


def _splines(count: int, steps: int) -> np.ndarray:
    """The weights of `count` points, ends met, at `steps` + 1 places along them."""
    at = np.linspace(0, count - 1, steps + 1)
    weights = np.zeros((steps + 1, count))
    for row, place in enumerate(at):
        left = min(int(place), count - 2)
        t = place - left
        basis = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, 3 * (1 - t) ** 3 - 6 * (1 - t) ** 2 + 4)
        for offset, weight in zip((-1, 0, 1, 2), (*basis, t**3), strict=True):
            # Beyond an end the net goes on straight: a phantom point 2 p0 - p1.
            index = left + offset
            if index < 0:
                weights[row, 0] += 2 * weight / 6
                weights[row, 1] -= weight / 6
            elif index >= count:
                weights[row, -1] += 2 * weight / 6
                weights[row, -2] -= weight / 6
            else:
                weights[row, index] += weight / 6
    return weights


def wheels(
    axles: Sequence[float], radius: float, outside: float, parts: Sequence[bpy.types.Object]
) -> None:
    """Copies of a wheel made at the origin, its outer side towards +y, `outside` being y of it."""
    for x in axles:
        for sign in (1, -1):
            hub = bpy.data.objects.new("hub", None)
            bpy.context.collection.objects.link(hub)
            hub.location = (x, sign * outside, radius)
            hub.rotation_euler.z = 0 if sign > 0 else pi
            for part in parts:
                copy = part.copy()
                bpy.context.collection.objects.link(copy)
                copy.parent = hub
    for part in parts:
        part.hide_render = True


def well(arch: Arch, inside: float, outside: float) -> None:
    """The dark hollow behind a wheel arch on either side, between two distances from y = 0."""
    middle, height, radius = arch
    black = plain("#060606", 0.9)
    for sign in (1, -1):

        def surface(u: float, v: float, sign: int = sign) -> Point:
            turn = radians(200 * u - 10)
            reach = radius * min(1.0, 2 * v)
            y = sign * (inside if v < 0.75 else outside)
            return middle + reach * cos(turn), y, height + reach * sin(turn)

        sheet("well", surface, black, cells=(64, 2))


def tyre(radius: float, width: float, rim: float) -> bpy.types.Object:
    """A tyre standing upright, its axle along y, its outer side at y = `width` / 2."""
    half, wall = width / 2, radius - rim
    side = [
        (rim, 0.72 * half),
        (rim + 0.12 * wall, 0.93 * half),
        (rim + 0.5 * wall, 1.02 * half),
        (radius - 0.16 * wall, 0.92 * half),
        (radius - 0.02 * wall, 0.72 * half),
        (radius, 0.3 * half),
    ]
    profile = rounded([*side, *((r, -y) for r, y in reversed(side))], steps=5)
    return disc("tyre", profile, plain("#0c0c0c", 0.7))


def disc(
    name: str, profile: Sequence[Point], material: bpy.types.Material, segments: int = 96
) -> bpy.types.Object:
    """A turned part of a wheel: (radius, y) points about the axle along y."""
    made = lathe(name, profile, material, segments)
    made.rotation_euler.x = radians(-90)
    return made
