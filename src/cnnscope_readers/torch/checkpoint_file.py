"""Files of ``torch.save``: the pickle in them, and the storages that lie beside it.

    opened = open_checkpoint(content)
    opened.value, opened.store

Since 1.6 such a file is a ZIP archive with ``data.pkl`` and a member for each storage.
Source: PyTorch's ``torch/serialization.py``.
"""

from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.old_file import is_old, read_old
from cnnscope_readers.torch.pickle_reader import LARGEST, read_pickle
from cnnscope_readers.torch.pickle_values import Value
from cnnscope_readers.torch.tensors import Store
from cnnscope_readers.zip_archive import ZipArchive, is_zip, read_zip

PICKLE, CONSTANTS = "data.pkl", "constants.pkl"

UNPACKED = 4
"""How many times as long as its file an archive may be unpacked, and SPARE bytes more."""

SPARE = 1 << 20

PROTOCOLS = tuple(b"\x80" + bytes([protocol]) for protocol in range(2, 6))


@dataclass(frozen=True, eq=False)
class Opened:
    """What was saved, and its storages."""

    value: Value
    store: Store


def is_pickle(content: bytes) -> bool:
    """Whether a file begins as a pickle does that says its protocol, or as before 1.6."""
    return content.startswith(PROTOCOLS) or is_old(content)


def folder_of(archive: ZipArchive, member: str = PICKLE) -> str | None:
    """The outermost folder of an archive with such a member, as ``net/``; None without one."""
    names = [name for name in archive.names() if f"/{name}".endswith(f"/{member}")]
    return min(names, key=len)[: -len(member)] if names else None


def holds_code(archive: ZipArchive, folder: str) -> bool:
    """Whether an archive is one of ``torch.jit.save``: its pickle has code beside it."""
    return any(
        name.startswith(f"{folder}code/") or name == f"{folder}{CONSTANTS}"
        for name in archive.names()
    )


def archive_of(content: bytes) -> ZipArchive:
    """The archive that a file is; PyTorch packs nothing, so what unpacks to much more is refused.

    Raises RefusedError: damaged, too_large, twice, encrypted.
    """
    archive = read_zip(content)
    promised, limit = sum(map(archive.size, archive.names())), UNPACKED * len(content) + SPARE
    if promised > limit:
        raise RefusedError("too_large", what="bytes", limit=limit, got=promised)
    return archive


def open_checkpoint(content: bytes, limit: int = LARGEST) -> Opened:
    """What was saved in a file, as a pickle of so many opcodes at most.

    Raises RefusedError: damaged, missing_file, too_large, setting.
    """
    if is_zip(content):
        return open_archive(archive_of(content), limit)
    if is_old(content):
        old = read_old(content, limit)
        return Opened(old.value, Store(old.storage))
    return Opened(read_pickle(content, limit=limit).value, Store(_nothing))


def open_archive(archive: ZipArchive, limit: int = LARGEST) -> Opened:
    """What was saved in an archive. Raises RefusedError: damaged, missing_file, too_large."""
    folder = folder_of(archive)
    if folder is None:
        raise RefusedError("missing_file", file=PICKLE)
    order = f"{folder}byteorder"
    is_big = order in archive.names() and archive.read(order).strip() == b"big"
    pickle = read_pickle(archive.read(f"{folder}{PICKLE}"), where=PICKLE, limit=limit)
    store = Store(lambda key: archive.read(f"{folder}data/{key}"), ">" if is_big else "<")
    return Opened(pickle.value, store)


def _nothing(key: str) -> bytes:
    """Beside a plain pickle there is nothing."""
    raise RefusedError("missing_file", file=f"data/{key}")
