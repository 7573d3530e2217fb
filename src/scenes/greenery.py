"""Leaves by the thousand: clumps of them make hedges, bushes, flowers, trees and grass."""

from collections.abc import Sequence
from math import cos, pi, radians, sin
from random import Random

import bpy
from mathutils import Vector

from .mesh import Point, copies, tube
from .shader import Shader

Place = tuple[Point, Point, Point]  # location, rotation in radians, scale


def clump(tones: Sequence[str], leaf: float, count: int, *, seed: int) -> bpy.types.Object:
    """A ball of leaves of radius 1, each `leaf` long, in colours between the two `tones`."""
    chance = Random(seed)
    blades = []
    for _ in range(count):
        out = Vector(_direction(chance))
        spot = out * chance.uniform(0.55, 1.0)
        facing = (out + 0.9 * Vector(_direction(chance))).normalized()
        side = facing.cross(Vector(_direction(chance))).normalized()
        length, width = side * leaf * chance.uniform(0.7, 1.2), facing.cross(side) * 0.3 * leaf
        blades.append((spot - length / 2, spot + width, spot + length / 2, spot - width))
    return _blades("clump", blades, tones, chance)


def tuft(tones: Sequence[str], height: float, count: int, *, seed: int) -> bpy.types.Object:
    """A patch of grass of radius 1."""
    chance = Random(seed)
    blades = []
    for _ in range(count):
        reach, turn = chance.random() ** 0.5, chance.uniform(0, 2 * pi)
        foot = Vector((reach * cos(turn), reach * sin(turn), 0))
        tip = foot + height * Vector(
            (chance.gauss(0, 0.35), chance.gauss(0, 0.35), chance.uniform(0.5, 1.0))
        )
        lean = Vector((cos(turn), sin(turn), 0)) * 0.06 * height
        blades.append((foot - lean, foot + lean, tip + 0.2 * lean, tip - 0.2 * lean))
    return _blades("tuft", blades, tones, chance)


def strewn(original: bpy.types.Object, spots: Sequence[tuple[Point, float]], seed: int) -> None:
    """Copies of a clump at (centre, radius), each turned its own way; the original hides."""
    chance = Random(seed)
    places: list[Place] = []
    for spot, size in spots:
        turn = (0.0, 0.0, chance.uniform(0, 2 * pi))
        places.append((spot, turn, (size, size, size * chance.uniform(0.8, 1.0))))
    copies(original, places)


def crown(
    center: Point, radii: Point, size: float, count: int, *, seed: int
) -> list[tuple[Point, float]]:
    """Places for clumps that fill the outer part of an ellipsoid: a tree's head or a bush."""
    chance = Random(seed)
    spots = []
    for _ in range(count):
        out = [d * chance.uniform(0.5, 1.0) for d in _direction(chance)]
        spot = tuple(c + r * d for c, r, d in zip(center, radii, out, strict=True))
        spots.append((spot, size * chance.uniform(0.75, 1.25)))
    return spots


def trunk(foot: Point, height: float, girth: float) -> None:
    """A trunk with a few limbs that part below the crown."""
    bark = Shader("bark")
    ridges = bark.noise(bark.place(scale=(1, 1, 0.2)), scale=1.2, detail=6.0)
    rough = bark.surface(
        base_color=bark.ramp(ridges, {0.3: "#3a2c20", 0.7: "#75604b"}),
        roughness=0.9,
        normal=bark.bump(ridges, 0.5),
    )
    x, y, z = foot
    tube("trunk", [(x, y, z), (x + 0.3, y, z + 0.7 * height)], girth, rough)
    for turn in (20, 140, 260):
        reach = 0.4 * height
        tip = (x + reach * cos(radians(turn)), y + reach * sin(radians(turn)), z + 1.2 * height)
        tube("limb", [(x + 0.2, y, z + 0.6 * height), tip], 0.5 * girth, rough)


def _direction(chance: Random) -> Point:
    return tuple(Vector([chance.gauss(0, 1) for _ in range(3)]).normalized())


def _blades(
    name: str, blades: Sequence[Sequence[Vector]], tones: Sequence[str], chance: Random
) -> bpy.types.Object:
    mesh = bpy.data.meshes.new(name)
    points = [tuple(corner) for blade in blades for corner in blade]
    mesh.from_pydata(points, [], [tuple(range(k, k + 4)) for k in range(0, len(points), 4)])
    layer = mesh.attributes.new("tone", "FLOAT", "POINT")
    layer.data.foreach_set("value", [tone for _ in blades for tone in [chance.random()] * 4])
    green = Shader(name)
    color = green.mix(green.attribute("tone"), *tones)
    mesh.materials.append(green.surface(base_color=color, roughness=0.5, specular_ior_level=0.3))
    made = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(made)
    return made
