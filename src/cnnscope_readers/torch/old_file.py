"""Files of ``torch.save`` before 1.6: five pickles in a row, and the storages after them.

    old = read_old(content)
    old.value, old.storage("94023")

Source: ``_legacy_save`` in PyTorch's ``torch/serialization.py``.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.kinds import STORAGES, size_of
from cnnscope_readers.torch.pickle_reader import LARGEST, read_pickle
from cnnscope_readers.torch.pickle_values import Named, Value, sequence

MAGIC = bytes.fromhex("6cfc9c46f9206aa85019")
"""A number that such a file begins with, as a pickle has it."""

BEGINNING = 64
"""Bytes among which it stands, whatever the protocol."""

HEADS = 3
"""Pickles before that of what was saved: the magic number, the version and the machine."""


def is_old(content: bytes) -> bool:
    """Whether a file begins as those did before 1.6."""
    return MAGIC in content[:BEGINNING]


@dataclass(frozen=True, eq=False)
class Old:
    """What was saved, and where in the file each storage begins and ends."""

    value: Value
    content: bytes
    places: Mapping[str, tuple[int, int]]

    def storage(self, key: str) -> bytes:
        """The bytes of a storage. Raises RefusedError: damaged."""
        if key not in self.places:
            raise RefusedError("damaged", where=f"storage {key}")
        start, end = self.places[key]
        return self.content[start:end]

    def only(self) -> bytes:
        """The bytes of the one storage that there is. Raises RefusedError: damaged."""
        if len(self.places) != 1:
            raise RefusedError("damaged", where="storage")
        return self.storage(next(iter(self.places)))


def read_old(content: bytes, limit: int = LARGEST) -> Old:
    """A file as before 1.6, its pickles of so many opcodes at most.

    Its numbers are little-endian, wherever it was made.
    Raises RefusedError: damaged, too_large, setting.
    """
    at = 0
    for _ in range(HEADS):
        at = read_pickle(content, at, limit=limit).end
    saved = read_pickle(content, at, limit=limit)
    keys = read_pickle(content, saved.end, limit=limit)
    sizes: dict[str, int] = {}
    for stored in saved.stored:
        match stored.id:
            case ("storage", Named(name=name), str() as key, *_):
                sizes.setdefault(key, _size(name))
    return Old(saved.value, content, _places(content, keys.end, keys.value, sizes))


def _size(name: str) -> int:
    """Bytes of one number of a storage, by its class."""
    kind = STORAGES.get(name.rpartition(".")[2])
    if kind is None:
        raise RefusedError("setting", layer="storage", setting="dtype", value=name)
    return size_of(kind)


def _places(
    content: bytes, at: int, keys: Value, sizes: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Where each storage lies: how many numbers there are, and those."""
    places = {}
    for key in sequence(keys) or ():
        if not isinstance(key, str) or key not in sizes or at + 8 > len(content):
            raise RefusedError("damaged", where="storages")
        (numbers,) = struct.unpack_from("<Q", content, at)
        end = at + 8 + numbers * sizes[key]
        if end > len(content):
            raise RefusedError("damaged", where=f"storage {key}")
        places[key] = at + 8, end
        at = end
    return places
