"""Files that the page must refuse: what makes each, and the code of its error."""

import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from support.pictures.encoded import (
    HEIGHT,
    WIDTH,
    bmp,
    box,
    chunk,
    encoded,
    frame_at,
    ico,
    many_scans,
    noise,
    patched,
    png,
    png_header,
    png_rows,
    upright,
)
from support.pictures.usable import bmp_rows, jpeg


def _truncated(format: str, **options: Any) -> bytes:
    file = encoded(noise(), format, **options)
    return file[: len(file) // 2]


UNLESS_JPEG = "too_large_unless_jpeg"

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
        UNLESS_JPEG,
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
    "jpeg, no end": (lambda: jpeg()[:-2], "damaged"),
    "jpeg, nothing between start and end": (lambda: b"\xff\xd8\xff\xd9", "damaged"),
    "jpeg, five components": (
        lambda: patched(jpeg(), frame_at(jpeg()) + 9, b"\5"),
        "damaged",
    ),
    "jpeg, no height": (lambda: patched(jpeg(), frame_at(jpeg()) + 5, b"\0\0"), "damaged"),
    "jpeg, lossless": (lambda: patched(jpeg(), frame_at(jpeg()) + 1, b"\xc3"), "unsupported"),
    "jpeg, arithmetic": (lambda: patched(jpeg(), frame_at(jpeg()) + 1, b"\xc9"), "unsupported"),
    "jpeg, 12 bits": (lambda: patched(jpeg(), frame_at(jpeg()) + 4, b"\x0c"), "unsupported"),
    "jpeg, more pixels than allowed": (
        lambda: patched(jpeg(), frame_at(jpeg()) + 5, b"\xff\xff\xff\xff"),
        "too_large",
    ),
    "jpeg, a thousand scans": (lambda: many_scans(64, 64, 1000), "too_complex"),
    "jpeg, large with 18 scans": (lambda: many_scans(8192, 8192, 17), "too_complex"),
    "gif, no frame": (lambda: b"GIF89a" + struct.pack("<HHBBB", 64, 48, 0, 0, 0) + b";", "damaged"),
    "gif, half": (partial(_truncated, "GIF"), "damaged"),
    "gif, screen of more pixels than allowed": (
        lambda: patched(encoded(upright(), "GIF"), 6, struct.pack("<HH", 9400, 9400)),
        UNLESS_JPEG,
    ),
    "webp, half": (partial(_truncated, "WEBP"), "damaged"),
    "webp, more pixels than allowed": (
        lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f" + bytes(9),
        UNLESS_JPEG,
    ),
    "bmp, rows missing": (
        lambda: bmp(24, bmp_rows(upright()))[:-500],
        "damaged",
    ),
    "bmp, pixels behind the end": (
        lambda: patched(bmp(24, bmp_rows(upright())), 10, b"\xff\xff\xff\x7f"),
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

DECODER_FINDS = {
    "png, fewer rows than promised", "qoi, half", "png, damaged in its first row",
}  # fmt: skip
"""Refused ones whose header is in order: only decoding shows what is wrong."""
