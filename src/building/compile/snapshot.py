"""An image of Python's memory with NumPy and the page's own code imported, for later visits.

Restoring it takes the place of starting the interpreter and importing. It belongs to one build of
everything: the page compares what it can and otherwise starts the plain way, see
``public/snapshot.js``.

Example::

    snapshot = build_snapshot(root, runtime, application, context)
    snapshot.image, snapshot.layout
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.compile.pyodide_job import NO_PACKAGES, Job, run_job, run_node
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import key_of

CAPTURE = Path(__file__).with_name("capture.mjs")
WARM_UP = Path(__file__).with_name("warm_up.py")
SHARED = [Path(name) for name in ("snapshot.js", "memory.js", "boot/content.js")]
SITE_PACKAGES = "/lib/python3.14/site-packages"
HOME = "/home/pyodide"


@dataclass(frozen=True)
class Snapshot:
    """The image, gzipped, and what must be known to restore it."""

    image: bytes
    layout: dict[str, Any]


def build_snapshot(
    root: Path, runtime: Runtime, application: Path, context: BuildContext
) -> Snapshot:
    """Return the image for this runtime and application, taking it on first use."""
    archives = {SITE_PACKAGES: runtime.folder / "numpy.zip", HOME: application / "cnnscope.zip"}
    made_by = (Path(__file__), CAPTURE, WARM_UP, *(root / "public" / path for path in SHARED))
    key = key_of(runtime.key, *made_by, archives[HOME].read_bytes())
    folder = context.cache.result("snapshot", key)
    if not folder.exists():
        context.report.line("Taking an image of Python's memory ...")
        node = context.tools.node()
        with context.cache.making(folder) as draft, tempfile.TemporaryDirectory() as unpacked:
            job = _job(root, runtime, archives, Path(unpacked), draft)
            run_node(CAPTURE, job, node, os.environ | {"TZ": "UTC"})
            compress = {"step": "compress", "source": "/made/image", "target": "/made/image.gz"}
            run_job(Job(runtime.folder, {"/made": draft}, [compress]), node)
            (draft / "image").unlink()
    layout = json.loads((folder / "layout.json").read_bytes())
    return Snapshot((folder / "image.gz").read_bytes(), layout)


def _job(
    root: Path, runtime: Runtime, archives: dict[str, Path], unpacked: Path, target: Path
) -> dict[str, Any]:
    """Unpack the archives and return what ``capture.mjs`` is to do."""
    folders = {}
    for number, (place, archive) in enumerate(archives.items()):
        folder = unpacked / str(number)
        with zipfile.ZipFile(archive) as file:
            file.extractall(folder)
        folders[place] = str(folder)
    return {
        "pyodide": str(runtime.folder),
        "lock": NO_PACKAGES,
        "shared": str(_modules(root, unpacked)),
        "folders": folders,
        "packages": SITE_PACKAGES,
        "program": WARM_UP.read_text(encoding="utf-8"),
        "target": str(target),
    }


def _modules(root: Path, unpacked: Path) -> Path:
    """Return the page's own functions, where Node takes every script for a module."""
    folder = unpacked / "shared"
    folder.mkdir()
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    for path in SHARED:
        (folder / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(root / "public" / path, folder / path)
    return folder / SHARED[0]
