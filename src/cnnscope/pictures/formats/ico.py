"""ICO and CUR: several pictures in one file, of which a decoder shows one."""

import struct

from cnnscope.pictures.formats import bmp, png
from cnnscope.pictures.formats.source import Header, Reading, Source

_ENTRIES = 256


def read(source: Source) -> Reading[Header]:
    """The header, with the size of the largest picture. Every picture's own header is read."""
    (count,) = struct.unpack("<H", (yield from source.exactly(4, 2)))
    if not 1 <= count <= _ENTRIES:
        raise source.damaged()
    entries = yield from source.exactly(6, 16 * count)
    sizes: set[tuple[int, int]] = set()
    for number in range(count):
        byte_count, at = struct.unpack_from("<II", entries, 16 * number + 8)
        if at + byte_count > source.size:
            raise source.damaged()
        start = yield from source.exactly(at, 8)
        if start == png.SIGNATURE:
            width, height, _ = yield from png.image_header(source, at)
        else:
            bitmap = yield from bmp.bitmap_header(source, at)
            width, height = bitmap.width, abs(bitmap.height) // 2  # the mask is the other half
        sizes.add(source.checked(width, height))
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Header("ICO", width, height, other_sizes=frozenset(sizes))
