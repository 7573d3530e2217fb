"""The same page with the runtime as it is published, to measure what compiling and trimming gain.

PyScript starts Pyodide its own way: the published standard library and NumPy wheel, the published
lock file, the project's code as source files. Nothing of this is shipped.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from building.compile.application import build_application
from building.compile.runtime import build_runtime
from building.context import BuildContext
from building.fetch.cache import files_under
from building.site.site import Contents

CONFIG = {
    "interpreter": "./runtime/pyodide.mjs",
    "packages": ["numpy"],
    "packages_cache": "passthrough",  # without it micropip is fetched as well
    "index_urls": [],  # given, PyScript does not look names up in its own list
    "files": {"./cnnscope.zip": "./*"},
    "plugins": [],
}
# The page's code tells the boot script how far it is.
STAND_IN = (
    "<script>globalThis.cnnscopeBoot = { stage() {}, done() {}, waiting() { return null; } };"
    "</script>"
)


def published_contents(root: Path, contents: Contents, context: BuildContext) -> Contents:
    """Return the site with the published files in place of ours.

    The caller holds the cache's lock, since it assembled our files.
    """
    pins = context.pins
    files = context.fetcher.fetch_all(list(pins.files.values()))
    ours = (".zip.gz", "boot.mjs", "snapshot.gz", "snapshot.mjs")
    kept = {name: content for name, content in contents.items() if not name.endswith(ours)}
    for name in ("python_stdlib.zip", "pyodide-lock.json", pins.wheel("numpy").name):
        kept[f"runtime/{name}"] = files[name].read_bytes()
    kept["cnnscope.zip"] = _source_archive(root, context)
    kept["index.html"] = _page(contents["index.html"].decode()).encode()
    return kept


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
                if name.startswith("cnnscope/assets/"):
                    archive.writestr(name, compiled.read(name))
    return buffer.getvalue()


def _page(page: str) -> str:
    """Return the page, started by PyScript alone."""
    plugins = re.search(r'"plugins": (\[[^\]]*\])', page)
    config = json.dumps({**CONFIG, "plugins": json.loads(plugins[1]) if plugins else []})
    page = re.sub(r"<meta http-equiv=[^>]*>\n", "", page)  # PyScript makes code out of text
    page = re.sub(r'<script type="module" async[^>]*></script>\n', "", page)  # nothing is kept
    page = re.sub(r'<link rel="modulepreload"[^>]*>\n', "", page)
    page = re.sub(r'<script type="module" src="\./boot[^>]*></script>', STAND_IN, page)
    page = page.replace(
        "</head>", '<script type="module" src="./pyscript/core.js"></script></head>'
    )
    return re.sub(r"config='\{\"interpreter[^']*'", f"config='{config}'", page)
