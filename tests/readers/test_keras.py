"""Keras files give the numbers that Keras gives: every layer, in every kind of file."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cnnscope.nn.network import Network
from cnnscope_readers.assemble import assemble
from cnnscope_readers.found import Found
from cnnscope_readers.keras import (
    is_keras,
    is_keras_h5,
    is_tfjs,
    read_keras,
    read_keras_h5,
    read_tfjs,
)
from support.model_files import keras_answers
from support.model_files.hdf5_files import hdf5
from support.model_files.keras_files import (
    Layer,
    Shape,
    conv,
    dense,
    functional,
    keras_archive,
    keras_h5,
    norm,
    numbers,
    sequential,
    tfjs,
)

FLATTEN: Layer = ("Flatten", {}, {})
HEAD = [("GlobalAveragePooling2D", {}, {}), dense(3, 4, activation="softmax")]


def depthwise(channels: int, times: int, **config: Any) -> Layer:
    arrays = {"depthwise_kernel": numbers(3, 3, channels, times), "bias": numbers(channels * times)}
    return "DepthwiseConv2D", {"depth_multiplier": times, **config}, arrays


def separable(read: int, times: int, out: int, **config: Any) -> Layer:
    arrays = {
        "depthwise_kernel": numbers(3, 2, read, times),
        "pointwise_kernel": numbers(1, 1, read * times, out), "bias": numbers(out),
    }  # fmt: skip
    return "SeparableConv2D", config, arrays


def without(layer: Layer, *roles: str, **config: Any) -> Layer:
    kind, told, arrays = layer
    return kind, {**told, **config}, {name: a for name, a in arrays.items() if name not in roles}


def activated(name: str) -> list[Layer]:
    return [conv(4, 3, 3, activation=name), ("Activation", {"activation": name}, {}), *HEAD]


CASES: dict[str, list[Layer]] = {
    "classic": [conv(4, 3, 3, activation="relu"), ("MaxPooling2D", {}, {}), FLATTEN,
                ("Dropout", {"rate": 0.5}, {}), dense(5, 48, activation="tanh"), dense(3, 5)],
    "same, stride 2": [conv(4, 3, 4, strides=[2, 3], padding="same"), *HEAD],
    "same, even kernel": [conv(4, 3, 2, padding="same"), FLATTEN, dense(3, 320)],
    "dilated": [conv(4, 3, 3, padding="same", dilation_rate=[2, 1]), *HEAD],
    "groups": [conv(3, 3, 3), without(conv(6, 1, 3), groups=3), FLATTEN, dense(3, 144)],
    "no biases": [without(conv(4, 3, 3), "bias", use_bias=False), FLATTEN,
                  without(dense(2, 192), "bias", use_bias=False)],
    "max pool, same": [conv(4, 3, 3), ("MaxPooling2D", {"pool_size": [3, 2], "strides": [2, 2],
                       "padding": "same"}, {}), *HEAD],
    "mean pool, same": [conv(4, 3, 2), ("AveragePooling2D", {"pool_size": 3, "strides": 2,
                        "padding": "same"}, {}), FLATTEN, dense(3, 80)],
    "zeros before": [("ZeroPadding2D", {"padding": [[1, 2], [0, 3]]}, {}),
                     conv(4, 3, 4, strides=2, padding="same"), FLATTEN, dense(3, 168)],
    "zeros, then a mean": [conv(4, 3, 3), ("ZeroPadding2D", {"padding": [[1, 1], [1, 0]]}, {}),
                           ("ReLU", {}, {}), ("AveragePooling2D", {"pool_size": 3}, {}), *HEAD],
    "norms": [norm(3), conv(4, 3, 3), norm(4, axis=[3]), FLATTEN, norm(192, epsilon=0.01, axis=1),
              dense(5, 192), without(norm(5), "gamma", scale=False),
              without(norm(5), "beta", center=False), dense(3, 5)],
    "depthwise": [depthwise(3, 1), depthwise(3, 2, strides=[2, 2], padding="same"), FLATTEN,
                  dense(3, 72)],
    "separable": [separable(3, 2, 4, padding="same", strides=[2, 2], activation="silu"), *HEAD],
    "global maximum": [conv(4, 3, 3), ("GlobalMaxPooling2D", {}, {}), dense(3, 4)],
    "maps again": [conv(4, 3, 3), ("GlobalAveragePooling2D", {}, {}),
                   ("Reshape", {"target_shape": [1, 1, 4]}, {}), conv(5, 4, 1),
                   ("Reshape", {"target_shape": [5]}, {}), ("Softmax", {"axis": -1}, {})],
    "dense on maps": [dense(4, 3, activation="relu"), conv(4, 4, 3), *HEAD],
    "one sigmoid": [conv(2, 3, 3), FLATTEN, dense(1, 96, activation="sigmoid")],
    "own layers": [("RandomFlip", {}, {}), conv(4, 3, 3), ("LeakyReLU", {}, {}), conv(4, 4, 3),
                   ("LeakyReLU", {"alpha": 0.1}, {}), ("ReLU", {"max_value": 6.0}, {}), *HEAD],
    **{f"by name: {name}": activated(name) for name in
       ("relu", "relu6", "tanh", "sigmoid", "silu", "elu", "gelu", "gelu_new", "leaky_relu",
        "linear")},
}  # fmt: skip

SHAPE = (8, 10, 3)

Read = Callable[[list[Layer], Shape, dict[str, Any]], Found]


def _archive(layers: list[Layer], shape: Shape, model: dict[str, Any]) -> Found:
    content = keras_archive(layers, shape, model)
    assert (is_keras(content), is_keras_h5(content), is_tfjs(content)) == (True, False, False)
    return read_keras({"net.keras": content}, "net.keras")


def _h5(layers: list[Layer], shape: Shape, model: dict[str, Any]) -> Found:
    content = keras_h5(layers, shape, model)
    assert (is_keras(content), is_keras_h5(content), is_tfjs(content)) == (False, True, False)
    return read_keras_h5({"net.h5": content}, "net.h5")


def _tfjs(layers: list[Layer], shape: Shape, model: dict[str, Any]) -> Found:
    files = tfjs(layers, shape, model)
    json_ = files["model.json"]
    assert (is_keras(json_), is_keras_h5(json_), is_tfjs(json_)) == (False, False, True)
    return read_tfjs(files, "model.json")


def answer(network: Network, picture: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What a network's own last layer makes of a picture: (row, col, channel)."""
    values = list(network(picture.transpose(2, 0, 1).astype(np.float32)).values())
    last = network.layers[-1]
    if getattr(last, "given", "") == "logits":
        return values[-2].ravel()
    return values[-1][1:] if last.type_name == "sigmoid_classes" else values[-1]


@pytest.mark.parametrize("read", [_archive, _h5, _tfjs])
@pytest.mark.parametrize("case", CASES)
def test_a_file_answers_as_keras_does(read: Read, case: str) -> None:
    layers = CASES[case]
    model = (functional if read is _tfjs else sequential)(layers, SHAPE)
    found = read(layers, SHAPE, model)
    picture = np.random.default_rng(5).normal(size=SHAPE)
    expected = keras_answers.answer(layers, picture)
    got = answer(assemble(found), picture)
    np.testing.assert_allclose(got, expected.ravel(), atol=2e-5)
    assert found.input_shape == (3, 8, 10)


def test_a_picture_without_an_axis_of_channels_is_grey() -> None:
    layers = [FLATTEN, dense(3, 80)]
    found = _archive(layers, (8, 10), sequential(layers, (8, 10)))
    picture = np.random.default_rng(6).normal(size=(8, 10))
    assert found.input_shape == (1, 8, 10)
    expected = keras_answers.answer(layers, picture)
    np.testing.assert_allclose(answer(assemble(found), picture[..., None]), expected, atol=1e-5)


@pytest.mark.parametrize("shape", [(80,), (8, 10)])
def test_what_is_made_a_picture_first_is_one(shape: Shape) -> None:
    layers = [("Reshape", {"target_shape": [8, -1, 1]}, {}), conv(4, 1, 3), *HEAD]
    found = _archive(layers, shape, sequential(layers, shape))
    picture = np.random.default_rng(6).normal(size=(8, 10, 1))
    assert found.input_shape == (1, 8, 10)
    expected = keras_answers.answer(layers, picture)
    np.testing.assert_allclose(answer(assemble(found), picture), expected, atol=1e-5)


def test_rows_and_columns_that_are_left_open_are_not_told() -> None:
    layers = [conv(4, 3, 3, padding="same"), *HEAD]
    found = _h5(layers, (None, None, 3), sequential(layers, (None, None, 3)))
    assert found.input_shape is None
    picture = np.random.default_rng(6).normal(size=SHAPE)
    expected = keras_answers.answer(layers, picture)
    got = answer(assemble(found, (3, 8, 10)), picture)
    np.testing.assert_allclose(got, expected, atol=1e-5)


def nested(layers: list[Layer], shape: Shape) -> dict[str, Any]:
    """The same layers, of which the first two are a model of their own."""
    model = sequential(layers, shape)
    first, *others = model["config"]["layers"]
    inner = {"class_name": "Sequential", "config": {"name": "inner", "layers": others[:2]}}
    model["config"]["layers"] = [first, inner, *others[2:]]
    return model


def test_a_model_in_a_model_is_read_from_an_h5_file() -> None:
    layers = [conv(4, 3, 3), conv(4, 4, 3), *HEAD]
    inner = {f"step_{at}": layers[at][2] for at in (0, 1)}
    # all weights of the inner model stand together, and not in the order of its layers
    names = [f"step_{at}/{role}" for role in ("bias", "kernel") for at in (1, 0)]
    content = hdf5(
        {"model_weights": {"inner": inner, "step_3": {"step_3": layers[3][2]}}},
        {"": {"model_config": json.dumps(nested(layers, SHAPE))},
         "model_weights/inner": {"weight_names": names},
         "model_weights/step_3": {"weight_names": ["step_3/kernel", "step_3/bias"]}},
    )  # fmt: skip
    found = read_keras_h5({"net.h5": content}, "net.h5")
    picture = np.random.default_rng(6).normal(size=SHAPE)
    expected = keras_answers.answer(layers, picture)
    np.testing.assert_allclose(answer(assemble(found), picture), expected, atol=1e-5)


@pytest.mark.parametrize(("container", "apart"), [("layers", 1), (
    "_layer_checkpoint_dependencies", 2)])  # fmt: skip
def test_layers_of_a_class_are_told_by_their_numbers(container: str, apart: int) -> None:
    layers = [conv(4, 3, 1)] + [conv(4, 4, 1) for _ in range(11)] + HEAD
    content = keras_archive(layers, SHAPE, container=container, apart=apart)
    found = read_keras({"net.keras": content}, "net.keras")
    picture = np.random.default_rng(6).normal(size=SHAPE)
    expected = keras_answers.answer(layers, picture)
    np.testing.assert_allclose(answer(assemble(found), picture), expected, atol=1e-5)
