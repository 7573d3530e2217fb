"""Addresses of the site's files: where texts name them, their versions, and their hashes.

Example::

    addressed('<img src="./a.png">', lambda name: versioned(name, contents))
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping

Contents = dict[str, bytes]  # path inside the site -> content

VERSION_DIGITS = 10
# ./name in a page's attributes or the web manifest, ../name in a style sheet's url()
LOCAL = re.compile(r"(?:\.{1,2}/)+([\w./-]+)(?:\?v=\w+)?(?=[\"')])")


def addressed(text: str, address: Callable[[str], str | None]) -> str:
    """Return a text with the address of each file that it names; as it was where that is None."""
    return LOCAL.sub(lambda found: address(found[1]) or found[0], text)


def versioned(name: str, contents: Mapping[str, bytes]) -> str:
    """Return a file's address, which changes with its content, so that versions never mix."""
    return f"./{name}?v={version(contents[name])}"


def version(content: bytes) -> str:
    """Return what names this content and no other in an address."""
    return hashlib.sha256(content).hexdigest()[:VERSION_DIGITS]


def integrity(content: bytes) -> str:
    """Return the hash by which a browser refuses any other content."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
