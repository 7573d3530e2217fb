"""Keras models that are no chain of known layers are refused, by the name of what is not known."""

import json
from typing import Any

import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras import read_keras, read_keras_h5
from support.model_files.hdf5_files import hdf5
from support.model_files.keras_files import (
    Layer,
    conv,
    dense,
    functional,
    keras_archive,
    keras_h5,
    norm,
    sequential,
)
from support.mutations import zipped

SHAPE = (6, 6, 3)
CONV = conv(3, 3, 3, padding="same")


def refusal(
    layers: list[Layer], model: dict[str, Any] | None = None, shape: tuple[int | None, ...] = SHAPE
) -> tuple[str, dict[str, str]]:
    """The reason, and its values."""
    with pytest.raises(RefusedError) as refused:
        read_keras({"net": keras_archive(layers, shape, model)}, "net")
    return refused.value.reason, refused.value.values


@pytest.mark.parametrize("kind", ["Lambda", "LSTM", "Custom>Squeeze", "Conv2DTranspose", "Add"])
def test_a_layer_that_is_not_known_is_named(kind: str) -> None:
    told = {"layer": "step_1", "kind": kind}
    assert refusal([CONV, (kind, {}, {})]) == ("layer", told)


@pytest.mark.parametrize(("layer", "setting"), [
    (conv(3, 3, 3, activation="selu"), "activation"),
    (conv(3, 3, 3, activation={"class_name": "Custom", "config": {}}), "activation"),
    (conv(3, 3, 3, padding="causal"), "padding"),
    (conv(3, 3, 3, data_format="channels_first"), "data_format"),
    (conv(3, 3, 3, strides=[0, 1]), "strides"),
    (conv(3, 3, 3, groups=-1), "groups"),
    (conv(3, 3, 3, use_bias="yes"), "use_bias"),
    (conv(3, 3, 3, dtype={"class_name": "QuantizedDTypePolicy", "config": {}}), "dtype"),
    (norm(3, axis=1), "axis"), (norm(3, epsilon="small"), "epsilon"),
    (("ReLU", {"threshold": 1.0}, {}), "threshold"), (("ReLU", {"max_value": 2}, {}), "max_value"),
    (("LeakyReLU", {"alpha": float("nan")}, {}), "alpha"),
    (("Softmax", {"axis": 1}, {}), "axis"),
    (("Reshape", {"target_shape": [3, 6, 6]}, {}), "target_shape"),
    (("ZeroPadding2D", {"padding": -1}, {}), "padding"),
])  # fmt: skip
def test_a_setting_that_is_not_known_is_named(layer: Layer, setting: str) -> None:
    reason, told = refusal([layer, *[CONV] * (layer[0] == "ZeroPadding2D")])
    assert (reason, told["layer"], told["setting"]) == ("setting", "step_0", setting)


def test_zeros_that_no_convolution_reads_are_refused() -> None:
    zeros: Layer = ("ZeroPadding2D", {"padding": 1}, {})
    told = "layer", {"layer": "step_1", "kind": "ZeroPadding2D"}
    assert refusal([CONV, zeros, ("MaxPooling2D", {}, {})]) == told
    assert refusal([CONV, zeros, norm(3)]) == told
    assert refusal([CONV, zeros]) == told
    assert refusal([CONV, zeros, ("Activation", {"activation": "sigmoid"}, {}), CONV]) == told


def test_a_softmax_that_is_not_the_end_is_refused() -> None:
    layers = [CONV, ("Flatten", {}, {}), dense(4, 108, activation="softmax"), dense(2, 4)]
    assert refusal(layers)[0] == "setting"


def linked(**inbound: Any) -> dict[str, Any]:
    """A functional model of three convolutions, some of which read something else."""
    model = functional([CONV] * 3, SHAPE)
    for described in model["config"]["layers"]:
        if described["name"] in inbound:
            described["inbound_nodes"] = inbound[described["name"]]
    return model


@pytest.mark.parametrize("nodes", [
    [[["step_1", 0, 0, {}], ["step_0", 0, 0, {}]]],
    [[["step_1", 0, 0, {}]], [["step_0", 0, 0, {}]]],
    [{"args": [[{"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
                for name in ("step_0", "step_1")]], "kwargs": {}}],
])  # fmt: skip
def test_where_a_network_branches_is_named(nodes: Any) -> None:
    assert refusal([CONV] * 3, linked(step_2=nodes)) == ("branches", {"layer": "step_2"})


def test_several_inputs_are_counted_and_several_outputs_are_branches() -> None:
    two = [["in", 0, 0], ["step_0", 0, 0]]
    model = linked()
    model["config"]["input_layers"] = two
    assert refusal([CONV] * 3, model) == ("inputs", {"count": "2"})
    model = linked()
    model["config"]["output_layers"] = two
    assert refusal([CONV] * 3, model)[0] == "branches"


def test_layers_in_a_circle_or_after_nothing_are_damaged() -> None:
    circle = linked(step_1=[[["step_2", 0, 0, {}]]], step_2=[[["step_1", 0, 0, {}]]])
    assert refusal([CONV] * 3, circle)[0] == "damaged"
    assert refusal([CONV] * 3, linked(step_1=[[["gone", 0, 0, {}]]]))[0] == "damaged"


def test_models_in_models_are_not_followed_without_end() -> None:
    model = sequential([CONV], SHAPE)
    for _ in range(80):
        config = {"name": "outer", "layers": [model]}
        model = {"class_name": "Sequential", "config": config}
    assert refusal([CONV], model)[0] == "too_deep"


def test_more_layers_than_any_network_has_are_too_many() -> None:
    model = sequential([("Dropout", {}, {})] * 3000, SHAPE)
    assert refusal([CONV], model)[0] == "too_large"


def test_a_class_of_ones_own_is_named() -> None:
    model = {"class_name": "MyModel", "config": {"name": "mine"}}
    assert refusal([CONV], model) == ("layer", {"layer": "mine", "kind": "MyModel"})


def test_weights_that_do_not_fit_are_refused() -> None:
    assert refusal([conv(3, 4, 3)])[0] == "shapes"
    assert refusal([CONV, ("Flatten", {}, {}), dense(2, 100)])[0] == "shapes"
    assert refusal([("Conv2D", {}, {"kernel": CONV[2]["kernel"]})])[0] == "shapes"
    assert refusal([("Conv2D", {}, {"bias": CONV[2]["bias"], "kernel": CONV[2]["kernel"]})])[0] == (
        "shapes"
    )
    assert refusal([CONV], sequential([CONV, CONV], SHAPE))[0] == "damaged"


@pytest.mark.parametrize("shape", [(), (36,), (3, 6, 6, 3)])
def test_an_input_that_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    assert refusal([dense(2, 36)], shape=shape)[0] == "input_size"


def test_what_an_open_size_must_be_known_for_is_refused() -> None:
    layers = [conv(3, 3, 3, padding="same", strides=2), ("GlobalAveragePooling2D", {}, {})]
    assert refusal(layers, shape=(None, None, 3))[0] == "input_size"


@pytest.mark.parametrize(("content", "reason"), [
    (hdf5({"layers": {"conv2d": {"vars": {}}}, "vars": {}}), "keras_weights"),
    (hdf5({"conv": {}}, {"": {"layer_names": ["conv"]}}), "keras_weights"),
    (hdf5({"measurements": {}}), "not_a_network"),
    (b"\x89HDF\r\n\x1a\n", "damaged"),
])  # fmt: skip
def test_an_hdf5_file_without_a_model_is_told_for_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_keras_h5({"net.h5": content}, "net.h5")
    assert refused.value.reason == reason


def test_an_archive_without_weights_names_what_is_missing() -> None:
    content = zipped([("config.json", json.dumps(sequential([CONV], SHAPE)).encode())])
    with pytest.raises(RefusedError) as refused:
        read_keras({"net.keras": content}, "net.keras")
    assert (refused.value.reason, refused.value.values["file"]) == (
        "missing_file", "model.weights.h5",
    )  # fmt: skip


def test_a_list_of_names_in_several_parts_is_one() -> None:
    content = keras_h5([CONV], SHAPE).replace(b"weight_names\0", b"weight_name0\0")
    with pytest.raises(RefusedError, match="shapes"):
        read_keras_h5({"net.h5": content}, "net.h5")
    content = keras_h5([CONV], SHAPE).replace(b"weight_names\0\0\0\0", b"weight_names0\0\0\0")
    assert len(read_keras_h5({"net.h5": content}, "net.h5").layers) == 1
