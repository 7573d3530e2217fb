"""What the network answers to pictures it never learnt from, as they are and changed, in counts.

    measured = evaluate(arrays, splits.test, classes)
    measured["right"], measured["changed"]["grey"]   # 410, 193
    save(measured, Path("weights/evaluation.json"))

The article of the page and the model card take their numbers from the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import dataset
import models
import torch
from torch import Tensor
from torch.nn import functional

CONFIDENT = 0.9  # a wrong answer above it counts as a confident one
GREY = 0.5  # of flat grey pictures, and around pictures that were made smaller
NOISE = 500  # pictures of random pixels
SEED = 0  # of those pixels


def grey(x: Tensor) -> Tensor:
    """The brightness of each pixel in all three channels."""
    return torch.einsum("nchw,c->nhw", x, torch.tensor(dataset.LUMA))[:, None].expand_as(x)


def half_size(x: Tensor) -> Tensor:
    """The picture at half its side in the middle of grey."""
    small = functional.avg_pool2d(x, 2)
    return functional.pad(small, [dataset.SIDE // 4] * 4, value=GREY)


CHANGES: Mapping[str, Callable[[Tensor], Tensor]] = {
    "grey": grey,
    "red and blue exchanged": lambda x: x.flip(1),
    "colours inverted": lambda x: 1 - x,
    "mirrored": lambda x: x.flip(3),
    "upside down": lambda x: x.flip(2),
    "half the size": half_size,
}
"""What is done to the pictures, (n, 3, 64, 64) in 0..1."""

MOVES = (1, 2, 4, 8)
"""By how many pixels the pictures are moved."""


def moved(x: Tensor, pixels: int) -> Tensor:
    """The picture moved to the right, its first column repeated where it came from."""
    return torch.cat([x[..., :1].expand(*x.shape[:3], pixels), x[..., :-pixels]], 3)


def evaluate(
    arrays: models.Arrays, test_split: dataset.Pictures, classes: list[str]
) -> dict[str, Any]:
    """Counts of the answers to these pictures, to the same pictures changed, to none."""

    def answers(x: Tensor) -> Tensor:
        with torch.no_grad():
            return models.plain_forward(arrays, x)["output"]

    pixels, labels = dataset.unit(test_split.pixels), test_split.labels
    probability = answers(pixels)
    sure, guess = probability.max(1)
    wrong = guess != labels
    pairs = torch.bincount(labels * len(classes) + guess, minlength=len(classes) ** 2)
    return {
        "classes": classes,
        "pictures": len(labels),
        "right": int((~wrong).sum()),
        "right among the first two": int(
            (probability.topk(2).indices == labels[:, None]).any(1).sum()
        ),
        "wrong with confidence": int((wrong & (sure > CONFIDENT)).sum()),
        "confusions": pairs.reshape(len(classes), -1).tolist(),  # by true class, then by answer
        "changed": {
            name: int((answers(change(pixels)).argmax(1) == labels).sum())
            for name, change in CHANGES.items()
        },
        "answers changed by moving": {
            str(by): int((answers(moved(pixels, by)).argmax(1) != guess).sum()) for by in MOVES
        },
        "flat grey": favourite(answers(torch.full((1, *pixels.shape[1:]), GREY)), classes),
        "noise": favourite(answers(noise()), classes),
    }


def noise() -> Tensor:
    """Pictures whose pixels are random, each value as likely as any other."""
    generator = torch.Generator().manual_seed(SEED)
    shape = (NOISE, 3, dataset.SIDE, dataset.SIDE)
    return torch.randint(0, 256, shape, generator=generator) / 255


def favourite(probability: Tensor, classes: list[str]) -> dict[str, Any]:
    """The answer given most often, how often, and with what probability on average."""
    sure, guess = probability.max(1)
    first = int(guess.mode().values)
    return {
        "pictures": len(guess),
        "answer": classes[first],
        "times": int((guess == first).sum()),
        "mean probability": round(float(sure[guess == first].mean()), 4),
    }


def save(measured: Mapping[str, Any], path: Path) -> None:
    """Write the counts, a row of numbers a line."""
    text = json.dumps(measured, indent=2)
    text = re.sub(r"\[[\d\s,]+\]", lambda row: json.dumps(json.loads(row[0])), text)
    path.write_text(text + "\n", encoding="utf-8")
