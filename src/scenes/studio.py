"""The room a scene stands in: an empty stage, light, a table, a camera, and the render itself."""

from collections.abc import Sequence
from itertools import pairwise
from math import radians
from pathlib import Path
from random import Random

import bpy
from mathutils import Vector

from .mesh import Point, ball, box, copies
from .shader import Shader, rgb

CM_PER_METRE = 100  # Blender takes a lens's focal length for metres, a scene is in centimetres
SENSOR_MM = 36
SEED = 20
THREADS = 2


def stage(ambient: str, strength: float, *, caustics: bool = False) -> None:
    """Clear everything and surround it with an even light; `caustics` lets water pass light on."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    world = bpy.data.worlds.new("ambient")
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*rgb(ambient), 1)
    background.inputs["Strength"].default_value = strength
    bpy.context.scene.world = world
    cycles = bpy.context.scene.cycles
    cycles.caustics_reflective, cycles.caustics_refractive = False, caustics


def outdoors(sun: Point, *, size: float = 2.0, strength: float = 0.12) -> None:
    """Clear everything and put it under a clear sky; `sun` is where it stands (elevation and turn
    from north, clockwise, both in degrees), `size` how soft its shadows are, in degrees.
    """
    stage("#ffffff", strength)
    tree = bpy.context.scene.world.node_tree
    sky = tree.nodes.new("ShaderNodeTexSky")
    sky.sky_type = "MULTIPLE_SCATTERING"
    sky.sun_elevation, sky.sun_rotation = radians(sun[0]), radians(sun[1])
    sky.sun_size = radians(size)
    sky.air_density, sky.aerosol_density = 1.0, 1.0
    tree.links.new(sky.outputs["Color"], tree.nodes["Background"].inputs["Color"])


def window(
    at: Point,
    towards: Point,
    size: tuple[float, float],
    color: str,
    radiance: float,
    panes: tuple[int, int] = (2, 3),
) -> None:
    """A shining window of `panes` (across, up), seen as such in whatever is glossy."""
    across, up = panes
    glass = Shader("daylight").emission(color, radiance)
    frame = Vector(towards) - Vector(at)
    turn = frame.to_track_quat("-Z", "Y").to_matrix().to_4x4()
    bar = 0.06 * min(size[0] / across, size[1] / up)
    width, height = size[0] / across, size[1] / up
    for column in range(across):
        for row in range(up):
            left, low = column * width - size[0] / 2, row * height - size[1] / 2
            pane = box(
                "pane",
                (left + bar, low + bar, -0.05),
                (left + width - bar, low + height - bar, 0.05),
                glass,
            )
            pane.matrix_world = turn
            pane.location = at


def lamp(at: Point, towards: Point, size: float, color: str, watts: float) -> None:
    """A soft square light, `size` cm wide, not seen by the camera."""
    light = bpy.data.lights.new("lamp", "AREA")
    light.size, light.energy, light.color = size, watts, rgb(color)
    held = bpy.data.objects.new("lamp", light)
    held.location = at
    held.rotation_euler = (Vector(towards) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    held.visible_camera = False
    bpy.context.collection.objects.link(held)


def camera(
    at: Point,
    towards: Point,
    *,
    lens: float,
    f_number: float,
    focus: Point | None = None,
    roll: float = 0.0,
) -> None:
    """Look from `at` with a `lens` in mm (36 mm sensor), sharp at `focus`; `roll` in degrees."""
    optics = bpy.data.cameras.new("camera")
    optics.lens, optics.sensor_width = lens, SENSOR_MM
    optics.clip_start, optics.clip_end = 0.1, 5000
    optics.dof.use_dof = True
    optics.dof.aperture_fstop = f_number / CM_PER_METRE
    optics.dof.aperture_blades = 9
    axis = Vector(towards) - Vector(at)
    optics.dof.focus_distance = (Vector(focus or towards) - Vector(at)).dot(axis.normalized())
    held = bpy.data.objects.new("camera", optics)
    held.location = at
    held.rotation_mode = "QUATERNION"
    held.rotation_quaternion = axis.to_track_quat("-Z", "Y")
    held.rotation_mode = "XYZ"
    held.rotation_euler.rotate_axis("Z", radians(roll))
    bpy.context.collection.objects.link(held)
    bpy.context.scene.camera = held


def planks(
    material: bpy.types.Material,
    edges: Sequence[float],
    length: tuple[float, float],
    turn: float = 0.0,
) -> None:
    """A table top at z = 0: planks between neighbouring `edges` (cm), turned by degrees."""
    table = bpy.data.objects.new("table", None)
    table.rotation_euler.z = radians(turn)
    bpy.context.collection.objects.link(table)
    for number, (near, far) in enumerate(pairwise(edges)):
        plank = box(
            "plank",
            (length[0], near + 0.04, -2.5),
            (length[1], far - 0.04, 0),
            material,
            edge=0.12,
            origin=(53.0 * number, 31.0 * number, 17.0 * number),
        )
        plank.parent = table


def garden(
    distance: float,
    width: float,
    heights: tuple[float, float],
    greens: Sequence[str],
    *,
    seed: int,
    count: int = 700,
) -> None:
    """Far foliage, meant to be out of focus: balls of every green, and light between them."""
    chance = Random(seed)
    for green in greens:
        tuft = Shader("tuft").surface(base_color=green, roughness=0.5)
        seedling = ball("tuft", (0, 0, 0), (1, 1, 1), tuft, segments=20)
        places: list[tuple[Point, Point, Point]] = []
        for _ in range(count // len(greens)):
            depth = distance * chance.uniform(0.9, 1.6)
            spread = width * depth / distance
            spot = (chance.uniform(-spread, spread), depth, chance.uniform(*heights))
            size = distance * chance.uniform(0.015, 0.06)
            places.append((spot, (0, 0, 0), (size, size, size)))
        copies(seedling, places)


def render(file: Path, size: int, samples: int, exposure: float = 0.0) -> None:
    """Trace `samples` paths a pixel on the processor, denoise, and write a PNG."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = scene.render.resolution_y = size
    scene.render.threads_mode, scene.render.threads = "FIXED", THREADS
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(file)
    scene.render.filter_size = 1.2
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "High Contrast"
    scene.view_settings.exposure = exposure
    cycles = scene.cycles
    cycles.device, cycles.seed, cycles.samples = "CPU", SEED, samples
    cycles.use_adaptive_sampling = False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 10, 5, 5
    cycles.sample_clamp_indirect = 6
    bpy.ops.render.render(write_still=True)
