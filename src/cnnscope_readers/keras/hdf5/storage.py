"""Values of HDF5 arrays: in one piece, in the header itself, or in chunks that are packed.

numbers_of(header, "conv/kernel")     # float32; RefusedError

No chunk is unpacked beyond its own size, and no array is made whose chunks are not all there.
"""

import math
import zlib
from collections.abc import Sequence

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope_readers.arrays import array, count
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5.headers import MessageType
from cnnscope_readers.keras.hdf5.links import leaves
from cnnscope_readers.keras.hdf5.packed import UNDEFINED, Message, Packed, damaged
from cnnscope_readers.keras.hdf5.types import shape_at, type_at

COMPACT, CONTIGUOUS, CHUNKED = 0, 1, 2
"""Layouts. Source: the specification, section IV.A.2.i."""

DEFLATE, SHUFFLE, FLETCHER32 = 1, 2, 3
"""Filters that are undone. Source: section IV.A.2.l."""

CHECKSUM = 4
"""Bytes behind what a Fletcher checksum is of."""

BFLOAT16 = "<bf16"


def numbers_of(header: Sequence[Message], name: str) -> Array:
    """All values, as float32. Raises RefusedError: damaged, shapes, too_large, not_finite.

    Two bytes that their type says nothing of are a bfloat16: NumPy has none, so Keras writes it so.
    """
    space, kind = _one(header, MessageType.DATASPACE), _one(header, MessageType.DATATYPE)
    packed = space.packed
    shape = shape_at(packed, space.start, space.end)
    type_ = type_at(packed, kind.start, kind.end)
    dtype = BFLOAT16 if (type_.name, type_.size) == ("opaque", 2) else type_.name
    if shape is None or dtype[0] not in "<>":
        raise damaged(f"{name} ({dtype})")
    packed.spend_numbers(count(name, shape))
    return array(name, _bytes(header, shape, type_.size), dtype, shape)


def has_values(header: Sequence[Message]) -> bool:
    """Whether an object is an array."""
    return any(message.type == MessageType.LAYOUT for message in header)


def _one(header: Sequence[Message], type_: MessageType) -> Message:
    found = [message for message in header if message.type == type_]
    if len(found) != 1 or found[0].is_shared:
        raise damaged(type_.name.lower())
    return found[0]


def _bytes(header: Sequence[Message], shape: tuple[int, ...], size: int) -> bytes | memoryview:
    """The values of an array, packed as its type says."""
    layout = _one(header, MessageType.LAYOUT)
    filters = [message for message in header if message.type == MessageType.FILTERS]
    if any(message.type == MessageType.EXTERNAL_FILES for message in header):
        raise damaged("values in another file")
    version, kind = layout.unpack("<BB", 0)
    wanted = math.prod(shape) * size
    match version, kind:
        case 3 | 4, 0 if not filters:
            held = layout.number("<H", 2)
            return layout.packed.piece(layout.start + 4, min(held, layout.end - layout.start - 4))
        case 3 | 4, 1 if not filters:
            address, held = layout.unpack("<QQ", 2)
            return layout.packed.piece(address, held) if wanted else b""
        case 3, 2:
            return _chunked(layout, filters, shape, size)
    raise damaged("layout")


def _chunked(layout: Message, filters: list[Message], shape: tuple[int, ...], size: int) -> bytes:
    """The values of an array, put together from all its chunks."""
    packed = layout.packed
    rank, tree = layout.unpack("<BQ", 2)
    if rank != len(shape) + 1 or not shape or tree == UNDEFINED:
        raise damaged("chunks")
    chunk = tuple(layout.number("<I", 11 + 4 * axis) for axis in range(rank - 1))
    if min(chunk) < 1 or math.prod(chunk) > 4 * math.prod(shape) + LEAST_CHUNK:
        raise damaged("chunks")
    undone = _filters(filters)
    expected = math.prod(-(-side // step) for side, step in zip(shape, chunk, strict=True))
    packed.spend(expected)
    places = [_place(packed, key, rank) for key in leaves(packed, tree, 1, 8 + 8 * rank)]
    if len({offset for offset, *_ in places}) != expected or len(places) != expected:
        raise damaged("chunks")
    if any(held * (TIGHTEST if undone else 1) < math.prod(chunk) * size for _, held, *_ in places):
        raise damaged("chunk")
    whole = np.zeros((*shape, size), np.uint8)
    for offset, held, mask, address in places:
        if any(
            at % step or at >= side for at, step, side in zip(offset, chunk, shape, strict=True)
        ):
            raise damaged("chunk")
        content = _unpacked(
            packed.piece(address, held), undone, mask, math.prod(chunk) * size, size
        )
        values = np.frombuffer(content, np.uint8).reshape(*chunk, size)
        ends = tuple(
            min(step, side - at) for at, step, side in zip(offset, chunk, shape, strict=True)
        )
        into = tuple(slice(at, at + end) for at, end in zip(offset, ends, strict=True))
        whole[into] = values[tuple(map(slice, ends))]
    return whole.tobytes()


TIGHTEST = 1100
"""How many bytes one of DEFLATE stands for, at most. Source: zlib's technical details, 1032."""

LEAST_CHUNK = 1 << 20
"""Values that a chunk may have, however small its array is."""


def _place(packed: Packed, key: int, rank: int) -> tuple[tuple[int, ...], int, int, int]:
    """Of the chunk that a tree's key is of: where it belongs, its bytes, what was left out, where
    it is."""
    held, mask = packed.unpack("<II", key)
    offset = packed.numbers("Q", rank - 1, key + 8)
    return offset, held, mask, packed.number("<Q", key + 8 + 8 * rank)


def _filters(found: list[Message]) -> list[int]:
    """What was done to each chunk, in order. Raises RefusedError: damaged."""
    if not found:
        return []
    message = found[0]
    version, amount = message.unpack("<BB", 0)
    at, made = {1: 8, 2: 2}.get(version, 0), []
    for _ in range(amount if at else 0):
        number = message.number("<H", at)
        is_named = version == 1 or number >= 256
        name = message.number("<H", at + 2) if is_named else 0
        values = message.number("<H", at + (6 if is_named else 4))
        at += (8 if is_named else 6) + (-(-name // 8) * 8 if version == 1 else name) + 4 * values
        at += 4 if version == 1 and values % 2 else 0
        made.append(number)
    if not made or len(made) > 4 or not {*made} <= {DEFLATE, SHUFFLE, FLETCHER32}:
        raise RefusedError("damaged", where=f"HDF5: filter {made}")
    return made


def _unpacked(content: memoryview, filters: list[int], mask: int, wanted: int, size: int) -> bytes:
    """A chunk as it was before its filters. Raises RefusedError: damaged."""
    made = bytes(content)
    for number in range(len(filters) - 1, -1, -1):
        if mask >> number & 1:
            continue
        match filters[number]:
            case 1:
                made = _inflated(made, wanted + CHECKSUM)
            case 2:
                made = _unshuffled(made, size)
            case 3:
                made = made[:-CHECKSUM]
    if len(made) != wanted:
        raise damaged("chunk")
    return made


def _inflated(content: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        made = unpacking.decompress(content, most)
    except zlib.error as error:
        raise damaged("chunk") from error
    if not unpacking.eof:
        raise damaged("chunk")
    return made


def _unshuffled(content: bytes, size: int) -> bytes:
    """The first bytes of all values stood together, then the second ones; the rest as it is."""
    count = len(content) // size
    values = np.frombuffer(content, np.uint8, count * size).reshape(size, count)
    return values.T.tobytes() + content[count * size :]
