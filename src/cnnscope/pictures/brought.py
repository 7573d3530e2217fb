"""What was dropped or pasted where a picture was to come: which file is meant, or what to say.

chosen([("folder", True), ("a.txt", False), ("image/png", False)])   # see below
refusal(html="", text="https://example.org/cat.jpg")                  # 'address'
"""

import re
from collections.abc import Sequence

ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|data:|blob:|file:|mailto:|www\.)\S+\s*", re.I)
"""An address, alone."""

IMAGE = re.compile(r"<(?:img|picture|svg|image)\b", re.I)
"""A picture in the markup that comes along when one is dragged or copied from another page."""


def chosen(files: Sequence[tuple[str, bool]]) -> int | None:
    """Which of several files is the picture: the first that is declared one, else the first.

    Each is its declared type, and whether it is a folder; None where all are folders. What is
    declared counts for nothing else.
    """
    plain = [number for number, (_, is_folder) in enumerate(files) if not is_folder]
    pictures = (number for number in plain if files[number][0].startswith("image/"))
    return next(pictures, plain[0] if plain else None)


def refusal(html: str, text: str) -> str | None:
    """Why there is no picture in what came without a file: a key of ``picture.error``.

    ``html`` and ``text`` are what a browser hands over; None where it hands over nothing.
    """
    if IMAGE.search(html):
        return "foreign"
    if ADDRESS.fullmatch(text):
        return "address"
    return "words" if text.strip() or html.strip() else None


def holds_network(head: bytes) -> bool:
    """Whether a file that begins so may hold a network, or an array: of a known kind, no picture.

    ``head`` are its first bytes, ``HEAD`` at most. What it holds is found out by who reads it.
    """
    is_json = head.lstrip(BOM_AND_SPACE)[:1] == b"{"
    is_safetensors = head[8:9] == b"{" and head[5:8] == bytes(3)
    is_protobuf = head[:1] == b"\x08" and len(head) > 2 and head[1] < 0x20
    is_pickle = head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")
    return (
        head.startswith((b"PK\x03\x04", b"\x89HDF", b"\x93NUMPY"))
        or head[4:8] == b"TFL3"
        or is_json or is_safetensors or is_protobuf or is_pickle
    )  # fmt: skip


HEAD = 16
BOM_AND_SPACE = b"\xef\xbb\xbf \t\r\n"
