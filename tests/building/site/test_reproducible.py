"""The site built again: the same bytes, and no network where the cache is warm."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from building.context import BuildContext
from building.fetch.cache import cache_folder
from building.site.addresses import Contents
from building.site.site import site_contents
from support.sites import make_context


@pytest.mark.long
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
