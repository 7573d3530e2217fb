"""HDF5 files, as h5py writes them by default: version 0, symbol tables, arrays in one piece.

hdf5({"vars": {"0": array}}, {"": {"model_config": "...", "names": ["a", "b"]}})

Source: HDF5 File Format Specification, version 3.0.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Tree = Mapping[str, Any]
"""Names of groups, which are such mappings, of arrays, and of what makes messages of its own."""

Messages = list[tuple[int, bytes]]

Attributes = Mapping[str, Mapping[str, str | Sequence[str]]]
"""Texts by name, by the path of the group that has them."""

NOWHERE = (1 << 64) - 1

ENTRIES = 16
"""Half of what a symbol table has room for."""

NODE = 24 + 33 * 8 + 32 * 8
"""Bytes of a tree's node."""

HEAP = 4096
"""Bytes that a heap of texts has at least."""

FLOATS = {
    "f2": (2, 15, 0, 16, 10, 5, 0, 10, 15),
    "f4": (4, 31, 0, 32, 23, 8, 0, 23, 127),
    "f8": (8, 63, 0, 64, 52, 11, 0, 52, 1023),
}


def hdf5(tree: Tree, attributes: Attributes | None = None) -> bytes:
    """A file of groups and arrays."""
    content = bytearray(96)
    root = _group(content, tree, attributes or {}, "")
    content[:96] = struct.pack(
        "<8s8BHHI4QQQII16x", b"\x89HDF\r\n\x1a\n", 0, 0, 0, 0, 0, 8, 8, 0, ENTRIES, 16, 0,
        0, NOWHERE, len(content), NOWHERE, 0, root, 0, 0,
    )  # fmt: skip
    return bytes(content)


def chunked(
    values: np.ndarray[Any, Any], chunk: tuple[int, ...], pieces: Mapping[tuple[int, ...], bytes],
    filters: Sequence[int] = (),
) -> Any:  # fmt: skip
    """An array in chunks that are packed already, by where they begin."""

    def messages(content: bytearray) -> Messages:
        keys = b""
        for start, piece in pieces.items():
            keys += struct.pack(f"<II{len(start) + 1}Q", len(piece), 0, *start, 0)
            keys += struct.pack("<Q", put(content, piece))
        head = struct.pack("<4sBBHQQ", b"TREE", 1, 0, len(pieces), NOWHERE, NOWHERE)
        tree = put(content, head + keys + bytes(8 * (values.ndim + 2)))
        sizes = struct.pack(f"<{values.ndim + 1}I", *chunk, values.itemsize)
        told = b"".join(struct.pack("<HHHH", number, 0, 0, 0) for number in filters)
        made = [
            (0x01, shape_message(values.shape)), (0x03, type_message(values.dtype)),
            (0x08, struct.pack("<BBBQ", 3, 2, values.ndim + 1, tree) + sizes),
        ]  # fmt: skip
        return [*made, (0x0B, struct.pack("<BB6x", 1, len(filters)) + told)] if filters else made

    return messages


def put(content: bytearray, piece: bytes) -> int:
    """Add bytes at a multiple of eight; where they are."""
    content += bytes(-len(content) % 8)
    at = len(content)
    content += piece
    return at


def _group(content: bytearray, tree: Tree, attributes: Attributes, path: str) -> int:
    """Add a group and all that is in it; where its header is."""
    entries, names = [], bytearray(8)
    for name, held in sorted(tree.items()):
        below = f"{path}/{name}".lstrip("/")
        is_group = isinstance(held, Mapping)
        if callable(held):
            at = _header(content, held(content))
        else:
            at = _group(content, held, attributes, below) if is_group else _array(content, held)
        entries.append(struct.pack("<QQII16x", len(names), at, 0, 0))
        names += name.encode() + bytes(8 - len(name.encode()) % 8)
    data = put(content, bytes(names))
    heap = put(content, struct.pack("<4s4xQQQ", b"HEAP", len(names), 1, data))  # 1: nothing is free
    filled = b"".join(entries).ljust(2 * ENTRIES * 40, b"\0")
    table = put(content, struct.pack("<4sBxH", b"SNOD", 1, len(entries)) + filled)
    last = struct.unpack_from("<Q", entries[-1])[0] if entries else 0
    node = struct.pack(
        "<4sBBHQQQQQ", b"TREE", 0, 0, bool(entries), NOWHERE, NOWHERE, 0, table, last
    )
    messages = [(0x11, struct.pack("<QQ", put(content, node.ljust(NODE, b"\0")), heap))]
    for name, told in attributes.get(path, {}).items():
        messages.append((0x0C, _attribute(content, name, told)))
    return _header(content, messages)


def _array(content: bytearray, values: np.ndarray[Any, Any]) -> int:
    """Add an array; where its header is."""
    at = put(content, values.tobytes())
    messages = [
        (0x01, shape_message(values.shape)),
        (0x03, type_message(values.dtype)),
        (0x08, struct.pack("<BBQQ", 3, 1, at, values.nbytes)),
    ]
    return _header(content, messages)


def _header(content: bytearray, messages: Messages) -> int:
    packed = b""
    for kind, message in messages:
        message += bytes(-len(message) % 8)
        packed += struct.pack("<HHB3x", kind, len(message), 0) + message
    return put(content, struct.pack("<BxHII4x", 1, len(messages), 1, len(packed)) + packed)


def shape_message(shape: tuple[int, ...]) -> bytes:
    return struct.pack(f"<BBBx4x{len(shape)}Q", 1, len(shape), 0, *shape)


def type_message(dtype: np.dtype[Any]) -> bytes:
    if dtype.kind == "V":
        return struct.pack("<BBBBI8x", 0x15, 0, 0, 0, dtype.itemsize)
    if dtype.kind in "iu":
        return struct.pack("<BBBBIHH", 0x10, 8, 0, 0, dtype.itemsize, 0, 8 * dtype.itemsize)
    size, sign, *bits = FLOATS[f"f{dtype.itemsize}"]
    order = int(dtype.str[0] == ">")
    return struct.pack("<BBBBIHHBBBBI", 0x11, 0x20 | order, sign, 0, size, *bits)


def _attribute(content: bytearray, name: str, told: str | Sequence[str]) -> bytes:
    """A message whose values are references to texts in a heap of their own."""
    texts = [told] if isinstance(told, str) else list(told)
    shape = shape_message(() if isinstance(told, str) else (len(texts),))
    objects = b""
    for number, text in enumerate(texts, 1):
        held = text.encode()
        objects += struct.pack("<HH4xQ", number, 1, len(held)) + held + bytes(-len(held) % 8)
    size = max(16 + len(objects) + 16, HEAP)
    free = size - 16 - len(objects)
    objects = (objects + struct.pack("<HH4xQ", 0, 0, free)).ljust(size - 16, b"\0")
    heap = put(content, struct.pack("<4sB3xQ", b"GCOL", 1, size) + objects)
    values = b"".join(
        struct.pack("<IQI", len(text.encode()), heap, number)
        for number, text in enumerate(texts, 1)
    )
    kind = struct.pack("<BBBBI", 0x19, 1, 1, 0, 16) + struct.pack("<BBBBI", 0x13, 0, 0, 0, 1)
    parts = [name.encode() + b"\0", kind, shape]
    filled = b"".join(part + bytes(-len(part) % 8) for part in parts)
    return struct.pack("<BxHHH", 1, *map(len, parts)) + filled + values
