"""ZIP archives of visitors: a directory that is believed only as far as it was checked.

    archive = read_zip(content)
    archive.names(), archive.read("data.pkl")     # RefusedError

Nothing is unpacked beyond the size that the directory promises, and all promises together are kept
below a limit that is checked first.
"""

import zipfile
import zlib
from io import BytesIO

from cnnscope_readers.errors import RefusedError

LARGEST = 512 << 20
"""Bytes of all members together, unpacked."""

MEMBERS = 10_000

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members are packed; what others unpack at once has no bound."""

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


def is_zip(content: bytes) -> bool:
    """Whether a file begins as such an archive does."""
    return content.startswith(MAGIC)


class ZipArchive:
    """The members of one archive, by name."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        """Check the directory. Raises RefusedError: too_large, twice, encrypted."""
        self._opened = opened
        self._infos: dict[str, zipfile.ZipInfo] = {}
        listed = opened.infolist()
        if len(listed) > MEMBERS:
            raise RefusedError("too_large", what="members", limit=MEMBERS, got=len(listed))
        for info in listed:
            if info.filename in self._infos:
                raise RefusedError("twice", name=info.filename)
            if info.flag_bits & 1:
                raise RefusedError("encrypted", file=info.filename)
            self._infos[info.filename] = info
        promised = sum(info.file_size for info in listed)
        if promised > LARGEST:
            raise RefusedError("too_large", what="bytes", limit=LARGEST, got=promised)

    def names(self) -> list[str]:
        """Every member's name, as the directory has them."""
        return list(self._infos)

    def size(self, name: str) -> int:
        """Bytes that the directory promises of a member. Raises RefusedError: missing_file."""
        return self._info(name).file_size

    def read(self, name: str) -> bytes:
        """A member, unpacked and checked. Raises RefusedError: missing_file, damaged."""
        info = self._info(name)
        if info.compress_type not in PACKINGS:
            raise RefusedError("damaged", where=name)
        try:
            with self._opened.open(info) as file:
                content = file.read(info.file_size)
                is_whole = len(content) == info.file_size and not file.read(1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError,
                EOFError, ValueError) as error:  # fmt: skip
            raise RefusedError("damaged", where=name) from error
        if not is_whole:
            raise RefusedError("damaged", where=name)
        return content

    def _info(self, name: str) -> zipfile.ZipInfo:
        if name not in self._infos:
            raise RefusedError("missing_file", file=name)
        return self._infos[name]


def read_zip(content: bytes) -> ZipArchive:
    """An archive and its directory. Raises RefusedError: damaged, and what a directory may be."""
    try:
        opened = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise RefusedError("damaged", where="ZIP") from error
    return ZipArchive(opened)


def told_zip(content: bytes) -> ZipArchive | None:
    """An archive, to tell by its names what it is of; None for what is none that can be read."""
    if not is_zip(content):
        return None
    try:
        return read_zip(content)
    except RefusedError:
        return None
