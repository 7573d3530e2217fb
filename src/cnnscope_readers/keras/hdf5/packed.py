"""Bytes of an HDF5 file: read within its bounds, and a limited number of times.

packed = Packed(content)
packed.unpack("<HH", address)      # RefusedError beyond the file's end
packed.spend()                     # RefusedError after so many steps
"""

import struct
from typing import Any

from cnnscope_readers.arrays import LARGEST
from cnnscope_readers.errors import RefusedError

STEPS = 200_000
"""Messages, links, nodes of trees and chunks that are looked at in one file; each takes some
microseconds. A network of 300 layers needs some 20,000."""

TEXT = 32 << 20
"""Bytes of all texts together, however often the file refers to the same."""

UNDEFINED = (1 << 64) - 1
"""The address of what is not there."""

WHERE = "HDF5"


def damaged(what: str = "") -> RefusedError:
    """The refusal of a file that does not hold together, or says what is not understood."""
    return RefusedError("damaged", where=f"{WHERE}: {what}" if what else WHERE)


class Packed:
    """The content of a file, and what may still be spent on it."""

    def __init__(self, content: bytes) -> None:
        """Begin with everything to spend."""
        self.content = memoryview(content)
        self.heaps: dict[int, dict[int, tuple[int, int]]] = {}  # address -> number -> place, size
        self._steps = STEPS
        self._text = TEXT
        self._numbers = LARGEST

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises RefusedError: too_large."""
        self._steps -= steps
        if self._steps < 0:
            raise RefusedError("too_large", what="steps", limit=STEPS, got=STEPS - self._steps)

    def spend_text(self, size: int) -> None:
        """Count bytes of text. Raises RefusedError: too_large."""
        self._text -= size
        if self._text < 0:
            raise RefusedError("too_large", what="text", limit=TEXT, got=TEXT - self._text)

    def spend_numbers(self, count: int) -> None:
        """Count numbers of arrays. Raises RefusedError: too_large."""
        self._numbers -= count
        if self._numbers < 0:
            got = LARGEST - self._numbers
            raise RefusedError("too_large", what="numbers", limit=LARGEST, got=got)

    def piece(self, address: int, size: int) -> memoryview:
        """So many bytes at an address. Raises RefusedError: damaged."""
        if address < 0 or size < 0 or address + size > len(self.content):
            raise damaged()
        return self.content[address : address + size]

    def unpack(self, form: str, address: int) -> tuple[Any, ...]:
        """Numbers at an address. Raises RefusedError: damaged."""
        return struct.unpack(form, self.piece(address, struct.calcsize(form)))

    def number(self, form: str, address: int) -> int:
        """The one number at an address. Raises RefusedError: damaged."""
        return int(self.unpack(form, address)[0])

    def expect(self, magic: bytes, address: int) -> None:
        """Raise RefusedError unless these bytes stand at an address."""
        if bytes(self.piece(address, len(magic))) != magic:
            raise damaged(magic.decode("latin-1"))

    def numbers(self, form: str, count: int, address: int) -> tuple[int, ...]:
        """So many numbers of one form. Raises RefusedError: damaged."""
        size = struct.calcsize(f"<{form}")
        return struct.unpack(f"<{count}{form}", self.piece(address, count * size))


class Message:
    """A message of an object's header: its type, its flags and where its content lies."""

    def __init__(self, packed: Packed, type: int, flags: int, start: int, size: int) -> None:
        """Raises RefusedError where the content reaches beyond the file's end."""
        packed.piece(start, size)
        self.packed = packed
        self.type = type
        self.is_shared = bool(flags & 2)  # the content is elsewhere
        self.start = start
        self.end = start + size

    def unpack(self, form: str, offset: int) -> tuple[Any, ...]:
        """Numbers at an offset in it. Raises RefusedError: damaged."""
        if self.is_shared or self.start + offset + struct.calcsize(form) > self.end:
            raise damaged("message")
        return self.packed.unpack(form, self.start + offset)

    def number(self, form: str, offset: int) -> int:
        """The one number at an offset in it. Raises RefusedError: damaged."""
        return int(self.unpack(form, offset)[0])
