"""Protocol buffers on the wire: the fields of one message, numbered and not yet understood.

    message = parse(content, Budget())
    message.whole(1), message.text(2), message.view(7)     # RefusedError: damaged

A message within a message stays bytes until it is asked for, so nesting costs nothing.
Source: "Encoding", protobuf.dev/programming-guides/encoding.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnscope_readers.errors import RefusedError

WHERE = "ONNX"

FIELDS = 120_000
"""Of all messages of a file together: a network within the limits has a few thousand."""

PACKED = 2 << 20
"""Bytes of numbers that are packed with a length of their own each."""

VARINT, EIGHT, SIZED, FOUR = 0, 1, 2, 5
"""How a field is written."""

LONGEST = 10
"""Bytes of a varint."""


class Budget:
    """How much more of something may be done for one file."""

    def __init__(self, what: str = "fields", limit: int = FIELDS) -> None:
        """Begin with all of it."""
        self.what = what
        self.limit = self.left = limit

    def spend(self, amount: int = 1) -> None:
        """Count some of it. Raises RefusedError: too_large."""
        self.left -= amount
        if self.left < 0:
            got = f"> {self.limit}"
            raise RefusedError("too_large", what=self.what, limit=self.limit, got=got)


def damaged() -> RefusedError:
    """What is said of bytes that are no such message."""
    return RefusedError("damaged", where=WHERE)


@dataclass(frozen=True)
class Message:
    """Values by the number of their field, in the order in which they stand."""

    fields: Mapping[int, list[int | memoryview]]

    def whole(self, number: int, default: int = 0) -> int:
        """A signed whole number, the last one said. Raises RefusedError: damaged."""
        value = self.fields.get(number, [default])[-1]
        if not isinstance(value, int):
            raise damaged()
        return value - (1 << 64) if value >= 1 << 63 else value

    def views(self, number: int) -> list[memoryview]:
        """All values of a field that are strings or messages. Raises RefusedError: damaged."""
        found = self.fields.get(number, [])
        views = [value for value in found if isinstance(value, memoryview)]
        if len(views) < len(found):
            raise damaged()
        return views

    def view(self, number: int) -> memoryview | None:
        """The last of them."""
        views = self.views(number)
        return views[-1] if views else None

    def texts(self, number: int) -> tuple[str, ...]:
        """All strings of a field. Raises RefusedError: damaged."""
        try:
            return tuple(str(view, "utf-8") for view in self.views(number))
        except UnicodeDecodeError as error:
            raise damaged() from error

    def text(self, number: int) -> str:
        """The last string of a field, or an empty one."""
        return self.texts(number)[-1] if number in self.fields else ""

    def wholes(self, number: int) -> NDArray[np.int64]:
        """Signed whole numbers, packed or one by one. Raises RefusedError: damaged, too_large."""
        values = self.fields.get(number, [])
        parts = [
            varints(value) if isinstance(value, memoryview) else np.array([value], np.uint64)
            for value in values
        ]
        joined = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
        return joined.view(np.int64)

    def packed(self, number: int, dtype: str) -> NDArray[np.generic]:
        """Numbers of four or eight bytes, packed or one by one. Raises RefusedError: damaged."""
        kind, parts = np.dtype(dtype), self.views(number)
        joined = b"".join(parts)
        if len(joined) % kind.itemsize:
            raise damaged()
        return np.frombuffer(joined, kind)


def parse(content: memoryview, budget: Budget) -> Message:
    """The fields of a message. Raises RefusedError: damaged, too_large."""
    fields: dict[int, list[int | memoryview]] = {}
    at, end = 0, len(content)
    while at < end:
        budget.spend()
        tag, at = varint(content, at)
        number, kind = tag >> 3, tag & 7
        value: int | memoryview
        if kind == VARINT:
            value, at = varint(content, at)
        elif kind == SIZED:
            size, at = varint(content, at)
            value, at = content[at : at + size], at + size
        elif kind in (FOUR, EIGHT):
            size = 4 if kind == FOUR else 8
            value, at = content[at : at + size], at + size
        else:
            raise damaged()
        if at > end or number == 0:
            raise damaged()
        fields.setdefault(number, []).append(value)
    return Message(fields)


def varint(content: memoryview, at: int) -> tuple[int, int]:
    """An unsigned number of up to 64 bits, and where it ends. Raises RefusedError: damaged."""
    value = 0
    for place, byte in enumerate(content[at : at + LONGEST]):
        value |= (byte & 127) << (7 * place)
        if byte < 128:
            return value & (1 << 64) - 1, at + place + 1
    raise damaged()


def varints(content: memoryview) -> NDArray[np.uint64]:
    """All numbers of a packed field at once. Raises RefusedError: damaged, too_large."""
    if len(content) > PACKED:
        raise RefusedError("too_large", what="packed", limit=PACKED, got=len(content))
    packed = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(packed < 128)
    if len(packed) and (not len(ends) or ends[-1] != len(packed) - 1):
        raise damaged()
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    lengths = ends - starts + 1
    if lengths.max(initial=0) > LONGEST:
        raise damaged()
    values = np.zeros(len(ends), np.uint64)
    for place in range(int(lengths.max(initial=0))):
        reach = lengths > place
        bits = packed[starts[reach] + place] & 127
        values[reach] |= bits.astype(np.uint64) << np.uint64(7 * place)
    return values
