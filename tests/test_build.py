"""The built site: relocatable, the same every time, nothing from elsewhere."""

import gzip
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from building.context import BuildContext
from building.fetch.cache import Cache, cache_folder, files_under
from building.site.addresses import Contents
from building.site.site import site_contents
from cnnscope.pictures.resize import prepare
from cnnscope.pictures.samples import load_samples
from support.sites import ROOT, make_context

OWN_TEXT = (".html", ".css", ".mjs", ".json")
ADDRESS = re.compile(
    r"""(?:\b(?:src|href|action|poster)\s*=\s*|url\(|import\s*\(?\s*|from\s+)["']?([^"'\s)>]+)"""
)
NOTHING_FETCHED = ("https://pyodide.org", "https://pyscript.net")


def own_texts(contents: Contents) -> dict[str, str]:
    """The files that this project wrote, as text."""
    return {
        name: content.decode()
        for name, content in contents.items()
        if name.endswith(OWN_TEXT) and not name.startswith(("runtime/", "pyscript/"))
    }


def manifest(contents: Contents) -> dict[str, dict[str, dict[str, object]]]:
    found = re.search(r'id="boot-manifest">(.*?)</script>', contents["index.html"].decode())
    assert found
    parsed: dict[str, dict[str, dict[str, object]]] = json.loads(found[1])
    return parsed


def own_archive(contents: Contents) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(gzip.decompress(contents["cnnscope.zip.gz"])))


def test_nothing_is_loaded_from_an_absolute_address(contents: Contents) -> None:
    for name, text in own_texts(contents).items():
        without_links = re.sub(r"<a\b[^>]*>|<!--.*?-->", "", text, flags=re.DOTALL)
        for found in ADDRESS.findall(without_links):
            assert not found.startswith(("/", "http:", "https:", "//")), f"{name}: {found}"


def test_every_address_in_the_page_leads_to_a_file(contents: Contents) -> None:
    page = re.sub(r"<script>.*?</script>", "", contents["index.html"].decode(), flags=re.DOTALL)
    for found in re.findall(r'(?:src|href)="([^"#]+)"', page):
        if not found.startswith(("https://", "http://", "data:", "mailto:")):
            assert found.split("?")[0].removeprefix("./").split("#")[0] in contents, found


def test_every_file_of_the_start_is_there_with_its_size(contents: Contents) -> None:
    files = manifest(contents)["files"]
    assert len(files) >= 8
    for entry in files.values():
        name = str(entry["url"]).split("?")[0].removeprefix("./")
        assert len(contents[name]) == entry["size"], name


def test_the_watch_over_the_boot_script_is_in_the_page_itself(contents: Contents) -> None:
    assert "boot.mjs is missing" in contents["index.html"].decode()
    assert "guard.js" not in contents


def test_github_pages_is_told_to_serve_the_folder_as_it_is(contents: Contents) -> None:
    assert contents[".nojekyll"] == b""


def test_no_program_or_unused_part_is_shipped(contents: Contents) -> None:
    assert not [name for name in contents if name.endswith((".py", ".map", ".whl", ".md"))]


def test_nothing_lies_in_public_that_is_not_published(contents: Contents) -> None:
    """As it is, or as a part of a page, a script or the style sheet."""
    folder = ROOT / "public"
    for path in files_under(folder):
        is_part = path.suffix in (".css", ".html", ".js", ".mjs")
        assert is_part or path.relative_to(folder).as_posix() in contents, path
        assert path.suffix not in (".md", ".py", ".txt"), path


def test_our_own_code_is_one_archive_of_compiled_modules(contents: Contents) -> None:
    names = own_archive(contents).namelist()
    assert "cnnscope/main.pyc" in names
    assert not [name for name in names if name.endswith(".py")]
    assert {"cnnscope/assets/tiny_vgg.npz", "cnnscope/assets/classes.json"} <= set(names)


def test_pyscript_finds_its_own_modules_compiled(contents: Contents) -> None:
    script = contents["pyscript/core-C9KDLldu.js"].decode()
    names = own_archive(contents).namelist()
    for module in ("__init__", "context", "web"):
        assert f'"{module}.py"' in script
        assert f"pyscript/__pycache__/{module}.cpython-314.pyc" in names


def test_the_samples_are_sharp_and_light_and_one_a_class(contents: Contents) -> None:
    listed = json.loads(contents["samples/samples.json"])
    classes = [entry["name"] for entry in json.loads((ROOT / "weights/classes.json").read_text())]
    assert sorted(entry["class"] for entry in listed if entry["class"]) == sorted(classes)
    for entry in listed:
        assert entry["licence"] == "CC0-1.0"
        file = contents[f"samples/{entry['key']}.webp"]
        assert len(file) <= 40_000, entry["key"]
        assert min(Image.open(io.BytesIO(file)).size) >= 256, entry["key"]


def test_the_samples_travel_as_the_network_reads_them(contents: Contents, tmp_path: Path) -> None:
    with own_archive(contents).open("cnnscope/assets/samples.npz") as file:
        kept = tmp_path / "samples.npz"
        kept.write_bytes(file.read())
    listed = json.loads(contents["samples/samples.json"])
    pictures = load_samples(kept)
    assert sorted(pictures) == sorted(sample["key"] for sample in listed)
    for key, pixels in pictures.items():
        with Image.open(io.BytesIO(contents[f"samples/{key}.webp"])) as picture:
            np.testing.assert_array_equal(pixels, prepare(np.asarray(picture.convert("RGB"))))


def test_the_skeleton_is_in_the_page(contents: Contents) -> None:
    page = contents["index.html"].decode()
    assert "<!-- skeleton -->" not in page
    assert "data-sample=" in page
    assert contents["images/skeleton.webp"][8:16] == b"WEBPVP8L"  # nothing of it is lost


def test_the_start_fits_its_budget_on_the_wire(contents: Contents) -> None:
    late = [entry["url"] for entry in manifest(contents)["files"].values() if entry.get("later")]
    late_names = {str(url).split("?")[0].removeprefix("./") for url in late}
    late_names |= {"snapshot.gz", "snapshot.mjs", "sw.js"}  # for later visits
    late_names |= {name for name in contents if name.endswith(".html")} - {
        "index.html"
    }  # languages
    asked_for = ("samples/", "images/icon-", "LICENSE", "runtime/licenses.txt")
    sizes = {
        name: len(content if name.endswith((".gz", ".png", ".webp")) else gzip.compress(content))
        for name, content in contents.items()
        if name not in late_names and not name.startswith(asked_for)
    }
    assert sum(sizes.values()) <= 7.5e6, sorted(sizes.items(), key=lambda item: -item[1])[:6]


def test_the_same_inputs_give_the_same_bytes(
    project: Path, contents: Contents, tmp_path: Path
) -> None:
    """A copy of the project, in another folder, compiled from the start."""
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(project, copy)
    fresh = make_context(tmp_path / "cache")
    shutil.copytree(cache_folder() / "files", fresh.cache.folder / "files")
    again = site_contents(copy, fresh)
    assert sorted(again) == sorted(contents)
    assert [name for name in contents if contents[name] != again[name]] == []


def test_a_warm_cache_builds_without_a_network(
    project: Path, build_context: BuildContext, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(subprocess, "run", no_network)
    assert site_contents(project, build_context) == contents


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--help"], 0, "serve"),
        ([], 2, "usage"),
        (["dust"], 2, "invalid choice"),
        (["dist", "--nonsense"], 2, "unrecognized arguments"),
        (["serve", "--port", "99999"], 2, "expected 0 to 65535"),
    ],
)
def test_the_command_line_explains_itself(arguments: list[str], status: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CNNSCOPE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert Cache(cache_folder(), make_context(tmp_path).report).folder == tmp_path
