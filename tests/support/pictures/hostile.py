"""Files made to break a decoder, to fill the memory, or to pass for something else.

``HOSTILE`` maps a name to what makes a file and the code of its error. Of ``DOUBTFUL`` files,
decoders may make something or nothing; then the page shows that or says so.
"""

import struct
import zlib
from collections.abc import Callable
from functools import cache, partial

import numpy as np

from support.pictures.encoded import (
    HEIGHT,
    WIDTH,
    bmp,
    bmp_palette,
    box,
    chunk,
    encoded,
    flipped,
    frame_at,
    ico,
    lossless_webp,
    noise,
    patched,
    png,
    png_header,
    png_rows,
    quadrants,
    resized_bmp,
    run_lengths,
    segment,
    upright,
    with_segment,
)
from support.pictures.odd import MARKUP
from support.pictures.usable import bmp_rows, jpeg, plain_png

GIF_SIGNATURE = b"GIF89a"
LONG = b"\xff\xff\xff\xff"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "run"</script></svg>'
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF", "ICO", "PPM")
CUTS = (0.1, 0.35, 0.65, 0.95)
UNLESS_JPEG = "too_large_unless_jpeg"


@cache
def packed_zeros() -> bytes:
    """64 MB in 64 kB."""
    return zlib.compress(bytes(2**26))


def noisy(format: str) -> bytes:
    """A picture that is pixels for the most part."""
    if format == "ICO":
        return ico(encoded(noise(), "PNG"))
    return encoded(noise(), format)


def cut(format: str, share: float) -> bytes:
    file = noisy(format)
    return file[: max(30, int(len(file) * share))]


def with_size(format: str, width: int, height: int) -> bytes:
    """A small picture that claims another size."""
    match format:
        case "PNG":
            return png(png_header(width, height), png_rows(upright()), chunk(b"IEND"))
        case "BMP":
            return resized_bmp(bmp(24, bmp_rows(upright()[..., ::-1])), width, height)
        case "GIF":
            file = patched(encoded(upright(), "GIF"), 6, struct.pack("<HH", width, height))
            at = file.index(struct.pack("<BHHHH", 0x2C, 0, 0, WIDTH, HEIGHT))
            return patched(file, at + 5, struct.pack("<HH", width, height))
        case "AVIF":
            file = encoded(upright(), "AVIF")
            return patched(file, file.index(b"ispe") + 8, struct.pack(">II", width, height))
        case _:
            raise ValueError(format)


def webp_canvas(width: int, height: int) -> bytes:
    """A WebP whose canvas has another size than its picture."""
    plain = encoded(upright(), "WEBP", lossless=True)[12:]
    sizes = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<II", 10, 0) + sizes + plain
    return b"RIFF" + struct.pack("<I", len(body)) + body


def without_tables(marker: bytes) -> bytes:
    """A JPEG whose tables of one kind are put away as unknown segments."""
    return jpeg().replace(marker, b"\xff\xec")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    **{
        f"{format.lower()}, {share:.0%} of it": (partial(cut, format, share), "damaged")
        for format in FORMATS
        for share in CUTS
    },
    **{
        f"{format.lower()} that claims {width} x {height}": (
            partial(with_size, format, width, height),
            "too_large" if width > 9400 else UNLESS_JPEG,
        )
        for format, width, height in (
            ("PNG", 2**31 - 1, 2**31 - 1),
            ("PNG", 30000, 30000),
            ("BMP", 2**31 - 1, 2**31 - 1),
            ("BMP", 30000, -(2**31)),
            ("GIF", 65535, 65535),
            ("AVIF", 2**32 - 1, 2**32 - 1),
            ("AVIF", 9400, 9400),
        )
    },
    "webp of 32 bytes and 88 million pixels": (lambda: lossless_webp(9400, 9400), UNLESS_JPEG),
    "webp, canvas of 2^48 pixels": (lambda: webp_canvas(2**24, 2**24), "too_large"),
    "webp, canvas at odds with its picture": (lambda: webp_canvas(4000, 4000), "damaged"),
    "webp, canvas alone": (
        lambda: b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\0\0\x2f\0\0",
        "damaged",
    ),
    "bmp of 88 million pixels in 771 kB": (lambda: run_lengths(9400, 9400), UNLESS_JPEG),
    "png of 88 million real pixels": (
        lambda: png(
            png_header(9400, 9400, 1, 0),
            chunk(b"IDAT", zlib.compress(bytes(9400 * 1176))),
            chunk(b"IEND"),
        ),
        UNLESS_JPEG,
    ),
    "ico of a giant bitmap": (
        lambda: (
            struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 24, 40, 22)
            + struct.pack("<IiiHHIIiiII", 40, 30000, 60000, 1, 24, 0, 0, 0, 0, 0, 0)
        ),
        "too_large",
    ),
    "ico of nothing": (lambda: struct.pack("<HHH", 0, 1, 0), "damaged"),
    "ico of 511 pictures": (
        lambda: struct.pack("<HHH", 0, 1, 511) + bytes(16) * 511,
        "damaged",
    ),
    "ico of a picture behind its end": (
        lambda: ico(encoded(upright(), "PNG"))[:18] + LONG + bytes(99),
        "damaged",
    ),
    "ppm of numbers without end": (lambda: b"P6 " + b"9" * 5000 + b" 48 255\n", "damaged"),
    "qoi that claims 2^64 pixels": (lambda: b"qoif" + LONG + LONG + b"\3\0", "too_large"),
    "bmp, no width": (lambda: with_size("BMP", 0, HEIGHT), "damaged"),
    "bmp, width below zero": (lambda: with_size("BMP", -WIDTH, HEIGHT), "damaged"),
    "gif that is a script": (lambda: GIF_SIGNATURE + b"=1;alert(document.domain);//", "damaged"),
    "gif of comments alone": (
        lambda: encoded(upright(1, 1), "GIF")[:10] + bytes(3) + b"\x21\xfe\1x\0" * 999 + b";",
        "damaged",
    ),
    "png of a telephone's own kind": (
        lambda: png(chunk(b"CgBI", bytes(4)), png_header(64, 48), chunk(b"IDAT"), chunk(b"IEND")),
        "damaged",
    ),
    "png, palette of no colour": (
        lambda: png(png_header(64, 48, 8, 3), chunk(b"IDAT"), chunk(b"IEND")),
        "damaged",
    ),
    "png, damaged in its first row": (
        lambda: png(png_header(64, 48), chunk(b"IDAT", b"no zlib"), chunk(b"IEND")),
        "damaged",
    ),
    "jpeg, two frames": (
        lambda: with_segment(jpeg(), segment(0xC0, jpeg()[frame_at(jpeg()) + 4 :][:15])),
        "damaged",
    ),
    "jpeg, scan before its frame": (
        lambda: with_segment(jpeg(), segment(0xDA, b"\1\1\0\0\x3f\0")),
        "damaged",
    ),
    "jpeg, segment of no length": (lambda: jpeg()[:2] + b"\xff\xfe\0\0" + jpeg()[2:], "damaged"),
    "avif, brand alone": (lambda: box(b"ftyp", b"avif" + bytes(4) + b"avifmif1"), "damaged"),
    "avif, boxes without end": (
        lambda: box(b"ftyp", b"avif" + bytes(4) + b"avif") + box(b"free") * 5000,
        "too_complex",
    ),
    "avif, no picture named": (
        lambda: encoded(upright(), "AVIF").replace(b"pitm", b"free"),
        "damaged",
    ),
    "avif, box of 2^32 bytes": (
        lambda: box(b"ftyp", b"avif" + bytes(4) + b"avif") + LONG + b"meta" + bytes(99),
        "damaged",
    ),
    "heic of many": (lambda: box(b"ftyp", b"msf1" + bytes(4) + b"hevcmsf1"), "heic"),
    "canon's raw photo": (lambda: box(b"ftyp", b"crx " + bytes(4) + b"crx isom"), "raw"),
    "raw photo that is a tiff": (lambda: b"II*\0\x10\0\0\0CR\2\0" + bytes(99), "tiff"),
    "tiff of 2^64 bytes": (lambda: b"MM\0+\0\x08\0\0" + LONG * 2, "tiff"),
    "photo film": (lambda: box(b"ftyp", b"qt  " + bytes(4) + b"qt  ") + bytes(99), "video"),
    "svg that runs a script": (lambda: SVG, "svg"),
    "svg that is packed": (lambda: b"\x1f\x8b\x08\0" + bytes(6) + zlib.compress(SVG), "archive"),
    "svg that grows without end": (
        lambda: (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            + b"<svg>&b;</svg>"
        ),
        "svg",
    ),
    "web page that runs a script": (lambda: b"<!doctype html>" + MARKUP, "web_page"),
    "script": (lambda: b"#!/bin/sh\nrm -r picture\n", "text"),
    "postscript without end": (
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n%%BeginBinary: -60\n",
        "postscript",
    ),
    "postscript in a dos file": (lambda: b"\xc5\xd0\xd3\xc6" + bytes(99), "postscript"),
    "dos program": (lambda: b"MZ" + bytes(99), "program"),
    "webassembly": (lambda: b"\0asm\1\0\0\0", "program"),
}
"""Refused, and why."""

DOUBTFUL: dict[str, Callable[[], bytes]] = {
    **{
        f"{format.lower()}, bytes {seed} wrong": lambda format=format, seed=seed: flipped(
            noisy(format), seed, start=60
        )
        for format in FORMATS
        for seed in (1, 2)
    },
    **{
        f"{format.lower()}, head {seed} wrong": lambda format=format, seed=seed: (
            flipped(noisy(format)[:120], seed, start=12, count=4) + noisy(format)[120:]
        )
        for format in FORMATS
        for seed in (3, 4)
    },
    "png, wrong checksum of its pixels": lambda: plain_png().replace(
        png_rows(upright())[-4:], b"\1\2\3\4"
    ),
    "png, wrong checksum of its text": lambda: plain_png(chunk(b"tEXt", b"a\0b")[:-1] + b"\0"),
    "png, wrong sum within its pixels": lambda: plain_png().replace(
        png_rows(upright()), chunk(b"IDAT", png_rows(upright())[8:-5] + b"\0")
    ),
    "png, text that unpacks to 64 MB": lambda: plain_png(chunk(b"zTXt", b"a\0\0" + packed_zeros())),
    "png, profile that unpacks to 64 MB": lambda: plain_png(
        chunk(b"iCCP", b"a\0\0" + packed_zeros())
    ),
    "png, 64 MB behind its last row": lambda: png(
        png_header(WIDTH, HEIGHT), chunk(b"IDAT", packed_zeros()), chunk(b"IEND")
    ),
    "jpeg without its code tables": lambda: without_tables(b"\xff\xc4"),
    "jpeg without its steps": lambda: without_tables(b"\xff\xdb"),
    "bmp, runs beyond its rows": lambda: bmp(
        8, (b"\xff\1" * 99 + b"\0\0") * 99 + b"\0\1", bmp_palette(), compression=1
    ),
    "bmp, jump beyond its end": lambda: bmp(
        8, b"\0\2\xff\xff" * 99 + b"\x09\1\0\1", bmp_palette(), compression=1
    ),
    "bmp that is a jpeg within": lambda: bmp(24, jpeg(), compression=4),
    "bmp, colours beyond its palette": lambda: bmp(
        8, bmp_rows((quadrants() * 80).astype(np.uint8)), bmp_palette()
    ),
    "webp, transparency of rubbish": lambda: flipped(
        encoded(np.dstack([noise(), noise()[..., :1]]), "WEBP", quality=50), 6, start=40
    ),
    "avif, no coded picture": lambda: (
        file := encoded(upright(), "AVIF"),
        file[: file.index(b"mdat") + 4] + bytes(len(file) - file.index(b"mdat") - 4),
    )[1],
}
