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


def known() -> Any:
    """What the page was built with: by name, where each file is, and its hash."""
    return json.loads(js.document.getElementById("boot-manifest").textContent)["networks"]


async def network_file(name: str) -> bytes | None:
    """The file of a network, checked against what the page was built with; None without one."""
    entry = known()[name]
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
    names = [EMBEDDED] if EMBEDDED in known() else []
    if asked in NETWORKS and asked != PHOTOS:
        names.append(asked)
    elif names:
        page.write_hash(page.read_hash(), push=False, own=EMBEDDED)
    found: dict[str, Shipped | None] = {}
    for name in names:
        file = await network_file(name)
        try:
            found[name] = None if file is None else read_shipped(file)
        except BrokenFileError:
            found[name] = None
    return found
