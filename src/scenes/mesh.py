"""Shapes made of formulas: turned, swept, bent, flat-faced or strewn.

cup = lathe("cup", rounded([(0, 0), (2, 0), (3.4, 5.5)]), porcelain())
"""

from collections.abc import Callable, Sequence
from math import cos, pi, sin

import bpy
import numpy as np
from mathutils import Vector

Point = tuple[float, ...]


def lathe(
    name: str, profile: Sequence[Point], material: bpy.types.Material, segments: int = 192
) -> bpy.types.Object:
    """Turn a profile of (radius, z) points, in cm, about the z axis."""
    turns = [2 * pi * k / segments for k in range(segments)]
    rings = [[(r * cos(a), r * sin(a), z) for a in turns] for r, z in profile]
    return _rings(name, rings, material)


def sweep(
    name: str,
    path: Sequence[Point],
    radii: Sequence[tuple[float, float]],
    material: bpy.types.Material,
    segments: int = 48,
) -> bpy.types.Object:
    """Carry an ellipse along a path of (x, z) points in the plane y = 0.

    `radii` gives the ellipse at each point: half its extent along y, half its extent in the plane.
    """
    points = np.asarray(path, float)  # (n, 2)
    tangents = np.gradient(points, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    rings = []
    for (x, z), (tx, tz), (across, along) in zip(points, tangents, radii, strict=True):
        ring = []
        for k in range(segments):
            angle = 2 * pi * k / segments
            reach = along * sin(angle)
            ring.append((x - tz * reach, across * cos(angle), z + tx * reach))
        rings.append(ring)
    return _rings(name, rings, material)


def sheet(
    name: str,
    surface: Callable[[float, float], Point],
    material: bpy.types.Material,
    cells: tuple[int, int] = (96, 32),
    thickness: float = 0.0,
) -> bpy.types.Object:
    """Bend a rectangle: `surface` maps (u, v) in 0..1 to (x, y, z); `thickness` in cm."""
    columns, rows = cells
    points = [
        surface(column / columns, row / rows)
        for column in range(columns + 1)
        for row in range(rows + 1)
    ]
    faces = []
    for column in range(columns):
        for row in range(rows):
            corner = column * (rows + 1) + row
            faces.append((corner, corner + rows + 1, corner + rows + 2, corner + 1))
    made = _object(name, points, faces, material)
    if thickness:
        solid = made.modifiers.new("thickness", "SOLIDIFY")
        solid.thickness = thickness
        solid.offset = 0
        smooth = made.modifiers.new("rounding", "SUBSURF")
        smooth.render_levels = 1
    return made


def ball(
    name: str, center: Point, radii: Point, material: bpy.types.Material, segments: int = 32
) -> bpy.types.Object:
    """An ellipsoid with the given centre and half axes, in cm."""
    arc = [pi * k / (segments // 2) for k in range(segments // 2 + 1)]
    made = lathe(name, [(sin(a), -cos(a)) for a in arc], material, segments)
    made.location = center
    made.scale = radii
    return made


def box(
    name: str,
    low: Point,
    high: Point,
    material: bpy.types.Material,
    *,
    edge: float = 0.0,
    origin: Point = (0, 0, 0),
) -> bpy.types.Object:
    """A box between two corners, edges rounded by `edge` cm; its pattern starts at `origin`."""
    points = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    spread = [
        tuple(a + (b - a) * k - o for a, b, k, o in zip(low, high, point, origin, strict=True))
        for point in points
    ]
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    made = _object(name, spread, faces, material)
    made.location = origin
    if edge:
        _soften(made, edge)
    else:
        made.data.shade_flat()
    return made


def solid(
    name: str,
    low: Sequence[Point],
    high: Sequence[Point],
    material: bpy.types.Material,
    *,
    edge: float = 0.0,
) -> bpy.types.Object:
    """A flat-faced body between two rings of as many corners, both anticlockwise from above."""
    count = len(low)
    sides = [(k, (k + 1) % count, (k + 1) % count + count, k + count) for k in range(count)]
    faces = [tuple(reversed(range(count))), tuple(range(count, 2 * count)), *sides]
    made = _object(name, [*low, *high], faces, material)
    made.data.shade_flat()
    if edge:
        _soften(made, edge)
    return made


def tube(
    name: str, path: Sequence[Point], radius: float, material: bpy.types.Material
) -> bpy.types.Object:
    """A round bar of one radius along (x, y, z) points: rails, ropes, pipes."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", radius, 2
    curve.use_fill_caps = True
    line = curve.splines.new("POLY")
    line.points.add(len(path) - 1)
    for point, at in zip(line.points, path, strict=True):
        point.co = (*at, 1)
    curve.materials.append(material)
    made = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(made)
    return made


def copies(
    original: bpy.types.Object, places: Sequence[tuple[Point, Point, Point]]
) -> list[bpy.types.Object]:
    """Instances of one shape at each (location, rotation in radians, scale); the original hides."""
    made = []
    for location, rotation, scale in places:
        copy = original.copy()
        copy.location, copy.rotation_euler, copy.scale = location, rotation, scale
        bpy.context.collection.objects.link(copy)
        made.append(copy)
    original.hide_render = True
    return made


def rounded(corners: Sequence[Point], steps: int = 12) -> list[Point]:
    """A smooth curve through the corners (centripetal Catmull-Rom), ends included."""
    knots = [Vector(corner) for corner in corners]
    knots = [2 * knots[0] - knots[1], *knots, 2 * knots[-1] - knots[-2]]
    curve: list[Point] = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        curve += [tuple(_catmull_rom(a, b, c, d, k / steps)) for k in range(steps)]
    return [*curve, tuple(knots[-2])]


def _catmull_rom(a: Vector, b: Vector, c: Vector, d: Vector, t: float) -> Vector:
    t1 = (b - a).length ** 0.5
    t2 = t1 + (c - b).length ** 0.5
    t3 = t2 + (d - c).length ** 0.5
    at = t1 + t * (t2 - t1)
    ab = a.lerp(b, at / t1)
    bc = b.lerp(c, (at - t1) / (t2 - t1))
    cd = c.lerp(d, (at - t2) / (t3 - t2))
    return ab.lerp(bc, at / t2).lerp(bc.lerp(cd, (at - t1) / (t3 - t1)), (at - t1) / (t2 - t1))


def _soften(made: bpy.types.Object, edge: float) -> None:
    bevel = made.modifiers.new("edge", "BEVEL")
    bevel.width, bevel.segments = edge, 3
    bevel.harden_normals = True


def _rings(
    name: str, rings: Sequence[Sequence[Point]], material: bpy.types.Material
) -> bpy.types.Object:
    count = len(rings[0])
    faces = []
    for lower in range(len(rings) - 1):
        for k in range(count):
            near, far = lower * count + k, lower * count + (k + 1) % count
            faces.append((near, far, far + count, near + count))
    points = [point for ring in rings for point in ring]
    return _object(name, points, faces, material)


def _object(
    name: str,
    points: Sequence[Point],
    faces: Sequence[tuple[int, ...]],
    material: bpy.types.Material,
) -> bpy.types.Object:
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    mesh.validate()
    mesh.shade_smooth()
    mesh.materials.append(material)
    made = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(made)
    return made
