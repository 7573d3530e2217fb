"""What tests of every kind share: the site as it is shipped, and a server for it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from building.context import BuildContext
from building.fetch.cache import cache_folder
from building.site.addresses import Contents
from building.site.compose import Sources
from building.site.site import gather, linked_site, write_site
from support.browser.renderer_crashes import (  # noqa: F401
    pytest_runtest_makereport,
    pytest_runtest_protocol,
    pytest_terminal_summary,
)
from support.sites import ROOT, make_context, serving


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the further cases of a table, which are marked ``long``, to a long run."""
    if os.environ.get("EVERY_CASE"):
        return
    left = [item for item in items if item.get_closest_marker("long")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session")
def build_context() -> BuildContext:
    return make_context(cache_folder())


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the site is made from, which stays as it is while somebody edits."""
    copy = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("src", "public", "weights"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    return copy


@pytest.fixture(scope="session")
def sources(project: Path, build_context: BuildContext) -> Sources:
    """What the site is made of."""
    with build_context.cache.lock():
        return gather(project, build_context)


@pytest.fixture(scope="session")
def contents(sources: Sources) -> Contents:
    """Every file of the site."""
    return linked_site(sources)


@pytest.fixture(scope="session")
def site(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the site."""
    folder = tmp_path_factory.mktemp("site")
    write_site(contents, folder)
    return folder


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """The address of the site on this machine."""
    with serving(site) as server:
        yield server.url
