import io
import json
from pathlib import Path

import numpy as np
import pytest

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.layers import ShapeError
from cnnscope.nn.weights import WeightsError, build_network, load_network

SHIPPED = Path(__file__).parents[2] / "weights" / "tiny_vgg.npz"


def arrays() -> dict[str, np.ndarray]:
    description = {
        "input": [1, 6, 6],
        "layers": [
            {"type": "conv2d", "name": "conv", "stride": 2, "padding": 1},
            {"type": "relu", "name": "relu"},
            {"type": "max_pool2d", "name": "pool", "size": 3},
            {"type": "flatten", "name": "flatten"},
            {"type": "dense", "name": "logits"},
            {"type": "softmax", "name": "output"},
        ],
    }
    return {
        "architecture": np.array(json.dumps(description)),
        "conv.kernel": np.zeros((2, 1, 3, 3), np.float32),
        "conv.bias": np.zeros(2, np.float32),
        "logits.kernel": np.zeros((4, 2), np.float32),
        "logits.bias": np.zeros(4, np.float32),
    }


def described(layers, input=(1, 6, 6)):
    return {"architecture": np.array(json.dumps({"input": input, "layers": layers}))}


def test_a_file_describes_its_own_network():
    file = io.BytesIO()
    np.savez(file, **arrays())
    file.seek(0)
    network = load_network(file)
    assert dict(network.shapes) == {
        "input": (1, 6, 6), "conv": (2, 3, 3), "relu": (2, 3, 3), "pool": (2, 1, 1),
        "flatten": (2,), "logits": (4,), "output": (4,),
    }  # fmt: skip


def test_the_shipped_network_is_the_tiny_vgg():
    network = load_network(SHIPPED)
    assert network.parameters == 19_920
    assert network.shapes["conv_1_2"] == (10, 60, 60)
    assert network.shapes["max_pool_2"] == (10, 13, 13)
    assert network.shapes["output"] == (10,)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"conv.kernel": np.zeros((2, 3, 3, 3), np.float32)}, ShapeError, r"conv kernel: expected"),
        ({"conv.bias": np.zeros(3, np.float32)}, ShapeError, "conv bias: expected"),
        ({"logits.kernel": np.zeros((4, 3), np.float32)}, ShapeError, "logits input: expected"),
        ({"logits.bias": np.zeros(4)}, WeightsError, "logits.bias: expected float32, got float64"),
        ({"logits.bias": np.full(4, np.nan, np.float32)}, WeightsError, "finite numbers"),
        ({"logits.bias": None}, WeightsError, "expected an array 'logits.bias'"),
        ({"extra.bias": np.zeros(1, np.float32)}, WeightsError, r"got \['extra.bias'\]"),
        ({"architecture": None}, WeightsError, "expected an array 'architecture'"),
        (
            described([{"type": "x", "name": "y"}]),
            WeightsError,
            "y: expected a known type of layer",
        ),
        (described([{"type": "relu"}]), WeightsError, "expected a type and a name"),
        (described([], input=[1, 6]), WeightsError, r"expected input \[c, h, w\] and layers"),
        (described([{"type": "softmax", "name": "s"}]), ShapeError, "s input: expected"),
        ({"architecture": np.array("Tiny VGG")}, WeightsError, "expected JSON, got 'Tiny VGG'"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change, error, said):
    changed = {name: array for name, array in (arrays() | change).items() if array is not None}
    with pytest.raises(error, match=said):
        build_network(changed)


@pytest.mark.parametrize("setting", ["divisor_override", "size_", "name_"])
def test_a_setting_that_a_layer_does_not_have_is_refused_by_name(setting):
    described = {"input": [1, 8, 8], "layers": [{"type": "avg_pool2d", "name": "pool", setting: 1}]}
    with pytest.raises(WeightsError, match=f"pool: expected no settings but .*, got {setting}"):
        build_network({"architecture": np.array(json.dumps(described))})


def built(layers, arrays=None, input=(2, 6, 4), **more):
    text = json.dumps({"input": input, "layers": layers, **more})
    return build_network({"architecture": np.array(text), **(arrays or {})})


def test_settings_of_a_file_are_those_of_its_layers():
    kernel = np.ones((4, 1, 2, 1), np.float32)
    settings = {"stride": [2, 1], "padding": [[0, 1], [1, 0]], "dilation": 2, "groups": 2}
    pool = {"type": "avg_pool2d", "name": "p", "size": [1, 2], "padding": [0, 1],
            "ceil_mode": True, "count_include_pad": False}  # fmt: skip
    network = built(
        [{"type": "conv2d", "name": "c", "bias": False, **settings},
         {"type": "activation", "name": "a", "function": "elu", "alpha": 0.5}, pool],
        {"c.kernel": kernel},
    )  # fmt: skip
    conv, bent, pool = network.layers
    assert (conv.stride, conv.padding) == ((2, 1), ((0, 1), (1, 0)))
    assert (conv.dilation, conv.groups) == ((2, 2), 2)
    assert (conv.has_bias, conv.bias.tolist(), network.parameters) == (False, [0] * 4, 8)
    assert (bent.function, bent.alpha) == ("elu", 0.5)
    assert (pool.size, pool.stride, pool.padding) == ((1, 2), (1, 2), ((0, 0), (1, 1)))
    assert (pool.ceil_mode, pool.count_include_pad) == (True, False)


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pooling_of_whole_maps_is_as_large_as_they_are(kind):
    network = built([{"type": f"global_{kind}_pool2d", "name": "all"}])
    assert network.layers[0].size == (6, 4)
    assert network.layers[0].type_name == f"{kind}_pool2d"
    assert network.shapes["all"] == (2, 1, 1)


def test_dropout_vanishes():
    network = built([{"type": "dropout", "name": "drop", "rate": 0.5},
                     {"type": "relu", "name": "r"}])  # fmt: skip
    assert [layer.name for layer in network.layers] == ["r"]


def test_endings_say_what_the_network_itself_gives():
    layers = [{"type": "flatten", "name": "f"}, {"type": "dense", "name": "d", "bias": False}]
    arrays = {"d.kernel": np.ones((1, 48), np.float32)}
    network = built([*layers, {"type": "sigmoid_classes", "name": "o"}], arrays)
    assert (network.shapes["o"], network.parameters) == ((2,), 48)
    network = built([*layers, {"type": "softmax", "name": "o", "given": "logits"}], arrays)
    assert network.layers[-1].given == "logits"
    with pytest.raises(ShapeError, match="o given: expected one of softmax, log_softmax, logits"):
        built([*layers, {"type": "softmax", "name": "o", "given": "odds"}], arrays)


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (None, InputScale.unit()),
        ({"mean": [0.5], "std": [0.5]}, InputScale.signed()),
        ({"inverted": True}, InputScale.unit(is_inverted=True)),
        ({"mean": [0.1, 0.2], "std": [1, 2]}, InputScale((0.1, 0.2), (1, 2))),
    ],
)
def test_a_file_says_how_pixels_become_numbers(scale, expected):
    said = {} if scale is None else {"scale": scale}
    assert built([], **said).scale == expected


@pytest.mark.parametrize(
    "scale", [{"mean": 0.5}, {"std": ["1"]}, {"centre": [0]}, {"inverted": 1}, [0.5], "signed"]
)
def test_a_scale_that_is_none_is_refused(scale):
    with pytest.raises(WeightsError, match="scale: expected mean, std and inverted, got"):
        built([], scale=scale)
