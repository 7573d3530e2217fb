"""Every layer of the shipped network against activations that PyTorch computed and that are stored.

`origin` in the file says how it was made; `weights/train.py --stage fixtures` makes it anew.
"""

from pathlib import Path

import numpy as np
import pytest

from cnnscope.nn.network import Trace
from cnnscope.nn.weights import load_network
from cnnscope.pictures.resize import to_input

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "tiny_vgg_activations.npz"
TOLERANCE = 1e-4
LAYERS = (
    "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
    "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2",
    "flatten", "logits", "output",
)  # fmt: skip


@pytest.fixture(scope="module")
def expected() -> dict[str, np.ndarray]:
    with np.load(FIXTURE) as stored:
        return dict(stored)


@pytest.fixture(scope="module")
def trace(expected: dict[str, np.ndarray]) -> Trace:
    return load_network(ROOT / "weights" / "tiny_vgg.npz")(to_input(expected["picture"]))


def test_every_layer_of_the_network_is_stored(trace, expected):
    assert tuple(name for name in trace if name != "input") == LAYERS
    assert set(LAYERS) <= set(expected)


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_agrees_with_pytorch(layer, trace, expected):
    activation = trace[layer]
    assert activation.shape == tuple(expected[f"{layer}.shape"])
    assert activation.dtype == np.float32
    np.testing.assert_allclose(
        activation.ravel()[expected[f"{layer}.positions"]], expected[layer], rtol=0, atol=TOLERANCE
    )
    exact = activation.astype(np.float64)
    summary = [exact.mean(), exact.std(), exact.min(), exact.max()]
    np.testing.assert_allclose(summary, expected[f"{layer}.summary"], rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("layer", LAYERS)
def test_stored_activations_are_worth_agreeing_with(layer, expected):
    values = expected[layer]
    assert len(values) == min(600, np.prod(expected[f"{layer}.shape"]))
    assert np.ptp(values) > 100 * TOLERANCE


def test_the_origin_is_told(expected):
    origin = "\n".join(expected["origin"])
    assert "weights/train.py --stage fixtures" in origin
    assert "PyTorch" in origin
