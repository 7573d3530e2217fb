"""A tabby cat resting on a window sill, its head turned to whoever comes in."""

from math import radians
from random import Random

import bpy
import numpy as np

from .cat_head import DARK, WHITE, agouti, cat_head
from .clay import blend, folded, lump, mirrored, rod, skin, tube
from .fur import Array, Coat
from .markings import dress, fade, hide, over, stripes
from .mesh import box, rounded
from .shader import Shader
from .studio import camera, lamp, stage, window
from .surface import painted_wood

TAIL = tube(
    rounded(
        [(3, 26, 2), (8, 24.5, 1.7), (10.5, 18, 1.7), (10.2, 10, 1.6), (8.8, 3, 1.6), (7, -2, 1.3)],
        steps=4,
    ),
    1.35,
)
PAW = 2.6  # cm from the middle to either side
TOE = 0.74  # cm from one to the next


def build() -> None:
    """Set the scene up, camera included."""
    stage(ambient="#e8eef6", strength=0.28)
    _room()
    _body().rotation_euler.z = radians(-38)
    head = cat_head()
    head.location = (-2.6, -4.2, 15.6)
    head.rotation_euler = (radians(4), radians(3), radians(-6))
    window(at=(-85, -45, 62), towards=(0, 0, 12), size=(70, 80), color="#fff6e8", radiance=27)
    lamp(at=(80, -60, 50), towards=(0, 0, 10), size=80, color="#ffe9d0", watts=21000)
    camera(at=(-2, -85, 24), towards=(0.8, 0, 11), lens=108, f_number=4, focus=(-2.6, -8.2, 16))


def _body() -> bpy.types.Object:
    """All but the head: the chest at 0, the rump towards +y, the paws towards -y."""
    trunk = blend(
        [
            lump((0, 8, 6.8), (6.2, 10, 6.5)),
            lump((0, 19, 6.4), (7.0, 8, 6.4)),
            lump((0, -1.0, 7.5), (4.6, 4, 6)),
            rod((0, 2, 9), (0, -1.5, 13), (5.2, 4.0)),
            mirrored(lump((5.4, 18, 4.4), (3, 6, 4.4))),
            mirrored(lump((3.6, 1.5, 6), (3, 4, 5.2))),
            mirrored(rod((3.2, 0, 2.2), (PAW, -7, 1.5), (2.3, 1.6))),
        ],
        soft=1.8,
    )
    made = skin("body", blend([trunk, TAIL], 0.3), (-10, -13, -0.8), (13, 30, 20), 0.35, hide())
    coat = Coat(length=_length, lay=_lay, tilt=0.8, thickness=0.045, density=70, fleck=0.2)
    dress(made, coat, _tint, seed=3)
    _paws().parent = made
    return made


def _paws() -> bpy.types.Object:
    toes = [
        lump((PAW + TOE * k, -9.1 + 0.3 * abs(k), 0.75), (0.48, 1.0, 0.8), (0, 0, -8 * k))
        for k in (-1.5, -0.5, 0.5, 1.5)
    ]
    palm = rod((2.7, -6, 1.5), (PAW, -7.8, 1.2), (1.6, 1.3))
    whole = mirrored(blend([palm, *toes], soft=0.25))
    made = skin("paws", whole, (-5, -11, -0.4), (5, -4, 3.5), 0.1, hide())
    coat = Coat(
        length=lambda at: np.where(at[:, 2] < 0.1, 0, 0.28 + 0.4 * fade(at[:, 1], -8.5, -6.5)),
        lay=(0, -0.7, -0.7),
        tilt=0.85,
        thickness=0.026,
        density=220,
        clumps=0.3,
    )
    dress(made, coat, _tint, seed=4)
    return made


def _length(points: Array) -> Array:
    _, y, z = points.T
    chest, legs = fade(y, 1, -2) * fade(z, 4, 7), fade(y, -3, -6.5) * fade(z, 5, 3)
    return np.where(z < 0.15, 0, 1.9 + 0.8 * chest - 1.6 * legs)


def _lay(points: Array) -> Array:
    """Back along the trunk, down the chest, on towards the ends of legs and tail."""
    _, y, z = points.T
    lay = over(np.array([0, 1, -0.45]), np.array([0, -0.3, -1]), fade(y, 3, -3))
    lay = over(lay, np.array([0, -1, -0.35]), fade(y, -4, -6) * fade(z, 5, 3))
    return np.where((TAIL(points) < 0.2)[:, None], np.array([-0.2, -1, 0]), lay)


def _tint(points: Array) -> Array:
    x, y, z = folded(points).T
    wave = 0.5 * np.sin(0.45 * z + 0.3 * y) + 0.35 * np.sin(0.9 * z - 0.5 * y + 1)
    wave = wave + 0.02 * points[:, 0]
    flanks = fade(y, -1, 2) * stripes((y - 0.12 * z + wave) / 2.9, 0.45, 0.75)
    color = over(agouti(points), DARK, 0.9 * flanks)
    color = over(color, DARK, 0.8 * fade(x, 1.4, 0.6) * fade(z, 10, 12) * (y > 3))
    collar = fade(y, 2, -1) * stripes((z - 0.16 * x**1.5 + wave) / 3.4, 0.6, 0.85) * (z > 4)
    color = over(color, DARK, 0.65 * collar)
    color = over(color, WHITE, 0.95 * fade(x + 0.12 * z, 4.6, 3.2) * fade(y, 0, -2))
    legs = fade(y, -2, -4) * fade(z, 5, 3.5) * stripes(y / 2.2, 0.5, 0.8) * (y > -7)
    color = over(color, DARK, 0.75 * legs)
    color = over(color, WHITE, 0.9 * fade(y, -6.8, -7.8))
    toe = np.abs(x - PAW) / TOE
    gap = fade(np.minimum(np.abs(toe - 1), toe), 0.16, 0.04) * fade(y, -8.7, -9.3) * (z < 1.5)
    color = over(color, DARK, 0.5 * gap)
    rings = np.maximum(stripes((y + 0.2 * z) / 3.3, 0.4, 0.75), fade(y, -1.2, -2.2))
    tail = over(agouti(points), DARK, 0.85 * rings)
    return np.where((TAIL(points) < 0.2)[:, None], tail, color)


def _room() -> None:
    box("sill", (-80, -16, -4), (80, 32, 0), painted_wood("#e9e4da", "#b9a88e"), edge=0.5)
    wall = Shader("wall").surface(base_color="#6f8f92", roughness=0.9)
    box("wall", (-300, 260, -200), (300, 264, 300), wall)
    _books()
    pane = Shader("pane")
    view = pane.noise(pane.place(), scale=0.035, detail=2.0)
    view = pane.ramp(view, {0.3: "#55783a", 0.5: "#a9c27a", 0.65: "#f2f6f0"})
    garden = pane.emission(view, 1.5)
    frame = Shader("frame").surface(base_color="#efece4", roughness=0.5)
    box("frame", (-116, 256, -30), (-38, 259, 110), frame)
    for left in (-112, -75):
        box("pane", (left, 254, -24), (left + 33, 255, 105), garden)
    lamp(at=(40, 150, 120), towards=(40, 260, 20), size=60, color="#ffdcae", watts=60000)


def _books() -> None:
    board = Shader("board").surface(base_color="#c9a57a", roughness=0.5)
    chance = Random(9)
    spines = [
        Shader("spine").surface(base_color=color, roughness=0.6)
        for color in ("#a8604a", "#e8d9b8", "#2f4a5e", "#d99a3a", "#7a8f5a", "#54323a")
    ]
    for shelf in (-52, -6, 40):
        box("shelf", (20, 225, shelf - 3), (140, 258, shelf), board)
        at = 24.0
        while at < 130:
            wide, high = chance.uniform(3, 7), chance.uniform(22, 34)
            if chance.random() < 0.85:
                box("book", (at, 230, shelf), (at + wide, 255, shelf + high), chance.choice(spines))
            at += wide + 0.4
