"""TF.js models: shards by their names, quantised numbers, labels beside, and what is missing."""

import json
from typing import Any

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras import is_tfjs, read_tfjs
from support.model_files.keras_files import conv, tfjs

SHAPE = (6, 6, 3)
LAYERS = [conv(2, 3, 3, activation="relu")]
KERNEL, BIAS = (LAYERS[0][2][role].transpose() for role in ("kernel", "bias"))
KERNEL = KERNEL.transpose(0, 1, 3, 2)  # (out, in, row, col)


def quantised(kind: str, least: float, most: float) -> dict[str, bytes]:
    """The same model, whose kernel is in whole numbers, and the bias in floats after it."""
    files = tfjs(LAYERS, SHAPE)
    described = json.loads(files["model.json"])
    kernel = LAYERS[0][2]["kernel"]
    step = (most - least) / (2 ** (8 * np.dtype(kind).itemsize) - 1)
    told: dict[str, Any] = {"dtype": kind, "scale": step, "min": least}
    packed = np.round((kernel - least) / step).astype(kind).tobytes()
    described["weightsManifest"][0]["weights"][0]["quantization"] = told
    bias = LAYERS[0][2]["bias"].tobytes()
    return {"model.json": json.dumps(described).encode(), "group1-shard1of1.bin": packed + bias}


@pytest.mark.parametrize(("kind", "error"), [("uint8", 0.01), ("uint16", 4e-5)])
def test_quantised_weights_are_what_they_stood_for(kind: str, error: float) -> None:
    layer = read_tfjs(quantised(kind, -2.0, 2.0), "model.json").layers[0]
    np.testing.assert_allclose(layer.arrays["kernel"], KERNEL, atol=error)
    np.testing.assert_array_equal(layer.arrays["bias"], BIAS)


def test_halves_are_read() -> None:
    files = tfjs(LAYERS, SHAPE)
    described = json.loads(files["model.json"])
    for weight in described["weightsManifest"][0]["weights"]:
        weight["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
    halves = b"".join(array.astype("<f2").tobytes() for array in LAYERS[0][2].values())
    read = read_tfjs({"model.json": json.dumps(described).encode(),
                      "group1-shard1of1.bin": halves}, "model.json")  # fmt: skip
    expected = KERNEL.astype(np.float16).astype(np.float32)
    np.testing.assert_array_equal(read.layers[0].arrays["kernel"], expected)


def sharded(cut: int) -> dict[str, bytes]:
    files = tfjs(LAYERS, SHAPE)
    described = json.loads(files["model.json"])
    described["weightsManifest"][0]["paths"] = ["weights/a.bin", "./b.bin"]
    content = files["group1-shard1of1.bin"]
    return {"somewhere/model.json": json.dumps(described).encode(), "b.bin": content[cut:],
            "far\\a.bin": content[:cut]}  # fmt: skip


def test_shards_are_joined_wherever_a_number_is_cut() -> None:
    read = read_tfjs(sharded(101), "somewhere/model.json")
    np.testing.assert_array_equal(read.layers[0].arrays["kernel"], KERNEL)


@pytest.mark.parametrize(("gone", "told"), [("b.bin", "b.bin"), ("far\\a.bin", "a.bin")])
def test_a_shard_that_is_missing_is_named(gone: str, told: str) -> None:
    files = {name: content for name, content in sharded(101).items() if name != gone}
    with pytest.raises(RefusedError) as refused:
        read_tfjs(files, "somewhere/model.json")
    assert (refused.value.reason, refused.value.values) == ("missing_file", {"file": told})


def test_a_shard_that_is_cut_is_damaged() -> None:
    files = tfjs(LAYERS, SHAPE)
    files["group1-shard1of1.bin"] = files["group1-shard1of1.bin"][:-1]
    with pytest.raises(RefusedError, match="damaged"):
        read_tfjs(files, "model.json")


def test_labels_beside_are_the_classes_and_tell_of_the_pixels() -> None:
    told = {"packageName": "@teachablemachine/image", "labels": ["Cat", "Dog"]}
    files = tfjs(LAYERS, SHAPE) | {"metadata.json": json.dumps(told).encode()}
    found = read_tfjs(files, "model.json")
    assert found.classes == ("Cat", "Dog")
    assert found.scale is not None
    pixels = np.array([0, 127, 254], np.float32)
    numbers = found.scale.numbers((pixels / 255).reshape(1, 1, 3))
    np.testing.assert_allclose(numbers.ravel(), [-1, 0, 1], atol=1e-6)


def test_the_topology_may_be_one_that_the_converter_wrote() -> None:
    files = tfjs(LAYERS, SHAPE)
    described = json.loads(files["model.json"])
    described["modelTopology"] = {"model_config": described["modelTopology"], "backend": "x"}
    files["model.json"] = json.dumps(described).encode()
    assert len(read_tfjs(files, "model.json").layers) == 2


@pytest.mark.parametrize("told", [
    {"format": "graph-model", "modelTopology": {"node": []}, "weightsManifest": []},
    {"modelTopology": {"node": [], "library": {}}, "weightsManifest": []},
])  # fmt: skip
def test_a_graph_model_is_refused_as_such(told: Any) -> None:
    content = json.dumps(told).encode()
    assert is_tfjs(content)
    with pytest.raises(RefusedError, match="tfjs_graph"):
        read_tfjs({"model.json": content}, "model.json")


def test_any_other_json_is_no_model() -> None:
    assert not is_tfjs(b'{"labels": ["modelTopology"]}')
    with pytest.raises(RefusedError, match="not_a_network"):
        read_tfjs({"model.json": b'{"labels": []}'}, "model.json")


@pytest.mark.parametrize(("key", "value", "reason"), [
    ("shape", [10**9, 10**9], "damaged"), ("shape", [10**4000], "damaged"),
    ("shape", [-1], "damaged"), ("shape", [True, 3, 3, 2], "damaged"),
    ("shape", [60_000_000], "damaged"),
    ("dtype", "string", "setting"), ("dtype", "int32", "setting"), ("dtype", 3, "damaged"),
    ("quantization", {"dtype": "uint8"}, "damaged"), ("quantization", 1, "damaged"),
    ("name", "step_0/bias", "twice"), ("name", "other/kernel", "shapes"),
])  # fmt: skip
def test_weights_that_are_told_wrongly_are_refused(key: str, value: Any, reason: str) -> None:
    files = tfjs(LAYERS, SHAPE)
    described = json.loads(files["model.json"])
    described["weightsManifest"][0]["weights"][0][key] = value
    files["model.json"] = json.dumps(described).encode()
    with pytest.raises(RefusedError) as refused:
        read_tfjs(files, "model.json")
    assert refused.value.reason == reason
