"""Networks in files of many frameworks, with what these answer: where they lie beside the project.

    @pytest.mark.parametrize("file", sample_networks("net.pth", "net.pt2"))
    def test_...(file):
        answers(file), expected(file), content(file)

They are no part of the project; without them such a test is skipped.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

_BESIDE = Path(__file__).parents[3] / "shared"
FOLDER = Path(os.environ.get("CNNSCOPE_SHARED", _BESIDE)) / "data" / "networks"


def sample_networks(*files: str) -> list[Any]:
    """Files by name, to be read in a test; marked to be skipped where they are not there."""
    absent = pytest.mark.skip(reason="no folder of sample networks (CNNSCOPE_SHARED)")
    return [pytest.param(file, marks=[] if FOLDER.is_dir() else [absent]) for file in files]


def content(file: str) -> bytes:
    """The bytes of a file."""
    return (FOLDER / file).read_bytes()


@cache
def _entries() -> dict[str, dict[str, Any]]:
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    return {entry["file"]: entry for entry in manifest["files"]}


def entry(file: str) -> dict[str, Any]:
    """What is known of a file."""
    return _entries()[file]


def picture(file: str) -> np.ndarray[Any, Any]:
    """What its network was given: (channel, row, col), float32."""
    read: np.ndarray[Any, Any] = np.load(FOLDER / entry(file)["input"])
    return read.astype(np.float32)


def expected(file: str) -> np.ndarray[Any, Any]:
    """What its network answered in its framework."""
    return np.array(entry(file)["expected"])
