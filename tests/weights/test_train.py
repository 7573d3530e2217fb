"""The script that trains the network (with PyTorch)."""

import subprocess
import sys

import pytest

from support.training import WEIGHTS


def test_training_script_explains_its_options():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    shown = subprocess.run(
        [sys.executable, str(WEIGHTS / "train.py"), "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for option in ("--data", "--stage", "--work", "--out", "--epochs", "--seed", "--threads"):
        assert option in shown
