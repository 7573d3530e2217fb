"""Magic bytes: which format a file has; its name and declared type count for nothing."""

import codecs
import re

HEAD_BYTES = 2**12
"""Bytes that identify() wants to see, as far as the file has them."""

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"qoif", "QOI"),
)

_REFUSED = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\xff\x0a", "jpeg_xl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jpeg_xl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg_2000"),
    (b"\xff\x4f\xff\x51", "jpeg_2000"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"8BPS", "editor"),
    (b"gimp xcf", "editor"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"\0\0\x01\xba", "video"),
    (b"\0\0\x01\xb3", "video"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"ID3", "sound"),
    (b"MThd", "sound"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\0asm", "program"),
)

_BRANDS = (
    (("avif", "avis"), "AVIF"),
    (("heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs"), "heic"),
    (("crx ",), "raw"),
    (("M4A ", "M4B "), "sound"),
)

_RIFF = {b"WEBP": "WebP", b"AVI ": "video", b"WAVE": "sound"}

_TEXT_MARKS = (
    (re.compile(r"<svg\b|<!doctype svg", re.I), "svg"),
    (re.compile(r"<!doctype html|<html\b|<head\b|<body\b", re.I), "web_page"),
)


def identify(head: bytes) -> str:
    """A picture format's name (PNG, JPEG, ...), or in lower case what the file is instead.

    ``head`` is the start of the file. What is not known at all is ``unknown``.
    """
    if not head:
        return "empty"
    for magic, name in _PICTURES + _REFUSED:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return _branded(head)
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "video"
    if head[:2] == b"BM" and len(head) >= 18 and head[15:18] in (b"\0\0\0", b"\x01\0\0"):
        return "BMP"
    if head[:3] == b"\0\0\x01" or head[:3] == b"\0\0\x02":
        return "ICO" if head[3:4] == b"\0" and head[5:6] in (b"\0", b"\x01") else "unknown"
    if re.match(rb"P[1-6][\s#]", head):
        return "PPM"
    return _text(head)


def _branded(head: bytes) -> str:
    """A file of the MP4 family, by the brands it lists; the first in our order counts."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    listed = {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}
    for brands, name in _BRANDS:
        if any(brand.encode() in listed for brand in brands):
            return name
    # mif1 and msf1 say "a picture, coded somehow"; a video may list them beside its own brand.
    return "heic" if head[8:12] in (b"mif1", b"msf1") else "video"


def _text(head: bytes) -> str:
    """Text, markup, or unknown."""
    encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    # The head may end inside a character; an incremental decoder does not mind.
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return "unknown"
    for mark, name in _TEXT_MARKS:
        if mark.search(text):
            return name
    is_text = all(character.isprintable() or character in "\t\n\r\f" for character in text)
    return "text" if is_text else "unknown"
