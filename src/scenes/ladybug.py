"""A seven-spot ladybug walking up a leaf after rain; ten times life size (1 cm for 1 mm)."""

from math import cos, pi, radians, sin
from random import Random

import bpy

from .mesh import Point, ball, copies, rounded, sheet, sweep
from .shader import Shader, Socket
from .studio import camera, garden, lamp, stage, window
from .surface import leaf

LENGTH, WIDTH, HEIGHT = 3.7, 3.1, 3.3  # half the wing cases' extent along x, y; all of it along z
SPOTS = [(2.5, 0.0, 0.85), (1.2, 1.6, 0.70), (-0.8, 1.0, 0.74), (-2.0, 1.9, 0.70)]
LEAF_LENGTH, LEAF_WIDTH = 44.0, 13.0


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#e4f0ff", strength=0.5, caustics=True)
    garden(
        150,
        90,
        (-150, 10),
        ["#3f7a1e", "#6d9f2c", "#a3bf45", "#24521a", "#dfe08a"],
        seed=8,
        count=1400,
    )
    sheet(
        "leaf",
        _blade,
        leaf("#86b93c", "#347a1b", LEAF_WIDTH, LEAF_LENGTH),
        cells=(160, 80),
        thickness=0.08,
    )
    _drops()
    _beetle()
    window(
        at=(-34, -6, 60),
        towards=(0, 0, 2),
        size=(30, 30),
        color="#fff4e0",
        radiance=42,
        panes=(2, 2),
    )
    lamp(at=(40, -40, 30), towards=(0, 0, 2), size=50, color="#eaf2ff", watts=9000)
    camera(
        at=(9.0, -29.0, 21.0),
        towards=(0.7, 0.4, 1.6),
        lens=100,
        f_number=5.6,
        focus=(1.2, -1.6, 2.2),
    )


def _beetle() -> None:
    beetle = bpy.data.objects.new("ladybug", None)
    bpy.context.collection.objects.link(beetle)
    for part in [*_wing_cases(), *_front(), *_legs()]:
        part.parent = beetle
    beetle.location = (0.3, 1.0, 0.45)
    beetle.rotation_euler = (radians(2), radians(-3), radians(-38))


def _blade(u: float, v: float) -> Point:
    side = 2 * v - 1
    half = LEAF_WIDTH * sin(pi * min(1.0, max(0.0, u)) ** 0.9) ** 0.75 if 0 < u < 1 else 0.0
    x, y = LEAF_LENGTH * u, half * side
    return x - LEAF_LENGTH * 0.47, y, _rise(x - LEAF_LENGTH * 0.47, y)


def _rise(x: float, y: float) -> float:
    return -0.006 * x * x - 0.010 * y * y + 0.10 * sin(1.3 * x + 0.9 * abs(y))


def _wing_cases() -> list[bpy.types.Object]:
    shell = Shader("wing case")
    at = shell.place()
    _, y, _ = shell.apart(at)
    seam = shell.ramp(shell.math("ABSOLUTE", y), {0.03: 1.0, 0.07: 0.0})
    spots = _spots(
        shell, at, [(x, sign * across, reach) for x, across, reach in SPOTS for sign in (1, -1)]
    )
    red = shell.ramp(shell.noise(at, scale=0.5, detail=3.0), {0.3: "#b80f04", 0.7: "#d9240a"})
    lacquer = shell.surface(
        base_color=shell.mix(shell.math("MAXIMUM", spots, seam), red, "#080606"),
        roughness=0.3,
        coat_weight=1.0,
        coat_roughness=0.06,
        normal=shell.bump(shell.math("SUBTRACT", shell.noise(at, scale=9.0), seam), 0.025),
    )

    def surface(u: float, v: float) -> Point:
        angle, out = 2 * pi * u, v
        x, y = LENGTH * out * cos(angle), WIDTH * out * sin(angle)
        return x - 0.3, y, _dome(out)

    return [sheet("wing cases", surface, lacquer, cells=(160, 60))]


def _dome(out: float) -> float:
    """The height of the wing cases, `out` of the way from the middle to the rim, in cm."""
    return 0.35 + HEIGHT * max(0.0, 1 - out**2.3) ** 0.6


def _spots(shell: Shader, at: Socket, places: list[tuple[float, float, float]]) -> Socket:
    x, y, _ = shell.apart(at)
    covered: Socket | None = None
    for across_x, across_y, reach in places:
        from_spot = shell.point(
            shell.math("SUBTRACT", x, across_x), shell.math("SUBTRACT", y, across_y)
        )
        near = shell.math("DIVIDE", shell.reach(from_spot), reach)
        spot = shell.ramp(near, {0.90: 1.0, 0.99: 0.0})
        covered = spot if covered is None else shell.math("MAXIMUM", covered, spot)
    assert covered is not None
    return covered


def _front() -> list[bpy.types.Object]:
    """Neck shield with its two white patches, head with two more, eyes and antennae."""
    shield = Shader("shield")
    at = shield.place()
    patches = _spots(shield, at, [(0.35, 0.86, 0.36), (0.35, -0.86, 0.36)])
    plate = shield.surface(
        base_color=shield.mix(patches, "#0a0807", "#e9dfc4"), roughness=0.22, coat_weight=1.0
    )
    face = Shader("face")
    brow = _spots(face, face.place(), [(0.2, 0.5, 0.22), (0.2, -0.5, 0.22)])
    skull = face.surface(base_color=face.mix(brow, "#0a0807", "#e9dfc4"), roughness=0.3)
    black = Shader("black").surface(base_color="#0b0908", roughness=0.25, coat_weight=0.6)
    parts = [
        ball("shield", (3.1, 0, 1.2), (1.15, 2.05, 1.25), plate, segments=64),
        ball("head", (4.1, 0, 0.95), (0.8, 1.1, 0.75), skull, segments=48),
        ball("belly", (-0.2, 0, 0.5), (3.3, 2.7, 0.6), black, segments=48),
    ]
    path = rounded([(0, 0), (0.6, 0.25), (1.2, 0.25), (1.6, 0.1)], steps=8)
    girth = [(0.07, 0.07)] * 17 + [(0.12, 0.12)] * 6 + [(0.16, 0.14), (0.04, 0.04)]
    for sign in (1, -1):
        parts.append(ball("eye", (4.35, sign * 0.85, 1.15), (0.3, 0.26, 0.3), black))
        feeler = sweep("antenna", path, girth, black, segments=16)
        feeler.location, feeler.rotation_euler = (4.65, sign * 0.55, 0.95), (0, 0, sign * 0.75)
        parts.append(feeler)
    return parts


def _legs() -> list[bpy.types.Object]:
    black = Shader("leg").surface(base_color="#0d0a09", roughness=0.35)
    path = rounded(
        [(0, 0.55), (1.1, 0.95), (1.7, 0.75), (2.2, 0.1), (2.6, -0.42), (3.2, -0.46)], steps=8
    )
    girth = [(0.26 - 0.17 * k / (len(path) - 1),) * 2 for k in range(len(path))]
    made = []
    for x, y, turn in ((2.2, 1.5, 50), (0.4, 2.1, 92), (-1.5, 1.8, 132)):
        for sign in (1, -1):
            leg = sweep("leg", path, girth, black, segments=16)
            leg.location, leg.rotation_euler = (x, sign * y, 0), (0, 0, sign * radians(turn))
            made.append(leg)
    return made


def _drops() -> None:
    water = Shader("water").surface(
        base_color="#ffffff", roughness=0.0, transmission_weight=1.0, ior=1.33
    )
    original = ball("drop", (0, 0, 0), (1, 1, 1), water, segments=48)
    chance = Random(4)
    places: list[tuple[Point, Point, Point]] = []
    for _ in range(60):
        x, y = chance.uniform(-14, 14), chance.uniform(-9, 9)
        if x * x + (y - 1) ** 2 < 5.6**2:
            continue
        size = min(0.9, chance.lognormvariate(-1.2, 0.5))
        places.append(((x, y, _rise(x, y) + 0.15 * size), (0, 0, 0), (size, size, size * 0.6)))
    copies(original, places)
