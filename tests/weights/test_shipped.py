"""The shipped weights and what lies beside them: classes, shapes, no map that is dead."""

import json

import numpy as np

from support.training import CLASSES, FIXTURE, LAYERS, WEIGHTS

SHAPES = {
    "conv_1_1.kernel": (10, 3, 3, 3),
    "conv_1_1.bias": (10,),
    "conv_1_2.kernel": (10, 10, 3, 3),
    "conv_1_2.bias": (10,),
    "conv_2_1.kernel": (10, 10, 3, 3),
    "conv_2_1.bias": (10,),
    "conv_2_2.kernel": (10, 10, 3, 3),
    "conv_2_2.bias": (10,),
    "logits.kernel": (10, 1690),
    "logits.bias": (10,),
}


def test_classes_are_in_the_order_of_the_outputs():
    entries = json.loads((WEIGHTS / "classes.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in entries] == CLASSES
    assert all(entry["wnid"].startswith("n") and len(entry["wnid"]) == 9 for entry in entries)
    assert len({entry["wnid"] for entry in entries}) == len(CLASSES)


def test_weights_have_the_shapes_of_the_architecture(shipped):
    arrays = {name: array for name, array in shipped.items() if name != "architecture"}
    assert {name: array.shape for name, array in arrays.items()} == SHAPES
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.float32)}
    assert sum(array.size for array in arrays.values()) == 19_920
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_weights_describe_their_architecture(shipped):
    described = json.loads(str(shipped["architecture"]))
    assert described["input"] == [3, 64, 64]
    assert [layer["name"] for layer in described["layers"]] == LAYERS
    pools = [layer for layer in described["layers"] if layer["type"] == "max_pool2d"]
    assert all((pool["size"], pool["stride"]) == (2, 2) for pool in pools)


def test_no_feature_map_is_dead(shipped):
    with np.load(FIXTURE) as stored:
        assert (stored["max_pool_1"] > 0).mean() > 0.1
        assert (stored["max_pool_2"] > 0).mean() > 0.1
    for layer in ("conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2"):
        assert (np.abs(shipped[f"{layer}.kernel"]).max(axis=(1, 2, 3)) > 0.01).all()
