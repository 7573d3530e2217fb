"""Sample digits: drawings, kept as strokes and made pictures when they are asked for.

digits = load_digits("digit_samples.json")
digits["three"].strokes          # to go on drawing
digits["three"].class_name       # '3'
digit_pictures(digits)["three"]  # (28, 28, 3) uint8, white on black
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.strokes import Strokes, centred, to_pixels

SIDE = 28
"""Rows and columns of what the network of digits reads."""


@dataclass(frozen=True)
class DrawnDigit:
    """One drawing of a digit."""

    class_name: str
    strokes: Strokes
    thickness: float  # of the pen, as a share of the pad's side


def load_digits(file: str | PathLike[str]) -> dict[str, DrawnDigit]:
    """The drawings of a file by their keys, ``zero`` to ``nine``. Raises OSError."""
    listed = json.loads(Path(file).read_text(encoding="utf-8"))
    return {
        entry["key"]: DrawnDigit(
            entry["class"],
            tuple(tuple((x, y) for x, y in stroke) for stroke in entry["strokes"]),
            entry["thickness"],
        )
        for entry in listed
    }


def digit_pictures(
    digits: Mapping[str, DrawnDigit], rows: int = SIDE, cols: int = SIDE
) -> dict[str, Pixels]:
    """The drawings centred, by their keys: (rows, cols, 3) uint8 each, white on black."""
    return {
        key: to_pixels(centred(digit.strokes, digit.thickness, rows, cols))
        for key, digit in digits.items()
    }
