"""The page beside others, each served to this machine: what ``build.py bench`` runs.

Example::

    status = compare(root, context, rounds=7, reference=None)
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from building.bench.baseline_published import published_contents
from building.bench.baseline_raw import raw_contents
from building.check.environment import ready_chromium, ready_python
from building.context import BuildContext
from building.errors import BuildError
from building.fetch.cache import write_whole
from building.site.server import Server
from building.site.single import single_page
from building.site.site import gather, linked_site, write_site

REFERENCE = "CNN Explainer"


def compare(
    root: Path,
    context: BuildContext,
    *,
    rounds: int,
    reference: Path | None = None,
    is_over_lines: bool = False,
) -> int:
    """Measure the page at work, and its start beside others'; return the exit status.

    ``reference`` is a folder with a built CNN Explainer and all that it loads from other hosts;
    BuildError where there is none. Or measure the start alone, over lines of several speeds.
    """
    if reference and not (reference / "index.html").is_file():
        raise BuildError(f"{reference} holds no built page: it has no index.html")
    python = ready_python(root, context.report)
    chromium = ready_chromium(python, context.report)
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    with tempfile.TemporaryDirectory(prefix="cnnscope-bench-") as folder, ExitStack() as stack:
        folders, single = _written(root, context, Path(folder))
        if reference:
            folders[REFERENCE] = reference
        served = {name: stack.enter_context(_served(each)) for name, each in folders.items()}
        ours = served.pop("ours")
        starts = {"ours": ours, "plain": ours, "one file": single.as_uri()} | served
        named = [f"{name}={url}" for name, url in starts.items()]
        works = {
            "building.bench.page": ["10", chromium, ours],
            "building.bench.views": ["5", chromium, ours],
            "building.bench.startup": [str(rounds), chromium, *named],
        }
        if is_over_lines:
            works = {"building.bench.lines": [str(rounds), chromium, str(folders["ours"])]}
        for module, given in works.items():
            done = subprocess.run([str(python), "-m", module, *given], env=environment, check=False)
            if done.returncode:
                return done.returncode
    return 0


def _written(root: Path, context: BuildContext, folder: Path) -> tuple[dict[str, Path], Path]:
    """Build what is compared; return the folders that are to be served, and the one file."""
    with context.cache.lock():
        sources = gather(root, context)
        pages = {
            "ours": linked_site(sources),
            "published": published_contents(root, sources, context),
            "raw Pyodide": raw_contents(context),
        }
    for name, contents in pages.items():
        write_site(contents, folder / name)
    single = folder / "cnnscope.html"
    write_whole(single, single_page(sources))
    return {name: folder / name for name in pages}, single


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder from memory, compressed before it is asked for; yield its address."""
    with Server(folder, 0) as server:
        for path in folder.rglob("*"):
            if path.is_file():
                _ = server.content(path.resolve()).gzipped
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.url
        finally:
            server.shutdown()
