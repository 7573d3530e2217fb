"""The page beside others, each served to this machine: what ``build.py bench`` runs.

Example::

    status = compare(root, context, rounds=7, reference=None)
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

from building.bench.baseline_published import published_contents
from building.bench.baseline_raw import raw_contents
from building.bench.serving import serving
from building.check.environment import ready_chromium, ready_python
from building.context import BuildContext
from building.errors import BuildError
from building.fetch.cache import write_whole
from building.site.server import Server
from building.site.single import single_page
from building.site.site import gather, linked_site, write_site

REFERENCE = "CNN Explainer"


def compare(
    root: Path, context: BuildContext, *, rounds: int, reference: Path | None = None
) -> int:
    """Measure the page at work, and its start beside others'; return the exit status.

    ``reference`` is a folder with a built CNN Explainer and all that it loads from other hosts;
    BuildError where there is none.
    """
    if reference and not (reference / "index.html").is_file():
        raise BuildError(f"{reference} holds no built page: it has no index.html")
    with tempfile.TemporaryDirectory(prefix="cnnscope-bench-") as folder, ExitStack() as stack:
        folders, single = _written(root, context, Path(folder))
        if reference:
            folders[REFERENCE] = reference
        served = {
            name: stack.enter_context(serving(Server(each, 0))) for name, each in folders.items()
        }
        ours = served.pop("ours")
        starts = {"ours": ours, "plain": ours, "one file": single.as_uri()} | served
        named = [f"{name}={url}" for name, url in starts.items()]
        works = {
            "building.bench.page": ["10", ours],
            "building.bench.views": ["5", ours],
            "building.bench.startup": [str(rounds), *named],
        }
        return _run(root, context, works)


def compare_lines(root: Path, context: BuildContext, *, rounds: int) -> int:
    """Measure first visits over lines of several speeds; return the exit status."""
    with tempfile.TemporaryDirectory(prefix="cnnscope-bench-") as folder:
        with context.cache.lock():
            contents = linked_site(gather(root, context))
        write_site(contents, Path(folder))
        return _run(root, context, {"building.bench.lines": [str(rounds), folder]})


def _run(root: Path, context: BuildContext, works: dict[str, list[str]]) -> int:
    """Run programs, module -> rounds and the rest, in turn, until one fails."""
    python = ready_python(root, context.report)
    chromium = ready_chromium(python, context.report)
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    for module, (rounds, *given) in works.items():
        command = [str(python), "-m", module, rounds, chromium, *given]
        done = subprocess.run(command, env=environment, check=False)
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
