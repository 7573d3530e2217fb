"""The part of the build that runs inside Pyodide, on the CPython that the page will run.

A ``.pyc`` only loads in the CPython that compiled it, so pyodide-build compiles it on the page's
own interpreter, here under Node. A job is a list of steps, each a dict with the name of one in
STEPS and its arguments::

    run([{"step": "py_compile", "folder": "/made/archives"}])
"""

from __future__ import annotations

import fnmatch
import gzip
import importlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from building.compile import drawings
from building.compile.docstrings import without_docstrings
from building.compile.files import fixed_zip, read, stored_zip, write

CATALOGUES = "cnnscope/text/*.json"
SAID_ELSEWHERE = ("page.", "boot.", "figure.")


def run(steps: list[dict[str, Any]]) -> None:
    """Run each step in order."""
    for step in steps:
        arguments = {key: value for key, value in step.items() if key != "step"}
        STEPS[step["step"]](**arguments)


def trim_archive(
    source: str, target: str, drop: list[str], keep: list[str], blank: list[str]
) -> None:
    """Rewrite an archive or folder of Python as a stored zip of what a page needs of it.

    Members matching a pattern of ``drop`` and none of ``keep`` are left out; modules matching one
    of ``blank`` are kept but empty, for what is imported yet does nothing that a page needs. What
    is left loses its docstrings.
    """
    members: dict[str, bytes] = {}
    for name, content in _members(source):
        if _matches(name, drop) and not _matches(name, keep):
            continue
        if name.endswith(".py"):
            content = b"" if _matches(name, blank) else without_docstrings(content, name)
        if PurePosixPath(name).match(CATALOGUES):
            content = said_by_python(content)
        members[name] = content
    write(target, stored_zip(members))


def said_by_python(catalogue: bytes) -> bytes:
    """Return a catalogue without what the template, the start and the figures say."""
    strings: dict[str, str] = json.loads(catalogue)
    kept = {key: text for key, text in strings.items() if not key.startswith(SAID_ELSEWHERE)}
    return json.dumps(kept, ensure_ascii=False).encode()


def trim_pyscript(source: str, target: str) -> None:
    """Write the modules that PyScript writes into the page as an archive, without docstrings.

    The source is PyScript's own script: one line of JSON for each module.
    """
    modules = re.findall(r'"(\w+\.py)": (".*")', read(source).decode())
    sources = {name: json.loads(text).encode() for name, text in modules}
    write(target, stored_zip({name: without_docstrings(sources[name], name) for name in sources}))


def py_compile(folder: str) -> None:
    """Have pyodide-build compile every archive of a folder, and renew the sums in its lock file.

    Uncompressed, because an archive travels gzipped as a whole, which is smaller, and because the
    interpreter then reads modules without inflating each.
    """
    command = importlib.import_module("pyodide_build.cli.py_compile").main
    command([folder, "--no-keep", "--silent", "--compression-level", "0"], standalone_mode=False)


def place_pyscript(source: str, target: str) -> None:
    """Rewrite PyScript's compiled modules as the package that they are."""
    write(target, stored_zip({f"pyscript/{name}": content for name, content in _members(source)}))


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


def pack(folder: str, names: list[str], within: str, target: str) -> None:
    """Write files of a folder as a zip that holds them within a folder of that name."""
    members = {f"{within}/{name}": read(f"{folder}/{name}") for name in names}
    write(target, fixed_zip(members, zipfile.ZIP_DEFLATED))


def deflate(source: str, target: str) -> None:
    """Write the members of an archive as one that is deflated: what is fetched as it lies there."""
    write(target, fixed_zip(dict(_members(source)), zipfile.ZIP_DEFLATED))


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


STEPS: dict[str, Callable[..., None]] = {
    "draw_icons": drawings.draw_icons,
    "place_pyscript": place_pyscript,
    "compress": compress,
    "merge": merge,
    "deflate": deflate,
    "decode_samples": drawings.decode_samples,
    "draw_figures": drawings.draw_figures,
    "draw_preview": drawings.draw_preview,
    "draw_skeleton": drawings.draw_skeleton,
    "draw_thumbnails": drawings.draw_thumbnails,
    "list_embeds": drawings.list_embeds,
    "pack": pack,
    "py_compile": py_compile,
    "run_module": run_module,
    "trim_archive": trim_archive,
    "trim_pyscript": trim_pyscript,
    "write_lengths": drawings.write_lengths,
}
