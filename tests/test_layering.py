"""The import direction of the packages, read from the code and not from trust."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "cnnscope"

THIRD_PARTY = {"numpy": "numpy", "PIL": "PIL", "js": "js", "pyodide": "js", "pyodide_js": "js",
               "pyscript": "js", "cnnscopeBoot": "js", "cnnscopeLanguage": "js"}  # fmt: skip
"""Top-level modules that count, and as what."""

MAY_IMPORT = {
    "nn": {"nn", "numpy", "PIL"},
    "scene": {"scene", "numpy"},
    "tuning": set(),
    "state": {"tuning"},
    "actions": {"state", "tuning"},
    "text": set(),
    "tour": {"state"},
    "address": {"actions", "state", "tour", "tuning"},
    "settling": {"nn", "scene", "state", "tour", "tuning"},
    "quiz": {"nn", "scene", "state", "tour", "numpy"},
    "room": {"layout"},
    "embedding": {"nn", "settling", "state", "tour"},
    "layout": {"nn", "scene", "state"},
    "aside": {"layout", "scene", "state"},
    "expansion": {"aside", "layout", "nn", "scene", "state"},
    "flattening": {"aside", "layout", "nn", "scene", "state"},
    "normalising": {"aside", "layout", "nn", "scene", "state"},
    "pairing": {"aside", "layout", "nn", "scene", "state"},
    "views": {"aside", "expansion", "flattening", "layout", "nn", "normalising", "pairing", "scene",
              "quiz", "settling", "state", "text", "tour", "tuning", "views"},
    "page": {"layout", "scene"},
    "gallery": {"nn", "state", "text"},
    "explaining": {"aside", "gallery", "layout", "nn", "page", "screen", "state", "text", "views"},
    "navigation": {"address", "embedding", "explaining", "guide", "screen", "state", "tour"},
    "chooser": {"actions", "explaining", "navigation", "nn", "scene", "state", "views"},
    "keyboard": {"explaining", "screen", "settling", "state", "tuner", "views"},
    "playback": {"explaining", "scene", "state", "views"},
    "editing": {"address", "explaining", "nn", "scene", "state", "views", "numpy"},
    "guide": {"explaining", "nn", "quiz", "room", "settling", "state", "tour", "views"},
    "commands": {"editing", "expansion", "explaining", "guide", "pairing", "playback", "settling",
                 "state", "tuner", "views"},
    "tuner": {"address", "explaining", "nn", "playback", "scene", "state", "tuning", "views"},
    "pointing": {"explaining", "settling", "state", "tuner", "views"},
    "stage": {"expansion", "nn", "page", "scene", "state", "views"},
    "screen": {"layout", "page", "scene", "stage", "state", "views"},
    "app": {"actions", "address", "aside", "chooser", "commands", "editing", "embedding", "gallery",
            "guide", "keyboard", "layout", "navigation", "nn", "page", "playback", "pointing",
            "room", "screen", "settling", "stage", "state", "text", "tour", "tuner", "views"},
    "skeleton": {"layout", "nn", "scene", "state", "text", "views", "numpy", "PIL"},
    "figures": {"figures", "nn", "scene", "text", "numpy"},
    "browser": {"browser", "nn", "scene", "state", "layout", "js", "numpy"},
    "main": {"app", "browser", "nn", "text", "js", "numpy"},
    "__init__": set(),
}  # fmt: skip


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module] if node.module != "cnnscope" else [
                f"cnnscope.{alias.name}" for alias in node.names
            ]  # fmt: skip
        for name in names:
            first, _, rest = name.partition(".")
            if first == "cnnscope":
                yield rest.split(".")[0]
            elif first not in sys.stdlib_module_names:
                yield THIRD_PARTY.get(first, first)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_lies_below_it(path):
    assert set(imported(path)) <= MAY_IMPORT[part_of(path)]


def test_no_part_lies_both_above_and_below_another():
    others = {part: below - {part} for part, below in MAY_IMPORT.items()}
    order = list(TopologicalSorter(others).static_order())  # raises CycleError
    assert order.index("state") < order.index("views") < order.index("app")


def test_the_check_sees_the_imports_that_are_there():
    found = {part_of(path): set() for path in modules()}
    for path in modules():
        found[part_of(path)] |= set(imported(path))
    assert {"views", "layout"} <= found["app"]
    assert "js" in found["browser"]
    assert found["views"] >= {"nn", "scene", "state", "layout"}
