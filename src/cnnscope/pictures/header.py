"""File check and size limits: what a file is, found out before any decoder sees it.

    reading = read_header(size)          # a generator that asks for bytes, see formats/source.py
    header = finish(reading, whole_file)  # or let the browser fetch what it asks for
    header.format, header.width, header.height, header.orientation   # "JPEG", 4032, 3024, 6

Decoders are large and old; some take gigabytes or minutes for a file of forty bytes. So a decoder
gets only what has passed here: a known format, a size within limits, no missing parts.
"""

from collections.abc import Callable

from cnnscope.pictures.formats import avif, bmp, gif, ico, jpeg, pixmap, png, webp
from cnnscope.pictures.formats.signature import HEAD_BYTES, identify
from cnnscope.pictures.formats.source import (
    PIXELS,
    Edit,
    Header,
    PictureError,
    Reading,
    Source,
    Span,
    T,
)

__all__ = ["Edit", "Header", "PictureError", "Span", "finish", "is_decoded_size",
           "is_reduced", "read_header"]  # fmt: skip

FILE_BYTES = 2**28
"""Largest file looked at: 256 MiB."""

_READERS: dict[str, Callable[[Source], Reading[Header]]] = {
    "PNG": png.read,
    "JPEG": jpeg.read,
    "GIF": gif.read,
    "WebP": webp.read,
    "BMP": bmp.read,
    "AVIF": avif.read,
    "ICO": ico.read,
    "PPM": pixmap.read_pnm,
    "QOI": pixmap.read_qoi,
}


def read_header(size: int) -> Reading[Header]:
    """The header of a file of ``size`` bytes.

    Raises PictureError: what is not a picture we read, is too large, or is damaged.
    """
    if size > FILE_BYTES:
        raise PictureError("too_many_bytes", limit=FILE_BYTES // 2**20)
    start = (yield Span(0, min(size, HEAD_BYTES))) if size else b""
    kind = identify(start)
    if kind not in _READERS:
        raise PictureError(kind)
    return (yield from _READERS[kind](Source(size, kind)))


def is_decoded_size(header: Header, width: int, height: int) -> bool:
    """Whether a decoder's idea of the size is one that the header allows."""
    return (width, height) in {(header.width, header.height), *header.other_sizes}


def is_reduced(header: Header) -> bool:
    """Whether a picture is too large to be decoded whole, and so is at reduced size."""
    return header.format == "JPEG" and header.width * header.height > PIXELS


def finish(reading: Reading[T], file: bytes) -> T:
    """The result of a reading, every request served from the bytes of the whole file."""
    block: bytes | None = None
    while True:
        try:
            span = next(reading) if block is None else reading.send(block)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        block = file[span.start : span.stop]
