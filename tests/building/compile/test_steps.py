"""The steps that run inside Pyodide, as far as plain CPython can show them."""

import json
import zipfile
from pathlib import Path

from building.compile.steps import trim_archive


def test_what_editors_and_python_leave_is_not_compiled_in(tmp_path: Path) -> None:
    source = tmp_path / ".hidden" / "source~"  # where a project lies does not matter
    litter = ("a.py~", ".a.py.swp", ".idea/a.py", "__pycache__/a.py", "text/.DS_Store")
    for name in ("a.py", "text/en.json", *litter):
        path = source / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x = 1")
    target = tmp_path / "made" / "code.zip"
    trim_archive(str(source), str(target), drop=[], keep=[], blank=[])
    with zipfile.ZipFile(target) as archive:
        assert sorted(archive.namelist()) == ["package/a.py", "package/text/en.json"]


def test_what_a_page_has_no_use_for_is_left_out_or_blank(tmp_path: Path) -> None:
    source = tmp_path / "whole.zip"
    modules = {"a/__init__.py": '"Says."', "a/dropped.py": "x", "a/kept.py": "y", "a/blank.py": "z"}
    with zipfile.ZipFile(source, "w") as archive:
        for name, text in modules.items():
            archive.writestr(name, text)
    target = tmp_path / "trimmed.zip"
    patterns = {"drop": ["a/*ed.py", "a/kept.py"], "keep": ["a/kept.py"], "blank": ["a/blank.py"]}
    trim_archive(str(source), str(target), **patterns)
    with zipfile.ZipFile(target) as archive:
        left = {name: archive.read(name) for name in archive.namelist()}
    assert left == {"a/__init__.py": b"", "a/blank.py": b"", "a/kept.py": b"y"}


def test_a_catalogue_travels_without_what_python_never_says(tmp_path):
    source, target = tmp_path / "source", tmp_path / "code.zip"
    (source / "cnnscope" / "text").mkdir(parents=True)
    said = {"card.close": "Schließen"}
    strings = {"page.title": "a", "boot.start": "b", "figure.size": "c", **said}
    catalogue = source / "cnnscope" / "text" / "de.json"
    catalogue.write_text(json.dumps(strings), encoding="utf-8")
    trim_archive(str(source), str(target), drop=[], keep=[], blank=[])
    with zipfile.ZipFile(target) as archive:
        kept = json.loads(archive.read("cnnscope/text/de.json"))
    assert kept == said
