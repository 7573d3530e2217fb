"""A yellow school bus at the kerb of a quiet street; 10 cm in the scene for 1 m."""

from math import cos, pi, radians, sin
from random import Random

import bpy

from .mesh import Point, ball, box, copies, lathe, sheet
from .shader import Shader
from .studio import camera, outdoors
from .vehicle import disc, glass, paint, plain, skin, tyre, well, wheels

HALF = 12.0  # the width of the body, halved
TAIL, FACE, NOSE = -74.0, 10.0, 30.0  # x of the back, of the windscreen and of the radiator
SKIRT, EAVES, CROWN = 5.5, 23.6, 30.2  # z of the lower edge, of the roof's edge and its middle
AXLES = (19.5, -47.0)
RADIUS = 5.0  # of a wheel
ARCHES = [(x, RADIUS, RADIUS + 0.9) for x in AXLES]
YELLOW = "#f09400"


def build() -> None:
    """Set the scene up, camera included."""
    outdoors((38, 22), size=3.0, strength=0.074)
    yellow = paint(YELLOW, arches=ARCHES)
    _body(yellow)
    _bonnet(yellow)
    _side()
    _face()
    _front()
    _wheels()
    _street()
    camera(
        at=(101.0, 58.0, 12.0),
        towards=(3.6, 0.0, 18.8),
        lens=66,
        f_number=6.3,
        focus=(20.0, 11.0, 13.0),
    )


def _body(yellow: bpy.types.Material) -> None:
    """Straight walls under an arched roof; the ends are rounded off and closed."""
    rim = [(0.0, 1.0), (0.25, 1.0), (0.6, 0.985), (0.6, 0.98), (0.6, 0.0)]
    ends = [(TAIL + 0.6 - out, scale) for out, scale in reversed(rim)]
    ends += [(FACE - 0.6 + out, scale) for out, scale in rim]
    last = len(ends) - 1

    def surface(u: float, v: float) -> Point:
        x, scale = ends[round(u * last)]
        y, z = _section(v)
        return x, y * scale, 17 + (z - 17) * scale

    sheet("body", surface, yellow, cells=(last, 96))
    black = plain("#101010", 0.6)
    box("chassis", (TAIL + 2, -9, 3.4), (NOSE - 2, 9, 6.5), black)
    for x, z, radius in ARCHES:
        well((x, z, radius), 8.0, HALF - 0.05)


def _section(v: float) -> tuple[float, float]:
    if v < 0.25 or v > 0.75:
        sign, rise = (1, v / 0.25) if v < 0.25 else (-1, (1 - v) / 0.25)
        return sign * HALF, SKIRT + (EAVES - SKIRT) * rise
    turn = 2 * pi * (v - 0.25)
    flat = abs(cos(turn)) ** 0.75 * HALF
    return (flat if turn < pi / 2 else -flat), EAVES + (CROWN - EAVES) * sin(turn) ** 0.75


def _bonnet(yellow: bpy.types.Material) -> None:
    """The bonnet with the mudguards, from the middle line down to the skirt."""
    y = HALF + 0.1  # the mudguards stand a little proud of the walls
    lines = [
        [(0.0, 17.6), (0.0, 17.3), (0.0, 16.6), (0.0, 15.9), (0.0, 15.3), (0, 14.2), (0, 6.2)],
        [(4.0, 17.5), (4.0, 17.2), (4.0, 16.5), (4.0, 15.8), (4.0, 15.2), (4, 14.1), (4, 6.2)],
        [(8.6, 17.2), (8.5, 16.9), (8.0, 16.2), (7.6, 15.5), (7.2, 14.9), (7, 13.8), (7, 6.2)],
        [(9.4, 16.6), (9.2, 16.2), (8.6, 15.4), (8.1, 14.7), (7.7, 14.0), (7.5, 13), (7.5, 6.2)],
        [(9.8, 13.6), (9.6, 13.4), (9.0, 13.0), (8.4, 12.4), (8.0, 11.8), (7.8, 11), (7.8, 6.2)],
        [(11, 12.6), (11, 12.6), (11, 12.5), (11, 12.0), (10.9, 11.0), (10.6, 10), (10.2, 6.2)],
        [(y, 12.2), (y, 12.2), (y, 12.1), (y, 11.6), (11.9, 10.6), (11.4, 9.4), (10.8, 6.2)],
        [(y, 9.0), (y, 9.0), (y, 9.0), (y, 9.0), (y, 8.6), (11.7, 8.0), (11.0, 6.0)],
        [(y, 5.5), (y, 5.5), (y, 5.5), (y, 5.5), (y, 5.6), (11.7, 5.8), (11.0, 6.0)],
    ]
    along = (FACE - 0.8, FACE + 2, 19.0, 24.5, 28.2, NOSE - 0.3, NOSE)
    net = [[(x, *rest) for x, rest in zip(along, line, strict=True)] for line in lines]
    skin("bonnet", net, yellow)


def _side() -> None:
    """Rub rails, a row of windows in two panes each, the stop sign."""
    black, dark = plain("#0c0c0c", 0.45), glass()
    for z, thick in ((8.6, 0.45), (12.2, 0.45), (16.2, 0.5)):
        box("rail", (TAIL, -HALF - 0.2, z), (FACE - 0.3, HALF + 0.2, z + thick), black, edge=0.15)
    chance = Random(3)
    step = 7.0
    for number in range(11):
        x = FACE - 8.6 - step * number
        for sign in (1, -1):
            y = sign * HALF
            box("frame", (x, y - 0.1, 17.6), (x + 6.2, y + 0.1, 23.4), black, edge=0.1)
            for low, high in ((17.9, 20.3), (20.7, 23.1)):
                pane = box("pane", (x + 0.3, y - 0.16, low), (x + 5.9, y + 0.16, high), dark)
                pane.rotation_euler.z = radians(chance.uniform(-0.15, 0.15))
    red, white = plain("#b80d10", 0.4), plain("#e8e8e8", 0.5)
    for radius, out, color in ((2.22, 0.3, white), (2.08, 0.36, red)):
        plate = disc("stop", [(0, out), (radius, out), (radius, -0.3)], color, 8)
        plate.data.shade_flat()
        plate.location = (1.5, HALF + 0.3, 14.0)
        plate.rotation_euler.y = radians(22.5)
    _letters("STOP", 1.5, white, (1.5, HALF + 0.7, 14.0), 180)


def _face() -> None:
    """Windscreen, the sign above it with the warning lamps, mirrors, lamps on the roof."""
    black, dark = plain("#0c0c0c", 0.45), glass()
    box("frame", (FACE - 0.3, -10.9, 17.4), (FACE + 0.12, 10.9, 25.0), black, edge=0.3)
    for low, high in ((-10.4, -0.3), (0.3, 10.4)):
        box("pane", (FACE - 0.3, low, 18.0), (FACE + 0.2, high, 24.5), dark, edge=0.1)
    box("plate", (FACE - 0.3, -5.6, 25.7), (FACE + 0.1, 5.6, 28.3), plain("#f9ae08", 0.4), edge=0.2)
    _letters("SCHOOL BUS", 1.72, black, (FACE + 0.15, 0, 27.0), 90)
    lenses = {6.9: plain("#ff9a10", 0.2, glow=0.5), 9.1: plain("#c80a08", 0.2, glow=0.4)}
    for y, lens in lenses.items():
        for sign in (1, -1):
            box(
                "hood",
                (FACE - 0.3, sign * y - 1.1, 25.7),
                (FACE + 0.25, sign * y + 1.1, 27.9),
                black,
                edge=0.3,
            )
            ball("lens", (FACE + 0.2, sign * y, 26.8), (0.3, 0.8, 0.8), lens)
    for y in (-3.0, 0.0, 3.0):
        ball("marker", (FACE - 1.2, y, CROWN), (0.5, 0.7, 0.4), lenses[6.9])
    for sign in (1, -1):
        far, near = sorted((sign * 15.6, sign * 13.4))
        box("mirror", (11.0, far, 18.0), (12.0, near, 22.4), black, edge=0.4)
        far, near = sorted((sign * 11.5, sign * 14.0))
        box("arm", (10.4, far, 21.6), (11.2, near, 22.0), black)


def _letters(words: str, size: float, color: bpy.types.Material, at: Point, turn: float) -> None:
    text = bpy.data.curves.new("letters", "FONT")
    text.body, text.size, text.extrude, text.offset = words, size, 0.03, 0.03
    text.align_x, text.align_y = "CENTER", "CENTER"
    text.materials.append(color)
    held = bpy.data.objects.new("letters", text)
    held.location, held.rotation_euler = at, (radians(90), 0, radians(turn))
    bpy.context.collection.objects.link(held)


def _front() -> None:
    """Radiator grille, headlamps, bumper."""
    black, chrome = plain("#0c0c0c", 0.4), plain("#c8c8c8", 0.15, metallic=1.0)
    lens, amber = plain("#f2f4f4", 0.08, glow=0.15), plain("#f08a10", 0.2, glow=0.3)
    box("grille", (NOSE - 1, -4.9, 7.6), (NOSE + 0.1, 4.9, 13.2), black, edge=0.3)
    for z in (8.5, 9.5, 10.5, 11.5, 12.4):
        box("bar", (NOSE, -4.6, z - 0.18), (NOSE + 0.25, 4.6, z + 0.18), chrome, edge=0.1)
    for sign in (1, -1):
        y = sign * 8.0
        box("bezel", (NOSE - 1.5, y - 1.9, 8.2), (NOSE + 0.2, y + 1.9, 11.4), chrome, edge=0.3)
        ball("lamp", (NOSE + 0.1, y, 9.8), (0.5, 1.35, 1.25), lens)
        ball("blinker", (NOSE - 0.7, sign * 10.6, 9.8), (0.7, 0.5, 0.8), amber)
    box("bumper", (NOSE + 0.2, -11.8, 3.6), (NOSE + 1.6, 11.8, 6.6), black, edge=0.5)


def _wheels() -> None:
    grey, black = plain("#4a4a4a", 0.4, metallic=0.6), plain("#161616", 0.5)
    dish = [(0, 0.9), (0.9, 0.9), (1.1, 0.5), (1.9, 0.5), (2.6, -0.4), (3.0, 0.9), (3.3, 1.1)]
    nut = ball("nut", (0, 0, 0), (1, 1, 1), plain("#b0b0b0", 0.3, 1.0), 12)
    ring = [2 * pi * k / 10 for k in range(10)]
    nuts = [((1.5 * cos(a), 0.55, 1.5 * sin(a)), (0, 0, 0), (0.16, 0.2, 0.16)) for a in ring]
    hub = [(0, 1.3), (0.7, 1.2), (0.8, 0.8)]
    parts = [tyre(RADIUS, 2.6, 3.2), disc("rim", dish, grey), disc("hub", hub, black)]
    wheels(AXLES, RADIUS, HALF - 1.6, [*parts, *copies(nut, nuts)])


def _street() -> None:
    """Asphalt, kerb, pavement and lawn; across it houses and trees."""
    asphalt = Shader("asphalt")
    grain = asphalt.noise(asphalt.place(), scale=0.08, detail=8.0, roughness=0.7)
    tone = asphalt.ramp(grain, {0.3: "#3c3c3f", 0.7: "#56565a"})
    box("road", (-3000, -16, -2), (3000, 3000, 0), asphalt.surface(base_color=tone, roughness=0.8))
    slab = plain("#7f7b74", 0.85)
    box("kerb", (-3000, -18, -2), (3000, -16, 1.4), plain("#8f8c86", 0.8), edge=0.3)
    box("pavement", (-3000, -40, -2), (3000, -18, 1.3), slab)
    grass = Shader("grass")
    blades = grass.noise(grass.place(), scale=0.15, detail=6.0)
    green = grass.ramp(blades, {0.3: "#3f5f1d", 0.7: "#6f8f35"})
    box(
        "lawn", (-3000, -3000, -2), (3000, -40, 1.2), grass.surface(base_color=green, roughness=0.9)
    )
    for x, wall in ((-90, "#b9ad98"), (-330, "#8f5442")):
        _house(x, -230, wall)
    _trees()


def _house(x: float, y: float, wall: str) -> None:
    box("wall", (x - 55, y - 80, 0), (x + 55, y, 52), plain(wall, 0.8))
    roof = lathe("roof", [(1, 0), (0, 0.5)], plain("#4d3a34", 0.8), 4)
    roof.location, roof.scale = (x, y - 40, 50), (86, 86, 80)
    roof.rotation_euler.z = radians(45)
    roof.data.shade_flat()
    for at in (-36, -8, 20):
        box("window", (x + at, y, 16), (x + at + 16, y + 0.6, 38), plain("#20262c", 0.2))


def _trees() -> None:
    """Trees along the pavement and behind the houses: a trunk and a crown of leaves each."""
    chance = Random(5)
    bark = plain("#4a3d30", 0.9)
    greens = ["#27430f", "#3a5c18", "#4f7022", "#1c330b"]
    places: list[list[tuple[Point, Point, Point]]] = [[] for _ in greens]
    spots = [(-14.0, -75.0, 1.0), (-125.0, -62.0, 1.0), (-215.0, -66.0, 1.1), (60.0, -160.0, 1.2)]
    spots += [(-60.0 * k + 60, -320.0 - 30 * (k % 2), 1.9) for k in range(14)]
    for x, y, size in spots:
        box("trunk", (x - 1.8, y - 1.8, 0), (x + 1.8, y + 1.8, 30 * size), bark)
        for _ in range(800):
            turn, rise = chance.uniform(0, 2 * pi), chance.uniform(-1, 1)
            out = chance.random() ** 0.4
            reach = 26 * size * out * (1 - rise * rise) ** 0.5
            spot = (x + reach * cos(turn), y + reach * sin(turn), (46 + 24 * rise * out) * size)
            tilt = (chance.uniform(-1, 1), chance.uniform(-1, 1), 0)
            spray = size * chance.uniform(0.9, 2.5)
            places[chance.randrange(len(greens))].append((spot, tilt, (spray, spray, spray * 0.35)))
    for green, crown in zip(greens, places, strict=True):
        copies(ball("spray", (0, 0, 0), (1, 1, 1), plain(green, 0.6), 8), crown)
