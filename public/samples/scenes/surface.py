"""Materials that more than one scene needs: glazed porcelain, polished steel, oiled wood."""

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
