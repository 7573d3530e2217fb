"""safetensors: arrays that lie where the header says, one after the other, or a refusal."""

import json
import struct

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.safetensors import is_safetensors, read_safetensors
from support.found_networks import answer
from support.plain_networks import plain_entries
from support.sample_networks import content, expected, picture, sample_networks


def of(header, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(dtype: str, shape: list[int], start: int, end: int) -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def read(file: bytes):
    return read_safetensors({"net.safetensors": file}, "net.safetensors")


def reason(file: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        read(file)
    return refused.value.reason


FLOATS = np.array([1, -2, 0.15625], "<f4")


@pytest.mark.parametrize(("dtype", "numbers"), [
    ("F32", FLOATS), ("F64", FLOATS.astype("<f8")), ("F16", FLOATS.astype("<f2")),
    ("BF16", (FLOATS.view("<u4") >> 16).astype("<u2")),
])  # fmt: skip
def test_floats_of_every_size_are_read(dtype, numbers):
    data = numbers.tobytes()
    found = read(of({"w": entry(dtype, [3], 0, len(data))}, data))
    assert found.arrays["w"].tolist() == FLOATS.tolist()
    assert found.arrays["w"].dtype == np.float32


def test_the_order_is_not_that_of_the_layers():
    data = FLOATS.tobytes()
    header = {"__metadata__": {"format": "pt"}, "b": entry("F32", [1], 0, 4),
              "a": entry("F32", [2], 4, 12)}  # fmt: skip
    found = read(of(header, data))
    assert not found.is_ordered
    assert {name: array.tolist() for name, array in found.arrays.items()} == {
        "b": [1], "a": [-2, 0.15625],
    }  # fmt: skip


def test_whole_numbers_are_no_weights_and_wrappers_leave_no_trace():
    header = {"module.w": entry("F32", [3], 0, 12), "module.n": entry("I64", [], 12, 20)}
    assert list(read(of(header, FLOATS.tobytes() + bytes(8))).arrays) == ["w"]


NINE = {"w": entry("F32", [3], 0, 12)}
LYING = {
    "too short": (of(NINE, bytes(8)), "damaged"),
    "too long": (of(NINE, bytes(16)), "damaged"),
    "a gap": (of({"w": entry("F32", [2], 4, 12)}, bytes(12)), "damaged"),
    "one over the other": (of({**NINE, "v": entry("F32", [1], 8, 12)}, bytes(12)), "damaged"),
    "backwards": (of({"w": entry("F32", [3], 12, 0)}, bytes(12)), "damaged"),
    "another shape": (of({"w": entry("F32", [4], 0, 12)}, bytes(12)), "damaged"),
    "a shape that wraps around": (of({"w": entry("F32", [2**32, 2**32], 0, 0)}), "too_large"),
    "below zero": (of({"w": entry("F32", [-3, -1], 0, 12)}, bytes(12)), "shapes"),
    "words for numbers": (of({"w": entry("F32", ["3"], 0, 12)}, bytes(12)), "damaged"),
    "no entry": (of({"w": 3}), "damaged"),
    "eight bits": (of({"w": entry("F8_E4M3", [4], 0, 4)}, bytes(4)), "setting"),
    "no number": (of(NINE, np.full(3, np.inf, "<f4").tobytes()), "not_finite"),
    "twice": (of(b'{"w":{"dtype":"F32"},"w":{}}'), "twice"),
    "deep": (of(b'{"a":' * 5000), "too_deep"),
    "no JSON": (of(b"{]"), "damaged"),
    "nothing": (of({}), "not_a_network"),
    "a header beyond the file": (struct.pack("<Q", 2**60) + b"{}", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "why"), LYING.values(), ids=LYING)
def test_a_header_that_lies_is_refused(file, why):
    assert reason(file) == why


def test_other_files_are_none():
    assert is_safetensors(of({}))
    assert not is_safetensors(struct.pack("<Q", 50) + b"{}")
    assert not is_safetensors(b"PK\x03\x04" + bytes(60))


SAMPLES = {
    "nn_tutorial_mnist.safetensors":
        "conv 1 2, relu, conv 1 2, relu, conv 1 2, relu, mean 4, flatten",
    "pytorch_cifar_net.safetensors":
        "conv, relu, max, conv, relu, max, flatten, dense, relu, dense, relu, dense",
}  # fmt: skip


@pytest.mark.parametrize("file", sample_networks(*SAMPLES))
def test_samples_answer_as_in_their_framework(file):
    arrays = read(content(file)).arrays
    names = sorted(arrays, key=lambda name: name.replace(".weight", ".a"))
    layers = plain_entries(SAMPLES[file], {name: arrays[name] for name in names})
    assert np.allclose(answer(picture(file), layers), expected(file), atol=2e-6)
