"""Files of safetensors: a header in JSON, and the arrays after it, in the order of their names.

    read_safetensors({"net.safetensors": content}, "net.safetensors")     # Weights

Source of the format: the README of the library of that name.
"""

import struct
from collections.abc import Mapping
from typing import Any

from cnnscope.nn.ops import Array
from cnnscope_readers.arrays import array, count
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from cnnscope_readers.plain_json import LARGEST, read_json
from cnnscope_readers.torch.kinds import FLOATS, size_of
from cnnscope_readers.torch.state_dict import LONGEST, TENSORS, short_names

LENGTH = 8
"""Bytes that say how long the header is."""

METADATA = "__metadata__"

KINDS = {
    "F64": "f8", "F32": "f4", "F16": "f2", "BF16": "bf16", "I64": "i8", "I32": "i4", "I16": "i2",
    "I8": "i1", "U64": "u8", "U32": "u4", "U16": "u2", "U8": "u1", "BOOL": "b1",
}  # fmt: skip


def is_safetensors(content: bytes) -> bool:
    """Whether a file begins with the length of a header that fits into it, and a header."""
    if len(content) < LENGTH + 2:
        return False
    (length,) = struct.unpack_from("<Q", content)
    return length <= len(content) - LENGTH and content[LENGTH : LENGTH + 1] == b"{"


def read_safetensors(files: Mapping[str, bytes], name: str) -> Weights:
    """The weights of a file, whole numbers left out; their order is not that of the layers.

    Raises RefusedError: damaged, twice, shapes, too_large, not_finite, setting, not_a_network.
    """
    content = files[name]
    if not is_safetensors(content):
        raise RefusedError("damaged", where="header")
    (length,) = struct.unpack_from("<Q", content)
    if length > LARGEST:
        raise RefusedError("too_large", what="header", limit=LARGEST, got=length)
    header = read_json(content[LENGTH : LENGTH + length], where="header")
    header.pop(METADATA, None)
    if len(header) > TENSORS:
        raise RefusedError("too_large", what="tensors", limit=TENSORS, got=len(header))
    numbers = memoryview(content)[LENGTH + length :]
    _check_places(header, len(numbers))
    arrays = {key: made for key, entry in header.items() if (made := _array(key, entry, numbers))
              is not None}  # fmt: skip
    if not arrays:
        raise RefusedError("not_a_network")
    shorter = dict(zip(short_names(list(arrays)), arrays.values(), strict=True))
    return Weights(shorter, is_ordered=False)


def _check_places(header: Mapping[str, Any], end: int) -> None:
    """See that the arrays lie one after the other, and that there is nothing else."""
    places = []
    for name, entry in header.items():
        match entry:
            case {
                "dtype": str(),
                "shape": list() as sides,
                "data_offsets": [int() as start, int() as stop],
            }:
                places.append((start, stop, name))
            case _:
                raise RefusedError("damaged", where=name)
        if len(name) > LONGEST or not all(type(side) is int for side in sides):
            raise RefusedError("damaged", where=name)
    at = 0
    for start, stop, name in sorted(places):
        if start != at or stop < start:
            raise RefusedError("damaged", where=name)
        at = stop
    if at != end:
        raise RefusedError("damaged", where="data")


def _array(name: str, entry: Mapping[str, Any], numbers: memoryview) -> Array | None:
    """The numbers of one array; None where they are whole, or there are none."""
    start, stop = entry["data_offsets"]
    shape, kind = tuple(entry["shape"]), KINDS.get(entry["dtype"])
    if kind is None:
        raise RefusedError("setting", layer=name, setting="dtype", value=entry["dtype"])
    if count(name, shape) * size_of(kind) != stop - start:
        raise RefusedError("damaged", where=name)
    if kind not in FLOATS or start == stop:
        return None
    return array(name, numbers, f"<{kind}", shape, start)
