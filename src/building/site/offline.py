"""The site for use without a network: what its service worker must know of every file.

Example::

    contents["sw.js"] = worker(contents["sw.js"], contents, version)
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping

from building.errors import BuildError
from building.site.compose import SOURCE
from building.site.sharing import PREVIEW

ONLINE = (SOURCE, PREVIEW)  # what no reader of the page needs: it is not kept
WORKER = "sw.js"
EMPTY = 'const SITE = { version: "", files: {} };'
VERSION_MARKER = "@version@"  # in the pages, whose own content has a say in the version
VERSION_DIGITS = 16


def version_of(contents: Mapping[str, bytes]) -> str:
    """Return the name of a version: it changes with any byte of any file."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\0{_hash(contents[name])}\n".encode())
    return digest.hexdigest()[:VERSION_DIGITS]


def worker(script: bytes, contents: Mapping[str, bytes], version: str) -> bytes:
    """Return the service worker, with the hash and size of every file that it is to keep.

    Of an archive it has to know the hash of what is packed in it, too: some servers unpack it.

    Raises BuildError where the script has no place for them.
    """
    files = {
        name: _entry(name, content)
        for name, content in sorted(contents.items())
        if name not in (WORKER, *ONLINE) and not name.startswith(".")
    }
    text = script.decode()
    if text.count(EMPTY) != 1:
        raise BuildError(f"public/{WORKER}: expected {EMPTY!r} once, found {text.count(EMPTY)}")
    site = json.dumps({"version": version, "files": files}, separators=(",", ":"))
    return text.replace(EMPTY, f"const SITE = {site};").encode()


def _entry(name: str, content: bytes) -> list[str | int]:
    unpacked = [_hash(gzip.decompress(content))] if name.endswith(".gz") else []
    return [_hash(content), len(content), *unpacked]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
