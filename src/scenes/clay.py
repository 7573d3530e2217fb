"""Soft bodies as clay is modelled: lumps that flow into one another, hollows pressed into them.

A form says how far points lie outside of it, in cm; `skin` draws the surface where that is zero.

    snowman = blend([lump((0, 0, 3), (3, 3, 3)), lump((0, 0, 7), (2, 2, 2))], soft=1.0)
    skin("snowman", snowman, (-4, -4, -1), (4, 4, 10), 0.2, white)
"""

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from math import radians

import bpy
import numpy as np
from mathutils import Euler

from .mesh import Point

Form = Callable[[np.ndarray], np.ndarray]
SLAB = 200_000  # points asked at a time, for the memory's sake


def lump(center: Point, radii: Point, turn: Point = (0, 0, 0)) -> Form:
    """An ellipsoid with half axes `radii`, turned about x, y and z by degrees."""
    frame = np.array(Euler([radians(angle) for angle in turn]).to_matrix())
    middle, reach = np.array(center, float), np.array(radii, float)

    def form(points: np.ndarray) -> np.ndarray:
        local = (points - middle) @ frame
        near = np.linalg.norm(local / reach, axis=1)
        steep = np.linalg.norm(local / reach**2, axis=1)
        return near * (near - 1) / np.maximum(steep, 1e-9)

    return form


def rod(start: Point, end: Point, radii: tuple[float, float]) -> Form:
    """A straight piece from `start` to `end`, as thick at either end as `radii` says."""
    foot, along = np.array(start, float), np.subtract(end, start).astype(float)

    def form(points: np.ndarray) -> np.ndarray:
        local = points - foot
        share = np.clip(local @ along / (along @ along), 0, 1)
        away = np.linalg.norm(local - share[:, None] * along, axis=1)
        return away - (radii[0] + (radii[1] - radii[0]) * share)

    return form


def tube(path: Sequence[Point], radius: float) -> Form:
    """Rods along a path, as thick everywhere."""
    return blend([rod(a, b, (radius, radius)) for a, b in pairwise(path)], 0.2 * radius)


def mirrored(form: Form) -> Form:
    """The form and its mirror image on the other side of the plane x = 0."""
    return lambda points: np.minimum(form(points), form(points * (-1, 1, 1)))


def folded(points: np.ndarray) -> np.ndarray:
    """The points, those at -x brought over to x: for what is alike on either side."""
    return np.abs(points * (1, 0, 0)) + points * (0, 1, 1)


def blend(forms: Sequence[Form], soft: float) -> Form:
    """All the forms as one, the seams filled where two are within `soft` of each other."""

    def form(points: np.ndarray) -> np.ndarray:
        whole = forms[0](points)
        for other in forms[1:]:
            piece = other(points)
            seam = np.maximum(soft - np.abs(whole - piece), 0)
            whole = np.minimum(whole, piece) - seam**2 / (4 * soft)
        return whole

    return form


def hollow(body: Form, hole: Form, soft: float) -> Form:
    """The body without the hole, its edge rounded by `soft`."""
    inside = blend([lambda points: -body(points), hole], soft)
    return lambda points: -inside(points)


def skin(
    name: str, form: Form, low: Point, high: Point, step: float, material: bpy.types.Material
) -> bpy.types.Object:
    """The form's surface between two corners, as quadrilaterals `step` cm wide."""
    axes = [np.arange(a, b, step) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    points = grid.reshape(-1, 3)
    slabs = [form(points[at : at + SLAB]) for at in range(0, len(points), SLAB)]
    height = np.concatenate(slabs).reshape(grid.shape[:3])
    spots, cell = _spots(height)
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(np.array(low) + step * spots, [], _faces(height < 0, cell))
    mesh.shade_smooth()
    mesh.materials.append(material)
    made = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(made)
    return made


def _spots(height: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One point in every cell the surface crosses (surface nets), and the number of it there."""
    shape = np.array(height.shape) - 1
    total, count = np.zeros((*shape, 3)), np.zeros(shape)
    corners = np.array(list(product((0, 1), repeat=3)))
    for a, b in product(corners, corners):
        if (b - a).sum() != 1 or (b - a).min() < 0:
            continue
        near, far = (
            height[tuple(slice(o, o + n) for o, n in zip(c, shape, strict=True))] for c in (a, b)
        )
        crossed = (near < 0) != (far < 0)
        share = np.where(crossed, near / np.where(crossed, near - far, 1.0), 0.0)
        total += np.where(crossed[..., None], a + share[..., None] * (b - a), 0.0)
        count += crossed
    there = count > 0
    cell = np.full(shape, -1)
    cell[there] = np.arange(there.sum())
    return np.argwhere(there) + total[there] / count[there][:, None], cell


def _faces(inside: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """A face about every grid line that the surface crosses, seen from outside."""
    faces = []
    for axis in range(3):
        solid = np.moveaxis(inside, [axis, (axis + 1) % 3, (axis + 2) % 3], [0, 1, 2])
        cells = np.moveaxis(cell, [axis, (axis + 1) % 3, (axis + 2) % 3], [0, 1, 2])
        start, end = solid[:-1, 1:-1, 1:-1], solid[1:, 1:-1, 1:-1]
        ring = np.stack(
            [cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, 1:, 1:], cells[:, :-1, 1:]], axis=-1
        )
        faces += [ring[start & ~end], ring[end & ~start][:, ::-1]]
    return np.concatenate(faces)
