"""Links of HDF5 groups: names of what is in them, and where it is.

links(header)     # {"conv": 1832, "elsewhere": None}: None for a link that is not followed
"""

from collections.abc import Iterable, Iterator

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5.headers import MessageType
from cnnscope_readers.keras.hdf5.packed import UNDEFINED, Message, Packed, damaged

SOFT = 2
"""What a symbol table calls a link that is a path."""


def links(header: Iterable[Message]) -> dict[str, int | None]:
    """Addresses by name; none of links to paths and to other files. Raises RefusedError."""
    made: dict[str, int | None] = {}
    for message in header:
        for name, address in _links(message):
            if name in made:
                raise RefusedError("twice", name=name)
            made[name] = address
    return made


def _links(message: Message) -> Iterator[tuple[str, int | None]]:
    match message.type:
        case MessageType.SYMBOL_TABLE:
            tree, heap = message.unpack("<QQ", 0)
            yield from _table(message.packed, tree, heap)
        case MessageType.LINK:
            yield _link(message)
        case MessageType.LINK_INFO:
            flags = message.number("<B", 1)
            if message.number("<Q", 10 if flags & 1 else 2) != UNDEFINED:
                raise damaged("links in a fractal heap")


def _link(message: Message) -> tuple[str, int | None]:
    """What a link's message says. Source: the specification, section IV.A.2.g."""
    version, flags = message.unpack("<BB", 0)
    at = 2
    kind = 0
    if flags & 8:
        kind = message.number("<B", at)
        at += 1
    at += (8 if flags & 4 else 0) + (1 if flags & 16 else 0)
    form = "BHIQ"[flags & 3]
    size = message.number(f"<{form}", at)
    at += 1 << (flags & 3)
    if version != 1 or message.start + at + size > message.end:
        raise damaged("link")
    name = _text(message.packed.piece(message.start + at, size))
    return name, message.number("<Q", at + size) if kind == 0 else None


def _table(packed: Packed, tree: int, heap: int) -> Iterator[tuple[str, int | None]]:
    """The entries of all symbol tables under a tree."""
    packed.expect(b"HEAP", heap)
    size, _, names = packed.unpack("<QQQ", heap + 8)
    packed.piece(names, size)
    for node in leaves(packed, tree, 0, 8):
        packed.expect(b"SNOD", node)
        count = packed.number("<H", node + 6)
        packed.spend(count)
        for number in range(count):
            at = node + 8 + 40 * number
            name, address, kind = packed.unpack("<QQI", at)
            yield _heap_name(packed, names, size, name), None if kind == SOFT else address


def leaves(packed: Packed, root: int, kind: int, key: int) -> Iterator[int]:
    """What the lowest nodes of a version 1 tree point at. Raises RefusedError: damaged.

    For chunks the address of the key is given, which the chunk's own follows.
    """
    waiting = [(root, -1)]
    while waiting:
        at, expected = waiting.pop()
        packed.spend()
        packed.expect(b"TREE", at)
        type_, level, count = packed.unpack("<BBH", at + 4)
        if type_ != kind or expected not in (-1, level):
            raise damaged("tree")
        packed.spend(count)
        keys = [at + 24 + number * (key + 8) for number in range(count)]
        if level == 0:
            yield from (each if kind else packed.number("<Q", each + key) for each in keys)
            continue
        waiting += [(packed.number("<Q", each + key), level - 1) for each in reversed(keys)]


def _heap_name(packed: Packed, names: int, size: int, offset: int) -> str:
    if offset >= size:
        raise damaged("name")
    rest = bytes(packed.piece(names + offset, min(size - offset, LONGEST)))
    end = rest.find(b"\0")
    if end < 0:
        raise damaged("name")
    return _text(memoryview(rest)[:end])


LONGEST = 1024
"""Bytes of a name."""


def _text(content: memoryview) -> str:
    if len(content) > LONGEST:
        raise damaged("name")
    try:
        return bytes(content).decode()
    except UnicodeDecodeError as error:
        raise damaged("name") from error
