"""Attributes of HDF5 objects, as far as they are text.

name_of(message)      # "weight_names"
texts_of(message)     # ["conv/kernel:0", "conv/bias:0"]
"""

import math
from collections.abc import Iterator

from cnnscope_readers.keras.hdf5.packed import Message, Packed, damaged
from cnnscope_readers.keras.hdf5.types import FIXED, TEXT, shape_at, type_at

ALIGNED = 8
"""Bytes to which the parts of an old attribute, and objects of a heap, are filled up."""


def name_of(message: Message) -> str:
    """An attribute's name. Raises RefusedError: damaged."""
    return _parts(message)[0]


def texts_of(message: Message) -> list[str]:
    """An attribute's texts; none of an empty one. Raises RefusedError: damaged, too_large."""
    _, type_start, space_start, start = _parts(message)
    packed, end = message.packed, message.end
    shape = shape_at(packed, space_start, end)
    count = 0 if shape is None else math.prod(shape)
    if not count:
        return []
    type_ = type_at(packed, type_start, end)
    if type_.name not in (TEXT, FIXED) or start + count * type_.size > end:
        raise damaged("attribute")
    packed.spend(count)
    places = range(start, start + count * type_.size, type_.size or 1)
    read = _variable if type_.name == TEXT else _fixed
    return [read(packed, at, type_.size) for at in places]


def _parts(message: Message) -> tuple[str, int, int, int]:
    """The name, and where the type, the shape and the values begin."""
    version, flags, name_size, type_size, space_size = message.unpack("<BBHHH", 0)
    if version not in (1, 2, 3) or (version > 1 and flags):
        raise damaged("attribute")
    fill = ALIGNED if version == 1 else 1
    name = message.start + (9 if version == 3 else 8)
    type_ = name + -(-name_size // fill) * fill
    space = type_ + -(-type_size // fill) * fill
    values = space + -(-space_size // fill) * fill
    if values > message.end:
        raise damaged("attribute")
    return _text(message.packed.piece(name, name_size)), type_, space, values


def _fixed(packed: Packed, at: int, size: int) -> str:
    packed.spend_text(size)
    return _text(packed.piece(at, size)).rstrip(" ")


def _variable(packed: Packed, at: int, _: int) -> str:
    size, heap, index = packed.unpack("<IQI", at)
    if not size:
        return ""
    packed.spend_text(size)
    if heap not in packed.heaps:
        packed.heaps[heap] = dict(_heap_objects(packed, heap))
    start, length = packed.heaps[heap].get(index, (0, 0))
    if size > length:
        raise damaged("text")
    return _text(packed.piece(start, size))


def _heap_objects(packed: Packed, heap: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The number of each object of a global heap; its place and its size."""
    packed.expect(b"GCOL", heap)
    end = heap + packed.number("<Q", heap + 8)
    at = heap + 16
    while at + 16 <= end:
        packed.spend()
        index, _, _, size = packed.unpack("<HHIQ", at)
        if index == 0:
            return
        yield index, (at + 16, size)
        at += 16 + -(-size // ALIGNED) * ALIGNED


def _text(content: memoryview) -> str:
    """Up to the zero that ends it."""
    try:
        return bytes(content).partition(b"\0")[0].decode()
    except UnicodeDecodeError as error:
        raise damaged("text") from error
