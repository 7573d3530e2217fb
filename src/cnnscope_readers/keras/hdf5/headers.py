"""Headers of HDF5 objects: the messages that say what an object is.

for message in messages(packed, address): ...     # RefusedError
"""

from collections.abc import Iterator
from enum import IntEnum

from cnnscope_readers.keras.hdf5.packed import UNDEFINED, Message, Packed, damaged

MAGIC = b"\x89HDF\r\n\x1a\n"


class MessageType(IntEnum):
    """What a message is about. Source: the specification, section IV.A.2."""

    DATASPACE = 0x01
    LINK_INFO = 0x02
    DATATYPE = 0x03
    LINK = 0x06
    EXTERNAL_FILES = 0x07
    LAYOUT = 0x08
    FILTERS = 0x0B
    ATTRIBUTE = 0x0C
    CONTINUATION = 0x10
    SYMBOL_TABLE = 0x11
    ATTRIBUTE_INFO = 0x15


BLOCKS = 1000
"""Pieces that one header may lie in."""

Block = tuple[int, int]
"""Where one begins and ends."""


def root_address(packed: Packed) -> int:
    """Where the root group's header is. Raises RefusedError: damaged."""
    packed.expect(MAGIC, 0)
    version = packed.number("<B", 8)
    sizes, base, root = {0: (13, 24, 64), 1: (13, 28, 68), 2: (9, 12, 36), 3: (9, 12, 36)}.get(
        version, (0, 0, 0)
    )
    if not sizes or packed.unpack("<BB", sizes) != (8, 8) or packed.number("<Q", base):
        raise damaged("superblock")
    return packed.number("<Q", root)


def messages(packed: Packed, address: int) -> Iterator[Message]:
    """All messages of the header at an address. Raises RefusedError: damaged, too_large."""
    is_second = bytes(packed.piece(address, 4)) == b"OHDR"
    block, in_order = _second(packed, address) if is_second else _first(packed, address)
    waiting, seen = [block], {block}
    while waiting:
        for message in _in_block(packed, waiting.pop(0), is_second, in_order):
            if message.type != MessageType.CONTINUATION:
                yield message
                continue
            block = _continued(packed, message, is_second)
            if block in seen or len(seen) == BLOCKS:
                raise damaged("continuation")
            seen.add(block)
            waiting.append(block)


def _first(packed: Packed, address: int) -> tuple[Block, bool]:
    version, _, _, _, size = packed.unpack("<BBHII", address)
    if version != 1:
        raise damaged("header")
    return (address + 16, address + 16 + size), False


def _second(packed: Packed, address: int) -> tuple[Block, bool]:
    """A version 2 header's first block, and whether its messages are numbered."""
    version, flags = packed.unpack("<BB", address + 4)
    if version != 2:
        raise damaged("header")
    at = address + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
    form = "BHIQ"[flags & 3]
    size = packed.number(f"<{form}", at)
    start = at + (1 << (flags & 3))
    return (start, start + size), bool(flags & 4)


def _continued(packed: Packed, message: Message, is_second: bool) -> Block:
    address, size = message.unpack("<QQ", 0)
    if not is_second:
        return address, address + size
    packed.expect(b"OCHK", address)
    return address + 4, address + size - 4


def _in_block(packed: Packed, block: Block, is_second: bool, in_order: bool) -> Iterator[Message]:
    """The messages of a block; less than one's own head at its end is a gap."""
    at, end = block
    if at == UNDEFINED:
        raise damaged("header")
    form, head = ("<BHB", 6 if in_order else 4) if is_second else ("<HHB", 8)
    while at + head <= end:
        packed.spend()
        type_, size, flags = packed.unpack(form, at)
        if at + head + size > end:
            raise damaged("message")
        yield Message(packed, type_, flags, at + head, size)
        at += head + size
