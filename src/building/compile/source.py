"""The project's own source as an archive, for those who want to read or build it.

Example::

    (build_source(root, runtime, context) / "source.zip").read_bytes()

It is packed in Pyodide, whose zlib gives the same bytes on every machine.
"""

from __future__ import annotations

from pathlib import Path

from building.compile.pyodide_job import Job, run_job
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import files_under, key_of

PARTS = (
    *(".github", "src", "public", "tests", "weights"),
    *("build.py", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"),
)
"""What makes the project; what of it is not there is left out."""

WITHIN = "cnnscope"


def build_source(root: Path, runtime: Runtime, context: BuildContext) -> Path:
    """Return a folder with ``source.zip``, packing it where a file is another."""
    parts = [root / part for part in PARTS if (root / part).exists()]
    names = [path.relative_to(root).as_posix() for part in parts for path in files_under(part)]
    files = [each for name in names for each in (name, root / name)]
    folder = context.cache.result("source", key_of(runtime.key, Path(__file__), *files))
    if not folder.exists():
        with context.cache.making(folder) as draft:
            step = {"step": "pack", "folder": "/project", "names": names, "within": WITHIN}
            job = Job(
                pyodide=runtime.folder,
                mounts={"/project": root, "/made": draft},
                steps=[step | {"target": "/made/source.zip"}],
            )
            run_job(job, context.tools.node())
    return folder
