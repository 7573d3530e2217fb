"""Every layer of the shipped networks against activations that PyTorch computed and are stored.

`origin` in a file says how it was made; the script that it names makes it anew.
"""

from pathlib import Path

import numpy as np
import pytest

from cnnscope.nn.network import Trace
from cnnscope.nn.weights import load_network
from cnnscope.pictures.resize import to_input

ROOT = Path(__file__).parents[2]
TOLERANCE = 1e-4
NETWORKS = {
    "tiny_vgg": (
        "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
        "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2",
        "flatten", "logits", "output",
    ),
    "lenet": (
        "conv_1", "relu_1", "max_pool_1", "conv_2", "relu_2", "max_pool_2", "flatten",
        "dense_1", "relu_3", "dense_2", "relu_4", "logits", "output",
    ),
}  # fmt: skip
SCRIPTS = {"tiny_vgg": "weights/train.py", "lenet": "weights/digits.py"}
LAYERS = [(network, layer) for network, layers in NETWORKS.items() for layer in layers]

each_layer = pytest.mark.parametrize(("network", "layer"), LAYERS)


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, np.ndarray]]:
    found = {}
    for network in NETWORKS:
        with np.load(ROOT / "tests" / "fixtures" / f"{network}_activations.npz") as stored:
            found[network] = dict(stored)
    return found


@pytest.fixture(scope="module")
def traces(expected) -> dict[str, Trace]:
    networks = {name: load_network(ROOT / "weights" / f"{name}.npz") for name in NETWORKS}
    return {
        name: network(to_input(expected[name]["picture"], network.input_shape[0]))
        for name, network in networks.items()
    }


@pytest.mark.parametrize("network", NETWORKS)
def test_every_layer_of_the_network_is_stored(network, traces, expected):
    layers = NETWORKS[network]
    assert tuple(name for name in traces[network] if name != "input") == layers
    assert set(layers) <= set(expected[network])


@each_layer
def test_layer_agrees_with_pytorch(network, layer, traces, expected):
    activation, stored = traces[network][layer], expected[network]
    assert activation.shape == tuple(stored[f"{layer}.shape"])
    assert activation.dtype == np.float32
    np.testing.assert_allclose(
        activation.ravel()[stored[f"{layer}.positions"]], stored[layer], rtol=0, atol=TOLERANCE
    )
    exact = activation.astype(np.float64)
    summary = [exact.mean(), exact.std(), exact.min(), exact.max()]
    np.testing.assert_allclose(summary, stored[f"{layer}.summary"], rtol=0, atol=TOLERANCE)


@each_layer
def test_stored_activations_are_worth_agreeing_with(network, layer, expected):
    values = expected[network][layer]
    assert len(values) == min(600, np.prod(expected[network][f"{layer}.shape"]))
    assert np.ptp(values) > 100 * TOLERANCE


@pytest.mark.parametrize("network", NETWORKS)
def test_the_origin_is_told(network, expected):
    origin = "\n".join(expected[network]["origin"])
    assert f"{SCRIPTS[network]} --stage fixtures" in origin
    assert "PyTorch" in origin
