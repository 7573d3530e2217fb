"""Packs the network of digits for the page: weights, classes and samples in one file.

    python weights/pack.py     # writes digits.npz from lenet.npz and digit_samples.json

The page fetches that file when the network is chosen. NumPy is all that it takes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "src"))

from digit_samples import digit_pictures, load_digits  # noqa: E402

from cnnscope_notebook.network_file import packed  # noqa: E402


def digits() -> bytes:
    """Return the file of the network of digits."""
    drawn = load_digits(HERE / "digit_samples.json")
    classes = tuple(digit.class_name for digit in drawn.values())
    with np.load(HERE / "lenet.npz", allow_pickle=False) as weights:
        return packed(dict(weights), classes, digit_pictures(drawn))


if __name__ == "__main__":
    (HERE / "digits.npz").write_bytes(digits())
