"""The import direction of the build's folders, read from the code and not from trust."""

from pathlib import Path

import pytest

from building.check.imports import parts

BUILDING = Path(__file__).parents[2] / "src" / "building"
MAY_IMPORT = {
    "errors": set(),
    "report": set(),
    "fetch": {"fetch", "errors", "report"},
    "context": {"fetch", "report"},
    "compile": {"compile", "context", "fetch", "errors"},
    "site": {"site", "compile", "context", "fetch", "errors"},
    "check": {"check", "fetch", "errors", "report"},
    "bench": {"bench", "check", "site", "compile", "context", "errors", "fetch"},
    "command": {"bench", "check", "site", "context", "fetch", "errors", "report"},
    "__init__": set(),
}
IMPORTED = parts(BUILDING, "building")


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_of_the_build_imports_none_above_it(part: str) -> None:
    assert IMPORTED[part] <= MAY_IMPORT[part]


def test_every_part_is_named_here() -> None:
    there = {path.stem for path in BUILDING.iterdir() if path.name != "__pycache__"}
    assert there == set(IMPORTED) == set(MAY_IMPORT)
