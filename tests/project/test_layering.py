"""The import direction of the folders, read from the code and not from trust."""

import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from building.check.imports import imported, parts_of

SOURCE = Path(__file__).parents[2] / "src"
PACKAGES = tuple(
    SOURCE / name
    for name in ("cnnscope", "prerender", "cnnscope_readers", "cnnscope_own", "cnnscope_notebook")
)

THIRD_PARTY = {"numpy": "numpy", "PIL": "PIL", "js": "js", "pyodide": "js", "pyodide_js": "js",
               "pyscript": "js", "cnnscopeBoot": "js", "cnnscopeLanguage": "js",
               "cnnscopeRoom": "js"}  # fmt: skip
"""Top-level modules that count, and as what."""

MAY_IMPORT = {
    "nn": {"nn", "numpy"},
    "drawing": {"drawing", "numpy"},
    "text": set(),
    "state": {"state", "nn", "drawing"},
    "pictures": {"pictures", "state", "nn", "text", "numpy", "PIL"},
    "views": {"views", "state", "pictures", "nn", "drawing", "text", "numpy"},
    "panels": {"panels", "views", "state", "pictures", "nn", "drawing", "text", "numpy"},
    "browser": {"browser", "app", "panels", "views", "state", "pictures", "drawing", "numpy", "js"},
    "app": {"app", "panels", "views", "state", "pictures", "nn", "drawing", "text"},
    "main": {"app", "browser", "pictures", "nn", "text", "js"},
    "cnnscope_readers": {"cnnscope_readers", "nn", "pictures", "numpy", "pyfive"},
    "cnnscope_own": {"cnnscope_own", "cnnscope_readers", "app", "panels", "views", "state",
                     "pictures", "nn", "drawing", "text", "numpy"},
    "cnnscope_notebook": {"cnnscope_notebook", "cnnscope_own", "cnnscope_readers", "state",
                          "pictures", "nn", "numpy", "PIL"},
    "prerender": {"prerender", "panels", "views", "state", "pictures", "nn", "drawing", "text",
                  "numpy", "PIL"},
}  # fmt: skip
"""What each folder may import, and no other of the project's."""

LATE = {"browser": {"cnnscope_own"}, "__init__": {"cnnscope_notebook"}}
"""What is imported only once it is wanted: by the browser the door, in a notebook what shows it."""

MOST_ENTRIES = 10
"""Folders at the root of ``cnnscope``, nine at most, and ``main.py``."""


def modules():
    return sorted(path for package in PACKAGES for path in package.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def part_of(path: Path) -> str:
    package, *rest = path.relative_to(SOURCE).parts
    return rest[0].removesuffix(".py") if package == "cnnscope" else package


def below(path: Path) -> set[str]:
    """What a module imports: folders of ``cnnscope``, and others' modules by what they count as."""
    names = imported(path)
    others = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"cnnscope"}
    others -= LATE.get(part_of(path), set())
    return parts_of("cnnscope", names) | {THIRD_PARTY.get(name, name) for name in others}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_lies_below_it(path):
    assert below(path) <= MAY_IMPORT.get(part_of(path), set())


def test_no_part_lies_both_above_and_below_another():
    others = {part: below - {part} for part, below in MAY_IMPORT.items()}
    order = list(TopologicalSorter(others).static_order())  # raises CycleError
    assert order.index("state") < order.index("views") < order.index("app")


def test_the_check_sees_the_imports_that_are_there():
    found = {part_of(path): set() for path in modules()}
    for path in modules():
        found[part_of(path)] |= below(path)
    assert {"views", "state"} <= found["app"]
    assert "js" in found["browser"]
    assert found["views"] >= {"nn", "drawing", "state"}


def test_the_root_of_the_package_can_be_taken_in_at_a_glance():
    entries = [path for path in PACKAGES[0].iterdir() if not path.name.startswith("__")]
    assert len(entries) <= MOST_ENTRIES
    assert [path.name for path in entries if path.is_file()] == ["main.py"]
