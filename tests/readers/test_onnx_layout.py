"""How ONNX files lay values out: channels last, reshapes, padding that stands alone, and scales."""

import numpy as np
import pytest

from cnnscope.nn.input_scale import InputScale
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import read_onnx
from support.found_networks import answer
from support.model_files.onnx_files import chained, encoded
from support.naive import sliding_conv2d

RANDOM = np.random.default_rng(12)
KERNEL = RANDOM.standard_normal((2, 3, 3, 3)).astype(np.float32)
BIAS = RANDOM.standard_normal(2).astype(np.float32)
DENSE = RANDOM.standard_normal((2 * 2 * 4, 3)).astype(np.float32)
X = RANDOM.standard_normal((3, 4, 6)).astype(np.float32)
ARRAYS = {"k": KERNEL, "b": BIAS, "w": DENSE}


def read(steps, shape=(3, 4, 6), arrays=None, **others):
    content = encoded(chained(steps, ARRAYS | (arrays or {}), shape, **others))
    return read_onnx({"net.onnx": content}, "net.onnx")


def reason(steps, **others):
    with pytest.raises(RefusedError) as refused:
        read(steps, **others)
    return refused.value.reason, refused.value.values


def maps():
    """What the convolution makes of ``X``: (2, 2, 4)."""
    return sliding_conv2d(X, KERNEL, (1, 1), ((0, 0), (0, 0)), (1, 1), 1) + BIAS[:, None, None]


LAST = [
    ("Transpose", {"perm": [0, 3, 1, 2]}), ("Conv", "k"), ("Transpose", {"perm": [0, 2, 3, 1]}),
    ("Add", "b"),
]  # fmt: skip


def test_channels_that_stand_last_are_turned_at_loading():
    shape = {"shape": np.array([-1, 16])}
    found = read([*LAST, ("Reshape", "shape"), ("MatMul", "w")], (4, 6, 3), shape)
    assert found.input_shape == (3, 4, 6)
    assert [layer.type for layer in found.layers] == ["conv2d", "flatten", "dense"]
    in_file = maps().transpose(1, 2, 0).ravel()
    assert answer(X, found.layers) == pytest.approx(in_file @ DENSE, abs=1e-5)


def test_a_normalisation_after_flatten_is_turned_too():
    gains = {"shape": np.array([0, -1]), "g": np.arange(1, 17, dtype=np.float32)}
    steps = [*LAST, ("Reshape", "shape"), ("Mul", "g"), ("MatMul", "w")]
    found = read(steps, (4, 6, 3), gains)
    assert [layer.type for layer in found.layers][2:] == ["batch_norm2d", "dense"]
    in_file = maps().transpose(1, 2, 0).ravel() * gains["g"]
    assert answer(X, found.layers) == pytest.approx(in_file @ DENSE, abs=1e-4)


def test_a_mean_over_maps_that_stand_last():
    found = read([*LAST, ("ReduceMean", {"axes": [1, 2], "keepdims": 0})], (4, 6, 3))
    assert answer(X, found.layers) == pytest.approx(maps().mean((1, 2)), abs=1e-5)


def test_softmax_over_maps_in_another_order_is_refused():
    steps = [*LAST, ("Flatten",), ("Softmax",)]
    assert reason(steps, shape=(4, 6, 3))[1]["setting"] == "axis"
    assert reason(steps[:-1], shape=(4, 6, 3))[1]["setting"] == "axes"


FLATTENED = {
    "asked": ([("Reshape", "v0", "s")], {"s": np.array([1, 16])}),
    "copied": ([("Reshape", "v0", "s")], {"s": np.array([0, -1])}),
    "from the shape": (
        [("Shape", "v0"), ("Gather", "v1", "zero"), ("Unsqueeze", "v2", "axis"),
         ("Concat", "v3", "minus", {"axis": 0}), ("Reshape", "v0", "v4")],
        {"zero": np.array(0), "axis": np.array([0]), "minus": np.array([-1])},
    ),
    "multiplied": (
        [("Shape", "v0"), ("Gather", "v1", "one", {"axis": 0}), ("Gather", "v1", "rest"),
         ("ReduceProd", "v3", {"keepdims": 0}), ("Mul", "v2", "v4"), ("Unsqueeze", "v5", "axis"),
         ("Concat", "minus", "v6", {"axis": 0}), ("Reshape", "v0", "v7")],
        {"one": np.array(1), "rest": np.array([2, 3]), "axis": np.array([0]),
         "minus": np.array([-1])},
    ),
    "Flatten": ([("Flatten", "v0", {"axis": -3})], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", FLATTENED)
def test_maps_are_laid_out_however_that_is_asked_for(name):
    steps, arrays = FLATTENED[name]
    found = read([("Conv", "k", "b"), *steps, ("MatMul", "w")], arrays=arrays)
    assert [layer.type for layer in found.layers] == ["conv2d", "flatten", "dense"]
    assert answer(X, found.layers) == pytest.approx(maps().ravel() @ DENSE, abs=1e-5)


def test_a_size_that_the_file_leaves_open_may_stay_so():
    steps, arrays = FLATTENED["from the shape"]
    found = read(
        [("Conv", "k", "b"), *steps, ("MatMul", "w")], (3, "rows", "cols"), arrays
    )  # fmt: skip
    assert found.input_shape is None
    assert answer(X, found.layers) == pytest.approx(maps().ravel() @ DENSE, abs=1e-5)


def test_a_picture_without_an_axis_of_channels():
    arrays = {"one": KERNEL[:, :1], "axis": np.array([1])}
    found = read([("Unsqueeze", "axis"), ("Conv", "one")], (4, 6), arrays)
    assert found.input_shape == (1, 4, 6)
    flat = read([("Reshape", "s"), ("Conv", "one")], (24,),
                {"one": KERNEL[:, :1], "s": np.array([-1, 1, 4, 6])})  # fmt: skip
    assert flat.input_shape == (1, 4, 6)


def test_padding_that_stands_alone_goes_into_the_layer():
    pads = {"pads": np.array([0, 0, 1, 0, 0, 0, 2, 3])}
    found = read([("Pad", "pads"), ("Conv", "k", "b", {"pads": [1, 1, 1, 1]})], arrays=pads)
    assert [layer.settings["padding"] for layer in found.layers] == [((2, 3), (1, 4))]
    largest = [("Conv", "k"), ("Relu",), ("Pad", "pads"), ("MaxPool", {"kernel_shape": [5, 7]})]
    assert read(largest, arrays=pads).layers[2].settings["padding"] == ((1, 2), (0, 3))


def test_padding_that_no_layer_can_take_is_refused():
    pads = {"pads": np.array([0, 0, 1, 0, 0, 0, 2, 3]), "seven": np.float32(7)}
    signed = [("Conv", "k"), ("Pad", "pads"), ("MaxPool", {"kernel_shape": [5, 7]})]
    assert reason(signed, arrays=pads) == ("layer", {"layer": "node_v1", "kind": "Pad"})
    ended = [("Conv", "k"), ("Pad", "pads"), ("Relu",)]
    assert reason(ended, arrays=pads)[1]["kind"] == "Pad"
    assert reason([("Pad", "pads"), ("Conv", "k")][:1], arrays=pads)[0] in ("layer", "no_layers")
    assert reason([("Pad", "pads", {"mode": "reflect"}), ("Conv", "k")], arrays=pads)[1] == {
        "layer": "node_v0", "setting": "mode", "value": "reflect",
    }  # fmt: skip
    filled = reason([("Pad", "pads", "seven"), ("Conv", "k")], arrays=pads)
    assert filled[1]["setting"] == "value"


MEAN = np.array([0.485, 0.456, 0.406], np.float32).reshape(3, 1, 1)
STD = np.array([0.229, 0.224, 0.225], np.float32).reshape(3, 1, 1)
SCALES = {
    "standardised": ([("Sub", "mean"), ("Div", "std")], (0.485, 0.456, 0.406)),
    "of bytes": ([("Div", "byte"), ("Sub", "mean"), ("Div", "std")], (0.485, 0.456, 0.406)),
    "signed": ([("Mul", "byte2"), ("Add", "minus")], (0.5,)),
}


@pytest.mark.parametrize("name", SCALES)
def test_what_comes_before_all_layers_is_the_scale(name):
    steps, mean = SCALES[name]
    arrays = {"mean": MEAN, "std": STD, "byte": np.float32(255), "byte2": np.float32(1 / 127.5),
              "minus": np.float32(-1)}  # fmt: skip
    found = read([*steps, ("Conv", "k")], arrays=arrays)
    assert found.scale == InputScale(mean, (0.229, 0.224, 0.225) if len(mean) > 1 else (0.5,))
    assert [layer.type for layer in found.layers] == ["conv2d"]


def test_scales_of_bytes_and_of_pixels_upside_down():
    assert read([("Conv", "k")]).scale is None
    assert read([("Cast", {"to": 1}), ("Conv", "k")], kind=2).scale == InputScale.bytes()
    divided = read([("Div", "byte"), ("Conv", "k")], arrays={"byte": np.float32(255)})
    assert divided.scale == InputScale.unit()
    turned = read([("Neg",), ("Add", "one"), ("Conv", "k")], arrays={"one": np.float32(1)})
    assert turned.scale == InputScale(is_inverted=True)


NAMES = {
    "{0: 'cat', 1: \"dog's\"}": ("cat", "dog's"),
    '["cat", "dog"]': ("cat", "dog"),
    '{"1": "dog", "0": "cat"}': ("cat", "dog"),
    "cat, dog": ("cat", "dog"),
    "{0: 'cat', 2: 'dog'}": (),
    "__import__('os')": (),
    "": (),
}


@pytest.mark.parametrize("text", NAMES)
def test_names_of_classes_are_read_and_never_evaluated(text):
    assert read([("Conv", "k")], metadata={"names": text}).classes == NAMES[text]
