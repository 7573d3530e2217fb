"""BMP: size, and whether the pixels that it promises can be there."""

import struct
from typing import NamedTuple

from cnnscope.pictures.formats.source import Header, Reading, Source

_CORE_BYTES = 12  # OS/2's first header, with 16-bit sizes
_DEPTHS = (1, 2, 4, 8, 16, 24, 32)
_RGB, _BIT_FIELDS, _ALPHA_BIT_FIELDS = 0, 3, 6


class BitmapHeader(NamedTuple):
    """The part that BMP and ICO share."""

    width: int
    height: int
    depth: int
    compression: int


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError for impossible fields and for missing rows."""
    (pixels_at,) = struct.unpack("<I", (yield from source.exactly(10, 4)))
    bitmap = yield from bitmap_header(source, 14)
    width, height = source.checked(bitmap.width, abs(bitmap.height))
    if pixels_at >= source.size:
        raise source.damaged()
    if bitmap.compression in (_RGB, _BIT_FIELDS, _ALPHA_BIT_FIELDS):
        row_bytes = (width * bitmap.depth + 31) // 32 * 4
        if pixels_at + row_bytes * height - 3 > source.size:  # the last row's padding may lack
            raise source.damaged()
    return Header("BMP", width, height)


def bitmap_header(source: Source, at: int) -> Reading[BitmapHeader]:
    """Width, height (negative: top row first), bits a pixel and compression."""
    (header_bytes,) = struct.unpack("<I", (yield from source.exactly(at, 4)))
    if header_bytes == _CORE_BYTES:
        fields = yield from source.exactly(at + 4, 8)
        width, height, _, depth = struct.unpack("<HHHH", fields)
        compression = 0
    elif 16 <= header_bytes <= 2**12:
        fields = yield from source.exactly(at + 4, 16)
        width, height, _, depth, compression = struct.unpack("<iiHHI", fields)
        compression = compression if header_bytes >= 20 else 0
    else:
        raise source.damaged()
    if depth not in _DEPTHS:
        raise source.unsupported()
    return BitmapHeader(width, height, depth, compression)
