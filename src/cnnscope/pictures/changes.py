"""Changes of a picture as the network reads it: in shades of grey, blurred, painted, covered.

changed(x, Changes(named=("grey", "blur"), patch=(24, 24)))   # (3, 64, 64), 0..1, as x is

What they are is what ``weights/evaluation.py`` does to the pictures kept back, where it does so.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope.pictures.resize import BRIGHTNESS
from cnnscope.state.changes import CHANGES, PALETTE, Changes, Paint, patch_side
from cnnscope.state.sweep import Place

GROUND = np.float32(0.5)
"""Of the patch, and around a picture made smaller: the grey in the middle."""

BLUR = 5  # px, side of the square whose mean a blurred pixel is
NOISE = np.float32(0.25)  # most that noise adds to a value or takes from it


def changed(x: Array, changes: Changes) -> Array:
    """A picture with all changes made, in their order; the one that is given stays."""
    for name in CHANGES:
        if name in changes.named:
            x = MADE[name](x)
    return covered(painted(x, changes.paint), changes.patch)


def grey(x: Array) -> Array:
    """The brightness of each pixel in all channels."""
    brightness = np.tensordot(BRIGHTNESS, x, 1)  # (rows, cols)
    return np.repeat(brightness[None], len(x), 0).astype(np.float32)


def swap(x: Array) -> Array:
    """Red and blue exchanged."""
    return x[::-1]


def invert(x: Array) -> Array:
    """Dark where it was light, and each colour its opposite."""
    return np.float32(1) - x


def mirror(x: Array) -> Array:
    """Left and right exchanged."""
    return x[..., ::-1]


def half(x: Array) -> Array:
    """The picture at half its side in the middle of grey: each pixel the mean of 2×2."""
    channels, rows, cols = x.shape
    high, wide = rows // 2, cols // 2
    blocks = x[:, : 2 * high, : 2 * wide].reshape(channels, high, 2, wide, 2)
    made = np.full_like(x, GROUND)
    top, left = (rows - high) // 2, (cols - wide) // 2
    made[:, top : top + high, left : left + wide] = blocks.mean((2, 4))
    return made


def shift(x: Array) -> Array:
    """The picture a pixel further right, its first column repeated."""
    return np.concatenate([x[..., :1], x[..., :-1]], -1)


def blur(x: Array) -> Array:
    """Each pixel the mean of the square around it, the picture's edge repeated beyond it."""
    for axis in (1, 2):
        margin = [(0, 0), (0, 0), (0, 0)]
        margin[axis] = BLUR // 2, BLUR // 2
        wide = np.pad(x, margin, mode="edge")
        count = x.shape[axis]
        parts = [np.take(wide, range(at, at + count), axis) for at in range(BLUR)]
        x = np.stack(parts).mean(0, dtype=np.float32)
    return x


def noise(x: Array) -> Array:
    """Each value more or less by chance, within 0..1; always by the same chance."""
    shares = hashed(x.size).reshape(x.shape) * np.float32(2) - np.float32(1)  # -1..1
    return np.clip(x + NOISE * shares, np.float32(0), np.float32(1))


def hashed(count: int) -> Array:
    """So many numbers in 0..1 that look random, the same on every machine.

    Source: Jarzynski and Olano, "Hash Functions for GPU Rendering" (2020), "pcg".
    """
    state = np.arange(count, dtype=np.uint32) * np.uint32(747796405) + np.uint32(2891336453)
    word = (state >> ((state >> np.uint32(28)) + np.uint32(4))) ^ state
    word = word * np.uint32(277803737)
    word = (word >> np.uint32(22)) ^ word
    shares: Array = (word >> np.uint32(8)).astype(np.float32) / np.float32(2**24)
    return shares


MADE: Mapping[str, Callable[[Array], Array]] = {
    "grey": grey, "swap": swap, "invert": invert, "mirror": mirror,
    "half": half, "shift": shift, "blur": blur, "noise": noise,
}  # fmt: skip


def painted(x: Array, paint: Sequence[Paint]) -> Array:
    """The picture with rectangles in the brush's colours over it."""
    if not paint:
        return x
    made = x.copy()
    for row, col, rows, cols, colour in paint:
        rgb = np.array(PALETTE[colour], np.float32) / np.float32(255)
        values = rgb if len(x) == len(rgb) else np.full(len(x), BRIGHTNESS @ rgb)
        made[:, row : row + rows, col : col + cols] = values[:, None, None]
    return made


def covered(x: Array, patch: Place | None) -> Array:
    """The picture with a grey square over it, whose upper left cell is given."""
    if patch is None:
        return x
    (row, col), side = patch, patch_side(*x.shape[1:])
    made = x.copy()
    made[:, row : row + side, col : col + side] = GROUND
    return made
