"""Pictures that the page must show, ordinary and odd: what makes each file, and what is in it.

All are WIDTH x HEIGHT, see ``pictures``; other sizes are in ``extreme_pictures``.
"""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PIL import Image

from support.pictures.encoded import (
    HEIGHT,
    WIDTH,
    Pixels,
    bmp,
    bmp_palette,
    chunk,
    encoded,
    exif,
    ico,
    movie,
    patched,
    png,
    png_header,
    png_rows,
    quadrants,
    see_through,
    segment,
    stored,
    upright,
    with_segment,
)


@dataclass(frozen=True)
class Usable:
    """A file, the picture (h, w, 3) to be seen in it, and by how much a value may be off."""

    file: bytes
    rgb: Pixels
    tolerance: int = 0
    is_animated: bool = False


def exact(format: str, **options: Any) -> Usable:
    """The upright picture in a format that keeps every value."""
    return Usable(encoded(upright(), format, **options), upright())


def turned(format: str, orientation: int) -> Usable:
    """A picture that its EXIF note (for AVIF: its container) turns upright."""
    note = (b"Exif\0\0" if format == "JPEG" else b"") + exif(orientation)
    options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"lossless": True}}
    rgb = stored(upright(), orientation)
    lossy = 8 if format == "AVIF" else 4 if format == "JPEG" else 0
    if format == "AVIF":  # the chroma of its blocks bleeds over the quadrants' edges
        options = {"AVIF": {"quality": 95, "subsampling": "4:4:4"}}
    return Usable(encoded(rgb, format, exif=note, **options.get(format, {})), upright(), lossy)


def on_white(format: str, **options: Any) -> Usable:
    """A picture with half and wholly transparent quadrants."""
    rgba, seen = see_through()
    return Usable(encoded(rgba, format, **options), seen, options.pop("tolerance", 1))


def as_pillow_reads(file: bytes, tolerance: int = 2) -> Usable:
    """A picture whose format changes its values, as another program with the same codec sees it."""
    return Usable(file, np.array(Image.open(io.BytesIO(file)).convert("RGB")), tolerance)


def jpeg(**options: Any) -> bytes:
    return encoded(upright(), "JPEG", quality=95, subsampling=0, **options)


def plain_png(*extra: bytes, after: tuple[bytes, ...] = ()) -> bytes:
    body = (png_header(WIDTH, HEIGHT), *extra, png_rows(upright()), *after, chunk(b"IEND"))
    return png(*body)


def bmp_rows(pixels: Pixels) -> bytes:
    return pixels[::-1].tobytes()


def _rle8() -> bytes:
    half = WIDTH // 2
    rows = (bytes([half, row[0], half, row[-1], 0, 0]) for row in quadrants()[::-1])
    return bmp(8, b"".join(rows) + b"\0\1", bmp_palette(), compression=1)


def _rgb565() -> Usable:
    red, green, blue = upright().astype(np.uint16).transpose(2, 0, 1)
    words = (red >> 3 << 11 | green >> 2 << 5 | blue >> 3).astype("<u2")
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    return Usable(bmp(16, words[::-1].tobytes(), compression=3, masks=masks), upright(), 8)


USABLE: dict[str, Callable[[], Usable]] = {
    "png": partial(exact, "PNG"),
    "png, transparent": partial(on_white, "PNG"),
    "png, moving": lambda: Usable(movie("PNG"), upright(), is_animated=True),
    "png, unknown chunk before the picture": lambda: Usable(
        plain_png(chunk(b"teSt", bytes(99))), upright()
    ),
    "png, something behind its end": lambda: Usable(plain_png() + b"<html>", upright()),
    "png, orientation behind the picture": lambda: Usable(
        png(
            png_header(HEIGHT, WIDTH),
            png_rows(stored(upright(), 6)),
            chunk(b"eXIf", exif(6)),
            chunk(b"IEND"),
        ),
        upright(),
    ),
    "png, orientation with a wrong checksum": lambda: Usable(
        plain_png(chunk(b"eXIf", exif(6))[:-1] + b"\0"), upright()
    ),
    "png, a byte in each data chunk": lambda: Usable(
        png(
            png_header(WIDTH, HEIGHT),
            *(chunk(b"IDAT", bytes([byte])) for byte in png_rows(upright())[8:-4]),
            chunk(b"IEND"),
        ),
        upright(),
    ),
    "jpeg": lambda: Usable(jpeg(), upright(), 4),
    "jpeg, progressive": lambda: Usable(jpeg(progressive=True), upright(), 4),
    "jpeg, fill bytes between segments": lambda: Usable(
        jpeg()[:2] + b"\xff\xff\xff" + jpeg()[2:], upright(), 4
    ),
    "jpeg, something behind its end": lambda: Usable(jpeg() + bytes(999), upright(), 4),
    "jpeg, orientation out of range": lambda: Usable(
        with_segment(jpeg(), segment(0xE1, b"Exif\0\0" + exif(9))), upright(), 4
    ),
    "jpeg, EXIF of rubbish": lambda: Usable(
        with_segment(jpeg(), segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")), upright(), 4
    ),
    "jpeg, the first of two orientations counts": lambda: Usable(
        with_segment(
            encoded(stored(upright(), 6), "JPEG", quality=95, subsampling=0),
            segment(0xE1, b"Exif\0\0" + exif(6, "<")),
            segment(0xE1, b"Exif\0\0" + exif(3)),
        ),
        upright(),
        4,
    ),
    "gif": partial(exact, "GIF"),
    "gif, moving": lambda: Usable(movie("GIF"), upright(), is_animated=True),
    "gif, no trailer": lambda: Usable(encoded(upright(), "GIF")[:-1], upright()),
    "gif, screen of no size": lambda: Usable(
        patched(encoded(upright(), "GIF"), 6, bytes(4)), upright()
    ),
    "webp": partial(exact, "WEBP", lossless=True),
    "webp, transparent": partial(on_white, "WEBP", lossless=True),
    "webp, moving": lambda: Usable(movie("WEBP", lossless=True), upright(), is_animated=True),
    "bmp": lambda: Usable(bmp(24, bmp_rows(upright()[..., ::-1])), upright()),
    "bmp, top row first": lambda: Usable(
        bmp(24, upright()[..., ::-1].tobytes(), height=-HEIGHT), upright()
    ),
    "bmp, palette": lambda: Usable(bmp(8, bmp_rows(quadrants()), bmp_palette()), upright()),
    "bmp, run lengths": lambda: Usable(_rle8(), upright()),
    "bmp, 16 bits": _rgb565,
    "avif": partial(turned, "AVIF", 1),
    "ico": lambda: Usable(ico(encoded(upright(), "PNG")), upright()),
    "ppm": partial(exact, "PPM"),
    "ppm, as text with a comment": lambda: Usable(
        b"P3 # four colours\n64 48 255\n" + b" ".join(b"%d" % v for v in upright().flat),
        upright(),
    ),
    "ppm, 16 bits": lambda: Usable(
        b"P6 64 48 65535\n" + (upright().astype(">u2") * 257).tobytes(), upright()
    ),
    "pgm, 16 bits": lambda: Usable(
        b"P5 64 48 65535\n" + (upright()[..., 0].astype(">u2") * 257).tobytes(),
        np.repeat(upright()[..., :1], 3, axis=2),
    ),
    "qoi": partial(exact, "QOI"),
    "qoi, transparent": partial(on_white, "QOI"),
    **{
        f"{format.lower()}, orientation {orientation}": partial(turned, format, orientation)
        for format in ("PNG", "JPEG", "WEBP", "AVIF")
        for orientation in range(2, 9)
    },
}
