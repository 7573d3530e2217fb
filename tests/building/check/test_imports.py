"""Reading imports from code."""

from pathlib import Path

import pytest

from building.check.imports import imported, parts, parts_of


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_way_to_import_is_read_also_within_a_function(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "module.py",
        "import json, house.attic\nfrom house import cellar\n"
        "def late():\n    from house.roof.tiles import tile as one\n",
    )
    names = {"json", "house.attic", "house.cellar", "house.roof.tiles.tile"}
    assert imported(path) == names
    assert parts_of("house", names) == {"attic", "cellar", "roof"}


def test_a_package_imported_as_a_whole_is_no_part_of_it_and_yet_not_missed() -> None:
    assert parts_of("house", {"house", "houses.attic", "json"}) == {""}


def test_a_relative_import_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "module.py", "from . import other\n")
    with pytest.raises(ValueError, match="no relative import"):
        imported(path)


def test_a_part_imports_what_any_module_in_it_imports(tmp_path: Path) -> None:
    written(tmp_path, "roof/tiles.py", "import house.attic.beams\n")
    written(tmp_path, "roof/chimney.py", "from house import cellar\n")
    written(tmp_path, "door.py", "import json\n")
    assert parts(tmp_path, "house") == {"roof": {"attic", "cellar"}, "door": set()}
