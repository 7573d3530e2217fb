"""The project's own source, which the foot of the page leads to."""

import io
import re
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from building.compile.runtime import build_runtime
from building.compile.source import build_source
from building.context import BuildContext
from building.fetch.cache import files_under
from building.site.addresses import Contents
from building.site.compose import Sources
from building.site.project import Project, read_project
from building.site.single import single_page
from building.site.site import linked_pages
from support.sites import ROOT

REPOSITORY = "https://example.org/cnnscope"
SAID = """
[project]
version = "1.2"
authors = [{ name = "Ada" }, { name = "Grace" }]
"""


def test_the_archive_holds_all_that_the_page_is_built_and_tested_with(
    build_context: BuildContext,
) -> None:
    with build_context.cache.lock():
        folder = build_source(ROOT, build_runtime(build_context), build_context)
    with zipfile.ZipFile(folder / "source.zip") as archive:
        assert archive.testzip() is None
        for part in ("src", "public", "tests", "weights"):
            for path in files_under(ROOT / part):
                packed = archive.read(f"cnnscope/{path.relative_to(ROOT).as_posix()}")
                assert packed == path.read_bytes(), path
        names = archive.namelist()
        build = tomllib.loads(archive.read("cnnscope/pyproject.toml").decode())
    assert build["project"]["name"] == "cnnscope"
    assert {"cnnscope/build.py", "cnnscope/README.md", "cnnscope/LICENSE"} <= set(names)
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.parametrize("page", ["index.html", "zh.html"])
def test_the_foot_leads_to_the_archive_and_tells_its_size(contents: Contents, page: str) -> None:
    footer = contents[page].decode().split("<footer>")[1]
    name, said = re.findall(r'<a href="\./([\w.]+)\?v=\w+" download="[\w.-]+">([^<]+)</a>', footer)[
        0
    ]
    size = len(contents[name]) / 1e6
    assert f"{size:.1f} MB" in said.replace("，", " ")
    with zipfile.ZipFile(io.BytesIO(contents[name])) as archive:
        assert "cnnscope/src/cnnscope/main.py" in archive.namelist()


def test_where_a_repository_is_known_the_foot_leads_there(sources: Sources) -> None:
    known = replace(sources, project=Project("1", "Ada", REPOSITORY))
    for page in (*linked_pages(known).values(), single_page(known)):
        footer = page.decode().split("<footer>")[1]
        assert f'href="{REPOSITORY}"' in footer
        assert "Ada" in footer
        assert 'href="./source.zip' not in footer


def test_the_page_in_one_file_leads_to_no_archive(sources: Sources) -> None:
    assert b"source.zip" not in single_page(sources)


@pytest.mark.parametrize(
    ("urls", "source"), [("", None), (f'urls = {{ Source = "{REPOSITORY}" }}', REPOSITORY)]
)
def test_the_project_s_own_file_says_who_made_it_and_where_it_is(
    tmp_path: Path, urls: str, source: str | None
) -> None:
    (tmp_path / "pyproject.toml").write_text(SAID + urls, encoding="utf-8")
    assert read_project(tmp_path) == Project("1.2", "Ada, Grace", source)
