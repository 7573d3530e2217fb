"""The house's sizes: a file that fits into a head, a function that fits on a screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

from support.sites import ROOT

LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
SOURCES = {".py", ".js", ".mjs", ".css"}
MADE = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def sources() -> Iterator[tuple[str, str]]:
    """(name, text) of every file of the project that is code."""
    for above in ROOT.iterdir():
        if above.name in MADE | {".git"}:
            continue
        for path in sorted(above.rglob("*")) if above.is_dir() else [above]:
            if path.suffix in SOURCES:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def too_long(name: str, text: str) -> list[str]:
    """What of a file is longer than the house has it."""
    lines = len(text.splitlines())
    found = [f"{name}: {lines} lines"] if lines > LONGEST_FILE else []
    if Path(name).suffix == ".py":
        for each in ast.walk(ast.parse(text)):
            if isinstance(each, FUNCTIONS):
                lines = (each.end_lineno or each.lineno) - each.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append(f"{name}, {each.name}: {lines} lines")
    return found


def test_no_file_and_no_function_is_long() -> None:
    found = list(sources())
    assert {Path(name).suffix for name, _ in found} == SOURCES
    assert {name.split("/")[0] for name, _ in found} >= {"build.py", "src", "tests", "weights"}
    assert [each for name, text in found for each in too_long(name, text)] == []


def test_what_is_a_line_too_long_is_named() -> None:
    assert too_long("a.css", "\n" * LONGEST_FILE) == []
    assert too_long("a.css", "\n" * (LONGEST_FILE + 1)) == ["a.css: 301 lines"]
    whole = "class A:\n  async def b(self):\n" + "    pass\n" * (LONGEST_FUNCTION - 1)
    assert too_long("a.py", whole) == []
    assert too_long("a.py", whole + "    pass\n") == ["a.py, b: 41 lines"]
