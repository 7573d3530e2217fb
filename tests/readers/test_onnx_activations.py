"""Activations in ONNX files are told by what they do, in whatever operations they are written."""

import math

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import read_onnx
from support.found_networks import answer
from support.model_files.onnx_files import chained, encoded

X = np.linspace(-8, 8, 60, dtype=np.float32).reshape(1, 6, 10)

CONSTANTS = {
    "half": np.float32(0.5), "one": np.float32(1), "root": np.float32(math.sqrt(2)),
    "zero": np.float32(0), "six": np.float32(6), "three": np.float32(3), "fifth": np.float32(0.2),
    "bend": np.float32(0.044715), "slope": np.float32(math.sqrt(2 / math.pi)),
    "slopes": np.full((1, 1, 1), 0.2, np.float32), "two": np.full((2, 1, 1), [[[1]], [[2]]]) / 8,
}  # fmt: skip


def gelu(x):
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def gelu_tanh(x):
    return x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2


def silu(x):
    return x / (1 + math.exp(-x))


def relu6(x):
    return min(max(x, 0), 6)


def leaky(x):
    return x if x > 0 else 0.2 * x


SPELLED = {
    "relu": ([("Relu",)], lambda x: max(x, 0)),
    "relu by Clip": ([("Clip", "zero", "")], lambda x: max(x, 0)),
    "relu by Max": ([("Max", "zero")], lambda x: max(x, 0)),
    "relu6": ([("Clip", "zero", "six")], relu6),
    "relu6 set": ([("Clip", {"min": 0.0, "max": 6.0})], relu6),
    "relu6 of two": ([("Relu",), ("Min", "six")], relu6),
    "leaky": ([("LeakyRelu", {"alpha": 0.2})], leaky),
    "leaky by PRelu": ([("PRelu", "slopes")], leaky),
    "leaky by Where": (
        [("Greater", "x", "zero"), ("Mul", "x", "fifth"), ("Where", "v0", "x", "v1")], leaky,
    ),
    "elu": ([("Elu", {"alpha": 0.5})], lambda x: x if x > 0 else 0.5 * math.expm1(x)),
    "gelu": ([("Gelu",)], gelu),
    "gelu spelled out": (
        [("Div", "x", "root"), ("Erf",), ("Add", "v1", "one"), ("Mul", "x", "v2"), ("Mul", "half")],
        gelu,
    ),
    "gelu, half first": (
        [("Mul", "x", "half"), ("Div", "x", "root"), ("Erf", "v1"), ("Add", "v2", "one"),
         ("Mul", "v0", "v3")],
        gelu,
    ),
    "gelu_tanh": ([("Gelu", {"approximate": "tanh"})], gelu_tanh),
    "gelu_tanh spelled out": (
        [("Pow", "x", "three"), ("Mul", "bend"), ("Add", "x", "v1"), ("Mul", "slope"), ("Tanh",),
         ("Add", "one"), ("Mul", "x", "v5"), ("Mul", "half")],
        gelu_tanh,
    ),
    "silu": ([("Sigmoid", "x"), ("Mul", "x", "v0")], silu),
    "silu by Swish": ([("Swish",)], silu),
    "sigmoid": ([("Sigmoid",)], lambda x: 1 / (1 + math.exp(-x))),
    "sigmoid spelled out": (
        [("Neg",), ("Exp",), ("Add", "one"), ("Reciprocal",)], lambda x: 1 / (1 + math.exp(-x)),
    ),
    "tanh": ([("Tanh",)], math.tanh),
}  # fmt: skip


def read(steps):
    content = encoded(chained(steps, CONSTANTS, X.shape))
    return read_onnx({"net.onnx": content}, "net.onnx")


@pytest.mark.parametrize("name", SPELLED)
def test_an_activation_is_one_layer(name):
    steps, function = SPELLED[name]
    found = read([*steps, ("MaxPool", {"kernel_shape": [1, 1]})])
    kinds = [layer.type for layer in found.layers]
    assert kinds in (["relu", "max_pool2d"], ["activation", "max_pool2d"])
    expected = [function(float(x)) for x in X.ravel()]
    assert answer(X, found.layers) == pytest.approx(expected, abs=2e-6)


UNKNOWN = {
    "HardSwish": [("HardSwish",)],
    "Softplus": [("Softplus",)],
    "Selu": [("Selu",)],
    "Mish": [("Mish",)],
    "Clip": [("Clip", "zero", "one")],
    "Add, Clip, Mul": [("Add", "x", "three"), ("Clip", "zero", "six"), ("Mul", "x", "v1")],
    "PRelu": [("PRelu", "two")],
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_another_function_is_refused_by_its_operations(name):
    with pytest.raises(RefusedError) as refused:
        read([*UNKNOWN[name], ("Identity",)])
    told = refused.value.values
    assert told.get("kind", "") == name or told.get("setting") == "slope"


def test_a_value_that_is_read_once_more_is_a_branch():
    steps = [("Sigmoid", "x"), ("Mul", "x", "v0"), ("MaxPool", {"kernel_shape": [1, 1]}),
             ("Add", "v2", "v0")]  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        read(steps)
    assert (refused.value.reason, refused.value.values["layer"]) == ("branches", "node_v3")
