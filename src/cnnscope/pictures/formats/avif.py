"""AVIF: size and turn of the picture to be shown, from the boxes of its container.

The turn is part of decoding an AVIF, and every browser does it; so the size told here is that of
the turned picture and the orientation left to be done is none.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from cnnscope.pictures.formats.source import Header, Reading, Source

_META_BYTES = 2**20
_BOXES = 2**12


class _Box(NamedTuple):
    kind: bytes
    content: bytes


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError where the container is cut short or names no picture."""
    at = 0
    brands = b""
    header: Header | None = None
    for _ in range(_BOXES):
        if at >= source.size:
            break
        length, kind, head = yield from _box_head(source, at)
        if at + length > source.size:
            raise source.damaged()
        if kind == b"ftyp":
            brands = (yield from source.exactly(at + head, min(length - head, 256)))[:4]
        elif kind == b"meta":
            if length > _META_BYTES:
                raise source.too_complex()
            meta = yield from source.exactly(at + head, length - head)
            header = _header(meta, brands == b"avis", source)
        at += length
    else:
        raise source.too_complex()
    if header is None:
        raise source.damaged()
    return header


def _header(meta: bytes, is_sequence: bool, source: Source) -> Header:
    try:
        shown, *cropped = _shown_sizes(_primary_properties(meta))
        sizes = [_extent(box.content) for box in _property_boxes(meta) if box.kind == b"ispe"]
    except (struct.error, IndexError, KeyError, ValueError):
        raise source.damaged() from None
    for width, height in sizes:  # of tiles, thumbnails and transparency too
        source.checked(width, height)
    return Header("AVIF", *shown, is_animated=is_sequence, other_sizes=frozenset(cropped))


def _shown_sizes(properties: list[_Box]) -> Iterator[tuple[int, int]]:
    """The size of the turned picture, then that within its crop, if it has one."""
    content = {box.kind: box.content for box in properties}
    turned = content.get(b"irot", b"\0")[0] % 2
    width, height = _extent(content[b"ispe"])
    yield (height, width) if turned else (width, height)
    if b"clap" in content:
        width, width_part, height, height_part = struct.unpack_from(">IIII", content[b"clap"])
        width, height = width // max(width_part, 1), height // max(height_part, 1)
        yield (height, width) if turned else (width, height)


def _primary_properties(meta: bytes) -> list[_Box]:
    """What the container says of the picture that is to be shown."""
    boxes = {box.kind: box.content for box in _boxes(meta[4:])}
    primary = _uint(boxes[b"pitm"][4:], 4 if boxes[b"pitm"][0] else 2)
    inside = {box.kind: box.content for box in _boxes(boxes[b"iprp"])}
    known = _property_boxes(meta)
    return [known[index - 1] for index in _associations(inside[b"ipma"], primary) if index]


def _property_boxes(meta: bytes) -> list[_Box]:
    boxes = {box.kind: box.content for box in _boxes(meta[4:])}
    inside = {box.kind: box.content for box in _boxes(boxes[b"iprp"])}
    return list(_boxes(inside[b"ipco"]))


def _associations(ipma: bytes, item: int) -> list[int]:
    """One-based numbers of the properties of an item."""
    id_bytes = 4 if ipma[0] else 2
    index_bytes = 2 if ipma[3] & 1 else 1
    at = 8
    for _ in range(_uint(ipma[4:], 4)):
        found = _uint(ipma[at:], id_bytes)
        count = ipma[at + id_bytes]
        at += id_bytes + 1
        if found == item:
            essential = 1 << (8 * index_bytes - 1)
            return [
                _uint(ipma[at + n * index_bytes :], index_bytes) & ~essential for n in range(count)
            ]
        at += count * index_bytes
    raise KeyError(item)


def _extent(ispe: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", ispe, 4)
    return width, height


def _boxes(content: bytes) -> Iterator[_Box]:
    at = 0
    for _ in range(_BOXES):
        if at >= len(content):
            return
        length, kind = struct.unpack_from(">I4s", content, at)
        if length < 8 or at + length > len(content):
            raise ValueError(kind)
        yield _Box(kind, content[at + 8 : at + length])
        at += length


def _box_head(source: Source, at: int) -> Reading[tuple[int, bytes, int]]:
    """(bytes of the whole box, its kind, bytes of its head)."""
    length, kind = struct.unpack(">I4s", (yield from source.exactly(at, 8)))
    head = 8
    if length == 1:
        (length,) = struct.unpack(">Q", (yield from source.exactly(at + 8, 8)))
        head = 16
    elif length == 0:
        length = source.size - at
    if length < head:
        raise source.damaged()
    return length, kind, head


def _uint(content: bytes, count: int) -> int:
    if len(content) < count:
        raise ValueError(count)
    return int.from_bytes(content[:count], "big")
