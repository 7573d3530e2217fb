"""A red sports car on a coast road as the sun goes down; 10 cm in the scene for 1 m."""

from collections.abc import Callable
from math import pi, radians, sin

import bpy
from mathutils import Vector, noise

from .mesh import Point, ball, box, copies, sheet, sweep
from .shader import Shader, Socket
from .studio import camera, outdoors
from .vehicle import disc, outside, patch, plain, skin, tyre, well, wheels

AXLES = (13.0, -13.0)
RADIUS = 3.4  # of a wheel
ARCHES = [(13.0, 3.45, 3.85), (-13.0, 3.5, 3.95)]
RED = "#a00404"

# The body's lines from tail to nose as (x, y, z): its middle, the hollow of the bonnet, the crest
# of the mudguards, the shoulder, the waist, the sill, the floor.
BODY = {
    "x": [
        [-20.0, -22.2, -22.4, -18.5, -13, -8, -3, 3, 8, 13, 17, 20.3, 22.4, 22.7, 21.6],
        [-20.0, -22.1, -22.3, -18.5, -13, -8, -3, 3, 8, 13, 17, 20.2, 22.1, 22.4, 21.4],
        [-19.8, -21.6, -21.8, -18.3, -13, -8, -3, 3, 8, 13, 17, 19.8, 21.3, 21.6, 20.7],
        [-19.3, -20.5, -20.7, -17.8, -13, -8, -3, 3, 8, 13, 16.7, 18.8, 19.9, 20.1, 19.4],
        [-18.8, -19.6, -19.7, -17.3, -13, -8, -3, 3, 8, 13, 16.4, 18.0, 18.8, 18.9, 18.6],
        [-18.6, -19.0, -19.0, -17.0, -13, -8, -3, 3, 8, 13, 16.2, 17.5, 18.2, 18.3, 18.2],
        [-18.6, -19.0, -19.0, -17.0, -13, -8, -3, 3, 8, 13, 16.2, 17.5, 18.2, 18.3, 18.2],
    ],
    "y": [
        [0.0] * 15,
        [3.6, 3.8, 3.8, 4.0, 4.2, 4.2, 4.2, 4.2, 4.2, 4.2, 4.0, 3.6, 3.3, 3.4, 3.2],
        [6.5, 7.0, 7.1, 7.6, 7.9, 7.9, 7.7, 7.5, 7.5, 7.5, 7.2, 6.6, 6.2, 6.4, 6.0],
        [8.0, 8.7, 8.8, 9.3, 10.0, 9.7, 9.1, 8.9, 9.2, 9.8, 9.4, 8.6, 8.0, 8.1, 7.7],
        [8.6, 9.4, 9.5, 9.9, 10.4, 10.0, 9.3, 9.1, 9.4, 10.1, 9.8, 9.1, 8.7, 8.7, 8.3],
        [8.6, 9.3, 9.4, 9.8, 10.2, 9.8, 9.5, 9.4, 9.5, 10.0, 9.7, 9.1, 8.7, 8.6, 8.3],
        [6.5] * 15,
    ],
    "z": [
        [1.8, 4.2, 8.3, 8.8, 8.8, 8.6, 8.3, 8.1, 7.7, 6.9, 5.9, 4.9, 4.0, 2.6, 1.2],
        [1.8, 4.2, 8.3, 8.8, 8.8, 8.5, 8.2, 8.0, 7.6, 6.8, 5.8, 4.8, 4.0, 2.6, 1.2],
        [1.8, 4.2, 8.2, 8.9, 9.5, 9.0, 8.1, 7.7, 8.0, 8.4, 7.4, 5.7, 4.2, 2.6, 1.2],
        [1.8, 4.0, 7.4, 7.9, 8.3, 7.8, 7.1, 6.8, 7.0, 7.3, 6.5, 5.1, 3.9, 2.6, 1.2],
        [1.8, 3.6, 5.4, 5.7, 5.8, 4.8, 4.5, 4.4, 4.7, 5.4, 4.8, 4.0, 3.2, 2.3, 1.2],
        [1.7, 1.8, 1.8, 1.7, 1.6, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.4, 1.2],
        [1.6, 1.6, 1.5, 1.4, 1.3, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.1],
    ],
}
# The glasshouse likewise: its middle, the edge of the roof, the side windows, their foot.
HOUSE = {
    "x": [
        [-18.5, -13.5, -8.5, -3.5, 1.0, 5.0, 9.0, 11.2],
        [-18.2, -13.3, -8.4, -3.5, 0.8, 4.5, 8.2, 10.2],
        [-17.2, -12.6, -8.0, -3.3, 0.8, 4.3, 7.6, 9.4],
        [-16.5, -12.0, -7.8, -3.2, 0.8, 4.3, 7.4, 9.0],
    ],
    "y": [
        [0.0] * 8,
        [3.2, 4.0, 4.8, 5.3, 5.3, 5.5, 5.7, 5.8],
        [4.6, 5.6, 6.4, 6.7, 6.8, 7.0, 7.1, 7.1],
        [6.0, 6.8, 7.4, 7.5, 7.5, 7.6, 7.6, 7.6],
    ],
    "z": [
        [8.6, 9.9, 11.2, 12.0, 11.9, 10.4, 8.2, 6.9],
        [8.4, 9.6, 10.9, 11.7, 11.6, 10.2, 8.1, 6.8],
        [7.8, 8.8, 9.8, 10.3, 10.2, 9.3, 7.8, 6.6],
        [7.0, 7.2, 7.2, 6.8, 6.6, 6.6, 6.4, 6.0],
    ],
}


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((8, 150), size=3.0, strength=0.135)
    skin("body", _net(BODY), _lacquer(), cells=(280, 192))
    skin("glasshouse", _net(HOUSE), _glazing(), cells=(140, 96))
    for arch in ARCHES:
        well(arch, 5.5, 9.3)
    _wheels()
    _trim()
    _coast()
    camera(
        at=(66.0, -48.0, 10.0),
        towards=(1.5, 0.8, 6.8),
        lens=70,
        f_number=10,
        focus=(12.0, -8.0, 6.0),
    )


def _net(lines: dict[str, list[list[float]]]) -> list[list[Point]]:
    rows = zip(lines["x"], lines["y"], lines["z"], strict=True)
    return [list(zip(*row, strict=True)) for row in rows]


def _lacquer() -> bpy.types.Material:
    """Red lacquer, with the shut lines, the dark openings and the lamps drawn into it."""
    coat = Shader("lacquer")
    door = patch(coat, (6.6, 3.4), (1.3, 1.65), slant=-0.12)
    bonnet = patch(coat, (10.3, 0.0), (1.75, 1.7))
    gaps = coat.math("MAXIMUM", _line(coat, door), _line(coat, bonnet))
    mouth = patch(coat, (13.0, 0.0), (0.5, 1.7))
    intake = patch(coat, (5.15, 3.75), (0.24, 0.6), slant=-0.3, power=3.0)
    corner = patch(coat, (12.95, 2.75), (0.5, 0.6), slant=0.2)
    dark = _inside(coat, [mouth, intake, corner])
    lamp = patch(coat, (10.9, 2.4), (0.95, 0.38), slant=-0.5, power=2.5)
    lens = _inside(coat, [lamp])
    black = coat.math("MAXIMUM", coat.math("MAXIMUM", gaps, dark), lens)
    glow = _inside(coat, [patch(coat, (11.0, 2.48), (0.6, 0.1), slant=-0.5, power=2.0)])
    return coat.surface(
        base_color=coat.mix(black, RED, "#060606"),
        roughness=0.5,
        specular_ior_level=coat.math("MULTIPLY_ADD", dark, -0.3, 0.3),
        coat_weight=coat.math("SUBTRACT", 1.0, dark),
        coat_roughness=0.02,
        emission_color="#f4f6ff",
        emission_strength=coat.math("MULTIPLY", glow, 4.0),
        alpha=outside(coat, coat.place(), ARCHES),
    )


def _line(shader: Shader, edge: Socket) -> Socket:
    off = shader.math("ABSOLUTE", shader.math("SUBTRACT", edge, 1.0))
    return shader.math("LESS_THAN", off, 0.02)


def _inside(shader: Shader, patches: list[Socket]) -> Socket:
    nearest = patches[0]
    for other in patches[1:]:
        nearest = shader.math("MINIMUM", nearest, other)
    return shader.math("LESS_THAN", nearest, 1.0)


def _glazing() -> bpy.types.Material:
    """The roof in the car's colour, windows all round it."""
    top = Shader("glasshouse")
    screen = patch(top, (5.8, 0.0), (1.5, 0.92))
    side = patch(top, (3.9, 1.95), (1.75, 0.75), slant=-0.25)
    rear = patch(top, (1.3, 0.0), (1.1, 0.85))
    window = _inside(top, [screen, side, rear])
    return top.surface(
        base_color=top.mix(window, RED, "#050607"),
        roughness=0.3,
        coat_weight=1.0,
        coat_roughness=0.02,
    )


def _wheels() -> None:
    alloy, steel = plain("#b9bcc0", 0.22, metallic=1.0), plain("#55565a", 0.35, metallic=1.0)
    rim = 2.55
    barrel = [(2.45, -2.2), (2.3, -1.5), (2.35, 0.9), (rim, 1.05), (2.65, 0.9)]
    parts = [
        tyre(RADIUS, 2.9, rim),
        disc("rim", barrel, alloy),
        disc("brake", [(0, -0.2), (1.75, -0.2), (1.75, -0.5)], steel),
        disc("cap", [(0, 1.0), (0.38, 0.95), (0.48, 0.7), (0.5, 0.2)], alloy),
        disc("inside", [(0, -1.0), (rim - 0.1, -1.0)], plain("#050505", 0.8)),
    ]
    path = [(0.3, 0.75), (1.0, 0.78), (1.8, 0.9), (2.4, 0.95)]
    spoke = sweep("spoke", path, [(0.2, 0.18), (0.17, 0.18), (0.17, 0.18), (0.26, 0.2)], alloy, 16)
    turns = [(2 * pi * k / 5) + side for k in range(5) for side in (-0.19, 0.19)]
    # The spoke's z is the wheel's axle: tip it over, then turn it about that axle.
    spokes = copies(spoke, [((0, 0, 0), (radians(-90), turn, 0), (1, 1, 1)) for turn in turns])
    wheels(AXLES, RADIUS, 8.45, [*parts, *spokes])


def _trim() -> None:
    """Mirrors, skirts, the floor."""
    red, black = plain(RED, 0.2), plain("#0a0a0a", 0.5)
    for sign in (1, -1):
        ball("mirror", (5.6, sign * 9.6, 8.9), (0.55, 1.15, 0.62), red)
        ball("mirror", (5.25, sign * 9.6, 8.9), (0.3, 1.0, 0.5), black)
        far, near = sorted((sign * 7.6, sign * 9.0))
        box("arm", (5.3, far, 8.2), (5.9, near, 8.5), black)
        box("skirt", (-8.4, sign * 8.6 - 0.4, 0.9), (8.0, sign * 8.6 + 0.4, 1.5), black, edge=0.2)
    box("floor", (-18, -7.5, 1.0), (18, 7.5, 1.5), black)


def _coast() -> None:
    """Asphalt with its edge line, a low wall, the sea and hills across the bay."""
    asphalt = Shader("asphalt")
    grain = asphalt.noise(asphalt.place(), scale=0.1, detail=8.0, roughness=0.7)
    tone = asphalt.ramp(grain, {0.3: "#343338", 0.7: "#4c4a4e"})
    road = asphalt.surface(base_color=tone, roughness=0.7)
    box("road", (-3000, -500, -2), (3000, 42, 0), road)
    box("line", (-3000, 26, -1), (3000, 27.4, 0.02), plain("#cfcabd", 0.6))
    stone = Shader("stone")
    blocks = stone.cells(stone.place(), scale=0.12)
    grey = stone.ramp(blocks, {0.1: "#8d8274", 0.7: "#63594e"})
    box("wall", (-3000, 44, -2), (3000, 50, 3.5), stone.surface(base_color=grey, roughness=0.9))
    water = Shader("sea")
    waves = water.noise(water.place(scale=(0.4, 1, 1)), scale=0.05, detail=4.0)
    sea = water.surface(base_color="#0d3346", roughness=0.15, normal=water.bump(waves, 2.0))
    box("sea", (-9000, 51, -60), (9000, 9000, -24), sea)
    for distance, height, left, tone in ((700, 165, -2.9, "#2c3a26"), (1000, 120, -4.6, "#55636c")):
        ground = Shader("hills")
        patches = ground.noise(ground.place(), scale=0.03, detail=6.0)
        woods = ground.mix(ground.ramp(patches, {0.45: 0.0, 0.6: 0.4}), tone, "#8a7a58")
        land = ground.surface(base_color=woods, roughness=0.95)
        sheet("hills", _ridge(distance, height, left), land, cells=(240, 40))


def _ridge(distance: float, height: float, left: float) -> Callable[[float, float], Point]:
    """Hills across the water from x = 0 to `left` times their distance, where they end."""

    def surface(u: float, v: float) -> Point:
        x, y = distance * u * left, distance * (1 + 0.4 * v)
        rise = noise.fractal(Vector((u * left * 1.3, v * 1.5, distance)), 0.9, 2.0, 6)
        return x, y, -28 + height * sin(pi * v) * (1 - u**4) * (0.75 + 0.5 * rise)

    return surface
