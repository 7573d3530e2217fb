"""The project as a wheel, for ``pip install``: its code, and the page in one file, compressed.

It is written with the standard library alone, the same bytes for the same sources.

Example::

    name, content = wheel(root, single_page(sources))
    (folder / name).write_bytes(content)
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import tomllib
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from building.fetch.cache import files_under

PACKAGES = ("cnnscope", "cnnscope_notebook", "cnnscope_own", "cnnscope_readers")
PAGE = "cnnscope_notebook/page.html.gz"
COMMAND = "cnnscope_notebook.command:main"
LICENCE = "LICENSE"
TAG = "py3-none-any"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first time that an archive can tell
MODE = 0o644 << 16


def wheel(root: Path, page: bytes) -> tuple[str, bytes]:
    """Return the wheel's name and its content, with this page in it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = f"{project['name']}-{project['version']}"
    files = {**_code(root), PAGE: gzip.compress(page, 9, mtime=0)}
    told = {
        f"licenses/{LICENCE}": (root / LICENCE).read_bytes(),
        "METADATA": _metadata(project, (root / project["readme"]).read_text(encoding="utf-8")),
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: {project['name']}\nRoot-Is-Purelib: true\n"
                 f"Tag: {TAG}\n".encode(),
        "entry_points.txt": f"[console_scripts]\n{project['name']} = {COMMAND}\n".encode(),
    }  # fmt: skip
    files |= {f"{named}.dist-info/{name}": content for name, content in told.items()}
    record = f"{named}.dist-info/RECORD"
    files[record] = _record(files, record)
    return f"{named}-{TAG}.whl", _archive(files)


def _code(root: Path) -> dict[str, bytes]:
    """Return the packages' files by their paths."""
    source = root / "src"
    paths = [path for name in PACKAGES for path in files_under(source / name)]
    return {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}


def _metadata(project: Mapping[str, Any], readme: str) -> bytes:
    """Return what the project says of itself. Source: packaging.python.org, core metadata 2.4."""
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", project["version"]),
        ("Summary", project["description"]),
        *(("Author", author["name"]) for author in project["authors"]),
        ("License-Expression", project["license"]),
        ("License-File", LICENCE),
        ("Requires-Python", project["requires-python"]),
        *(("Requires-Dist", each) for each in project["dependencies"]),
        *(("Project-URL", f"{name}, {url}") for name, url in project.get("urls", {}).items()),
        ("Description-Content-Type", "text/markdown"),
    ]
    lines = "".join(f"{name}: {value}\n" for name, value in fields)
    return f"{lines}\n{readme}".encode()


def _record(files: Mapping[str, bytes], itself: str) -> bytes:
    """Return the list of files with their hashes, which an installer compares."""
    lines = []
    for name, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{itself},,\n"]).encode()


def _archive(files: Mapping[str, bytes]) -> bytes:
    """Return the files in an archive; what is packed already is stored."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, file in sorted(files.items()):
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.external_attr = MODE
            is_packed = name.endswith(".gz")
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, file)
    return content.getvalue()
