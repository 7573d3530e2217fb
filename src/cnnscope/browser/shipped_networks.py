"""Networks that the page is shipped with, fetched when they are asked for.

file = await network_file("digits")     # its bytes, or None where they cannot be had
"""

import asyncio
import json
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from cnnscope.panels.browser_protocol import Page
from cnnscope.pictures.shipped import BrokenFileError, Shipped, read_shipped
from cnnscope.state.mended import mended
from cnnscope.state.state import NETWORKS, PHOTOS, own_network
from cnnscope.state.url import from_hash

EMBEDDED = own_network(1)
"""A network that a page of one file was given, as if the visitor had opened it."""

SECONDS = 60
"""How long a network may take to arrive."""


def manifest_networks() -> dict[str, dict[str, str]]:
    """What the page was built with: by name, where each file is, and its hash."""
    manifest = json.loads(js.document.getElementById("boot-manifest").textContent)
    return dict(manifest["networks"])


async def network_file(name: str) -> bytes | None:
    """The file of a network, checked against what the page was built with; None without one."""
    entry = manifest_networks()[name]
    options = to_js({"integrity": entry["integrity"]}, dict_converter=js.Object.fromEntries)
    try:
        async with asyncio.timeout(SECONDS):
            answer: Any = await js.fetch(entry["url"], options)
            if not answer.ok:
                return None
            file: bytes = (await answer.arrayBuffer()).to_bytes()
            return file
    except (JsException, TimeoutError):
        return None


async def asked_networks(page: Page) -> dict[str, Shipped | None]:
    """The networks that a page starts with beside its first, by name.

    That is what the address asks for, and before it one that somebody put into a page of one file;
    such a page shows it where the address asks for none. None stands for one that cannot be had:
    the page starts with its first one, and says so.
    """
    asked = from_hash(mended(page.read_hash(), NETWORKS)).network
    others: dict[str, Shipped | None] = {}
    if EMBEDDED in manifest_networks():
        others[EMBEDDED] = await read(EMBEDDED)
        if asked == PHOTOS:
            page.write_hash(page.read_hash(), push=False, own=EMBEDDED)
    if asked != PHOTOS and asked in NETWORKS:
        others[asked] = await read(asked)
    return others


async def read(name: str) -> Shipped | None:
    """A network with its pictures; None where it cannot be had."""
    file = await network_file(name)
    try:
        return None if file is None else read_shipped(file)
    except BrokenFileError:
        return None
