"""Networks that the page is shipped with, fetched when they are asked for.

file = await network_file("digits")     # its bytes, or None where they cannot be had
"""

import asyncio
import json
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from cnnscope.pictures.shipped import BrokenFileError, Shipped, read_shipped
from cnnscope.state.mended import mended
from cnnscope.state.state import NETWORKS, PHOTOS
from cnnscope.state.url import from_hash

SECONDS = 60
"""How long a network may take to arrive."""


async def network_file(name: str) -> bytes | None:
    """The file of a network, checked against what the page was built with; None without one."""
    manifest = json.loads(js.document.getElementById("boot-manifest").textContent)
    entry = manifest["networks"][name]
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


async def asked_network(address: str) -> dict[str, Shipped | None]:
    """The network that an address asks for, by name, where it is another than the page's first.

    None stands for one that cannot be had: the page starts with its first one, and says so.
    """
    asked = from_hash(mended(address, NETWORKS)).network
    if asked == PHOTOS or asked not in NETWORKS:
        return {}
    file = await network_file(asked)
    try:
        return {asked: None if file is None else read_shipped(file)}
    except BrokenFileError:
        return {asked: None}
