"""pyodide-build's py-compile, run in Pyodide as it is published, whose standard library is whole.

Example::

    compile_archives({"/made": draft}, [..., {"step": "py_compile", "folder": "/made"}], context)
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from building.compile.pyodide_job import Job, run_job
from building.context import BuildContext

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
STDLIB = "python_stdlib.zip"


def compile_archives(
    mounts: dict[str, Path],
    steps: list[dict[str, Any]],
    context: BuildContext,
    *,
    assertions: bool = True,
) -> None:
    """Run steps with pyodide-build at hand; without assertions, what is compiled has none."""
    published = context.fetcher.fetch_all([context.pins[name] for name in (*CORE, STDLIB)])
    wheels = context.fetcher.fetch_all(list(context.pins.compiler.values()))
    environment = {} if assertions else {"PYTHONOPTIMIZE": "1"}
    with tempfile.TemporaryDirectory(prefix="cnnscope-pyodide-") as folder:
        for name, path in published.items():
            shutil.copyfile(path, Path(folder) / name)
        job = Job(Path(folder), mounts, steps, list(wheels.values()), environment=environment)
        run_job(job, context.tools.node())
