"""An espresso by the window: white cup and saucer, hazel crema, a spoon, a dark table."""

from math import cos, exp, pi, radians, sin
from random import Random

import bpy

from .mesh import Point, ball, copies, lathe, rounded, sheet, sweep
from .shader import Shader
from .studio import camera, lamp, planks, stage, window
from .surface import porcelain, steel, wood

FOOT = 1.0  # cm, the saucer's well, where the cup stands
LEVEL = FOOT + 4.35  # cm, the coffee in the cup
RADIUS = 3.02  # cm, the cup inside at that level

# cm along the spoon: half its width, the height of its edge, how far its middle lies below that.
SPOON = [
    (0.00, 0.02, 0.00, 0.00),
    (0.06, 0.34, 0.00, 0.04),
    (0.45, 0.80, -0.02, 0.25),
    (1.20, 1.08, -0.04, 0.43),
    (2.00, 1.02, -0.03, 0.40),
    (2.80, 0.66, 0.03, 0.22),
    (3.40, 0.32, 0.14, 0.04),
    (4.20, 0.18, 0.28, -0.03),
    (6.20, 0.20, 0.44, -0.03),
    (9.00, 0.34, 0.26, -0.03),
    (11.00, 0.46, 0.02, -0.03),
    (11.40, 0.36, -0.03, -0.02),
    (11.50, 0.02, -0.04, 0.00),
]


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#ffe6cc", strength=0.14)
    planks(
        wood("#22110a", "#422415", "#623a20"),
        edges=[-30, -19, -8.5, 1.5, 12, 22, 33, 44],
        length=(-60, 60),
        turn=24,
    )
    glaze = porcelain()
    _saucer(glaze)
    _cup(glaze)
    _coffee()
    _spoon()
    _beans()
    window(
        at=(-30, 50, 52),
        towards=(0, 0, 3),
        size=(40, 52),
        color="#fff3e2",
        radiance=18,
        panes=(2, 3),
    )
    lamp(at=(50, -24, 40), towards=(0, 0, 3), size=40, color="#ffe2c4", watts=16000)
    camera(
        at=(3.0, -23.5, 28.0),
        towards=(0.35, -0.3, 3.0),
        lens=80,
        f_number=6.3,
        focus=(0, -1.8, LEVEL),
    )


def _cup(glaze: bpy.types.Material) -> None:
    outside = rounded(
        [
            (0, 0.35),
            (1.5, 0.32),
            (1.62, 0),
            (1.95, 0.02),
            (2.05, 0.35),
            (2.65, 1.5),
            (3.12, 3.2),
            (3.36, 5.2),
        ]
    )
    lip = [(3.36 - 0.13 + 0.13 * cos(a), 5.2 + 0.13 * sin(a)) for a in _steps(0, pi, 12)]
    inside = rounded([(3.10, 5.2), (2.87, 3.2), (2.40, 1.6), (1.5, 0.7), (0, 0.55)])
    profile = [*outside[:-1], *lip, *inside[1:]]
    lathe("cup", [(r, z + FOOT) for r, z in profile], glaze)
    ear = rounded(
        [
            (3.16, 4.15),
            (3.75, 4.62),
            (4.65, 4.55),
            (5.0, 3.7),
            (4.65, 2.75),
            (3.8, 2.05),
            (2.6, 1.75),
        ]
    )
    ends = [abs(2 * k / (len(ear) - 1) - 1) ** 6 for k in range(len(ear))]
    thick = [(0.46 + 0.25 * end, 0.26 + 0.12 * end) for end in ends]
    handle = sweep("handle", [(x, z + FOOT) for x, z in ear], thick, glaze)
    handle.rotation_euler.z = radians(-28)


def _saucer(glaze: bpy.types.Material) -> None:
    over = rounded(
        [(0, 1.0), (1.9, 1.0), (2.3, 1.08), (2.7, 1.02), (4.2, 1.22), (5.6, 1.62), (6.55, 2.02)]
    )
    rim = [(6.55 + 0.11 * sin(a), 1.91 + 0.11 * cos(a)) for a in _steps(0, pi, 10)]
    under = rounded(
        [
            (6.5, 1.78),
            (5.4, 1.3),
            (4.0, 0.75),
            (3.2, 0.45),
            (3.1, 0.0),
            (2.8, 0.0),
            (2.7, 0.5),
            (0, 0.6),
        ]
    )
    lathe("saucer", [(r, z - 0.02) for r, z in [*over[:-1], *rim, *under]], glaze)


def _coffee() -> None:
    curve = [(RADIUS * k / 40, LEVEL) for k in range(37)]
    meniscus = [
        (RADIUS * 0.93, 0.004),
        (RADIUS * 0.97, 0.03),
        (RADIUS * 1.0, 0.10),
        (RADIUS * 1.03, 0.12),
    ]
    lathe("coffee", [*curve, *((r, LEVEL + rise) for r, rise in meniscus)], _crema())
    _bubbles()


def _crema() -> bpy.types.Material:
    """Hazel foam with darker flecks drawn out by the pour, paler where it meets the cup."""
    foam = Shader("crema")
    at = foam.place()
    swirl = foam.move(at, foam.noise(at, color=True, scale=0.32, detail=2.0), 3.2)
    cloud = foam.noise(swirl, scale=0.7, detail=8.0, roughness=0.6)
    fleck = foam.noise(
        foam.move(swirl, foam.noise(at, color=True, scale=2.2), 0.3),
        scale=5.5,
        detail=6.0,
        roughness=0.65,
    )
    tone = foam.ramp(cloud, {0.30: "#7a3d0c", 0.45: "#9c5a18", 0.56: "#b97626", 0.72: "#d39a48"})
    # The flecks gather where the stream went in and leave the rest of the foam smooth.
    gathered = foam.ramp(foam.noise(swirl, scale=0.42, detail=3.0), {0.40: 0.95, 0.62: 0.15})
    tone = foam.mix(
        gathered,
        tone,
        foam.ramp(fleck, {0.36: "#63300f", 0.46: "#c89a6a", 0.56: "#ffffff"}),
        "MULTIPLY",
    )
    out = foam.math("DIVIDE", foam.reach(at), RADIUS)
    tone = foam.mix(foam.ramp(out, {0.80: 0.0, 0.94: 0.5, 1.0: 0.75}), tone, "#cc8c3a")
    froth = foam.cells(at, scale=16.0)
    return foam.surface(
        base_color=tone,
        roughness=0.38,
        specular_ior_level=0.3,
        subsurface_weight=0.2,
        subsurface_radius=(0.25, 0.11, 0.04),
        subsurface_scale=0.4,
        normal=foam.bump(froth, 0.004),
    )


def _bubbles() -> None:
    skin = Shader("bubble").surface(
        base_color="#c9924f", roughness=0.06, transmission_weight=0.55, ior=1.2, coat_weight=1.0
    )
    seed = ball("bubble", (0, 0, 0), (1, 1, 1), skin, segments=24)
    chance = Random(7)
    places: list[tuple[Point, Point, Point]] = []
    for _ in range(130):
        angle = chance.uniform(0, 2 * pi)
        out = RADIUS * (1 - abs(chance.gauss(0, 0.035)) - 0.012)
        size = min(0.15, chance.lognormvariate(-3.0, 0.45))
        spot = (out * cos(angle), out * sin(angle), LEVEL + 0.02)
        places.append((spot, (0, 0, 0), (size, size, size * 0.7)))
    copies(seed, places)


def _spoon() -> None:
    """Laid on the saucer's rim, bowl at the front left, handle away to the right."""
    outline = rounded(SPOON, steps=20)
    ribs = len(outline) - 1

    def surface(u: float, v: float) -> Point:
        along, half, rim, depth = outline[round(u * ribs)]
        side = 2 * v - 1
        return along, half * side, rim - depth * (1 - side * side)

    spoon = sheet("spoon", surface, steel(), cells=(ribs, 24), thickness=0.09)
    spoon.location = (-4.9, -3.6, 1.98)
    spoon.rotation_euler = (0, radians(-1.0), radians(-9))


def _beans() -> None:
    """Roasted beans strewn about the saucer, round side or cleft side up as they fell."""
    roast = Shader("roast")
    patch = roast.noise(roast.place(), scale=3.0, detail=5.0)
    husk = roast.surface(
        base_color=roast.ramp(patch, {0.3: "#2e1409", 0.7: "#6b3a1c"}), roughness=0.3
    )
    bean = sheet("bean", _bean, husk, cells=(64, 32))
    chance = Random(3)
    spots = [(-6.9, 4.6), (-8.0, 5.6), (-6.6, 6.6), (-9.4, 3.9), (7.6, 6.6), (-8.3, -2.9)]
    places: list[tuple[Point, Point, Point]] = []
    for x, y in spots:
        cleft_up = chance.random() < 0.6
        tilt = (pi if cleft_up else 0.0) + chance.uniform(-0.2, 0.2)
        height = 0.42 if cleft_up else 0.05
        places.append(((x, y, height), (tilt, 0, chance.uniform(0, 2 * pi)), (1, 1, 1)))
    copies(bean, places)


def _bean(u: float, v: float) -> Point:
    """Half an ellipsoid whose flat face, below, has a cleft along it."""
    turn, polar = 2 * pi * u, pi * v
    x, y, z = -0.58 * cos(polar), 0.42 * sin(polar) * cos(turn), 0.42 * sin(polar) * sin(turn)
    if z < 0:
        z *= 0.25
        z += 0.17 * exp(-((y / 0.06) ** 2)) * sin(polar)
    return x, y, z


def _steps(start: float, stop: float, count: int) -> list[float]:
    return [start + (stop - start) * k / count for k in range(count + 1)]
