"""A tabby cat's head, and the colours of its coat; it looks along -y, its middle at 0."""

from math import cos, pi, radians, sin

import bpy
import numpy as np

from .clay import Form, blend, folded, hollow, lump, mirrored, rod, skin
from .fur import Array, Coat
from .markings import dress, fade, hide, over, stripes
from .mesh import Point, ball, rounded, sweep
from .shader import Shader, rgb

BROWN, DARK, PALE, WHITE, RUST, ROSE = (
    np.array(rgb(code))
    for code in ("#a8927a", "#2b2320", "#d6c6ae", "#f1e9dc", "#a0714c", "#d8a898")
)
EYE = (2.05, -2.75, 0.75)  # the middle of the one at +x
EYE_RADIUS = 1.38
LIDS = (1.22, 0.84, 0.88)  # half the opening's width, its height above the corners and below
NOSE = (0.0, -5.6, -0.75)
EAR_BOWL = rod((3.0, -0.1, 3.0), (4.9, 0.0, 7.4), (1.85, 0.2))
WHISKERS = [
    (0.9 + 0.33 * column, -5.3 + 0.28 * column, -1.4 - 0.35 * row)
    for row in range(3)
    for column in range(4)
]


def cat_head() -> bpy.types.Object:
    """The head with all that is on it."""
    whole = blend([hollow(_skull(), mirrored(_almond), 0.08), mirrored(_ear())], soft=0.5)
    made = skin("head", whole, (-7.6, -7, -5.5), (7.6, 6.5, 9.5), 0.13, hide())
    coat = Coat(
        length=_length, lay=_lay, tilt=0.74, thickness=0.026, density=260, clumps=0.35, fleck=0.2
    )
    dress(made, coat, _tint, seed=2)
    for part in [*_eyes(), _nose(), *_whiskers()]:
        part.parent = made
    return made


def agouti(points: Array) -> Array:
    """The coat's ground: brown and paler patches, dark hairs strewn among them."""
    x, y, z = points.T
    dark = np.random.default_rng(6).random(len(points))
    patch = 0.35 + 0.25 * np.sin(0.9 * x + 1.3 * z) * np.sin(0.8 * y + 1.1)
    color = over(np.tile(BROWN, (len(points), 1)), PALE, patch - 0.6 * dark)
    return over(color, DARK, 0.6 * fade(dark, 0.7, 1.0))


def _skull() -> Form:
    bones = [
        lump((0, 0.8, 0.8), (4.75, 4.6, 3.8)),
        mirrored(lump((3.2, -0.4, -1.1), (2.5, 2.7, 2.3))),
        rod((0, -2.6, 1.9), (0, -4.9, -0.55), (1.3, 0.75)),
        lump((0, -3.4, -1.8), (1.9, 1.8, 1.5)),
        mirrored(lump(EYE, (1.5, 1.5, 1.5))),
    ]
    chin = lump((0, -4.25, -2.85), (0.95, 0.95, 0.75))
    lips = mirrored(lump((0.95, -4.55, -1.8), (1.15, 1.15, 0.92), (0, 18, 0)))
    return blend([blend(bones, soft=1.2), chin, lips], soft=0.4)


def _ear() -> Form:
    return hollow(rod((2.8, 0.8, 2.9), (4.9, 0.6, 7.6), (2.1, 0.3)), EAR_BOWL, 0.15)


def _bowl(points: Array) -> Array:
    """Which points lie inside of an ear."""
    return (EAR_BOWL(folded(points)) < 0.08) & (points[:, 2] > 3.6)


def _almond(points: Array) -> Array:
    """The opening between the lids: two arcs that meet in the corners of the eye."""
    tilt = radians(16)
    x, z = points[:, 0] - EYE[0], points[:, 2] - EYE[2]
    across, up = x * cos(tilt) + z * sin(tilt), z * cos(tilt) - x * sin(tilt)
    wide, *heights = LIDS
    arcs = []
    for high, sign in zip(heights, (1, -1), strict=True):
        bend = (wide**2 + high**2) / (2 * high)
        arcs.append(np.hypot(across, up + sign * (bend - high)) - bend)
    return np.maximum(np.maximum(*arcs), points[:, 1] - EYE[1])


def _rim(points: Array) -> Array:
    """How far points lie outside of the nearer eye's opening."""
    return np.where(points[:, 1] < -1.5, _almond(folded(points)), 9.0)


def _eyes() -> list[bpy.types.Object]:
    iris = Shader("iris")
    x, _, z = iris.apart(iris.place())
    reach = iris.reach(iris.point(x, z))
    curve = iris.math("POWER", iris.math("DIVIDE", z, 0.9 / EYE_RADIUS), 2.0)
    slit = iris.math("ADD", iris.math("DIVIDE", iris.math("ABSOLUTE", x), 0.42 / EYE_RADIUS), curve)
    fibres = iris.noise(iris.place(scale=(1, 0.2, 1)), scale=6.0, detail=3.0)
    tone = iris.ramp(reach, {0.2: "#c4ad5e", 0.5: "#a5a860", 0.75: "#748a58", 0.95: "#20241a"})
    tone = iris.mix(iris.math("MULTIPLY", fibres, 0.3), tone, "#d8d070", "OVERLAY")
    tone = iris.mix(iris.ramp(slit, {0.93: 1.0, 1.0: 0.0}), tone, "#020202")
    glass = iris.surface(base_color=tone, roughness=0.25, coat_weight=1.0, coat_roughness=0.01)
    made = []
    for sign in (1, -1):
        place = (sign * EYE[0], EYE[1] + 0.12, EYE[2])
        eye = ball("eye", place, (EYE_RADIUS,) * 3, glass, segments=64)
        eye.rotation_euler.z = sign * radians(4)
        made.append(eye)
    return made


def _nose() -> bpy.types.Object:
    pink = Shader("nose")
    grain = pink.noise(pink.place(), scale=9.0, detail=3.0)
    leather = pink.surface(
        base_color=pink.ramp(grain, {0.3: "#a8665e", 0.7: "#c6877c"}),
        roughness=0.42,
        subsurface_weight=0.2,
        normal=pink.bump(grain, 0.03),
    )
    wings = mirrored(rod((0, -5.55, -0.78), (0.44, -5.45, -0.62), (0.3, 0.25)))
    tip = blend([wings, rod((0, -5.55, -0.85), (0, -5.5, -1.3), (0.3, 0.12))], soft=0.3)
    nostrils = mirrored(rod((0.27, -5.86, -0.9), (0.6, -5.7, -0.78), (0.12, 0.07)))
    whole = hollow(tip, nostrils, 0.06)
    return skin("nose", whole, (-1.2, -6.4, -1.9), (1.2, -4.8, 0.1), 0.05, leather)


def _whiskers() -> list[bpy.types.Object]:
    white = Shader("whisker").surface(base_color="#f8f6f2", roughness=0.3)
    made = []
    for number, (x, y, z) in enumerate(WHISKERS):
        row, column = divmod(number, 4)
        reach = 6.5 + 0.8 * ((row + column) % 3) - 0.5 * column
        path = rounded([(0, 0), (0.5 * reach, 0.06 * reach), (reach, -0.1 * reach)], steps=8)
        girth = [(0.015 * (1 - 0.8 * k / (len(path) - 1)),) * 2 for k in range(len(path))]
        turn, sink = radians(18 + 9 * column), radians(14 * row + 4 * column - 20)
        for sign in (1, -1):
            hair = sweep("whisker", path, girth, white, segments=6)
            hair.location = (sign * x, y, z)
            hair.rotation_euler = (0, sink, turn if sign > 0 else pi - turn)
            made.append(hair)
    return made


def _away(points: Array, center: Point, stretch: Point = (1, 1, 1)) -> Array:
    """How far points lie from `center` or its mirror image, in units of `stretch`."""
    return np.linalg.norm((folded(points) - center) / stretch, axis=1)


def _length(points: Array) -> Array:
    x, y, z = folded(points).T
    cheek = fade(_away(points, (4.6, -0.4, -1.8)), 3.0, 0.8)
    long = 0.3 + 0.8 * fade(y, -4.6, -0.5) + 1.2 * cheek
    long = np.where(z > 4.9, 0.4, long)
    long = np.where(_bowl(points), 0.25 + 1.4 * fade(x, 3.9, 3.2), long)
    bare = (_away(points, NOSE, (0.85, 0.6, 0.6)) < 1) | (_rim(points) < 0.07)
    return np.where(bare, 0, long * fade(_rim(points), -0.3, 0.9))


def _lay(points: Array) -> Array:
    """Away from the nose; up the ears."""
    flow = points - np.array([0, -6.5, -0.6])
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    flow[:, 2] -= 0.5 * fade(points[:, 2], 0, -2)
    return over(flow, np.array([0, 0, 1]), fade(points[:, 2], 4.2, 5.0))


def _tint(points: Array) -> Array:
    x, y, z = folded(points).T
    rim = _rim(points)
    color = over(agouti(points), RUST, 0.6 * fade(x, 1.1, 0.4) * (z < 2))
    wave = 0.05 * np.sin(1.7 * z + 1.2 * y) + 0.05 * np.sin(2.1 * y + 2 * points[:, 0])
    crown = fade(z - 0.25 * np.cos(2.9 * x), 1.9, 2.8) * (z < 5)
    bars = stripes((x + wave) / (1.05 + 0.07 * (z + y)), 0.5, 0.85)
    color = over(color, DARK, 0.85 * crown * bars)
    side = fade(x, 2.8, 3.4) * fade(z, 1.8, 0.8) * fade(y, 4, 2)
    bands = stripes((z + 0.35 * (x - 3) + 0.25 * y + wave - 0.25) / 1.7, 0.5, 0.8)
    color = over(color, DARK, 0.85 * side * bands)
    color = over(color, PALE, 0.8 * fade(rim, 0.75, 0.25) * fade(x, 3.5, 2.5))
    color = over(color, WHITE, fade(_away(points, (0.6, -4.6, -2.2), (1.7, 1.6, 1.5)), 1.35, 0.75))
    color = over(color, WHITE, 0.8 * fade(z, -2.9, -3.6))
    color = over(color, DARK, 0.4 * _lines(x, z) * (y < -3.6))
    color = over(color, DARK, np.maximum(fade(rim, 0.26, 0.12), 0.5 * fade(z, 4.4, 5.0)))
    inside = over(np.tile(ROSE, (len(x), 1)), PALE, fade(x, 3.9, 3.3))
    return np.where(_bowl(points)[:, None], inside, color)


def _lines(x: Array, z: Array) -> Array:
    """Where the mouth is drawn, the groove below the nose, and the dots the whiskers grow from."""
    mouth = np.abs(z + 2.3 + 0.42 * np.clip(x, 0, 1.4)) + 0.3 * fade(x, 0.9, 1.5)
    groove = np.where((z < -1.2) & (z > -2.2), x, 9)
    dots = np.min([np.hypot(x - dot[0], z - dot[2]) for dot in WHISKERS], axis=0)
    return np.maximum(fade(np.minimum(mouth, groove), 0.2, 0.05), fade(dots, 0.1, 0.04))
