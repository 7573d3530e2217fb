"""Running the steps of ``steps.py`` in Pyodide under Node.js.

Example::

    run_job(Job(pyodide=folder, mounts={"/out": out}, steps=[...]), node)
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from building.errors import BuildError

HOST = Path(__file__).with_name("run_steps.mjs")
STEPS = Path(__file__).with_name("steps.py")
FILES = tuple(
    Path(__file__).with_name(name)
    for name in (
        *("run_steps.mjs", "steps.py", "files.py"),
        *("docstrings.py", "compiler.py", "pyodide_job.py"),
    )
)
# What loadPyodide wants to know of packages where it is to load none.
NO_PACKAGES: dict[str, Any] = {
    "info": {
        "abi_version": "2026_0",
        "arch": "wasm32",
        "platform": "emscripten_5_0_3",
        "python": "3.14.0",
    },
    "packages": {},
}
TIME_LIMIT = 600  # seconds


@dataclass(frozen=True)
class Job:
    """What to run and with which folders in reach."""

    pyodide: Path  # holds pyodide.mjs, its wasm and a standard library
    mounts: dict[str, Path]  # place inside -> folder outside
    steps: list[dict[str, Any]]
    packages: list[Path] = field(default_factory=list)  # zips to unpack first
    python_path: list[str] = field(default_factory=list)  # places inside
    environment: dict[str, str] = field(default_factory=dict)


def run_job(job: Job, node: str) -> None:
    """Run every step.

    Raises BuildError with the end of the traceback where one fails.
    """
    content = {
        "pyodide": str(job.pyodide),
        "lock": NO_PACKAGES,
        "mounts": {place: str(folder) for place, folder in job.mounts.items()}
        | {"/build/building": str(STEPS.parents[1])},
        "packages": [str(path) for path in job.packages],
        "python_path": ["/build", *job.python_path],
        "steps": job.steps,
        "environment": job.environment,
    }
    run_node(HOST, content, node)


def run_node(
    script: Path, job: dict[str, Any], node: str, environment: Mapping[str, str] | None = None
) -> None:
    """Run a script of Node.js, which is given the name of a file that holds the job.

    Raises BuildError with the end of what it says where it fails.
    """
    with tempfile.TemporaryDirectory(prefix="cnnscope-job-") as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        try:
            done = subprocess.run(
                [node, str(script), str(path)],
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=TIME_LIMIT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BuildError(f"Node.js could not run the build's steps: {error}") from error
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise BuildError(
            "A step of the build failed:\n" + "\n".join(word[:300] for word in words[-25:])
        )
