"""The same page with the runtime as it is published, to measure what compiling and trimming gain.

PyScript starts Pyodide its own way: the published standard library and NumPy wheel, the published
lock file, the project's code as source files. Nothing of this is shipped.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from building.compile.application import build_application
from building.compile.compiler import CORE
from building.compile.runtime import build_runtime
from building.context import BuildContext
from building.fetch.cache import files_under
from building.site import pyscript
from building.site.addresses import Contents
from building.site.compose import Mode, Sources, compose, linked, script_elements
from building.site.pages import FIRST
from building.site.site import RENAMED

CONFIG = {
    "interpreter": "./runtime/pyodide.mjs",
    "packages": ["numpy"],
    "packages_cache": "passthrough",  # without it micropip is fetched as well
    "index_urls": [],  # given, PyScript does not look names up in its own list
    "files": {"./cnnscope.zip": "./*"},
}
# The page's code tells the boot script how far it is, and asks it for what stands on the page.
STAND_IN = """const nothing = () => null;
globalThis.cnnscopeBoot = {
  stage: nothing, done: nothing, waiting: nothing, whole: async () => {},
};
globalThis.cnnscopeRoom = { scale: () => 1 };
"""


def published_contents(root: Path, sources: Sources, context: BuildContext) -> Contents:
    """Return the site with the published files in place of ours.

    The caller holds the cache's lock, since it gathered our files.
    """
    pins = context.pins
    files = context.fetcher.fetch_all(list(pins.files.values()))
    ours = (".zip.gz", "boot.js", "snapshot.gz", *RENAMED.values())
    kept = {name: file for name, file in sources.files.items() if not name.endswith(ours)}
    for name in (*CORE, "python_stdlib.zip", "pyodide-lock.json", pins.wheel("numpy").name):
        kept[f"runtime/{name}"] = files[name].read_bytes()
    kept["cnnscope.zip"] = _source_archive(root, context)
    kept["index.html"] = compose(sources, FIRST, started_by_pyscript(sources)).encode()
    return kept


def started_by_pyscript(sources: Sources) -> Mode:
    """Return the mode of a page that PyScript starts alone, and that keeps nothing."""
    mode = linked(sources)
    head = {
        **mode.head,
        "scripts": mode.head["scripts"] + script_elements([STAND_IN]),
        "hashes": "",
        "modules": f'<script type="module" src="./{pyscript.ENTRY}"></script>\n',
        "hints": "",
    }
    # PyScript makes code out of text, which no policy of ours allows.
    return replace(mode, policy="", head=head, python=pyscript.elements(CONFIG))


def _source_archive(root: Path, context: BuildContext) -> bytes:
    """Return the package as source, with its assets, deflated as wheels are."""
    buffer = io.BytesIO()
    package = root / "src" / "cnnscope"
    made = build_application(root, build_runtime(context), context)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files_under(package):
            archive.write(path, path.relative_to(package.parent).as_posix())
        with zipfile.ZipFile(made / "cnnscope.zip") as compiled:
            for name in compiled.namelist():
                if name.startswith(("cnnscope/assets/", "pyscript/")):
                    archive.writestr(name, compiled.read(name))
    return buffer.getvalue()
