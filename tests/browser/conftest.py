"""A real Chromium, and pages that fail the test on any console error or foreign request."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from building.chromium import FLAGS, find_chromium
from building.environment import HOW_TO_GET_CHROMIUM
from watching import wait_until_ready, watched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with sync_playwright() as playwright:
        if path is None:
            pytest.fail(HOW_TO_GET_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile with a desktop's window."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site_url: str) -> Iterator[Page]:
    """A page not yet opened; the test fails on any console error or foreign request."""
    page, watch = watched(context, site_url)
    yield page
    page.close()
    assert watch.problems == []
    assert watch.foreign == []


@pytest.fixture
def faulty_page(context: BrowserContext, site_url: str) -> Iterator[Page]:
    """A page whose start is going to be broken; only foreign requests fail the test."""
    page, watch = watched(context, site_url)
    yield page
    page.close()
    assert watch.foreign == []


@pytest.fixture
def ready_page(page: Page, site_url: str) -> Page:
    """The page, up."""
    page.goto(site_url)
    wait_until_ready(page)
    return page


@pytest.fixture(scope="module")
def probed_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page, up, with its numbers laid open to scripts; one for all tests of a file."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, watch = watched(context, site_url)
    page.goto(f"{site_url}?probe")
    wait_until_ready(page)
    yield page
    context.close()
    assert watch.problems == []
    assert watch.foreign == []
