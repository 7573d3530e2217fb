"""Imports between folders, read from the code and not from trust.

Example::

    imported(source / "cnnscope" / "main.py")      # {"asyncio", "cnnscope.app.app.App", ...}
    parts(source / "cnnscope", "cnnscope")["main"]   # {"app", "browser", ...}
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path


def imported(path: Path) -> set[str]:
    """Return the dotted names of what a module imports; ``from a import b`` imports ``a.b``.

    Raises ValueError for a relative import.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"{path}: expected no relative import")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def parts_of(package: str, names: Iterable[str]) -> set[str]:
    """Return the folders and modules at a package's root that dotted names lie in; its own is "".

    What lies in other packages is left out.
    """
    split = (name.split(".") for name in names)
    return {rest[0] if rest else "" for first, *rest in split if first == package}


def parts(folder: Path, package: str) -> dict[str, set[str]]:
    """Return for each folder and module at a folder's root what parts of a package it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        found.setdefault(part, set()).update(parts_of(package, imported(path)))
    return found
