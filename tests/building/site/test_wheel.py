"""The wheel: what is in it, and that it can be installed and used where nothing else is."""

import base64
import csv
import gzip
import hashlib
import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import numpy as np
import PIL
import pytest

from building.site.compose import Sources
from building.site.single import single_page
from building.site.wheel import PAGE, wheel
from support.sites import ROOT

INFO = "cnnscope-0.1.0.dist-info"


@pytest.fixture(scope="module")
def made(sources: Sources) -> tuple[str, bytes]:
    return wheel(ROOT, single_page(sources))


@pytest.fixture(scope="module")
def archive(made: tuple[str, bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(made[1]))


def test_it_is_for_every_python_and_system(
    made: tuple[str, bytes], archive: zipfile.ZipFile
) -> None:
    assert made[0] == "cnnscope-0.1.0-py3-none-any.whl"
    said = message_from_bytes(archive.read(f"{INFO}/WHEEL"))
    assert (said["Root-Is-Purelib"], said["Tag"]) == ("true", "py3-none-any")


def test_it_asks_for_numpy_and_pillow_alone(archive: zipfile.ZipFile) -> None:
    said = message_from_bytes(archive.read(f"{INFO}/METADATA"))
    assert [each.split(">")[0] for each in said.get_all("Requires-Dist", [])] == ["numpy", "pillow"]
    assert (said["Name"], said["Version"]) == ("cnnscope", "0.1.0")
    assert said["Requires-Python"] == ">=3.11"
    assert (
        archive.read(f"{INFO}/licenses/{said['License-File']}") == (ROOT / "LICENSE").read_bytes()
    )


def test_every_file_is_recorded_with_its_hash(archive: zipfile.ZipFile) -> None:
    rows = list(csv.reader(archive.read(f"{INFO}/RECORD").decode().splitlines()))
    assert sorted(row[0] for row in rows) == sorted(archive.namelist())
    for name, digest, size in rows:
        if name == f"{INFO}/RECORD":
            assert (digest, size) == ("", "")
            continue
        content = archive.read(name)
        sha = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={sha}", len(content)), name


def test_the_page_is_in_it_once_and_so_is_all_code_that_reads_networks(
    archive: zipfile.ZipFile, sources: Sources
) -> None:
    names = archive.namelist()
    assert gzip.decompress(archive.read(PAGE)) == single_page(sources)
    assert sum(entry.compress_size for entry in archive.infolist()) < 12_000_000
    assert {"cnnscope/text/en.json", "cnnscope_own/text/en.json", "cnnscope_readers/registry.py",
            "cnnscope_notebook/show.py"} <= set(names)  # fmt: skip
    folders = {name.split("/")[0] for name in names}
    own = {"cnnscope", "cnnscope_notebook", "cnnscope_own", "cnnscope_readers", INFO}
    assert folders == own
    assert not [name for name in names if name.endswith(".pyc") or "__pycache__" in name]


def test_the_same_sources_make_the_same_wheel(made: tuple[str, bytes], sources: Sources) -> None:
    assert wheel(ROOT, single_page(sources)) == made


@pytest.mark.long
def test_it_is_installed_where_nothing_else_is_and_saves_a_lesson(
    made: tuple[str, bytes], tmp_path: Path
) -> None:
    """NumPy and Pillow are those of the tests: nothing is fetched."""
    (tmp_path / made[0]).write_bytes(made[1])
    venv.create(tmp_path / "fresh", with_pip=True)
    programs = tmp_path / "fresh" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(tmp_path / made[0])], check=True, capture_output=True)
    (packages,) = (tmp_path / "fresh").rglob("site-packages")
    others = {Path(module.__file__ or "").parents[1] for module in (np, PIL)}
    (packages / "others.pth").write_text("\n".join(map(str, others)))
    net, lesson = ROOT / "weights" / "digits.npz", tmp_path / "lesson.html"
    command = [str(programs / "cnnscope"), str(net), "--save", str(lesson)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
    assert str(lesson) in told.stdout
    assert 'data-file="networks/own1.zip"' in lesson.read_text(encoding="utf-8")
