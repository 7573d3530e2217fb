"""Networks that the page is shipped with, fetched when they are asked for.

file = await network_file("digits")     # its bytes, or None where they cannot be had
"""

import asyncio
import json
from typing import Any

import js
from pyodide.ffi import JsException, to_js

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
