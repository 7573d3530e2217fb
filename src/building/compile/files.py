"""Files as the build's steps read and write them, the same bytes wherever and whenever it runs.

Example::

    write("/made/code.zip", stored_zip({"cnnscope/main.pyc": b"..."}))
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import PurePosixPath

FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def stored_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip of members, uncompressed, with fixed dates and permissions.

    Uncompressed because the archive travels gzipped as a whole, which is smaller, and because the
    interpreter then reads modules without inflating each.
    """
    return fixed_zip(members, zipfile.ZIP_STORED)


def likeness(name: str) -> tuple[str, list[str], str, str]:
    """Order of members in which gzip finds most again: by kind, then by package, then by name.

    Each view's ``layout`` then stands beside the other views', which is a hundredth less to fetch.
    """
    path = PurePosixPath(name)
    return path.suffix, list(path.parts[:2]), path.name, name


def fixed_zip(members: dict[str, bytes], compression: int) -> bytes:
    """Return a zip of members, like beside like, with fixed dates and permissions."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression, compresslevel=9) as archive:
        for name in sorted(members, key=likeness):
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.create_system = 3  # Unix, whatever the host
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name], compression)
    return buffer.getvalue()


def read(path: str) -> bytes:
    """Return the content of a file."""
    with open(path, "rb") as file:
        return file.read()


def write(path: str, content: bytes) -> None:
    """Write a file, making the folders that it lies in."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
