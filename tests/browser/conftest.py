"""A real Chromium, and pages that fail the test on any console error or foreign request.

``ready_page``, ``still_page``, ``touch_page`` and ``probed_page`` are up already and are shared,
see ``visits``; ``page`` is fresh, for tests of the start itself.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from building.check.chromium import FLAGS, find_chromium
from building.check.environment import HOW_TO_GET_CHROMIUM
from support.browser.console_watch import LOADING_TIME, watched
from support.browser.shared_pages import DESKTOP, Visits

# WebAssembly as it was first compiled. The second compiler would take half of the processor, for
# code that most tests run once; what is computed is the same.
ONE_COMPILER = "--js-flags=--liftoff-only"

expect.set_options(timeout=LOADING_TIME)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with sync_playwright() as playwright:
        if path is None:
            pytest.fail(HOW_TO_GET_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, ONE_COMPILER])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visits(browser: Browser, site_url: str) -> Visits:
    return Visits(browser, site_url)


def lent(kind: str, doc: str, *, as_left: bool = False) -> Any:
    """A fixture that lends the page, up, for one kind of visitor."""

    def page(visits: Visits, request: pytest.FixtureRequest) -> Iterator[Page]:
        with visits.lent(kind, request.node, as_left=as_left) as page:
            yield page

    page.__doc__ = doc
    return pytest.fixture(page)


ready_page = lent("moving", "The page, up, on a desktop.")
still_page = lent("still", "The page, up, for a visitor who asked for little motion.")
touch_page = lent("touch", "The page, up, on a phone, for a visitor who asked for little motion.")
probed_page = lent("probed", "The page, up, with its numbers laid open to scripts; as the test "
                   "before left it.", as_left=True)  # fmt: skip


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile with a desktop's window."""
    context = browser.new_context(viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site_url: str) -> Iterator[Page]:
    """A page not yet opened; the test fails on any console error or foreign request."""
    page, watch = watched(context, site_url)
    yield page
    page.close()
    watch.check()


@pytest.fixture
def faulty_page(context: BrowserContext, site_url: str) -> Iterator[Page]:
    """A page whose start is going to be broken; only foreign requests fail the test."""
    page, watch = watched(context, site_url)
    yield page
    page.close()
    assert watch.foreign == []


@pytest.fixture
def broken_page(context: BrowserContext) -> Iterator[Page]:
    """A page that a host keeps from starting."""
    page, _ = watched(context, "http://127.0.0.1")
    yield page
    page.close()
