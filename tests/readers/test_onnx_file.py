"""The bytes of ONNX files: how numbers are packed, what is damaged, and what passes for one."""

from time import process_time

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import is_onnx, read_onnx
from cnnscope_readers.onnx.wire import Budget, parse, varints
from support.model_files.onnx_files import (
    chained,
    encoded,
    external,
    model,
    node,
    tensor,
    value,
    varint,
)  # fmt: skip

KERNEL = np.arange(-4, 5, dtype=np.float32).reshape(1, 1, 3, 3) / 4
CONV = [node("Conv", ["x", "k"], ["y"])]


def with_kernel(kernel, **others):
    return encoded(model(CONV, [kernel], [value("x", (1, 1, 6, 6))], [value("y", ())], **others))


def read(content, **beside):
    files = {"net.onnx": content, **{f"{name}.data": each for name, each in beside.items()}}
    return read_onnx(files, "net.onnx")


def reason(content, **beside):
    with pytest.raises(RefusedError) as refused:
        read(content, **beside)
    return refused.value.reason, refused.value.values


def packed(kind, field, content):
    """A kernel whose numbers are in a field of their own."""
    sizes = [(1, size) for size in KERNEL.shape]
    return [*sizes, (2, kind), (8, "k"), (field, content)]


HALF = KERNEL.astype(np.float16)
UPPER = (KERNEL.view(np.uint32) >> 16).astype(np.uint16)
WRITTEN = {
    "raw": tensor("k", KERNEL),
    "raw, double": tensor("k", KERNEL.astype(np.float64)),
    "raw, half": tensor("k", HALF),
    "raw, bfloat16": packed(16, 9, UPPER.tobytes()),
    "floats": packed(1, 4, KERNEL.tobytes()),
    "doubles": packed(11, 10, KERNEL.astype("<f8").tobytes()),
    "halves as whole numbers": packed(
        10, 5, b"".join(varint(int(each)) for each in HALF.view(np.uint16).ravel())
    ),
    "one by one": [
        *packed(1, 4, b"")[:-1], *((4, float(each)) for each in KERNEL.ravel()),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_numbers_are_read_however_they_are_packed(name):
    kernel = read(with_kernel(WRITTEN[name])).layers[0].arrays["kernel"]
    assert kernel.dtype == np.float32
    assert kernel.tolist() == KERNEL.tolist()


def test_numbers_are_found_in_another_file_by_its_name_alone():
    said = {"location": "../../elsewhere/net.data", "offset": "8", "length": "36"}
    content = with_kernel(external("k", KERNEL, **said))
    beside = b"12345678" + KERNEL.tobytes() + b"more"
    assert read(content, net=beside).layers[0].arrays["kernel"].tolist() == KERNEL.tolist()
    assert reason(content) == ("missing_file", {"file": "net.data"})
    assert reason(content, net=beside[:40])[0] == "damaged"
    for wrong in ({"offset": "-8"}, {"length": "35"}, {"offset": "9" * 40}, {"offset": "x"}):
        damaged = with_kernel(external("k", KERNEL, **{**said, **wrong}))
        assert reason(damaged, net=beside)[0] == "damaged"


REFUSED = {
    "cut": (packed(1, 9, KERNEL.tobytes()[:-4]), "damaged"),
    "odd": (packed(1, 9, KERNEL.tobytes()[:-1]), "damaged"),
    "none": (packed(1, 9, b"")[:-1], "damaged"),
    "text": (packed(8, 6, b"abc"), "setting"),
    "huge": ([*[(1, 1 << 20)] * 4, (2, 1), (8, "k"), (9, b"")], "too_large"),
    "negative": ([(1, -3), (2, 1), (8, "k"), (9, b"")], "shapes"),
    "deep": ([*[(1, 1)] * 9, (2, 1), (8, "k"), (9, b"1234")], "shapes"),
    "no number": (tensor("k", np.full((1, 1, 3, 3), np.nan, np.float32)), "not_finite"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_array_that_contradicts_itself_is_refused(name):
    kernel, expected = REFUSED[name]
    assert reason(with_kernel(kernel))[0] == expected


def test_a_graph_that_is_no_chain_of_one_picture():
    x, y = value("x", (1, 1, 6, 6)), value("y", ())
    two = encoded(model(CONV, [tensor("k", KERNEL)], [x, value("z", (1, 1))], [y]))
    assert reason(two) == ("inputs", {"count": "2"})
    known = encoded(model(CONV, [tensor("k", KERNEL)], [x, value("k", (1, 1, 3, 3))], [y]))
    assert len(read(known).layers) == 1
    twice = encoded(model(CONV * 2, [tensor("k", KERNEL)], [x], [y]))
    assert reason(twice) == ("twice", {"name": "y"})
    absent = encoded(model(CONV, [], [x], [y]))
    assert reason(absent)[0] == "damaged"
    outputs = encoded(model(CONV, [tensor("k", KERNEL)], [x], [y, value("x", ())]))
    assert reason(outputs) == ("branches", {"layer": "x"})
    nothing = encoded(model(CONV, [tensor("k", KERNEL)], [x], [value("other", ())]))
    assert reason(nothing)[0] == "no_layers"


def test_a_model_is_told_by_its_fields():
    content = with_kernel(tensor("k", KERNEL))
    assert is_onnx(content)
    assert is_onnx(content[:-20])  # cut short, it says who made it
    assert reason(content[:-20])[0] == "damaged"
    for other in (b"", b"\x08", b"PK\x03\x04", b"\x80\x02}q\x00.", b"GGUF\x03\0\0\0", b"TFL3" * 9,
                  b"\x89HDF\r\n\x1a\n", b'{"a": 1}', bytes(500)):  # fmt: skip
        assert not is_onnx(other)


def test_varints_of_all_lengths():
    numbers = [0, 1, 127, 128, 300, 2**32, 2**63, 2**64 - 1]
    joined = memoryview(b"".join(map(varint, numbers)))
    assert varints(joined).tolist() == numbers
    for wrong in (b"\x80", b"\x01\xff", b"\xff" * 11 + b"\x01"):
        with pytest.raises(RefusedError):
            varints(memoryview(wrong))


def test_fields_that_reach_too_far_are_damage():
    for wrong in (b"\x0a\x05abc", b"\x0a\xff\xff\xff\xff\x7f", b"\x0d\x01", b"\x0b", b"\x00\x01",
                  b"\x0a"):  # fmt: skip
        with pytest.raises(RefusedError):
            parse(memoryview(wrong), Budget())


BOMBS = {
    "millions of fields": b"\x08\x01" * 1_000_000,
    "millions of nodes": encoded([(7, b"\x0a\x00" * 1_000_000)]),
    "an array of all numbers": encoded(
        chained([("Expand", "s"), ("Relu", "x"), ("Add", "v1", "v0")],
                {"s": np.array([60000, 60000])}, (1, 6, 6))),
    "arrays of many": encoded(
        chained([("ConstantOfShape", "s"), *[("Concat", f"v{at}", f"v{at}", {"axis": 0})
                                             for at in range(60)], ("Add", "x", "v60")],
                {"s": np.array([1000])}, (1, 6, 6))),
    "an outer product": encoded(
        chained([("Add", "a"), ("Mul", "b"), ("Relu",)],
                {"a": np.ones((5000, 1), np.float32), "b": np.ones((1, 5000), np.float32)},
                (1, 1, 1))),
    "a run without end": encoded(chained([("Erf",)] * 2900, {}, (1, 6, 6))),
    "runs without sense": encoded(
        chained([("Erf",), ("Mul", "a"), ("Exp",), ("MaxPool", {"kernel_shape": [1, 1]})] * 700,
                {"a": np.ones((6, 1), np.float32)}, (1, 6, 6))),
    "lines of all cells": encoded(
        chained([("Flatten",), *[("Mul", "a"), ("Add", "a"), ("Tanh",)] * 30],
                {"a": np.full(60_000, 0.1, np.float32)}, (1, 200, 300))),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_little_that_would_take_long_is_refused_soon(name):
    begun = process_time()
    assert reason(BOMBS[name])[0] in ("too_large", "damaged", "layer", "shapes", "branches")
    assert process_time() - begun < 2
