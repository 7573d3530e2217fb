"""Materials that more than one scene needs: porcelain, steel, wood, paint, leaves."""

import bpy

from .shader import Shader


def porcelain(color: str = "#f3f0ea") -> bpy.types.Material:
    """White glazed ware: a soft body under a clear, slightly uneven coat."""
    glaze = Shader("porcelain")
    waviness = glaze.noise(glaze.place(), scale=0.9, detail=1.0)
    return glaze.surface(
        base_color=color,
        roughness=0.42,
        coat_weight=1.0,
        coat_roughness=0.04,
        coat_normal=glaze.bump(waviness, 0.006),
    )


def steel() -> bpy.types.Material:
    """Cutlery: polished, with the haze that washing leaves."""
    metal = Shader("steel")
    haze = metal.noise(metal.place(scale=(0.5, 6, 6)), scale=1.5, detail=4.0)
    return metal.surface(
        base_color="#d6d0c8",
        metallic=1.0,
        roughness=metal.ramp(haze, {0.3: 0.14, 0.7: 0.26}),
    )


def wood(dark: str, middle: str, light: str) -> bpy.types.Material:
    """Oiled wood with the grain along x; where a plank's origin lies says which tree it is from."""
    board = Shader("wood")
    at = board.place()
    drift = board.noise(at, color=True, scale=0.06, detail=2.0)
    rings = board.noise(
        board.move(board.place(scale=(0.05, 1, 1)), drift, 4.0), scale=0.75, detail=5.0
    )
    grain = board.noise(board.place(scale=(0.12, 3.2, 3.2)), scale=2.4, detail=8.0)
    pores = board.noise(board.place(scale=(0.5, 14, 14)), scale=1.6, detail=3.0)
    tone = board.ramp(rings, {0.30: dark, 0.46: middle, 0.56: light, 0.70: middle})
    tone = board.mix(0.6, tone, board.ramp(grain, {0.3: "#6b5a4c", 0.7: "#ffffff"}), "MULTIPLY")
    tone = board.mix(0.5, tone, board.ramp(pores, {0.36: "#3d2c20", 0.46: "#ffffff"}), "MULTIPLY")
    return board.surface(
        base_color=tone,
        roughness=board.ramp(grain, {0.3: 0.46, 0.75: 0.30}),
        normal=board.bump(grain, 0.02),
    )


def painted_wood(color: str, worn: str) -> bpy.types.Material:
    """Planks painted long ago: brush marks along x, the paint rubbed thin in places."""
    board = Shader("paint")
    brush = board.noise(board.place(scale=(0.06, 4, 4)), scale=1.6, detail=6.0)
    rubbed = board.noise(board.place(scale=(0.15, 1, 1)), scale=0.5, detail=9.0, roughness=0.65)
    tone = board.mix(board.ramp(brush, {0.3: 0.0, 0.7: 0.15}), color, "#ffffff")
    tone = board.mix(board.ramp(rubbed, {0.58: 0.0, 0.66: 0.8}), tone, worn)
    return board.surface(base_color=tone, roughness=0.55, normal=board.bump(brush, 0.03))


def leaf(young: str, old: str, width: float, length: float) -> bpy.types.Material:
    """A leaf along x from its stalk at 0: midrib, side veins, a waxy top, light through it."""
    blade = Shader("leaf")
    at = blade.place()
    x, y, _ = blade.apart(at)
    off = blade.math("ABSOLUTE", y)
    rib = blade.ramp(blade.math("DIVIDE", off, width), {0.02: 1.0, 0.07: 0.0})
    slant = blade.math(
        "SUBTRACT", blade.math("DIVIDE", x, length), blade.math("MULTIPLY", off, 0.9 / length)
    )
    wave = blade.math("PINGPONG", blade.math("MULTIPLY", slant, 9.0), 0.5)
    veins = blade.math("MAXIMUM", rib, blade.ramp(wave, {0.03: 0.75, 0.13: 0.0}))
    mottle = blade.noise(at, scale=7.0 / length, detail=5.0)
    tone = blade.mix(mottle, young, old)
    tone = blade.mix(blade.math("MULTIPLY", veins, 0.55), tone, young)
    cells = blade.noise(at, scale=90.0 / length, detail=2.0)
    relief = blade.math("SUBTRACT", blade.math("MULTIPLY", cells, 0.3), veins)
    return blade.surface(
        base_color=tone,
        roughness=0.36,
        subsurface_weight=0.3,
        subsurface_radius=(0.10, 0.25, 0.04),
        subsurface_scale=0.6,
        normal=blade.bump(relief, 0.012 * length),
    )


def marble() -> bpy.types.Material:
    """A polished white slab with grey veins."""
    slab = Shader("marble")
    at = slab.place(rotation=(0.3, 0.2, 0.7))
    drift = slab.move(at, slab.noise(at, color=True, scale=0.08, detail=6.0), 14.0)
    vein = slab.math(
        "ABSOLUTE", slab.math("SUBTRACT", slab.noise(drift, scale=0.09, detail=3.0), 0.5)
    )
    cloud = slab.noise(at, scale=0.12, detail=5.0)
    tone = slab.ramp(cloud, {0.35: "#b4b2b0", 0.65: "#d2d0cd"})
    tone = slab.mix(slab.ramp(vein, {0.0: 0.8, 0.03: 0.25, 0.09: 0.0}), tone, "#6a6866")
    return slab.surface(base_color=tone, roughness=0.22)
