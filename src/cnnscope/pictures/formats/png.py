"""PNG: size from IHDR, orientation from eXIf, and whether all chunks are there."""

import struct
import zlib

from cnnscope.pictures.formats.exif import orientation
from cnnscope.pictures.formats.source import Edit, Header, Reading, Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Colour type -> bit depths that exist."""

_PALETTE = 3
_CHUNKS = 2**16
_EXIF_BYTES = 2**16


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError for chunks cut short, missing or impossible."""
    width, height, colour = yield from image_header(source, 0)
    seen: set[bytes] = set()
    turn = 1
    edits: list[Edit] = []
    at = len(SIGNATURE)
    for _ in range(_CHUNKS):
        if at >= source.size:
            break
        length, kind = struct.unpack(">I4s", (yield from source.exactly(at, 8)))
        end = at + 12 + length
        if end > source.size or not kind.isalpha():
            raise source.damaged()
        if kind == b"eXIf":
            if not edits:
                turn = yield from _orientation(source, at, length)
            edits.append(Edit(at, end))
        seen.add(kind)
        if kind == b"IEND":
            break
        at = end
    else:
        raise source.too_complex()
    if b"IDAT" not in seen or (colour == _PALETTE and b"PLTE" not in seen):
        raise source.damaged()
    return Header("PNG", width, height, turn, b"acTL" in seen, tuple(edits))


def _orientation(source: Source, at: int, length: int) -> Reading[int]:
    """What the eXIf chunk at ``at`` says, if its checksum is right."""
    if length > _EXIF_BYTES:
        return 1
    chunk = yield from source.exactly(at + 4, length + 8)
    (checksum,) = struct.unpack_from(">I", chunk, length + 4)
    return orientation(chunk[4:-4]) if checksum == zlib.crc32(chunk[:-4]) else 1


def image_header(source: Source, at: int) -> Reading[tuple[int, int, int]]:
    """(width, height, colour type) of the PNG that starts at ``at``."""
    head = yield from source.exactly(at, 33)
    length, kind, width, height, depth, colour, *methods = struct.unpack_from(
        ">I4sIIBBBBB", head, 8
    )
    is_header = head[:8] == SIGNATURE and (length, kind) == (13, b"IHDR")
    if not is_header or depth not in _DEPTHS.get(colour, ()):
        raise source.damaged()
    if methods[:2] != [0, 0] or methods[2] > 1:
        raise source.damaged()
    return *source.checked(width, height), colour
