"""Fur on a body: strands grown from formulas, one colour each, so that a coat can have markings.

skin = merged("cat", [ball(...), ball(...)], cell=0.2)
white = Patch("#f0ece4", center=(0, -4, 2), radii=(2, 2, 3))
fur(skin, Coat(length=1.2, lay=(0, 0, -1)), patchwork("#806a50", [white]))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bpy
import numpy as np
from mathutils.kdtree import KDTree

from .mesh import Point, ball, rounded
from .shader import rgb

Array = np.ndarray
Field = Callable[[Array], Array]  # a value for each of n places: (n, 3) to (n,) or (n, 3)

TINT = "tint"  # the attribute that carries a strand's colour to its material


@dataclass(frozen=True)
class Coat:
    """How the strands grow; lengths in cm, in the skin's own coordinates.

    `length`, `tilt` and `lay` may differ from place to place: then they are functions of the roots.
    Where the length is 0 the skin stays bare.
    """

    length: float | Field = 1.0
    lay: Point | Field = (0, 0, -1)  # where the fur is combed to
    tilt: float | Field = 0.6  # 0 stands on the skin, 1 lies flat on it
    thickness: float = 0.02  # a strand's diameter at its root
    density: float = 60.0  # strands a square cm
    clumps: float = 0.5  # how far tips draw together, 0 to 1
    clump_size: int = 12  # strands that draw together
    uneven: float = 0.3  # how much lengths and directions differ from strand to strand, 0 to 1
    fleck: float = 0.12  # how much strands differ in brightness, 0 to 1
    steps: int = 5  # points along a strand


@dataclass(frozen=True)
class Patch:
    """An ellipsoid of space where a coat has another colour ("#rrggbb") or another length."""

    value: str | float
    center: Point
    radii: Point
    soft: float = 0.4  # the part of the radius over which it fades
    mirrored: bool = False  # again at -x


def patchwork(ground: str | float, patches: Sequence[Patch]) -> Field:
    """A field that has the value `ground` but for the patches, later ones over earlier ones."""

    def values(at: Array) -> Array:
        made = np.full((len(at), *np.shape(_value(ground))), _value(ground))
        for patch in patches:
            places = at * [-1, 1, 1] if patch.mirrored else at
            share = np.maximum(_share(patch, at), _share(patch, places))
            share = share.reshape(-1, *(1,) * (made.ndim - 1))
            made = made + share * (np.asarray(_value(patch.value)) - made)
        return made

    return values


def limb(
    corners: Sequence[Point], material: bpy.types.Material, steps: int = 6
) -> list[bpy.types.Object]:
    """Overlapping balls along a curve through (x, y, z, radius), to be merged into a skin."""
    return [ball("limb", at[:3], (at[3],) * 3, material, 16) for at in rounded(corners, steps)]


def merged(
    name: str, parts: Sequence[bpy.types.Object], cell: float, smoothing: int = 12
) -> bpy.types.Object:
    """One skin around overlapping shapes, their seams smoothed; `cell` in cm is the mesh's width.

    It wears the material of the first part. The parts' own places become part of its shape.
    """
    bpy.context.view_layer.update()
    points: list[Array] = []
    faces: list[tuple[int, ...]] = []
    start = 0
    for part in parts:
        place = np.array(part.matrix_world)
        corners = _vectors(part.data.vertices, "co") @ place[:3, :3].T + place[:3, 3]
        faces += [tuple(start + k for k in face.vertices) for face in part.data.polygons]
        points.append(corners)
        start += len(corners)
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(np.concatenate(points).tolist(), [], faces)
    mesh.materials.append(parts[0].data.materials[0])
    skin = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(skin)
    remesh = skin.modifiers.new("merge", "REMESH")
    remesh.mode, remesh.voxel_size, remesh.use_smooth_shade = "VOXEL", cell, True
    seams = skin.modifiers.new("seams", "SMOOTH")
    seams.factor, seams.iterations = 0.5, smoothing
    for part in parts:
        bpy.data.objects.remove(part)
    return skin


def fur(
    skin: bpy.types.Object,
    coat: Coat,
    tint: Field,
    *,
    sheen: float = 0.35,
    seed: int = 1,
) -> bpy.types.Object:
    """Grow a coat on a mesh; `tint` gives each root's colour as (n, 3) linear light.

    The fur is a child of the skin: turn or move that.
    """
    chance = np.random.default_rng(seed)
    roots, normals = _roots(skin, coat.density, chance)
    lengths = _field(coat.length, roots) * (1 - coat.uneven * chance.random(len(roots)))
    grown = lengths > 0
    roots, normals, lengths = roots[grown], normals[grown], lengths[grown]
    strands = _strands(coat, roots, normals, lengths, chance)
    hair = bpy.data.hair_curves.new("fur")
    hair.add_curves([coat.steps] * len(roots))
    hair.position_data.foreach_set("vector", strands.astype(np.float32).ravel())
    taper = np.linspace(1, 0.15, coat.steps, dtype=np.float32) * coat.thickness / 2
    radius = hair.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", np.tile(taper, len(roots)))
    colors = np.ones((len(roots), 4), np.float32)
    colors[:, :3] = tint(roots) * chance.normal(1, coat.fleck, (len(roots), 1)).clip(0.4, 1.8)
    tints = hair.attributes.new(TINT, "FLOAT_COLOR", "CURVE")
    tints.data.foreach_set("color", colors.ravel())
    hair.materials.append(_keratin(sheen))
    made = bpy.data.objects.new("fur", hair)
    made.parent = skin
    bpy.context.collection.objects.link(made)
    return made


def _keratin(sheen: float) -> bpy.types.Material:
    """Strands that scatter their own colour and glint a little along their length."""
    material = bpy.data.materials.new("keratin")
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    color = tree.nodes.new("ShaderNodeAttribute")
    color.attribute_name = TINT
    body = tree.nodes.new("ShaderNodeBsdfPrincipled")
    body.inputs["Roughness"].default_value = 0.55
    body.inputs["Specular IOR Level"].default_value = sheen
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(color.outputs["Color"], body.inputs["Base Color"])
    tree.links.new(body.outputs[0], output.inputs["Surface"])
    return material


def _roots(
    skin: bpy.types.Object, density: float, chance: np.random.Generator
) -> tuple[Array, Array]:
    """Places spread evenly over the skin, and the normals there."""
    bpy.context.view_layer.update()
    shaped = skin.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = shaped.to_mesh()
    mesh.calc_loop_triangles()
    points = _vectors(mesh.vertices, "co")
    outward = _vectors(mesh.vertex_normals, "vector")
    corners = np.empty(len(mesh.loop_triangles) * 3, np.int32)
    mesh.loop_triangles.foreach_get("vertices", corners)
    shaped.to_mesh_clear()
    corners = corners.reshape(-1, 3)
    a, b, c = (points[corners[:, k]] for k in range(3))
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    count = int(areas.sum() * density)
    chosen = chance.choice(len(areas), count, p=areas / areas.sum())
    u, v = chance.random((2, count, 1))
    u, v = np.where(u + v > 1, 1 - u, u), np.where(u + v > 1, 1 - v, v)
    share = (1 - u - v, u, v)
    places = sum(w * points[corners[chosen, k]] for k, w in enumerate(share))
    normals = sum(w * outward[corners[chosen, k]] for k, w in enumerate(share))
    return places, _unit(normals)


def _strands(
    coat: Coat, roots: Array, normals: Array, lengths: Array, chance: np.random.Generator
) -> Array:
    """Each strand's points, (n, steps, 3): it rises from the skin and bends to its lay."""
    lay = np.broadcast_to(_field(coat.lay, roots), roots.shape)
    along = lay - normals * (lay * normals).sum(1, keepdims=True)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 0.2)
    along = along + coat.uneven * chance.normal(0, 0.5, roots.shape)
    tilt = np.broadcast_to(_field(coat.tilt, roots), len(roots))[:, None]
    rise = _unit(normals * (1 - 0.7 * tilt) + along * 0.5 * tilt)
    bend = _unit(normals * (1 - tilt) + along * tilt)
    t = np.linspace(0, 1, coat.steps)[None, :, None]
    way = rise[:, None] * (t - t * t / 2) + bend[:, None] * t * t / 2
    strands = roots[:, None] + way * lengths[:, None, None]
    guides = KDTree(len(roots) // coat.clump_size + 1)
    for k in range(0, len(roots), coat.clump_size):
        guides.insert(roots[k], k)
    guides.balance()
    leader = np.array([guides.find(root)[1] for root in roots])
    pull = coat.clumps * t * t * chance.uniform(0.5, 1, (len(roots), 1, 1))
    end = roots[leader] + way[leader, -1] * lengths[:, None]
    return strands + pull * (end - strands[:, -1])[:, None]


def _share(patch: Patch, at: Array) -> Array:
    """How far each place belongs to the patch, 0 to 1."""
    out = np.linalg.norm((at - patch.center) / patch.radii, axis=1)
    share = ((1 - out) / patch.soft).clip(0, 1)
    return share * share * (3 - 2 * share)


def _value(value: str | float) -> tuple[float, ...] | float:
    return rgb(value) if isinstance(value, str) else value


def _field(value: float | Point | Field, at: Array) -> Array:
    return np.asarray(value(at) if callable(value) else np.full((len(at), *np.shape(value)), value))


def _unit(vectors: Array) -> Array:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def _vectors(collection: bpy.types.bpy_prop_collection, name: str) -> Array:
    flat = np.empty(len(collection) * 3, np.float32)
    collection.foreach_get(name, flat)
    return flat.reshape(-1, 3).astype(float)
