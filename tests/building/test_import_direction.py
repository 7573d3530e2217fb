"""The import direction of the build's folders, read from the code and not from trust."""

import ast
from pathlib import Path

import pytest

BUILDING = Path(__file__).parents[2] / "src" / "building"
MAY_IMPORT = {
    "errors": set(),
    "report": set(),
    "fetch": {"fetch", "errors", "report"},
    "context": {"fetch", "report"},
    "compile": {"compile", "context", "fetch", "errors"},
    "site": {"site", "compile", "context", "fetch", "errors"},
    "check": {"check", "fetch", "errors", "report"},
    "bench": {"bench", "check", "site", "compile", "context", "fetch"},
    "command": {"bench", "check", "site", "context", "fetch", "errors", "report"},
    "__init__": set(),
}


def imported(path: Path) -> set[str]:
    """The parts of the build that a module of it imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("building"):
            found.add((node.module.split(".") + [alias.name for alias in node.names])[1])
    return found


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_of_the_build_imports_none_above_it(part: str) -> None:
    folder = BUILDING / part
    for path in folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]:
        assert imported(path) <= MAY_IMPORT[part], path


def test_every_part_is_named_here() -> None:
    parts = {path.stem for path in BUILDING.iterdir() if path.name != "__pycache__"}
    assert parts == set(MAY_IMPORT)
