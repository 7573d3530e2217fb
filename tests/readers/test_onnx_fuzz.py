"""Damaged ONNX files: nothing leaves the reader but its own refusal, and soon."""

from collections import Counter
from time import process_time

import numpy as np
import pytest

from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import is_onnx, read_onnx
from support.model_files.onnx_files import chained, encoded
from support.mutated_messages import mutated_messages
from support.mutations import mutations

LONGEST = 2.0
"""Seconds for one file."""

ARRAYS = {
    "k": np.ones((2, 3, 3, 3), np.float32), "b": np.ones(2, np.float32),
    "w": np.ones((2, 16), np.float32), "one": np.float32(1), "zero": np.array(0),
    "axis": np.array([0]), "minus": np.array([-1]), "pads": np.array([0, 0, 1, 1, 0, 0, 1, 1]),
    "mean": np.ones((3, 1, 1), np.float32), "low": np.float32(0),
}  # fmt: skip

PLAIN = [
    ("Sub", "mean"), ("Pad", "pads"), ("Conv", "k", "b", {"strides": [1, 1]}), ("Relu",),
    ("BatchNormalization", "b", "b", "b", "b"), ("MaxPool", {"kernel_shape": [2, 2]}),
    ("Sigmoid", "v5"), ("Mul", "v5", "v6"), ("Shape", "v7"), ("Gather", "v8", "zero"),
    ("Unsqueeze", "v9", "axis"), ("Concat", "v10", "minus", {"axis": 0}), ("Reshape", "v7", "v11"),
    ("Gemm", "w", {"transB": 1}), ("Softmax",),
]  # fmt: skip

LAST = [
    ("Transpose", {"perm": [0, 3, 1, 2]}), ("Conv", "k", {"auto_pad": "SAME_UPPER"}),
    ("Transpose", {"perm": [0, 2, 3, 1]}), ("Mul", "b"), ("Add", "b"),
    ("Constant", {"value_float": 6.0}),
    ("Clip", "v4", "low", "v5"), ("ReduceMean", {"axes": [1, 2], "keepdims": 0}), ("Flatten",),
]  # fmt: skip

FILES = {
    "plain": chained(PLAIN, ARRAYS, (3, 3, 5), metadata={"names": "{0: 'a', 1: 'b'}"}),
    "last": chained(LAST, ARRAYS, (4, 6, 3)),
}


def outcome(content):
    """The reason of a refusal, or that it is read; no other exception is caught."""
    begun = process_time()
    is_onnx(content)
    try:
        found = read_onnx({"net.onnx": content, "net.data": b"1234" * 9}, "net.onnx")
        assemble(found, (3, 6, 6))
        said = "read"
    except RefusedError as error:
        said = error.reason
    assert process_time() - begun < LONGEST
    return said


def outcomes(name, seed, count):
    content = encoded(FILES[name])
    said = Counter(map(outcome, mutations(content, seed, count)))
    messages = mutated_messages(FILES[name], seed, count)
    return said + Counter(outcome(encoded(message)) for message in messages)


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_are_refused_or_read(name):
    said = outcomes(name, 1, 60)
    assert said["read"] > 3
    assert len(said) > 4


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("name", FILES)
def test_many_damaged_files_are_refused_or_read(name, seed):
    assert len(outcomes(name, seed, 1000)) > 4
