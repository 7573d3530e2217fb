"""A small white house under a tiled roof, in its garden on a summer day; 10 cm stand for 1 m."""

from math import cos, pi, radians, sin
from random import Random

import bpy
from mathutils import Vector

from .greenery import clump, crown, strewn, trunk, tuft
from .mesh import Point, ball, box, sheet, solid, tube
from .shader import Shader
from .studio import camera, outdoors
from .vehicle import glass, plain

LONG, DEEP = 44.0, 32.0  # cm, half the length along x, half the depth along y
EAVE, RIDGE = 29.0, 60.0
DOOR = 2.0  # x of its middle
TILE, COURSE = 2.7, 3.5  # cm, a tile's width and how much of its length is seen


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((42, 222), size=2.5, strength=0.062)
    _walls()
    _roofs()
    _porch()
    _openings()
    _chimney()
    _ground()
    _planting()
    _clouds()
    camera(
        at=(108.0, -232.0, 23.0), towards=(5.0, 0.0, 31.0), lens=58, f_number=7, focus=(0, -32, 20)
    )


def _walls() -> None:
    plaster = Shader("plaster")
    at = plaster.place()
    weather = plaster.noise(at, scale=0.09, detail=6.0)
    grain = plaster.noise(at, scale=1.4, detail=4.0)
    white = plaster.surface(
        base_color=plaster.ramp(weather, {0.35: "#d9d0bd", 0.6: "#ece5d6"}),
        roughness=0.9,
        normal=plaster.bump(grain, 0.25),
    )
    gable = [(-DEEP, 0), (DEEP, 0), (DEEP, EAVE), (0, RIDGE), (-DEEP, EAVE)]
    solid("walls", [(-LONG, y, z) for y, z in gable], [(LONG, y, z) for y, z in gable], white)
    stone = Shader("plinth").surface(base_color="#8d877c", roughness=0.9)
    box("plinth", (-LONG - 0.5, -DEEP - 0.5, -2), (LONG + 0.5, DEEP + 0.5, 3), stone, edge=0.2)


def _roofs() -> None:
    over, pitch = 5.0, (RIDGE - EAVE) / DEEP
    low, far, high = EAVE - over * pitch, DEEP + over, RIDGE + 1.6
    rise = high - low
    end = LONG + 3.5
    _slope((-end, -far, low), (2 * end, 0, 0), (0, far, rise), seed=1)
    _slope((end, far, low), (-2 * end, 0, 0), (0, -far, rise), seed=2)
    tube("ridge", [(-end, 0, high + 0.1), (end, 0, high + 0.1)], 1.3, _fired())
    zinc = plain("#8b9094", 0.35, metallic=0.8)
    tube("gutter", [(-end, -far - 0.9, low - 0.5), (end, -far - 0.9, low - 0.5)], 0.9, zinc)
    pipe = [(LONG - 2, -far, low), (LONG - 2, -DEEP - 1, low - 4), (LONG - 2, -DEEP - 1, 0)]
    tube("pipe", pipe, 0.6, zinc)


def _slope(corner: Point, along: Point, up: Point, *, seed: int) -> None:
    """Pantiles on a rectangle from `corner`, and the boards they lie on."""
    foot, across, climb = Vector(corner), Vector(along), Vector(up)
    out = across.cross(climb).normalized()
    columns, courses = round(across.length / TILE), round(climb.length / COURSE)
    fine = (columns * 8, courses * 7)

    def tiles(u: float, v: float) -> Point:
        hump = 0.42 * abs(sin(pi * u * columns)) ** 0.7
        step = 0.55 * (1 - (v * courses) % 1.0)
        return tuple(foot + u * across + v * climb + out * (hump + step))

    roof = sheet("tiles", tiles, _clay(), cells=fine)
    chance = Random(seed)
    burnt = [[chance.random() for _ in range(courses + 1)] for _ in range(columns + 1)]
    tones = [burnt[c // 8][r // 7] for c in range(fine[0] + 1) for r in range(fine[1] + 1)]
    roof.data.attributes.new("tone", "FLOAT", "POINT").data.foreach_set("value", tones)
    ring = [foot, foot + across, foot + across + climb, foot + climb]
    low, high = ([tuple(point + out * by) for point in ring] for by in (-1.5, 0.1))
    solid("boards", low, high, plain("#e4dfd2", 0.6))


def _clay() -> bpy.types.Material:
    clay = Shader("clay")
    lichen = clay.noise(clay.place(), scale=0.12, detail=7.0)
    tone = clay.ramp(clay.attribute("tone"), {0.0: "#8a3a24", 0.5: "#ad4c2d", 1.0: "#c4623a"})
    tone = clay.mix(clay.ramp(lichen, {0.52: 0.0, 0.7: 0.5}), tone, "#6e5a44")
    return clay.surface(base_color=tone, roughness=0.75)


def _fired() -> bpy.types.Material:
    return Shader("fired clay").surface(base_color="#a5492c", roughness=0.8)


def _porch() -> None:
    """A little gabled roof on two posts over the door, and a step."""
    front, half, low, high = -DEEP - 13.0, 10.5, 22.0, 31.5
    depth = -DEEP - front
    _slope((DOOR - half, -DEEP, low), (0, -depth, 0), (half, 0, high - low), seed=3)
    _slope((DOOR + half, front, low), (0, depth, 0), (-half, 0, high - low), seed=4)
    tube("ridge", [(DOOR, front, high - 0.2), (DOOR, -DEEP, high - 0.2)], 1.1, _fired())
    ball("finial", (DOOR, front - 0.2, high - 0.2), (1.4, 1.2, 1.4), _fired())
    white = plain("#ece7db", 0.6)
    inner = half - 2.0
    gable = [(DOOR - inner, 23), (DOOR + inner, 23), (DOOR, high - 1.2)]
    front += 1.5
    ends = ([(x, y, z) for x, z in gable] for y in (front + 1.0, front))
    solid("gable", *ends, white)
    for side in (-1, 1):
        x = DOOR + side * (inner - 1.2)
        box("post", (x - 0.8, front - 0.3, 0), (x + 0.8, front + 1.3, 23), white, edge=0.2)
    box("beam", (DOOR - inner, front - 0.4, 22), (DOOR + inner, front + 1.4, 23.4), white, edge=0.2)
    stone = Shader("step").surface(base_color="#9a948a", roughness=0.9)
    box("step", (DOOR - 9, -DEEP - 12, -1), (DOOR + 9, -DEEP, 1.4), stone, edge=0.3)


def _openings() -> None:
    for x in (-26, 29):
        _window((x, -DEEP, 16.5), 0, 13, 12.5, shutters=True)
    for y, z, width in ((-12, 16, 9), (13, 16, 9), (0, 41, 8)):
        _window((LONG, y, z), 90, width, 12, shutters=z > 20)
    blue, frame = plain("#1f4f5e", 0.35), plain("#f0ece2", 0.5)
    wall = -DEEP
    box("door frame", (DOOR - 5.6, wall - 0.6, 1), (DOOR + 5.6, wall + 1, 22.6), frame, edge=0.2)
    box("door", (DOOR - 4.6, wall - 0.9, 1.4), (DOOR + 4.6, wall + 1, 21.6), blue, edge=0.2)
    for side in (-1, 1):
        x = DOOR + side * 2.1
        box("panel", (x - 1.4, wall - 1.2, 3.5), (x + 1.4, wall, 10), blue, edge=0.3)
        box("pane", (x - 1.4, wall - 1.0, 12), (x + 1.4, wall, 19.5), glass(), edge=0.1)
    brass = plain("#c9a14a", 0.25, metallic=1.0)
    tube("handle", [(DOOR + 3.9, wall - 1.5, 10.5), (DOOR + 3.9, wall - 1.5, 12.5)], 0.3, brass)


def _window(at: Point, turn: float, width: float, height: float, *, shutters: bool) -> None:
    """A casement of two wings with its middle at `at`, in a wall turned by degrees from -y."""
    hung = bpy.data.objects.new("window", None)
    bpy.context.collection.objects.link(hung)
    hung.location, hung.rotation_euler.z = at, radians(turn)
    frame, w, h = plain("#f4f0e6", 0.45), width / 2, height / 2
    parts = [
        box("frame", (-w, -0.5, -h), (w, 0.5, h), frame, edge=0.1),
        box("sill", (-w - 1, -1.8, -h - 1), (w + 1, 0.3, -h), frame, edge=0.15),
    ]
    dark, linen = glass("#12181d"), plain("#a8aba6", 0.25)
    for side in (-1, 1):
        near, far = sorted((side * 0.45, side * (w - 0.8)))
        for low, high in ((-h + 0.8, h * 0.25), (h * 0.25 + 0.6, h - 0.8)):
            parts.append(box("pane", (near, -0.65, low), (far, 0, high), dark))
            inner, outer = sorted((side * (w - 0.8), side * (w - 2.1)))
            parts.append(box("curtain", (inner, -0.67, low), (outer, 0, high), linen))
        if shutters:
            near, far = sorted((side * (w + 0.4), side * (w + 4.2)))
            parts.append(box("shutter", (near, -0.9, -h), (far, 0.1, h), _slats(), edge=0.15))
    for part in parts:
        part.parent = hung


def _slats() -> bpy.types.Material:
    """Painted louvres: slats across, a smooth frame would be lost at this size."""
    paint = Shader("shutter")
    _, _, z = paint.apart(paint.place())
    slat = paint.math("PINGPONG", z, 0.45)
    return paint.surface(base_color="#2c6474", roughness=0.5, normal=paint.bump(slat, 0.8))


def _chimney() -> None:
    brick = Shader("brick")
    mottle = brick.noise(brick.place(scale=(1, 1, 2)), scale=0.9, detail=3.0)
    red = brick.surface(
        base_color=brick.ramp(mottle, {0.35: "#7d4432", 0.65: "#a8684e"}),
        roughness=0.9,
        normal=brick.bump(mottle, 0.4),
    )
    box("chimney", (-27, 1, 50), (-18, 9, 72), red, edge=0.15)
    box("cap", (-28, 0, 72), (-17, 10, 74), plain("#8d877c", 0.9), edge=0.3)
    for x in (-24.5, -20.5):
        tube("pot", [(x, 5, 74), (x, 5, 78)], 1.4, _fired())


def _ground() -> None:
    def lawn(u: float, v: float) -> Point:
        x, y = -1500 + 3000 * u, -260 + 2400 * v * v
        return x, y, 0.6 * sin(0.021 * x + 1) * sin(0.017 * y) + max(0.0, y - 250) ** 1.3 * 0.012

    grass = Shader("lawn")
    at = grass.place()
    patches = grass.noise(at, scale=0.03, detail=5.0)
    blades = grass.noise(at, scale=1.6, detail=6.0)
    tone = grass.ramp(patches, {0.35: "#3f6424", 0.65: "#6b8c3a"})
    tone = grass.mix(0.5, tone, grass.ramp(blades, {0.3: "#8a8a7a", 0.65: "#ffffff"}), "MULTIPLY")
    sheet("lawn", lawn, grass.surface(base_color=tone, roughness=0.9), cells=(120, 120))
    flag = Shader("flag")
    worn = flag.noise(flag.place(), scale=0.25, detail=6.0)
    stone = flag.surface(
        base_color=flag.ramp(worn, {0.35: "#8f8878", 0.65: "#bdb5a3"}), roughness=0.85
    )
    chance = Random(12)
    for row in range(24):
        y = -DEEP - 17 - 7.6 * row
        for side in (-1, 1):
            x, split = _path(y), chance.uniform(-1.2, 1.2)
            near, far = sorted((x + side * 7.5 + chance.uniform(-0.6, 0.6), x + split + side * 0.3))
            box("flag", (near, y - 3.5, -1), (far, y + 3.5, 0.75), stone, edge=0.4)


def _path(y: float) -> float:
    """The middle of the garden path, which bends on its way to the door."""
    back = max(0.0, -DEEP - 12 - y)
    return DOOR + 0.0016 * back**2 - 4 * sin(back / 40)


def _planting() -> None:
    chance = Random(31)
    leafy = clump(("#2c5216", "#6f9a34"), 0.22, 420, seed=1)
    spots = crown((-78, 42, 62), (34, 30, 34), 11, 120, seed=2)
    spots += crown((84, 120, 58), (40, 34, 38), 13, 110, seed=3)
    for k in range(60):
        turn = chance.uniform(-700, 700)
        spots.append(((turn, 330 + 0.1 * abs(turn) + 40 * (k % 3), chance.uniform(15, 75)), 42))
    strewn(leafy, spots, 4)
    trunk((-78, 42, 0), 40, 4)
    trunk((84, 120, 0), 36, 4)
    shrub = clump(("#234a1a", "#4f7f2c"), 0.2, 420, seed=5)
    hedge = [((x, 60 + chance.uniform(-3, 3), z), 9) for x in range(-170, 260, 9) for z in (7, 16)]
    beds = [((x, -DEEP - 5, 2.5), chance.uniform(3.2, 4.8)) for x in (-42, -36, -30, -24, -18, -13)]
    beds += [((x, -DEEP - 5, 2.5), chance.uniform(3.2, 4.8)) for x in (17, 23, 29, 35, 41)]
    beds += [((LONG + 5, y, 2.5), chance.uniform(3.5, 5)) for y in range(-28, 32, 7)]
    bushes = crown((70, -72, 4), (11, 9, 8), 4.2, 34, seed=12)
    bushes += crown((-62, -38, 5), (11, 9, 9), 4.2, 34, seed=13)
    strewn(shrub, hedge + beds + bushes, 6)
    for number, tones in enumerate((("#c0203a", "#e2486a"), ("#e9d9e6", "#ffffff"))):
        blossom = clump(tones, 0.3, 34, seed=7 + number)
        strewn(blossom, [(at, 1.08 * size) for at, size in (beds + bushes)[number::2]], 9)
    turf = tuft(("#47702a", "#86a54c"), 0.5, 130, seed=10)
    sward = []
    for _ in range(2600):
        x, y = chance.uniform(-90, 130), chance.uniform(-225, -DEEP - 8)
        if abs(x - _path(y)) > 9.5:
            sward.append(((x, y, 0.1), chance.uniform(2.0, 3.0)))
    strewn(turf, sward, 11)


def _clouds() -> None:
    """Fair-weather clouds: white where a noise is thick, on a screen far behind."""
    cloud = Shader("cloud")
    thick = cloud.noise(cloud.place(scale=(1, 1, 2.2)), scale=0.0011, detail=7.0, roughness=0.55)

    def screen(u: float, v: float) -> Point:
        angle = radians(-50 + 100 * u)
        return 4500 * sin(angle), 4500 * cos(angle) - 400, 100 + 3200 * v

    vapour = cloud.surface(
        base_color="#ffffff",
        roughness=1.0,
        specular_ior_level=0.0,
        alpha=cloud.ramp(thick, {0.48: 0.0, 0.66: 0.85}),
    )
    sheet("clouds", screen, vapour, cells=(32, 8)).visible_shadow = False
