"""WebP: size from its first picture chunk, orientation from the EXIF chunk behind it."""

import struct

from cnnscope.pictures.formats.exif import orientation
from cnnscope.pictures.formats.source import Edit, Header, Reading, Source

_ANIMATED, _HAS_EXIF = 0x02, 0x08
_FLAGS_AT = 20
_CHUNKS = 2**16
_EXIF_BYTES = 2**16


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError for chunks cut short, missing or at odds on the size."""
    (riff_bytes,) = struct.unpack("<I", (yield from source.exactly(4, 4)))
    end_of_file = 8 + riff_bytes
    if end_of_file > source.size + (riff_bytes & 1):
        raise source.damaged()
    canvas: tuple[int, int] | None = None
    frame: tuple[int, int] | None = None
    flags = 0
    turn = 1
    edits: list[Edit] = []
    at = 12
    for _ in range(_CHUNKS):
        if at + 8 > end_of_file:
            break
        kind, length = struct.unpack("<4sI", (yield from source.exactly(at, 8)))
        if at + 8 + length > source.size:
            raise source.damaged()
        if kind == b"VP8X" and canvas is None:
            fields = yield from source.exactly(at + 8, 10)
            flags = fields[0]
            canvas = source.checked(1 + _uint24(fields[4:7]), 1 + _uint24(fields[7:10]))
        elif kind in (b"VP8 ", b"VP8L") and frame is None:
            frame = yield from _frame(source, kind, at + 8)
        elif kind == b"EXIF":
            exif = yield from source.exactly(at + 8, min(length, _EXIF_BYTES))
            turn = turn if edits else orientation(exif.removeprefix(b"Exif\0\0"))
            edits.append(Edit(at, at + 4, b"XXXX"))  # a chunk that every decoder skips
        elif kind == b"ANMF" and frame is None:
            frame = canvas
        at += 8 + length + (length & 1)
    else:
        raise source.too_complex()
    is_animated = bool(flags & _ANIMATED)
    if frame is None or (canvas not in (None, frame) and not is_animated):
        raise source.damaged()
    if edits and canvas:
        edits.insert(0, Edit(_FLAGS_AT, _FLAGS_AT + 1, bytes([flags & ~_HAS_EXIF])))
    return Header("WebP", *(canvas or frame), turn, is_animated, tuple(edits))


def _frame(source: Source, kind: bytes, at: int) -> Reading[tuple[int, int]]:
    """(width, height) of a lossy or lossless picture chunk."""
    if kind == b"VP8L":
        mark, bits = struct.unpack("<BI", (yield from source.exactly(at, 5)))
        if mark != 0x2F:
            raise source.damaged()
        return source.checked(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    fields = yield from source.exactly(at + 3, 7)
    width, height = struct.unpack_from("<HH", fields, 3)
    if fields[:3] != b"\x9d\x01\x2a":
        raise source.damaged()
    return source.checked(width & 0x3FFF, height & 0x3FFF)


def _uint24(three: bytes) -> int:
    return int.from_bytes(three, "little")
