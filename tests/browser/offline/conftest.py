"""Versions of the site to keep, a host that can stop, and somebody who visits it.

Most tests need no Python: their site is the whole site with a boot script that is done at once.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from building.context import BuildContext
from building.site.addresses import Contents
from building.site.site import site_contents
from support.browser.static_host import Host

Make = Callable[..., Contents]


@pytest.fixture(scope="session")
def make(
    project: Path, build_context: BuildContext, tmp_path_factory: pytest.TempPathFactory
) -> Make:
    """A version of the site whose start is over at once; ``style`` makes another version."""

    def make(style: str = "") -> Contents:
        root = tmp_path_factory.mktemp("version") / "project"
        shutil.copytree(project, root)
        boot = "document.documentElement.dataset.state = 'ready'; globalThis.cnnscopeBoot = {};\n"
        (root / "public" / "boot.js").write_text(boot)
        with next((root / "public" / "css").rglob("page.css")).open("a") as file:
            file.write(style)
        return site_contents(root, build_context)

    return make


@pytest.fixture(scope="session")
def first(make: Make) -> Contents:
    return make()


@pytest.fixture(scope="session")
def second(make: Make) -> Contents:
    return make("body { --second: 2; }\n")


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with Host(tmp_path) as host:
        yield host


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    yield context
    context.close()
