"""The part of the build that runs inside Pyodide, on the CPython that the page will run.

A ``.pyc`` only loads in the CPython that compiled it, so the page's own interpreter compiles it,
here under Node. A job is a list of steps, each a dict with the name of one in STEPS and its
arguments::

    run([{"step": "compile_archive", "source": "/in/python_stdlib.zip", ...}])
"""

from __future__ import annotations

import ast
import fnmatch
import gzip
import importlib
import json
import marshal
import os
import re
import sys
import zipfile
from collections.abc import Callable
from importlib.util import MAGIC_NUMBER, source_hash
from typing import Any

from building.compile import drawings
from building.compile.files import read, stored_zip, write

# Of a .pyc: its source is named by a hash, and not looked for.
UNCHECKED = (1).to_bytes(4, "little")


def run(steps: list[dict[str, Any]]) -> None:
    """Run each step in order."""
    for step in steps:
        arguments = {key: value for key, value in step.items() if key != "step"}
        STEPS[step["step"]](**arguments)


def compile_archive(
    source: str,
    target: str,
    drop: list[str],
    keep: list[str],
    blank: list[str],
    assertions: bool = False,
) -> None:
    """Rewrite an archive or folder of Python as a stored zip of ``.pyc`` and resources.

    Members matching a pattern of ``drop`` and none of ``keep`` are left out; modules matching one
    of ``blank`` are kept but empty, for what is imported yet does nothing that a page needs.
    Without docstrings, NumPy only works without assertions too, as under ``python -OO``.
    """
    members: dict[str, bytes] = {}
    for name, content in _members(source):
        if _matches(name, drop) and not _matches(name, keep):
            continue
        if name.endswith(".py"):
            content = b"" if _matches(name, blank) else content
            members[name + "c"] = compile_module(content, name, assertions=assertions)
        else:
            members[name] = content
    write(target, stored_zip(members))


def compile_pyscript(source: str, target: str) -> None:
    """Compile the modules that PyScript writes into the page, as the cache beside them.

    The source is PyScript's own script: one line of JSON for each module.
    """
    members: dict[str, bytes] = {}
    for name, text in re.findall(r'"(\w+)\.py": (".*")', read(source).decode()):
        cached = f"pyscript/__pycache__/{name}.{sys.implementation.cache_tag}.pyc"
        members[cached] = compile_module(json.loads(text).encode(), f"{name}.py", assertions=True)
    write(target, stored_zip(members))


def compile_module(source: bytes, name: str, *, assertions: bool) -> bytes:
    """Return the bytes of a ``.pyc`` that loads without looking for its source."""
    tree = ast.parse(source, name)
    _strip_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0 if assertions else 1)
    return MAGIC_NUMBER + UNCHECKED + source_hash(source) + marshal.dumps(code)


def compress(source: str, target: str) -> None:
    """Gzip a file with no name and no date in it."""
    write(target, gzip.compress(read(source), 9, mtime=0))


def merge(archives: list[str], files: dict[str, str], target: str) -> None:
    """Write the members of archives, and files under the names given, as one stored zip."""
    members: dict[str, bytes] = {}
    for archive in archives:
        members.update(_members(archive))
    for name, path in files.items():
        members[name] = read(path)
    write(target, stored_zip(members))


def run_module(name: str) -> None:
    """Import a module, for tests of what the archives can still do."""
    importlib.import_module(name)


def _members(source: str) -> list[tuple[str, bytes]]:
    """Return (name, content) of every file of a zip or folder, sorted by name."""
    if os.path.isdir(source):
        names = []
        for folder, _, files in os.walk(source):
            names += [os.path.relpath(os.path.join(folder, file), source) for file in files]
        names = [name for name in names if not _is_litter(name)]
        return [(name, read(os.path.join(source, name))) for name in sorted(names)]
    with zipfile.ZipFile(source) as archive:
        names = sorted(name for name in archive.namelist() if not name.endswith("/"))
        return [(name, archive.read(name)) for name in names]


def _is_litter(name: str) -> bool:
    """Tell what tools leave beside sources: caches, hidden files, editors' back-ups."""
    return any(
        part == "__pycache__" or part.startswith(".") or part.endswith("~")
        for part in name.split(os.sep)
    )


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _strip_docstrings(tree: ast.Module) -> None:
    """Take the docstrings out: nobody reads them in a page, and they are a third of the bytes.

    A class keeps a blank one: ``dataclass`` would otherwise work out a signature to put there, at
    every start.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        match node.body:
            case [ast.Expr(ast.Constant(str())) as docstring, *rest]:
                if isinstance(node, ast.ClassDef):
                    docstring.value = ast.copy_location(ast.Constant(" "), docstring)
                elif rest or isinstance(node, ast.Module):
                    node.body = rest
                else:
                    node.body = [ast.copy_location(ast.Pass(), docstring)]


STEPS: dict[str, Callable[..., None]] = {
    "draw_icons": drawings.draw_icons,
    "compile_archive": compile_archive,
    "compile_pyscript": compile_pyscript,
    "compress": compress,
    "merge": merge,
    "decode_samples": drawings.decode_samples,
    "draw_figures": drawings.draw_figures,
    "draw_skeleton": drawings.draw_skeleton,
    "draw_thumbnails": drawings.draw_thumbnails,
    "list_embeds": drawings.list_embeds,
    "run_module": run_module,
}
