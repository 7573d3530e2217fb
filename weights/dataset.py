"""Reads Tiny ImageNet pictures, splits them, and augments those of the training split.

classes = read_classes(Path("weights/classes.json"))
pictures = read_pictures(Path("tiny-imagenet-200.zip"), classes)
splits = split(pictures, test=50, validation=20)
views = augmented(splits.training.pixels[:64], generator)  # (64, 3, 64, 64) float32, 0..1
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

SIDE = 64  # px; Tiny ImageNet's own size, and the network's input
PLAIN_SHARE = 0.25  # of the views: never resampled, so that the network also sees sharp pixels
MAX_SHIFT = 6  # px, of those plain views
ZOOM = (0.6, 1.08)  # side of the window looked at, as a share of the picture's side
MAX_STRETCH = 0.15  # of the window's aspect ratio, natural log
MAX_ROTATION = 12.0  # degrees
GAIN = (0.7, 1.3)  # brightness, contrast
SATURATION = (0.6, 1.4)
TINT = 0.06  # of each colour channel's gain; small, because colour tells some classes apart
WEAK_SHARP_SHARE = 0.5  # of weakly augmented views: not scaled, so not resampled
WEAK_ZOOM = (0.9, 1.04)  # side of the window, as a share of the picture's side
WEAK_SHIFT = 3  # px
WEAK_GAIN = (0.92, 1.08)  # brightness
LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601, what Pillow's mode "L" uses


@dataclass(frozen=True)
class Pictures:
    """Pictures with their classes; the three fields run in parallel."""

    pixels: Tensor  # (n, 3, 64, 64) uint8
    labels: Tensor  # (n,) int64, index into the list of classes
    names: tuple[str, ...]  # file names, such as n03662601_0.JPEG

    def take(self, index: list[int]) -> Pictures:
        """Return the pictures at these positions, in this order."""
        return Pictures(self.pixels[index], self.labels[index], tuple(self.names[i] for i in index))


@dataclass(frozen=True)
class Splits:
    """Three disjoint sets of pictures: learn from, set the temperature by, report on."""

    training: Pictures
    validation: Pictures
    test: Pictures


def read_classes(path: Path) -> list[dict[str, str]]:
    """Return `[{"name": ..., "wnid": ...}, ...]` in the order of the network's outputs."""
    classes: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return classes


def read_pictures(path: Path, classes: list[dict[str, str]]) -> Pictures:
    """Read `train/WNID/images/*.JPEG` of every class from a folder or a zip file.

    Raises:
        FileNotFoundError: a class has no picture there.
        ValueError: a picture is not 64x64.
    """
    pixels, labels, names = [], [], []
    for label, entry in enumerate(classes):
        found = sorted(_files(path, entry["wnid"]), key=lambda file: file[0])
        if not found:
            raise FileNotFoundError(f"{path}: no train/{entry['wnid']}/images/*.JPEG in it")
        for name, encoded in found:
            with Image.open(io.BytesIO(encoded)) as picture:
                if picture.size != (SIDE, SIDE):
                    raise ValueError(f"{name}: expected {SIDE}x{SIDE}, got {picture.size}")
                pixels.append(np.asarray(picture.convert("RGB")).transpose(2, 0, 1))
            labels.append(label)
            names.append(name)
    return Pictures(torch.from_numpy(np.stack(pixels)), torch.tensor(labels), tuple(names))


def _files(path: Path, wnid: str) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, bytes) of one class's training pictures."""
    folder = f"train/{wnid}/images/"
    if path.is_dir():
        for file in (path / folder).glob("*.JPEG"):
            yield file.name, file.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for entry in archive.namelist():
            head, _, name = entry.rpartition("/")
            # The official archive has one more folder around it: tiny-imagenet-200/train/...
            if f"/{head}/".endswith(f"/{folder}") and name.endswith(".JPEG"):
                yield name, archive.read(entry)


def split(pictures: Pictures, test: int, validation: int) -> Splits:
    """Split the pictures: of each class `test`, then `validation`, the rest for training.

    The order within a class is that of the SHA-256 of the file name: as good as random, and the
    same on every machine and with every version of every library.
    """
    shuffled = sorted(
        range(len(pictures.names)),
        key=lambda i: hashlib.sha256(pictures.names[i].encode()).digest(),
    )
    chosen: tuple[list[int], list[int], list[int]] = ([], [], [])
    seen: dict[int, int] = {}
    for i in shuffled:
        label = int(pictures.labels[i])
        place = seen.get(label, 0)
        seen[label] = place + 1
        chosen[0 if place < test else 1 if place < test + validation else 2].append(i)
    tested, validated, trained = (pictures.take(sorted(index)) for index in chosen)
    return Splits(training=trained, validation=validated, test=tested)


def unit(pixels: Tensor) -> Tensor:
    """Return uint8 pixels as the network reads them: float32, 0..1."""
    return pixels.float() / 255


def augmented(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Return one random view of each picture: (n, 3, 64, 64) uint8 -> float32, 0..1."""
    n = len(pixels)
    x = functional.grid_sample(
        unit(pixels), _sampling_grid(n, generator), padding_mode="reflection", align_corners=False
    )
    return _recoloured(x, generator)


def weak_augmentation(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Return one view of each picture that differs little: uint8 -> float32, 0..1, as `augmented`.

    Mirrored or not, moved by a few pixels, half of them scaled a little; brighter or darker.
    """
    n = len(pixels)
    sharp = torch.rand(n, generator=generator) < WEAK_SHARP_SHARE
    zoom = torch.where(sharp, torch.ones(n), _between(*WEAK_ZOOM, n, generator))
    shift = torch.randint(-WEAK_SHIFT, WEAK_SHIFT + 1, (n, 2), generator=generator) * (2 / SIDE)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    zero = torch.zeros(n)
    rows = [
        torch.stack([zoom * mirror, zero, shift[:, 0]], 1),
        torch.stack([zero, zoom, shift[:, 1]], 1),
    ]
    grid = functional.affine_grid(torch.stack(rows, 1), [n, 3, SIDE, SIDE], align_corners=False)
    x = functional.grid_sample(unit(pixels), grid, padding_mode="reflection", align_corners=False)
    return (x * _between(*WEAK_GAIN, n, generator)[:, None, None, None]).clamp_(0, 1)


def mixed(
    x: Tensor, targets: Tensor, share: float, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Blend a share of the batch with other pictures of it, pixels and targets alike.

    Half of them are cross-faded (mixup), half get a rectangle of the other picture (CutMix).
    Targets are (n, classes).
    """
    n = len(x)
    partner = torch.randperm(n, generator=generator)
    weight = torch.ones(n, 1, SIDE, SIDE)  # of the picture itself, at each pixel
    for i in range(int(n * share)):
        amount = float(torch.rand(1, generator=generator))
        if i % 2:
            weight[i] = amount
        else:
            side = int(SIDE * math.sqrt(1 - amount))
            row, col = (
                int(v) for v in torch.randint(0, SIDE - side + 1, (2,), generator=generator)
            )
            weight[i, :, row : row + side, col : col + side] = 0
    kept = weight.mean(dim=(1, 2, 3))[:, None]  # (n, 1)
    return (
        weight * x + (1 - weight) * x[partner],
        kept * targets + (1 - kept) * targets[partner],
    )


def _between(low: float, high: float, n: int, generator: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(n, generator=generator)


def _sampling_grid(n: int, generator: torch.Generator) -> Tensor:
    """Return where each output pixel looks: (n, 64, 64, 2), in -1..1 across the picture."""
    zoom = _between(*ZOOM, n, generator)
    stretch = _between(-MAX_STRETCH / 2, MAX_STRETCH / 2, n, generator).exp()
    angle = _between(-MAX_ROTATION, MAX_ROTATION, n, generator) * (math.pi / 180)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    room = (1 - zoom).abs()  # how far the window can move and still cover picture
    shift = torch.stack([room * _between(-1, 1, n, generator) for _ in range(2)], 1)

    plain = torch.rand(n, generator=generator) < PLAIN_SHARE
    pixels = torch.randint(-MAX_SHIFT, MAX_SHIFT + 1, (n, 2), generator=generator)
    shift = torch.where(plain[:, None], pixels * (2 / SIDE), shift)
    one, zero = torch.ones(n), torch.zeros(n)
    width = torch.where(plain, one, zoom * stretch) * mirror
    height = torch.where(plain, one, zoom / stretch)
    angle = torch.where(plain, zero, angle)
    rows = [
        torch.stack([width * angle.cos(), -height * angle.sin(), shift[:, 0]], 1),
        torch.stack([width * angle.sin(), height * angle.cos(), shift[:, 1]], 1),
    ]
    return functional.affine_grid(torch.stack(rows, 1), [n, 3, SIDE, SIDE], align_corners=False)


def _recoloured(x: Tensor, generator: torch.Generator) -> Tensor:
    """Change brightness, tint, saturation and contrast a little; clip to 0..1."""
    n = len(x)
    tint = 1 + TINT * (2 * torch.rand(n, 3, generator=generator) - 1)
    x = x * (_between(*GAIN, n, generator)[:, None] * tint)[:, :, None, None]
    grey = torch.einsum("nchw,c->nhw", x, torch.tensor(LUMA))[:, None]
    saturation = _between(*SATURATION, n, generator)[:, None, None, None]
    contrast = _between(*GAIN, n, generator)[:, None, None, None]
    mean = grey.mean(dim=(2, 3), keepdim=True)
    x = grey + saturation * (x - grey)
    return (mean + contrast * (x - mean)).clamp_(0, 1)
