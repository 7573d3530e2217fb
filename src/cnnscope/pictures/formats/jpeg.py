"""JPEG: size from the frame header, orientation from EXIF, and how many scans there are.

Every scan of a progressive JPEG goes over all of the picture, so a small file with thousands of
them keeps a decoder busy for minutes. They are counted here, before any decoder sees the file.
"""

import re
import struct
from typing import NamedTuple

from cnnscope.pictures.formats.exif import orientation
from cnnscope.pictures.formats.source import REDUCIBLE_PIXELS, Edit, Header, Reading, Source

SCANS = 100
"""Most scans of a picture; programs that optimise JPEGs write about ten."""

SCAN_PIXELS = 2**30
"""Most pixels times scans: 16 scans of the largest picture allowed, a few seconds of decoding."""

_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive, all with Huffman codes
_OTHER_FRAMES = {0xC3, *range(0xC5, 0xD0)} - {0xC8, 0xCC}  # lossless, hierarchical, arithmetic
_SCAN, _END, _APP1, _PROGRESSIVE = 0xDA, 0xD9, 0xE1, 0xC2
_EXIF = b"Exif\0"
_SEGMENTS = 2**16


class _Frame(NamedTuple):
    width: int
    height: int


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError for segments cut short, missing or impossible."""
    frame: _Frame | None = None
    is_progressive = False
    scans = 0
    turn = 1
    edits: list[Edit] = []
    at = 2
    for _ in range(_SEGMENTS):
        at, marker = yield from _next_marker(source, at)
        if marker == _END:
            break
        (length,) = struct.unpack(">H", (yield from source.exactly(at + 2, 2)))
        end = at + 2 + length
        if length < 2 or end > source.size:
            raise source.damaged()
        if marker in _OTHER_FRAMES:
            raise source.unsupported()
        if marker in _FRAMES:
            if frame is not None:
                raise source.damaged()
            frame = _frame((yield from source.exactly(at + 4, 6)), source)
            is_progressive = marker == _PROGRESSIVE
        elif marker == _APP1:
            segment = yield from source.exactly(at + 4, length - 2)
            if segment.startswith(_EXIF):
                turn = turn if edits else orientation(segment[6:])
                edits.append(Edit(at, end))
        elif marker == _SCAN:
            scans += 1
            if frame is None:
                raise source.damaged()
            _check_scans(scans, frame, source, is_progressive=is_progressive)
        at = end
    else:
        raise source.too_complex()
    if frame is None or scans == 0:
        raise source.damaged()
    return Header("JPEG", *frame, turn, edits=tuple(edits))


def _check_scans(scans: int, frame: _Frame, source: Source, *, is_progressive: bool) -> None:
    if is_progressive or scans > 1:  # a decoder keeps all of it, whatever size it makes
        source.checked(*frame)
    if scans > SCANS or scans * frame.width * frame.height > SCAN_PIXELS:
        raise source.too_complex()


def _frame(fields: bytes, source: Source) -> _Frame:
    depth, height, width, components = struct.unpack(">BHHB", fields)
    if depth != 8:
        raise source.unsupported()
    if not 1 <= components <= 4:
        raise source.damaged()
    return _Frame(*source.checked(width, height, REDUCIBLE_PIXELS))


def _next_marker(source: Source, at: int) -> Reading[tuple[int, int]]:
    """Where the next marker with a segment (or the end) is, and which; skips coded pixels."""
    while True:
        block = yield from source.some(at, 2)
        if len(block) < 2:
            raise source.damaged()
        found = _MARKER.search(block)
        if found:
            return at + found.start(), block[found.start() + 1]
        at += len(block) - 1  # a marker may begin with the block's last byte
