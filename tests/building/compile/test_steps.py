"""The steps that run inside Pyodide, as far as plain CPython can show them."""

import zipfile
from pathlib import Path

from building.compile.steps import compile_archive


def test_what_editors_and_python_leave_is_not_compiled_in(tmp_path: Path) -> None:
    source = tmp_path / ".hidden" / "source~"  # where a project lies does not matter
    litter = ("a.py~", ".a.py.swp", ".idea/a.py", "__pycache__/a.py", "text/.DS_Store")
    for name in ("a.py", "text/en.json", *litter):
        path = source / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x = 1")
    target = tmp_path / "made" / "code.zip"
    compile_archive(str(source), str(target), drop=[], keep=[], blank=[])
    assert zipfile.ZipFile(target).namelist() == ["package/a.pyc", "package/text/en.json"]
