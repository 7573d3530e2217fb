"""What the network answers to digits it never learnt from, kept back and drawn, in counts.

    measured = evaluate(arrays, splits.test)
    measured["right"], measured["drawings"]["centred"]["right"]   # 993, [119, 120, ...]
    evaluation.save(measured, Path("weights/digits_evaluation.json"))

The model card takes its numbers from the file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import dataset
import evaluation
import lenet
import models
import numpy as np
import report
import strokes_drawn
import torch
from digit_pictures import CLASSES, SIDE
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from cnnscope.pictures.strokes import centred, rasterised, to_pixels

MOVED = 2  # px, to each of the four sides
DRAWINGS = 120  # of each digit
SEED = 1  # of those drawings, and of the choice of pairs of digits
NOISE = 500  # pictures of random pixels

CHANGES: Mapping[str, Callable[[Tensor], Tensor]] = {
    "dark on light": lambda x: 1 - x,
    "mirrored": lambda x: x.flip(3),
    "upside down": lambda x: x.flip(2, 3),
    "turned by a quarter": lambda x: x.rot90(1, (2, 3)),
    "half the size": lambda x: functional.pad(functional.avg_pool2d(x, 2), [SIDE // 4] * 4),
}
"""What is done to the digits, (n, 1, 28, 28) in 0..1."""

PUT: Mapping[str, Callable[..., np.ndarray]] = {"centred": centred, "as drawn": rasterised}
"""How strokes become a picture."""


def moved(x: Tensor, down: int, right: int) -> Tensor:
    """The digits moved by some pixels; what comes in is black."""
    padded = functional.pad(x, [MOVED] * 4)
    rows, cols = (slice(MOVED - by, MOVED - by + SIDE) for by in (down, right))
    return padded[:, :, rows, cols]


def to_each_side(x: Tensor) -> Tensor:
    """All digits moved up, then all moved down, left and right: (4 n, 1, 28, 28)."""
    sides = ((-MOVED, 0), (MOVED, 0), (0, -MOVED), (0, MOVED))
    return torch.cat([moved(x, *by) for by in sides])


def sample(digit: int) -> np.ndarray:
    """The page's sample drawing of a digit, centred: (28, 28, 3) uint8."""
    drawing = list(strokes_drawn.samples().values())[digit]
    return to_pixels(centred(drawing.strokes, drawing.thickness, SIDE, SIDE))


def evaluate(arrays: models.Arrays, test_split: dataset.Pictures) -> dict[str, Any]:
    """Counts of the answers to digits kept back, to the same ones changed, to drawings, to none."""

    def answers(x: Tensor) -> Tensor:
        with torch.no_grad():
            return models.plain_forward(arrays, x, lenet.architecture())["output"]

    x, labels = dataset.unit(test_split.pixels), test_split.labels
    drawings = strokes_drawn.drawn(DRAWINGS, SEED)
    noise = torch.rand(NOISE, 1, SIDE, SIDE, generator=torch.Generator().manual_seed(SEED))
    moved_right = answers(to_each_side(x)).argmax(1) == labels.repeat(4)
    return {
        "classes": CLASSES,
        "parameters": sum(array.size for array in arrays.values()),
        **counted(answers(x), labels),
        "moved by 2 px": {"pictures": len(moved_right), "right": int(moved_right.sum())},
        "drawings": {
            "of each digit": DRAWINGS,
            **{how: drawn(answers, drawings, put) for how, put in PUT.items()},
        },
        "changed": {
            name: int((answers(change(x)).argmax(1) == labels).sum())
            for name, change in CHANGES.items()
        },
        "two digits": two_digits(answers, x),
        "nothing": evaluation.favourite(answers(torch.zeros(1, 1, SIDE, SIDE)), CLASSES),
        "noise": evaluation.favourite(answers(noise), CLASSES),
    }


def counted(probability: Tensor, labels: Tensor) -> dict[str, Any]:
    """What there is to say about the answers to digits whose classes are known."""
    sure, guess = probability.max(1)
    wrong = guess != labels
    pairs = torch.bincount(labels * len(CLASSES) + guess, minlength=len(CLASSES) ** 2)
    among_two = (probability.topk(2).indices == labels[:, None]).any(1)
    likelihood = functional.nll_loss(probability.clamp(min=1e-12).log(), labels)
    return {
        "pictures": len(labels),
        "right": int((~wrong).sum()),
        "right among the first two": int(among_two.sum()),
        "wrong with confidence": int((wrong & (sure > evaluation.CONFIDENT)).sum()),
        "negative log-likelihood": round(float(likelihood), 6),
        "mean probability": round(float(sure.mean()), 6),
        "calibration error": round(report.calibration_error(probability, labels), 6),
        "confusions": pairs.reshape(len(CLASSES), -1).tolist(),  # by true class, then by answer
    }


def drawn(
    answers: Callable[[Tensor], Tensor],
    drawings: Sequence[strokes_drawn.Drawing],
    put: Callable[..., np.ndarray],
) -> dict[str, Any]:
    """The same for drawings, with how many of each digit are read."""
    x = np.stack([put(each.strokes, each.thickness, SIDE, SIDE) for each in drawings])
    digits = torch.tensor([each.digit for each in drawings])
    told = counted(answers(torch.from_numpy(x)[:, None]), digits)
    return {"right of each": np.diag(told["confusions"]).tolist(), **told}


def two_digits(answers: Callable[[Tensor], Tensor], x: Tensor) -> dict[str, Any]:
    """Of pictures of two digits side by side, at half the size: how sure the one answer is."""
    small = functional.avg_pool2d(x, 2)  # (n, 1, 14, 14)
    other = small[torch.randperm(len(x), generator=torch.Generator().manual_seed(SEED))]
    pairs = functional.pad(torch.cat([small, other], 3), [0, 0, SIDE // 4, SIDE // 4])
    sure = answers(pairs).max(1).values
    return {
        "pictures": len(pairs),
        "above 90 %": int((sure > evaluation.CONFIDENT).sum()),
        "mean probability": round(float(sure.mean()), 6),
    }
