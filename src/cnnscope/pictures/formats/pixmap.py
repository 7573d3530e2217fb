"""PBM, PGM, PPM and QOI: simple formats that browsers lack and Pillow reads safely."""

import re
import struct

from cnnscope.pictures.formats.source import Header, PictureError, Reading, Source

_TOKEN = re.compile(rb"(?:\s|#[^\n\r]*[\n\r])*([0-9]+)")
_HEAD_BYTES = 2**12
_BITMAPS = (b"P1", b"P4")
_PLAIN = (b"P1", b"P2", b"P3")

PIXELS = 2**22
"""Most pixels where Pillow decodes: it holds the whole picture in WebAssembly's memory."""

SLOW_PIXELS = 2**19
"""Most pixels where Pillow decodes in Python, a pixel at a time (QOI, numbers as text)."""


def read_pnm(source: Source) -> Reading[Header]:
    """The header of a Netpbm file. Raises PictureError where rows are missing."""
    head = yield from source.exactly(0, min(_HEAD_BYTES, source.size))
    kind = head[:2]
    numbers = []
    at = 2
    for _ in range(2 if kind in _BITMAPS else 3):
        found = _TOKEN.match(head, at)
        if not found or len(found[1]) > 9:
            raise source.damaged()
        numbers.append(int(found[1]))
        at = found.end()
    width, height, *maximum = numbers
    if not 0 < (maximum or [1])[0] < 2**16:
        raise source.damaged()
    _limit(width, height, SLOW_PIXELS if kind in _PLAIN else PIXELS, source)
    samples = {b"P4": (width + 7) // 8, b"P5": width, b"P6": 3 * width}.get(kind, width) * height
    if at + 1 + samples * (2 if maximum and maximum[0] > 255 else 1) > source.size:
        raise source.damaged()
    return Header("PPM", width, height)


def read_qoi(source: Source) -> Reading[Header]:
    """The header of a QOI file."""
    width, height, channels = struct.unpack(">IIB", (yield from source.exactly(4, 9)))
    if channels not in (3, 4):
        raise source.damaged()
    _limit(width, height, SLOW_PIXELS, source)
    return Header("QOI", width, height)


def _limit(width: int, height: int, pixels: int, source: Source) -> None:
    source.checked(width, height)
    if width * height > pixels:
        raise PictureError(
            "too_large_for_format",
            format=source.format,
            width=width,
            height=height,
            limit=round(pixels / 10**6, 1),
        )
