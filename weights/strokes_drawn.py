"""Digits as people write them, drawn for this project: ways to write, and hands that vary them.

    drawings = drawn(per_digit=120, seed=1)      # 1,200 Drawing, 0 to 9
    drawings[0].strokes, drawings[0].thickness   # as cnnscope.pictures.strokes reads them

Nothing is learnt from them: they are what the network is tried on, as the page's visitors will.

    python weights/strokes_drawn.py              # writes the page's ten samples
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2): x, y

WAYS: dict[int, tuple[str, ...]] = {
    0: (
        "34,0 12,12 2,48 12,88 33,100 54,88 64,50 54,12 32,1",
        "48,6 26,2 6,26 3,62 20,96 44,96 62,66 60,26 40,3 28,5",
        "40,4 18,8 4,40 6,78 24,100 44,88 56,52 50,16 34,3 26,8 38,16",
        "28,2 50,8 60,46 52,88 30,100 10,86 4,46 14,10 32,2",
    ),
    1: (
        "30,0 30,100",
        "8,26 34,0 | 34,100",
        "10,24 34,0 | 34,100 ; 8,100 60,100",
        "44,0 36,50 28,100",
    ),
    2: (
        "4,24 14,6 34,0 54,10 58,30 44,56 4,100 | 64,100",
        "6,20 20,2 44,4 54,24 42,56 18,92 6,98 4,86 18,80 40,92 66,96",
        "4,16 28,0 54,12 50,42 2,98 | 22,93 44,97 66,92",
    ),
    3: (
        "6,14 24,0 48,6 52,26 38,42 20,46 | 44,50 60,70 50,92 26,100 4,88",
        "6,2 56,2 | 28,40 | 52,50 60,74 44,96 20,98 4,86",
        "8,10 30,0 50,12 44,36 24,46 26,50 50,52 60,74 46,96 22,100 4,86",
    ),
    4: (
        "12,0 4,56 | 64,56 ; 48,22 44,100",
        "46,0 2,66 | 66,66 ; 46,0 46,100",
        "44,100 46,0 | 4,62 | 64,60",
        "14,0 8,34 16,52 38,52 58,42 ; 58,4 50,100",
    ),
    5: (
        "14,0 8,42 | 30,34 56,46 60,70 46,94 20,100 2,88 ; 14,0 60,0",
        "60,2 16,2 | 10,42 | 34,34 58,50 58,78 36,100 4,92",
        "58,4 30,2 14,10 12,34 34,42 56,58 54,86 30,100 4,90",
    ),
    6: (
        "50,0 22,22 4,60 12,92 36,100 56,82 50,58 30,52 8,70",
        "40,0 16,40 4,72 18,98 44,98 58,76 44,56 20,60 6,76",
        "44,2 14,40 8,80 28,100 48,88 46,66 28,62 12,80",
    ),
    7: (
        "2,4 60,4 | 22,100",
        "4,4 60,4 | 24,100 ; 14,50 54,48",
        "4,16 6,2 | 34,6 62,2 | 40,40 28,100",
        "2,6 30,4 60,2 52,30 34,60 28,100",
    ),
    8: (
        "52,12 30,0 10,12 14,34 34,48 56,66 54,90 30,100 8,88 12,66 34,48 50,34 52,14",
        "32,46 12,34 12,10 32,0 52,10 52,34 32,46 ; 32,47 6,62 6,90 32,100 58,90 58,62 32,47",
        "56,8 38,0 14,8 14,28 36,46 58,66 50,94 26,100 6,86 14,62 40,42 58,22 54,6",
    ),
    9: (
        "54,22 40,2 16,4 4,26 16,48 40,44 54,22 | 56,50 50,100",
        "54,16 32,0 8,14 8,40 30,48 52,30 54,14 58,52 44,90 12,98",
        "50,10 28,0 6,16 12,42 34,42 52,14 | 40,100",
    ),
}  # fmt: skip
"""Ways to write each digit: places x,y of a pen in percent of the digit's height.

A curve goes through them; at a `|` it has a corner, at a `;` the pen is lifted.
"""

FINE = 24  # points of a curve between two places
GRID = 400  # places on the pad, across and down, where a pointer can be
MARGIN = 0.04  # of the pad, which digits keep clear of
EASE = 0.6  # of a pen's slowness at a stroke's ends
SWAY = 12  # points of a curve, over which a tremor goes to one side


@dataclass(frozen=True)
class Hand:
    """How somebody writes a digit once; lengths are shares of its height, or of the pad."""

    height: float = 0.72  # of the pad
    place: tuple[float, float] = (0.5, 0.5)  # share of the pad's room that is left of it, above it
    turn: float = 0.0  # radians, clockwise
    slant: float = 0.1  # how far the top leans to the right
    width: float = 1.0  # how much wider than drawn
    unsteadiness: float = 0.0  # deviation of each place
    tremor: float = 0.0  # deviation of the line between the places
    haste: float = 0.015  # of the pad, between two points that the pointer reports
    thickness: float = 0.09  # of the pad


@dataclass(frozen=True)
class Drawing:
    """What was written: a digit, the way it is written, and the strokes on a pad, 0..1."""

    digit: int
    way: int
    strokes: tuple[tuple[tuple[float, float], ...], ...]
    thickness: float


def _sample_hand(
    slant: float, width: float, turn: float, thickness: float, height: float = 0.72
) -> Hand:
    return Hand(
        height, turn=turn, slant=slant, width=width, unsteadiness=0.008, tremor=0.003,
        haste=0.022, thickness=thickness,
    )  # fmt: skip


SAMPLES = (
    ("zero", 1, _sample_hand(0.18, 1.0, 0.00, 0.085)),
    ("one", 2, _sample_hand(0.08, 0.9, 0.02, 0.10)),
    ("two", 1, _sample_hand(0.10, 1.05, 0.00, 0.075)),
    ("three", 0, _sample_hand(0.08, 1.0, -0.03, 0.095)),
    ("four", 0, _sample_hand(0.16, 1.0, 0.00, 0.085)),
    ("five", 0, _sample_hand(0.12, 1.0, 0.02, 0.09)),
    ("six", 0, _sample_hand(0.06, 1.0, 0.00, 0.10)),
    ("seven", 1, _sample_hand(0.10, 1.0, 0.00, 0.08)),
    ("eight", 0, _sample_hand(0.16, 1.0, 0.00, 0.085)),
    ("nine", 1, _sample_hand(0.05, 1.0, 0.00, 0.09)),
)
"""Of the page's samples: their keys, their ways to be written, and the hands."""


def drawn(per_digit: int, seed: int) -> list[Drawing]:
    """As many drawings of every digit, all ways to write it in turn, each by another hand."""
    rng = np.random.default_rng(seed)
    return [
        written(digit, number % len(ways), hand(rng), rng)
        for digit, ways in WAYS.items()
        for number in range(per_digit)
    ]


def hand(rng: np.random.Generator) -> Hand:
    """Somebody's hand: large or small, upright or slanted, slow or in haste, with any pen."""
    return Hand(
        height=rng.uniform(0.35, 0.85),
        place=(rng.uniform(0.15, 0.85), rng.uniform(0.15, 0.85)),
        turn=np.radians(rng.uniform(-14, 14)),
        slant=rng.uniform(-0.15, 0.4),
        width=np.exp(rng.uniform(-0.3, 0.3)),
        unsteadiness=rng.uniform(0.005, 0.04),
        tremor=rng.uniform(0, 0.015),
        haste=np.exp(rng.uniform(np.log(0.004), np.log(0.06))),
        thickness=rng.uniform(0.05, 0.13),
    )


def written(digit: int, way: int, by: Hand, rng: np.random.Generator) -> Drawing:
    """One digit by one hand; what is not in the hand is drawn from ``rng``."""
    lines = []
    for stroke in WAYS[digit][way].split(";"):
        pieces: list[Points] = []
        for piece in stroke.split("|"):
            places = np.array([each.split(",") for each in piece.split()], float) / 100
            places += rng.normal(0, by.unsteadiness, places.shape)
            before = [pieces[-1][-1:]] if pieces else []
            pieces.append(curve(np.concatenate([*before, places])))
        lines.append(shaken(np.concatenate(pieces), by.tremor, rng))
    strokes = tuple(reported(line, by.haste) for line in on_pad(lines, by))
    return Drawing(digit, way, strokes, by.thickness)


def curve(places: Points) -> Points:
    """A smooth line through places, (n, 2) -> (m, 2); a straight one through two.

    Between two places it is a cubic. Its direction in a place comes from both neighbours, and it
    takes the square root of their distance to get there, which keeps it from overshooting.
    Source: C. Yuksel, S. Schaefer, J. Keyser, "Parameterization and applications of Catmull-Rom
    curves", 2011.
    """
    step = np.diff(places, axis=0)
    time = np.sqrt(np.hypot(*step.T))[:, None] + 1e-6  # (n - 1, 1)
    slope = step / time
    inner = (slope[:-1] * time[1:] + slope[1:] * time[:-1]) / (time[:-1] + time[1:])
    slopes = np.concatenate([slope[:1], inner, slope[-1:]])
    t = np.linspace(0, 1, FINE, endpoint=False)[None, :, None]  # (1, FINE, 1)
    here, there = places[:-1, None], places[1:, None]  # (n - 1, 1, 2)
    leaving, arriving = (slopes[:-1] * time)[:, None], (slopes[1:] * time)[:, None]
    line = here + t * t * (3 - 2 * t) * (there - here)
    line = line + t * (1 - t) ** 2 * leaving - t * t * (1 - t) * arriving  # (n - 1, FINE, 2)
    return np.concatenate([line.reshape(-1, 2), places[-1:]])


def shaken(line: Points, tremor: float, rng: np.random.Generator) -> Points:
    """A line that goes a little to one side and to the other."""
    knots = np.arange(0, len(line) + SWAY, SWAY)
    swayed = rng.normal(0, tremor, (2, len(knots)))
    return line + np.stack([np.interp(np.arange(len(line)), knots, each) for each in swayed], 1)


def on_pad(lines: list[Points], by: Hand) -> list[Points]:
    """Lines in shares of a digit's height, as a hand puts them on the pad."""
    turned = np.array([[np.cos(by.turn), -np.sin(by.turn)], [np.sin(by.turn), np.cos(by.turn)]])
    slanted = np.array([[by.width, -by.slant], [0, 1]])
    lines = [by.height * line @ (turned @ slanted).T for line in lines]
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN + by.thickness / 2
    lines = [(line - low) * min(1, (1 - 2 * margin) / (high - low).max()) for line in lines]
    room = 1 - 2 * margin - np.concatenate(lines).max(axis=0)
    return [line + margin + room * np.array(by.place) for line in lines]


def reported(line: Points, haste: float) -> tuple[tuple[float, float], ...]:
    """The points of a line that a pointer reports: fewer in haste, more at the ends."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    time = np.linspace(0, 1, max(3, round(along[-1] / haste)))
    passed = (time - EASE * np.sin(2 * np.pi * time) / (2 * np.pi)) * along[-1]
    x, y = (np.round(np.interp(passed, along, each) * GRID) / GRID for each in line.T)
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


def samples() -> dict[str, Drawing]:
    """The ten drawings that the page offers, by their keys."""
    return {
        key: written(digit, way, by, np.random.default_rng(digit))
        for digit, (key, way, by) in enumerate(SAMPLES)
    }


def write_samples(path: Path) -> None:
    """Write those drawings as JSON, one a line."""
    lines = [
        json.dumps(
            {
                "key": key,
                "class": str(each.digit),
                "thickness": each.thickness,
                "strokes": each.strokes,
            }
        )
        for key, each in samples().items()
    ]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write_samples(Path(__file__).resolve().with_name("digit_samples.json"))
