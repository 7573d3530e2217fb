"""ONNX files made without protobuf: messages as lists of numbered fields, encoded.

    file = chained([("Conv", "k", {"strides": [2, 2]}), ("Relu",)], {"k": kernel}, (1, 9, 9))
    encoded(file)     # bytes; ``file`` itself may be looked into, and damaged

A field is (number, value): a whole number, a float (of four bytes), bytes, text, or a message.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Message = list[tuple[int, Any]]

TYPES = {
    "float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "bool": 9, "float16": 10,
    "float64": 11,
}  # fmt: skip


def varint(value: int) -> bytes:
    """A number of up to 64 bits, seven a byte."""
    value &= (1 << 64) - 1
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


def encoded(message: Message) -> bytes:
    """A message on the wire."""
    made = []
    for number, value in message:
        if isinstance(value, float):
            made.append(varint(number << 3 | 5) + struct.pack("<f", value))
        elif isinstance(value, int):
            made.append(varint(number << 3) + varint(value))
        else:
            content = encoded(value) if isinstance(value, list) else value
            content = content.encode() if isinstance(content, str) else content
            made.append(varint(number << 3 | 2) + varint(len(content)) + content)
    return b"".join(made)


def tensor(name: str, array: Any) -> Message:
    """An array, its numbers as raw bytes."""
    array = np.asarray(array)
    sizes = [(1, size) for size in array.shape]
    kind = TYPES[array.dtype.name]
    return [*sizes, (2, kind), (8, name), (9, np.ascontiguousarray(array).tobytes())]


def external(name: str, array: Any, **said: str) -> Message:
    """An array, whose numbers are in another file."""
    pairs = [(13, [(1, key), (2, value)]) for key, value in said.items()]
    return [*tensor(name, array)[:-1], *pairs, (14, 1)]


def attribute(name: str, value: Any) -> Message:
    """A setting of a node."""
    match value:
        case float():
            return [(1, name), (2, value), (20, 1)]
        case int():
            return [(1, name), (3, value), (20, 2)]
        case str():
            return [(1, name), (4, value), (20, 3)]
        case [*numbers] if all(isinstance(each, int) for each in numbers):
            return [(1, name), *((8, each) for each in numbers), (20, 7)]
        case [*numbers] if all(isinstance(each, float) for each in numbers):
            return [(1, name), (7, struct.pack(f"<{len(numbers)}f", *numbers)), (20, 6)]
    return [(1, name), (5, tensor("", value)), (20, 4)]


def node(op: str, inputs: Sequence[str], outputs: Sequence[str], **settings: Any) -> Message:
    """An operation, called as what it makes."""
    return [
        *((1, name) for name in inputs), *((2, name) for name in outputs),
        (3, f"node_{outputs[0]}"), (4, op),
        *((5, attribute(name, value)) for name, value in settings.items()),
    ]  # fmt: skip


def value(name: str, dims: Sequence[int | str], kind: int = 1) -> Message:
    """An input or output; a dim is a size or a name."""
    sizes = [(1, [(1, size) if isinstance(size, int) else (2, size)]) for size in dims]
    return [(1, name), (2, [(1, [(1, kind), (2, sizes)])])]


def model(
    nodes: Sequence[Message],
    tensors: Sequence[Message],
    inputs: Sequence[Message],
    outputs: Sequence[Message],
    *,
    opset: int = 20,
    metadata: Mapping[str, str] | None = None,
) -> Message:
    """A whole file."""
    graph = [
        *((1, each) for each in nodes), (2, "graph"), *((5, each) for each in tensors),
        *((11, each) for each in inputs), *((12, each) for each in outputs),
    ]  # fmt: skip
    pairs = [(14, [(1, key), (2, text)]) for key, text in (metadata or {}).items()]
    return [(1, 9), (2, "tests"), (7, graph), (8, [(1, ""), (2, opset)]), *pairs]


Step = tuple[Any, ...]
"""An operation, names of what it reads beside the value before it, and perhaps settings."""


def chained(
    steps: Sequence[Step],
    arrays: Mapping[str, Any],
    shape: Sequence[int | str],
    *,
    kind: int = 1,
    **others: Any,
) -> Message:
    """A file whose operations each read what the one before made; ``shape`` without the batch.

    The values are called ``x``, then ``v0``, ``v1`` and so on.
    """
    nodes, last = [], "x"
    for at, (op, *read) in enumerate(steps):
        settings = read.pop() if read and isinstance(read[-1], dict) else {}
        names = read if "x" in read or any(name[:1] == "v" for name in read) else [last, *read]
        names = [] if op == "Constant" else names
        nodes.append(node(op, names, [f"v{at}"], **settings))
        last = f"v{at}"
    tensors = [tensor(name, array) for name, array in arrays.items()]
    start = value("x", ("batch", *shape), kind)
    return model(nodes, tensors, [start], [value(last, ("batch", "classes"))], **others)
