"""What the site ships of others goes with its licence."""

import gzip
import io
import re
import zipfile

import pytest

from building.context import BuildContext
from building.site.addresses import Contents
from support.sites import ROOT

SHIPPED = {
    *("Pyodide", "CPython", "NumPy", "Pillow", "PyScript"),
    "STIX Two Math",
    # inside the interpreter's program
    *("Emscripten", "LLVM (compiler-rt)", "musl", "zlib", "bzip2", "XZ Utils (liblzma)"),
    *("Zstandard", "SQLite", "Expat", "mpdecimal", "libffi", "mimalloc", "HACL*"),
    # inside Pillow
    *("libjpeg", "LibTIFF", "libwebp"),
}
ENTRY = re.compile(
    r"^(?P<name>\S.*?)(?: (?P<version>\d\S*))?\n(?P<lines>(?:  .+\n)+)", re.MULTILINE
)


def entries(contents: Contents) -> dict[str, re.Match[str]]:
    found = ENTRY.finditer(contents["runtime/licenses.txt"].decode())
    return {entry["name"]: entry for entry in found}


def test_every_project_is_named_with_licence_files_and_home(contents: Contents) -> None:
    listed = entries(contents)
    assert set(listed) == SHIPPED
    for entry in listed.values():
        labels = re.findall(r"^  (Licence|Files|Home and source): \S", entry["lines"], re.MULTILINE)
        assert labels == ["Licence", "Files", "Home and source"], entry["name"]
        assert re.search(r"Home and source: https://\S+", entry["lines"]), entry["name"]


def test_the_versions_named_are_those_shipped(
    contents: Contents, build_context: BuildContext
) -> None:
    listed = entries(contents)
    for name in ("Pyodide", "NumPy", "Pillow", "PyScript"):
        assert listed[name]["version"] == build_context.pins.versions[name.lower()]
    assert "/python3.14/" in (ROOT / "public" / "boot.js").read_text(encoding="utf-8")
    assert str(listed["CPython"]["version"]).startswith("3.14.")


def test_every_file_of_others_is_named(contents: Contents) -> None:
    text = "".join(entry["lines"] for entry in entries(contents).values())
    for name in contents:
        if name.startswith("pyscript/"):
            assert f"../{name}" in text
        elif name.startswith("runtime/") and name != "runtime/licenses.txt":
            assert name.removeprefix("runtime/") in text


def test_our_own_licence_lies_beside_the_page(contents: Contents) -> None:
    assert contents["LICENSE.txt"] == (ROOT / "LICENSE").read_bytes()
    assert b"Apache License" in contents["LICENSE.txt"]


@pytest.mark.parametrize(
    ("package", "words"),
    [("numpy", b"Redistributions in binary form"), ("pillow", b"MIT-CMU License")],
)
def test_an_archive_keeps_its_licence(package: str, words: bytes, contents: Contents) -> None:
    packed = gzip.decompress(contents[f"runtime/{package}.zip.gz"])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        texts = [
            archive.read(name) for name in archive.namelist() if ".dist-info/licenses/" in name
        ]
    assert any(words in text for text in texts)
