"""Groups and arrays of an HDF5 file, found by their paths when they are asked for.

root = read_hdf5(content)
root.dataset("layers/conv2d/vars/0").numbers()
"""

from functools import cached_property
from typing import Self

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5.attributes import name_of, texts_of
from cnnscope_readers.keras.hdf5.headers import MAGIC, MessageType, messages, root_address
from cnnscope_readers.keras.hdf5.links import links
from cnnscope_readers.keras.hdf5.packed import UNDEFINED, Message, Packed, damaged
from cnnscope_readers.keras.hdf5.storage import has_values, numbers_of


class Object:
    """What a group and an array have in common: a header, and attributes."""

    def __init__(self, path: str, header: list[Message]) -> None:
        """``path`` is for what is said where something is wrong."""
        self.path = path
        self.header = header

    @cached_property
    def _attributes(self) -> dict[str, Message]:
        made: dict[str, Message] = {}
        for message in self.header:
            if message.type == MessageType.ATTRIBUTE_INFO:
                flags = message.number("<B", 1)
                if message.number("<Q", 4 if flags & 1 else 2) != UNDEFINED:
                    raise damaged("attributes in a fractal heap")
            if message.type == MessageType.ATTRIBUTE:
                made[name_of(message)] = message
        return made

    def texts(self, name: str) -> list[str] | None:
        """An attribute's texts; None where there is none. Raises RefusedError."""
        message = self._attributes.get(name)
        return None if message is None else texts_of(message)

    def text(self, name: str) -> str | None:
        """An attribute that is one text; None where there is none. Raises RefusedError."""
        found = self.texts(name)
        if found is not None and len(found) != 1:
            raise damaged(name)
        return found[0] if found else None


class Dataset(Object):
    """An array."""

    def numbers(self) -> Array:
        """All values, as float32. Raises RefusedError: damaged, shapes, too_large, not_finite."""
        return numbers_of(self.header, self.path)


class Group(Object):
    """What has names for others."""

    @classmethod
    def root(cls, packed: Packed) -> Self:
        """The group that a file begins with. Raises RefusedError."""
        return cls("", list(messages(packed, root_address(packed))))

    @cached_property
    def _links(self) -> dict[str, int | None]:
        return links(self.header)

    @property
    def names(self) -> list[str]:
        """Of all that is in it."""
        return list(self._links)

    def __contains__(self, name: str) -> bool:
        """Whether there is something by a name."""
        return name in self._links

    def child(self, name: str) -> "Group | Dataset":
        """What is there by a name. Raises RefusedError."""
        path = f"{self.path}/{name}".lstrip("/")
        address = self._links.get(name)
        if address is None or not self.header:
            raise RefusedError("damaged", where=path)
        header = list(messages(self.header[0].packed, address))
        return Dataset(path, header) if has_values(header) else Group(path, header)

    def group(self, path: str) -> "Group":
        """The group at a path. Raises RefusedError."""
        here = self
        for name in path.split("/"):
            found = here.child(name)
            if not isinstance(found, Group):
                raise RefusedError("damaged", where=found.path)
            here = found
        return here

    def dataset(self, path: str) -> Dataset:
        """The array at a path. Raises RefusedError."""
        before, _, name = path.rpartition("/")
        found = (self.group(before) if before else self).child(name)
        if not isinstance(found, Dataset):
            raise RefusedError("damaged", where=found.path)
        return found


def is_hdf5(content: bytes) -> bool:
    """Whether a file begins as such a file does."""
    return content.startswith(MAGIC)


def read_hdf5(content: bytes) -> Group:
    """The group that a file begins with. Raises RefusedError."""
    return Group.root(Packed(content))
