"""Taking docstrings out of source: nobody reads them in a page, and they are a third of the bytes.

What begins a line goes on beginning the same one, so that an error names the right one.

Example::

    without_docstrings(b'def f():\n    "Says."\n    return 1\n', "f.py")
"""

from __future__ import annotations

import ast

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(source: bytes, name: str) -> bytes:
    """Return a module's source, which is UTF-8, with no docstring in it.

    A class keeps a blank one: ``dataclass`` would otherwise work out a signature to put there, at
    every start.
    """
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source, name)):
        if not isinstance(node, DOCUMENTED):
            continue
        match node.body:
            case [ast.Expr(ast.Constant(str()) as docstring), *rest]:
                _replace(lines, docstring, _instead(node, bool(rest)))
    return b"".join(lines)


def _instead(node: ast.AST, has_more: bool) -> bytes:
    """Return what a statement may consist of where it was a docstring."""
    if isinstance(node, ast.ClassDef):
        return b'" "'
    return b"" if has_more or isinstance(node, ast.Module) else b"..."


def _replace(lines: list[bytes], docstring: ast.Constant, instead: bytes) -> None:
    """Put something in a docstring's place, on its first line, and leave the others empty."""
    assert docstring.end_lineno is not None
    first, last = docstring.lineno - 1, docstring.end_lineno - 1
    before, after = lines[first][: docstring.col_offset], lines[last][docstring.end_col_offset :]
    if before.strip() or after.strip().startswith((b";", b")")):
        instead = instead or b"..."  # it shares its line with other code
    lines[first] = before + instead + after
    lines[first + 1 : last + 1] = [b"\n"] * (last - first)
