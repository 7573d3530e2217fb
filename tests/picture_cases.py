"""Usable, odd, damaged and hostile pictures, and what must come of each.

``USABLE`` maps a name to what makes a file and the picture to be seen in it; ``REFUSED`` maps a
name to what makes a file and the code of its error.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from pictures import (
    HEIGHT,
    WIDTH,
    Pixels,
    bmp,
    bmp_palette,
    box,
    chunk,
    encoded,
    exif,
    frame_at,
    ico,
    many_scans,
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


def _jpeg(**options: Any) -> bytes:
    return encoded(upright(), "JPEG", quality=95, subsampling=0, **options)


def _plain_png(*extra: bytes, after: tuple[bytes, ...] = ()) -> bytes:
    body = (png_header(WIDTH, HEIGHT), *extra, png_rows(upright()), *after, chunk(b"IEND"))
    return png(*body)


def _bmp_rows(pixels: Pixels) -> bytes:
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
        _plain_png(chunk(b"teSt", bytes(99))), upright()
    ),
    "png, something behind its end": lambda: Usable(_plain_png() + b"<html>", upright()),
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
        _plain_png(chunk(b"eXIf", exif(6))[:-1] + b"\0"), upright()
    ),
    "png, a byte in each data chunk": lambda: Usable(
        png(
            png_header(WIDTH, HEIGHT),
            *(chunk(b"IDAT", bytes([byte])) for byte in png_rows(upright())[8:-4]),
            chunk(b"IEND"),
        ),
        upright(),
    ),
    "jpeg": lambda: Usable(_jpeg(), upright(), 4),
    "jpeg, progressive": lambda: Usable(_jpeg(progressive=True), upright(), 4),
    "jpeg, fill bytes between segments": lambda: Usable(
        _jpeg()[:2] + b"\xff\xff\xff" + _jpeg()[2:], upright(), 4
    ),
    "jpeg, something behind its end": lambda: Usable(_jpeg() + bytes(999), upright(), 4),
    "jpeg, orientation out of range": lambda: Usable(
        with_segment(_jpeg(), segment(0xE1, b"Exif\0\0" + exif(9))), upright(), 4
    ),
    "jpeg, EXIF of rubbish": lambda: Usable(
        with_segment(_jpeg(), segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")), upright(), 4
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
    "bmp": lambda: Usable(bmp(24, _bmp_rows(upright()[..., ::-1])), upright()),
    "bmp, top row first": lambda: Usable(
        bmp(24, upright()[..., ::-1].tobytes(), height=-HEIGHT), upright()
    ),
    "bmp, palette": lambda: Usable(bmp(8, _bmp_rows(quadrants()), bmp_palette()), upright()),
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


def _truncated(format: str, **options: Any) -> bytes:
    noise = np.random.default_rng(5).integers(0, 256, (96, 128, 3), dtype=np.uint8)
    file = encoded(noise, format, **options)
    return file[: len(file) // 2]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "zeros": (lambda: bytes(5000), "unknown"),
    "noise": (lambda: b"\xfe" + np.random.default_rng(1).bytes(5000), "unknown"),
    "text": (lambda: "Ceci n’est pas une image. 🖼\n".encode() * 300, "text"),
    "text in 16 bits": (lambda: "not a picture".encode("utf-16"), "text"),
    "text that begins like a bmp": (lambda: b"BMW is a make of car.", "text"),
    "text that begins like a ppm": (lambda: b"P6 is a name.", "damaged"),
    "web page": (lambda: b"<!DOCTYPE html><html><img src=x></html>", "web_page"),
    "svg": (lambda: b'<?xml version="1.0"?>\n<!-- a -->\n<svg onload="x()"/>', "svg"),
    "svg in 16 bits": (lambda: "<svg/>".encode("utf-16"), "svg"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BeginBinary: -0021\n", "postscript"),
    "zip": (lambda: b"PK\x03\x04" + bytes(60), "archive"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(60), "archive"),
    "heic": (lambda: box(b"ftyp", b"heic" + bytes(4) + b"mif1heic") + bytes(99), "heic"),
    "heif of an unnamed coding": (lambda: box(b"ftyp", b"mif1" + bytes(4) + b"mif1"), "heic"),
    "mp4": (lambda: box(b"ftyp", b"isom" + bytes(4) + b"isommif1") + bytes(99), "video"),
    "webm": (lambda: b"\x1aE\xdf\xa3" + bytes(60), "video"),
    "wav": (lambda: b"RIFF" + bytes(4) + b"WAVEfmt ", "sound"),
    "tiff": (lambda: encoded(upright(), "TIFF"), "tiff"),
    "jpeg xl": (lambda: b"\xff\x0a" + bytes(60), "jpeg_xl"),
    "jpeg 2000": (lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "jpeg_2000"),
    "photoshop": (lambda: b"8BPS\0\1" + bytes(60), "editor"),
    "program": (lambda: b"\x7fELF" + bytes(60), "program"),
    "png, signature alone": (lambda: b"\x89PNG\r\n\x1a\n", "damaged"),
    "png, noise behind the signature": (
        lambda: png(np.random.default_rng(2).bytes(4000)),
        "damaged",
    ),
    "png, no picture data": (lambda: png(png_header(64, 48), chunk(b"IEND")), "damaged"),
    "png, no palette": (
        lambda: png(png_header(64, 48, 8, 3), png_rows(upright()), chunk(b"IEND")),
        "damaged",
    ),
    "png, bit depth 3": (
        lambda: png(png_header(64, 48, 3), png_rows(upright()), chunk(b"IEND")),
        "damaged",
    ),
    "png, no width": (
        lambda: png(png_header(0, 48), png_rows(upright()), chunk(b"IEND")),
        "damaged",
    ),
    "png, fewer rows than promised": (
        lambda: png(png_header(64, 4000), png_rows(upright()), chunk(b"IEND")),
        "damaged",
    ),
    "png, half": (partial(_truncated, "PNG"), "damaged"),
    "png, a chunk longer than the file": (
        lambda: png(png_header(64, 48), b"\x7f\xff\xff\xffIDATxx"),
        "damaged",
    ),
    "png, more pixels than allowed": (
        lambda: png(png_header(8193, 8192, 1, 0), chunk(b"IDAT"), chunk(b"IEND")),
        "too_large",
    ),
    "png, two thousand million pixels in a row": (
        lambda: png(png_header(2**31 - 1, 1), chunk(b"IDAT"), chunk(b"IEND")),
        "too_large",
    ),
    "png, a side too long": (lambda: png(png_header(65536, 1)), "too_large"),
    "png, too many chunks": (
        lambda: png(png_header(64, 48), chunk(b"teSt") * 2**16),
        "too_complex",
    ),
    "jpeg, half": (partial(_truncated, "JPEG"), "damaged"),
    "jpeg, no end": (lambda: _jpeg()[:-2], "damaged"),
    "jpeg, nothing between start and end": (lambda: b"\xff\xd8\xff\xd9", "damaged"),
    "jpeg, five components": (
        lambda: patched(_jpeg(), frame_at(_jpeg()) + 9, b"\5"),
        "damaged",
    ),
    "jpeg, no height": (lambda: patched(_jpeg(), frame_at(_jpeg()) + 5, b"\0\0"), "damaged"),
    "jpeg, lossless": (lambda: patched(_jpeg(), frame_at(_jpeg()) + 1, b"\xc3"), "unsupported"),
    "jpeg, arithmetic": (lambda: patched(_jpeg(), frame_at(_jpeg()) + 1, b"\xc9"), "unsupported"),
    "jpeg, 12 bits": (lambda: patched(_jpeg(), frame_at(_jpeg()) + 4, b"\x0c"), "unsupported"),
    "jpeg, more pixels than allowed": (
        lambda: patched(_jpeg(), frame_at(_jpeg()) + 5, b"\xff\xff\xff\xff"),
        "too_large",
    ),
    "jpeg, a thousand scans": (lambda: many_scans(64, 64, 1000), "too_complex"),
    "jpeg, large with forty scans": (lambda: many_scans(8192, 8192, 40), "too_complex"),
    "gif, no frame": (lambda: b"GIF89a" + struct.pack("<HHBBB", 64, 48, 0, 0, 0) + b";", "damaged"),
    "gif, half": (partial(_truncated, "GIF"), "damaged"),
    "gif, screen of more pixels than allowed": (
        lambda: patched(encoded(upright(), "GIF"), 6, struct.pack("<HH", 9400, 9400)),
        "too_large",
    ),
    "webp, half": (partial(_truncated, "WEBP"), "damaged"),
    "webp, more pixels than allowed": (
        lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f" + bytes(9),
        "too_large",
    ),
    "bmp, rows missing": (
        lambda: bmp(24, _bmp_rows(upright()))[:-500],
        "damaged",
    ),
    "bmp, pixels behind the end": (
        lambda: patched(bmp(24, _bmp_rows(upright())), 10, b"\xff\xff\xff\x7f"),
        "damaged",
    ),
    "bmp, 64 bits": (lambda: bmp(64, bytes(8 * WIDTH * HEIGHT)), "unsupported"),
    "avif, half": (partial(_truncated, "AVIF"), "damaged"),
    "ico that hides a giant": (
        lambda: ico(png(png_header(30000, 30000, 1, 0), chunk(b"IDAT"))),
        "too_large",
    ),
    "ppm, rows missing": (lambda: encoded(upright(), "PPM")[:-9], "damaged"),
    "ppm, too large for Python": (lambda: b"P6 9000 5000 255\n", "too_large_for_format"),
    "qoi, half": (lambda: encoded(upright(), "QOI")[:60], "damaged"),
    "qoi, too large for Python": (
        lambda: b"qoif" + struct.pack(">IIBB", 4000, 4000, 3, 0),
        "too_large_for_format",
    ),
}

DECODER_FINDS = {"png, fewer rows than promised", "qoi, half"}
"""Refused ones whose header is in order: only decoding shows what is wrong."""
