"""Operations of ONNX files: each becomes the layer that reckons the same, by plain loops."""

from itertools import pairwise

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import read_onnx
from support.found_networks import answer
from support.model_files.onnx_files import chained, encoded
from support.naive import pooled, sliding_conv2d, softmax

RANDOM = np.random.default_rng(11)


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def read(steps, arrays, shape, **others):
    return read_onnx({"net.onnx": encoded(chained(steps, arrays, shape, **others))}, "net.onnx")


def answered(steps, arrays, x, **others):
    return answer(x, read(steps, arrays, x.shape, **others).layers)


def reason(steps, arrays=None, shape=(1, 6, 6), **others):
    with pytest.raises(RefusedError) as refused:
        read(steps, arrays or {}, shape, **others)
    return refused.value.reason, refused.value.values


CONVOLUTIONS = {
    "plain": ({}, (1, 1), ((0, 0), (0, 0)), (1, 1), 1),
    "unequal": (
        {"strides": [2, 1], "pads": [1, 0, 2, 3], "dilations": [1, 2], "group": 2},
        (2, 1), ((1, 2), (0, 3)), (1, 2), 2,
    ),
    "valid": ({"auto_pad": "VALID", "pads": [0] * 4}, (1, 1), ((0, 0), (0, 0)), (1, 1), 1),
    "upper": (
        {"auto_pad": "SAME_UPPER", "strides": [2, 2]}, (2, 2), ((0, 1), (1, 1)), (1, 1), 1,
    ),
    "lower": (
        {"auto_pad": "SAME_LOWER", "strides": [2, 2]}, (2, 2), ((1, 0), (1, 1)), (1, 1), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_a_convolution_keeps_its_settings(name):
    settings, stride, padding, dilation, groups = CONVOLUTIONS[name]
    x, kernel, bias = normal(2, 8, 9), normal(4, 2 // groups, 3, 3), normal(4)
    got = answered([("Conv", "k", "b", settings)], {"k": kernel, "b": bias}, x)
    expected = sliding_conv2d(x, kernel, stride, padding, dilation, groups) + bias[:, None, None]
    assert got == pytest.approx(expected.ravel(), abs=1e-5)


POOLS = {
    "max": ("MaxPool", {"kernel_shape": [3, 2], "strides": [2, 2]}, max, False),
    "max, ceil": (
        "MaxPool", {"kernel_shape": [2, 2], "strides": [2, 2], "ceil_mode": 1}, max, True,
    ),
    "mean": ("AveragePool", {"kernel_shape": [3, 2], "strides": [1, 2]}, None, False),
    "mean, padded": (
        "AveragePool", {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1] * 4}, None, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", POOLS)
def test_a_pooling_keeps_its_settings(name):
    op, settings, combine, ceil = POOLS[name]
    x, pad = normal(2, 7, 9), settings.get("pads", [0] * 4)
    got = answered([(op, settings)], {}, x)
    padding = ((pad[0], pad[2]), (pad[1], pad[3]))
    mean = combine or (lambda values: sum(values) / len(values))
    size, stride = settings["kernel_shape"], settings["strides"]
    expected = pooled(x, size, stride, padding, lambda values: mean(list(values)), ceil=ceil)
    assert got == pytest.approx(expected.ravel(), abs=1e-6)


def test_zeros_count_in_a_mean_where_the_file_says_so():
    settings = {"kernel_shape": [2, 2], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    x = np.ones((1, 2, 2), np.float32)
    assert answered([("AveragePool", settings)], {}, x).tolist() == [1, 1, 1, 1]
    counted = answered([("AveragePool", {**settings, "count_include_pad": 1})], {}, x)
    assert counted.tolist() == [0.25] * 4


GLOBALS = {
    "pool": ([("GlobalAveragePool",)], np.mean),
    "mean": ([("ReduceMean", {"axes": [2, 3], "keepdims": 0})], np.mean),
    "read axes": ([("ReduceMean", "axes", {"keepdims": 1})], np.mean),
    "one by one": ([("ReduceMean", {"axes": [-1], "keepdims": 0}),
                    ("ReduceMean", {"axes": [2], "keepdims": 0})], np.mean),
    "largest": ([("GlobalMaxPool",)], np.max),
    "reduced": ([("ReduceMax", {"axes": [3, 2], "keepdims": 1})], np.max),
}  # fmt: skip


@pytest.mark.parametrize("name", GLOBALS)
def test_whole_maps_become_one_number(name):
    steps, combine = GLOBALS[name]
    x = normal(3, 4, 5)
    got = answered(steps, {"axes": np.array([-1, -2])}, x)
    assert got == pytest.approx(combine(x, axis=(1, 2)), abs=1e-6)


def test_dense_layers_of_both_spellings():
    x, first, bias, second = normal(1, 3, 4), normal(5, 12), normal(5), normal(5, 3)
    arrays = {"a": first, "b": bias, "c": second, "d": normal(1, 3)}
    steps = [
        ("Flatten",), ("Gemm", "a", "b", {"transB": 1, "alpha": 0.5, "beta": 2.0}),
        ("MatMul", "c"), ("Add", "v2", "d"), ("LogSoftmax", {"axis": -1}),
    ]  # fmt: skip
    found = read(steps, arrays, x.shape)
    assert [layer.type for layer in found.layers] == ["flatten", "dense", "dense", "softmax"]
    logits = (first / 2 @ x.ravel() + 2 * bias) @ second + arrays["d"].ravel()
    expected = np.log(softmax(logits.astype(np.float64)))
    assert answer(x, found.layers) == pytest.approx(expected, abs=1e-5)


def test_one_sigmoid_at_the_end_tells_two_classes():
    found = read([("Flatten",), ("MatMul", "w"), ("Sigmoid",)], {"w": normal(36, 1)}, (1, 6, 6))
    assert [layer.type for layer in found.layers][-1] == "sigmoid_classes"
    many = read([("Flatten",), ("MatMul", "w"), ("Sigmoid",)], {"w": normal(36, 3)}, (1, 6, 6))
    assert many.layers[-1].settings == {"function": "sigmoid"}


def test_batch_normalisation_is_the_same_however_it_is_spelled():
    x = normal(2, 4, 3)
    gamma, beta, mean, variance = normal(2), normal(2), normal(2), abs(normal(2)) + 1
    arrays = {"g": gamma, "b": beta, "m": mean, "s": variance}
    norm = ("BatchNormalization", "g", "b", "m", "s", {"epsilon": 0.5})
    one = answered([("Relu",), norm], arrays, x)
    each = [array[:, None, None] for array in (gamma, beta, mean, variance)]
    expected = (np.maximum(x, 0) - each[2]) / np.sqrt(each[3] + 0.5) * each[0] + each[1]
    assert one == pytest.approx(expected.ravel(), abs=1e-5)
    spelled = {"m": each[2], "s": np.sqrt(each[3] + np.float32(0.5)), "g": each[0], "b": each[1]}
    steps = [("Relu",), ("Sub", "m"), ("Div", "s"), ("Mul", "g"), ("Add", "b")]
    found = read(steps, spelled, x.shape)
    assert [layer.type for layer in found.layers] == ["relu", "batch_norm2d"]
    assert answer(x, found.layers) == pytest.approx(expected.ravel(), abs=1e-5)


def test_a_sum_after_a_convolution_is_its_bias():
    kernel, bias = normal(3, 1, 3, 3), normal(3)
    steps = [("Conv", "k"), ("Add", "v0", "b")]
    found = read(steps, {"k": kernel, "b": bias[:, None, None]}, (1, 6, 6))
    (conv,) = found.layers
    assert conv.settings["bias"]
    assert conv.arrays["bias"].tolist() == bias.tolist()


@pytest.mark.parametrize("opset", [12, 13])
def test_softmax_is_over_the_classes(opset):
    x, kernel = normal(1, 2, 2), normal(4, 3)
    got = answered([("Flatten",), ("MatMul", "w"), ("Softmax",)], {"w": kernel}, x, opset=opset)
    logits = x.astype(np.float64).ravel() @ kernel.astype(np.float64)
    assert got == pytest.approx(softmax(logits), abs=1e-6)


def test_what_trains_or_does_nothing_leaves_no_layer():
    steps = [("Cast", {"to": 1}), ("Relu",), ("Identity",), ("Dropout", "rate"), ("Add", "zero")]
    found = read(steps, {"rate": np.float32(0.5), "zero": np.float32(0)}, (1, 6, 6))
    assert [layer.type for layer in found.layers] == ["relu"]


def test_layers_are_told_apart_by_what_the_file_calls_them():
    found = read([("Relu",), ("MaxPool", {"kernel_shape": [2, 2]})], {}, (1, 6, 6))
    sources = [layer.source for layer in found.layers]
    assert sources == ["node_v0", "node_v1"]
    assert all(before != after for before, after in pairwise(sources))


def test_what_is_not_understood_is_refused_by_name():
    assert reason([("Relu",), ("LSTM", "w")]) == ("layer", {"layer": "node_v1", "kind": "LSTM"})
    assert reason([("Relu",), ("Resize",)])[1]["kind"] == "Resize"
    pads = {"kernel_shape": [2, 2], "dilations": [2, 2]}
    assert reason([("MaxPool", pads)])[1]["setting"] == "dilations"
    small = reason([("MaxPool", {"kernel_shape": [9, 9]})])
    assert small[0] == "shapes"
    after = [("Flatten",), ("Softmax",), ("Relu",)]
    assert reason(after) == ("layer", {"layer": "node_v2", "kind": "Relu"})
    infinite = {"k": np.full((1, 1, 3, 3), np.inf, np.float32)}
    assert reason([("Conv", "k")], infinite)[0] == "not_finite"
    assert reason([("Identity",)])[0] == "no_layers"


def test_branches_are_refused_where_they_meet():
    kernel = {"k": normal(1, 1, 3, 3)}
    same = {"pads": [1, 1, 1, 1]}
    steps = [("Conv", "k", same), ("Conv", "k", same), ("Add", "v0", "v1"), ("Relu",)]
    assert reason(steps, kernel) == ("branches", {"layer": "node_v2"})
    gated = [("Conv", "k", same), ("GlobalAveragePool",), ("Mul", "v0", "v1")]
    assert reason(gated, kernel) == ("branches", {"layer": "node_v2"})
