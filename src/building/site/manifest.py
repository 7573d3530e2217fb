"""The boot manifest: what boot.js must know of every file that a start needs.

Example::

    manifest = boot_manifest(contents, runtime.folder, "314.0.4", snapshot.layout)
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NotRequired, TypedDict

from building.compile.runtime import ARCHIVES
from building.site import pyscript
from building.site.addresses import Contents, integrity, versioned

SNAPSHOT = "snapshot.gz"
UNPACKER = "unpacker.js"
SAMPLES = "samples/"
NETWORKS = "networks/"


class Manifest(TypedDict):
    """What boot.js reads."""

    pyodide: str  # version
    folder: str
    lock: dict[str, object]  # Pyodide's lock file, with what is not loaded at the start
    files: dict[str, dict[str, object]]
    samples: dict[str, str]  # key -> address of the whole picture
    networks: dict[str, dict[str, str]]  # those that are fetched when asked for, by name
    unpacker: str  # address of the worker that unpacks archives
    # What snapshot.js reads. Without it, nothing is begun with.
    snapshot: NotRequired[dict[str, object]]


def boot_manifest(
    contents: Contents, runtime: Path, pyodide: str, layout: Mapping[str, Any]
) -> Manifest:
    """Return every file's address, and the sizes to tell progress by."""
    names = ["runtime/pyodide.asm.wasm", "runtime/pyodide.js", "runtime/pyodide.asm.js"]
    names += [f"runtime/{name}.zip.gz" for name in ARCHIVES]
    names += ["cnnscope.zip.gz", pyscript.ENTRY, pyscript.CORE]
    files = {PurePosixPath(name).name: _entry(contents, name) for name in names}
    files["pyodide.asm.wasm"]["wire"] = (runtime / "pyodide.asm.wasm.gz").stat().st_size
    files["pillow.zip.gz"]["later"] = True
    files["core.js"]["imports"] = [PurePosixPath(pyscript.CORE).name]
    return {
        "pyodide": pyodide,
        "folder": "./runtime/",
        "lock": json.loads((runtime / "lock.json").read_bytes()),
        "files": files,
        "samples": {
            PurePosixPath(name).stem: versioned(name, contents)
            for name in contents
            if name.startswith(SAMPLES) and name.endswith(".webp")
        },
        "networks": {
            PurePosixPath(name).stem: {
                "url": versioned(name, contents),
                "integrity": integrity(contents[name]),
            }
            for name in contents
            if name.startswith(NETWORKS)
        },
        "unpacker": versioned(UNPACKER, contents),
        "snapshot": _entry(contents, SNAPSHOT) | dict(layout),
    }


def _entry(contents: Contents, name: str) -> dict[str, object]:
    """Return a file's line; ``wire`` is its size as it travels, ``size`` as it arrives."""
    entry: dict[str, object] = {
        "name": PurePosixPath(name).name,
        "url": versioned(name, contents),
        "wire": len(contents[name]),
        **_content_line(contents[name]),
    }
    if name.endswith(".gz"):  # which some servers unpack on the way
        entry["unpacked"] = _content_line(gzip.decompress(contents[name]))
    return entry


def _content_line(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
