"""The folder of the weights, and the scripts in it."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

WEIGHTS = Path(__file__).parents[2] / "weights"
FIXTURE = Path(__file__).parents[1] / "fixtures" / "tiny_vgg_activations.npz"

CLASSES = [
    "lifeboat", "ladybug", "pizza", "bell pepper", "school bus",
    "koala", "espresso", "red panda", "orange", "sports car",
]  # fmt: skip

LAYERS = [
    "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
    "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2",
    "flatten", "logits", "output",
]  # fmt: skip


def scripts(*names: str) -> list[ModuleType]:
    """Import modules of weights/ that need PyTorch, and skip the test where there is none."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    return [script(name) for name in names]


def script(name: str) -> ModuleType:
    """Import a module of weights/, which is a folder of scripts and no package."""
    sys.path.insert(0, str(WEIGHTS))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(WEIGHTS))
