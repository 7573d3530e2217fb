"""Says how good the weights are, and stores activations that other implementations must match.

print(tables(logits, labels, ["lifeboat", "ladybug", ...]))  # Markdown, for the model card
save_activations(arrays, Path("tests/fixtures/tiny_vgg_activations.npz"))
"""

from __future__ import annotations

from pathlib import Path

import models
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

BINS = 10  # of the probability, in the calibration error
POSITIONS = 600  # of each layer that are stored
SEED = 1  # of the choice of those positions
SIDE = 64  # px


def tables(logits: Tensor, labels: Tensor, classes: list[str]) -> str:
    """Return accuracy, likelihood, calibration, a table of classes and one of confusions."""
    probability = logits.softmax(1)
    guess = probability.argmax(1)
    right = guess == labels
    second = (probability.topk(2).indices == labels[:, None]).any(1)
    lines = [
        f"{len(labels)} pictures: {float(right.float().mean()):.1%} right, "
        f"{float(second.float().mean()):.1%} among the first two, "
        f"negative log-likelihood {float(functional.cross_entropy(logits, labels)):.3f}, "
        f"mean probability of the answer {float(probability.max(1).values.mean()):.1%}, "
        f"expected calibration error {calibration_error(probability, labels):.1%}",
        "",
        "| class | right | of the answers with this name, right | negative log-likelihood |",
        "| --- | ---: | ---: | ---: |",
    ]
    for index, name in enumerate(classes):
        truth, answered = labels == index, guess == index
        recall = float(right[truth].float().mean())
        precision = float(right[answered].float().mean()) if bool(answered.any()) else 0.0
        likelihood = float(functional.cross_entropy(logits[truth], labels[truth]))
        lines.append(f"| {name} | {recall:.0%} | {precision:.0%} | {likelihood:.2f} |")
    lines += ["", "| true \\ answered | " + " | ".join(classes) + " |"]
    lines.append("| --- |" + " ---: |" * len(classes))
    for index, name in enumerate(classes):
        row = torch.bincount(guess[labels == index], minlength=len(classes)).tolist()
        lines.append(f"| {name} | " + " | ".join(str(n) if n else "·" for n in row) + " |")
    return "\n".join(lines)


def calibration_error(probability: Tensor, labels: Tensor) -> float:
    """Return by how much the answers' probabilities miss their share of right answers, 0..1.

    The mean over ten equal bins of probability, weighted by the pictures in them.
    """
    confidence, guess = probability.max(1)
    right = (guess == labels).float()
    bins = (confidence * BINS).long().clamp(max=BINS - 1)
    gaps = [
        float((right[bins == b].mean() - confidence[bins == b].mean()).abs() * (bins == b).sum())
        for b in bins.unique()
    ]
    return sum(gaps) / len(labels)


def synthetic_picture() -> np.ndarray:
    """Return a picture that nobody took: coloured waves and a disc, (64, 64, 3) uint8.

    Integer arithmetic only, so that it is the same everywhere.
    """
    row, col = np.mgrid[0:SIDE, 0:SIDE]
    red = (row * 7 + col * col) % 256
    green = (col * 5 + row * row // 3) % 256
    blue = (row * col // 2) % 256
    picture = np.stack([red, green, blue], axis=2)
    picture[(row - 34) ** 2 + (col - 28) ** 2 < 18**2] = (230, 120, 20)
    return picture.astype(np.uint8)


def save_activations(arrays: models.Arrays, path: Path) -> None:
    """Write what PyTorch computes, layer by layer, for the synthetic picture, as `save_trace`."""
    torch.set_num_threads(1)
    picture = synthetic_picture()
    x = torch.from_numpy(picture.transpose(2, 0, 1).copy()).float()[None] / 255
    with torch.no_grad():
        trace = models.plain_forward(arrays, x)
    origin = [
        "made by: python weights/train.py --stage fixtures",
        "weights: weights/tiny_vgg.npz",
        "picture: synthetic, weights/report.py synthetic_picture()",
    ]
    save_trace(trace, picture, origin, path)


def save_trace(
    trace: dict[str, Tensor], picture: np.ndarray, origin: list[str], path: Path
) -> None:
    """Write some of the activations of each layer, all with one picture in the batch.

    The file holds `picture` (rows, cols, 3) uint8 and `origin` (lines of text), and for each layer,
    in (channel, row, col) order and float32:
    `NAME.shape`, `NAME.summary` (mean, standard deviation, least, greatest of the whole layer),
    `NAME.positions` (into the flattened layer) and `NAME` (the values at these positions).
    """
    generator = np.random.default_rng(SEED)
    stored: dict[str, np.ndarray] = {"picture": picture}
    for name, batch in trace.items():
        values = batch[0].numpy()
        count = min(POSITIONS, values.size)
        positions = np.sort(generator.choice(values.size, count, replace=False))
        exact = values.astype(np.float64)
        summary = [exact.mean(), exact.std(), exact.min(), exact.max()]
        stored[name] = values.ravel()[positions]
        stored[f"{name}.positions"] = positions.astype(np.int32)
        stored[f"{name}.shape"] = np.array(values.shape, np.int32)
        stored[f"{name}.summary"] = np.array(summary, np.float32)
    computed = f"computed by: PyTorch {torch.__version__}, float32, one thread"
    stored["origin"] = np.array([*origin, computed])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **stored)
