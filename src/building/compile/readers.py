"""The code that opens networks of visitors, compiled into an archive that the page asks for late.

Example::

    (build_readers(root, runtime, context) / "readers.zip").read_bytes()
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building.compile.compiler import compile_archives
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import key_of

PACKAGES = ("cnnscope_own", "cnnscope_readers")
STEPS: list[dict[str, Any]] = [
    {
        **{"step": "trim_archive", "source": "/source", "target": "/made/archives/code.zip"},
        **{"drop": [], "keep": [], "blank": []},
    },
    {"step": "py_compile", "folder": "/made/archives"},
    {"step": "deflate", "source": "/made/archives/code.zip", "target": "/made/readers.zip"},
]


def build_readers(root: Path, runtime: Runtime, context: BuildContext) -> Path:
    """Return a folder with ``readers.zip``, compiling it where a file is another."""
    folders = [root / "src" / name for name in PACKAGES]
    folder = context.cache.result("readers", key_of(runtime.key, Path(__file__), *folders))
    if not folder.exists():
        with context.cache.making(folder) as draft:
            mounts = {f"/source/{path.name}": path for path in folders}
            compile_archives({**mounts, "/made": draft}, STEPS, context)
    return folder
