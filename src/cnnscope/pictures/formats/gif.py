"""GIF: the logical screen, the first frame, and whether a second one follows."""

import struct

from cnnscope.pictures.formats.source import Header, Reading, Source

_EXTENSION, _FRAME, _TRAILER = 0x21, 0x2C, 0x3B
_BLOCKS = 2**18


def read(source: Source) -> Reading[Header]:
    """The header. Raises PictureError where the first frame is missing or cut short."""
    head = yield from source.exactly(0, 13)
    width, height, flags = struct.unpack_from("<HHB", head, 6)
    at = 13 + _palette_bytes(flags)
    screen: tuple[int, int] | None = None
    grown = (width, height)
    for _ in range(_BLOCKS):
        if screen and at >= source.size:  # no trailer: the first frame is whole all the same
            return Header("GIF", *screen, other_sizes=frozenset({grown}))
        (kind,) = yield from source.exactly(at, 1)
        if kind == _EXTENSION:
            at = yield from _skip_blocks(source, at + 2)
        elif screen or kind != _FRAME:
            break
        else:
            fields = yield from source.exactly(at + 1, 9)
            left, top, frame_width, frame_height, flags = struct.unpack("<HHHHB", fields)
            grown = (max(width, left + frame_width), max(height, top + frame_height))
            # A screen of no size is taken to be the frame's, as browsers do.
            screen = (width, height) if width and height else grown
            source.checked(frame_width, frame_height)
            source.checked(*grown)
            at = yield from _skip_blocks(source, at + 11 + _palette_bytes(flags))
    else:
        raise source.too_complex()
    if screen is None:
        raise source.damaged()
    is_animated = kind == _FRAME
    return Header("GIF", *screen, is_animated=is_animated, other_sizes=frozenset({grown}))


def _palette_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(source: Source, at: int) -> Reading[int]:
    """The place after a chain of sub-blocks of up to 255 bytes, which an empty one ends."""
    for _ in range(_BLOCKS):
        (length,) = yield from source.exactly(at, 1)
        at += 1 + length
        if not length:
            return at
    raise source.too_complex()
