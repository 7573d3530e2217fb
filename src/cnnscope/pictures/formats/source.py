"""A file that is read piece by piece, without saying how its bytes are fetched.

A reader is a generator: it yields the ``Span`` it needs and is sent those bytes. So one reader
serves a file on disk, bytes in a test, and a picture in the browser that arrives asynchronously,
and none of them has to hold the whole file.

    def read(source: Source) -> Reading[Header]:
        width, height = struct.unpack(">II", (yield from source.exactly(16, 8)))
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

BLOCK = 2**22
"""Bytes asked for at once: many small reads are served from one block."""


PIXELS = 2**26
"""Most pixels of a picture: 67 million, more than phones take."""

REDUCIBLE_PIXELS = 2**28
"""Most pixels of a picture that is decoded at reduced size: 268 million; phones take up to 200."""

LONGEST_SIDE = 2**16 - 1
"""Most pixels of a side: what JPEG can say, and what canvases hold."""


class Span(NamedTuple):
    """Bytes of the file from ``start`` up to, not including, ``stop``."""

    start: int
    stop: int


T = TypeVar("T")
Reading = Generator[Span, bytes, T]


class PictureError(Exception):
    """A picture that cannot be used, and why.

    ``code`` names the sentence the user reads, ``facts`` fill its placeholders.
    """

    def __init__(self, code: str, **facts: str | float) -> None:
        """An error of the kind ``code``."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Edit(NamedTuple):
    """Bytes of the file to be replaced before a decoder sees them."""

    start: int
    stop: int
    replacement: bytes = b""


@dataclass(frozen=True)
class Header:
    """What is known of a picture before anything decodes it.

    Width and height (px) are as stored. ``orientation`` (EXIF, 1 to 8) makes the decoded pixels
    upright, provided the decoder sees the file with ``edits`` made: they take the EXIF notes out,
    so that no decoder turns the picture a second time.
    """

    format: str
    width: int
    height: int
    orientation: int = 1
    is_animated: bool = False
    edits: tuple[Edit, ...] = ()
    other_sizes: frozenset[tuple[int, int]] = frozenset()
    """(width, height) that a decoder may also report, for formats that leave it a choice."""


class Source:
    """The bytes of one file of ``size`` bytes in the named format."""

    def __init__(self, size: int, format: str) -> None:
        """A file of which nothing is fetched yet."""
        self.size = size
        self.format = format
        self._start = 0
        self._block = b""

    def exactly(self, at: int, count: int) -> Reading[bytes]:
        """``count`` bytes from ``at``. Raises PictureError where the file ends before that."""
        if at + count > self.size:
            raise self.damaged()
        if not self._start <= at <= at + count <= self._start + len(self._block):
            yield from self._fetch(at, max(count, BLOCK))
        return self._block[at - self._start : at - self._start + count]

    def some(self, at: int, least: int) -> Reading[bytes]:
        """As many bytes from ``at`` as are at hand; fewer than ``least`` only at the file's end."""
        if not self._start <= at <= self._start + len(self._block) - least:
            yield from self._fetch(at, BLOCK)
        return self._block[at - self._start :]

    def checked(self, width: int, height: int, pixels: int = PIXELS) -> tuple[int, int]:
        """The size, if a picture may have it. Raises PictureError."""
        if width < 1 or height < 1:
            raise self.damaged()
        if width * height > pixels or max(width, height) > LONGEST_SIDE:
            helps = width * height <= REDUCIBLE_PIXELS and max(width, height) <= LONGEST_SIDE
            code = "too_large_unless_jpeg" if helps else "too_large"
            limit = pixels // 10**6
            raise PictureError(code, width=width, height=height, limit=limit)
        return width, height

    def damaged(self) -> PictureError:
        """The error of a file that breaks its format's rules."""
        return PictureError("damaged", format=self.format)

    def unsupported(self) -> PictureError:
        """The error of a variant of the format that browsers do not read."""
        return PictureError("unsupported", format=self.format)

    def too_complex(self) -> PictureError:
        """The error of a file made of more parts than any honest picture."""
        return PictureError("too_complex", format=self.format)

    def _fetch(self, at: int, count: int) -> Reading[None]:
        span = Span(at, min(at + count, self.size))
        block = b"" if span.start >= span.stop else (yield span)
        if len(block) != max(span.stop - span.start, 0):
            raise PictureError("unreadable")
        self._start, self._block = at, block
