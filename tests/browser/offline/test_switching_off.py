"""The service worker switched off and on, and what others keep on the same host."""

import pytest
from playwright.sync_api import BrowserContext

from building.site.addresses import Contents
from support.browser.kept_site import (
    CONTROLLED,
    FETCH,
    VERSION,
    files,
    kept,
    right,
    version,
    wait_until_kept,
)
from support.browser.static_host import Host

pytestmark = pytest.mark.browser


def test_the_worker_can_be_switched_off_and_on(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    registrations = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    caches = "async () => (await caches.keys()).length"
    page = kept(visitor, host, first)
    for query in ("?worker=off", ""):  # it is remembered
        page.goto(host.url + query)
        page.get_by_text("switched off by ?worker=off").wait_for()
        assert page.get_by_text("Works offline").is_hidden()
        assert page.evaluate(registrations) == 0
        assert page.evaluate(caches) == 0
    page.goto(f"{host.url}?worker=on")
    wait_until_kept(page)
    assert page.evaluate(registrations) == 1


def test_what_is_asked_for_later_is_not_stored_anew(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    """The page goes on asking the worker, which is there until it is left."""
    page = kept(visitor, host, first)
    page.goto(f"{host.url}?worker=off")
    page.get_by_text("switched off by ?worker=off").wait_for()
    assert page.evaluate(CONTROLLED)
    assert page.evaluate(FETCH, list(files(first))) == right(first)
    assert page.evaluate("async () => await caches.keys()") == []


def test_switching_off_asks_the_network_for_the_page(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    """The way out, should a version be kept that does not work."""
    page = kept(visitor, host, first)
    host.deploy(second)
    page.goto(f"{host.url}?worker=off")
    assert page.evaluate(VERSION) == version(second)


def test_other_pages_of_the_host_keep_their_own(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate("async () => (await caches.open('other')).put('/x', new Response('theirs'))")
    page.goto(f"{host.url}?worker=off")
    page.get_by_text("switched off by ?worker=off").wait_for()
    assert page.evaluate("async () => await caches.keys()") == ["other"]
    (host.folder.parent / "other.txt").write_text("theirs")
    page.goto(f"{host.url}?worker=on")
    wait_until_kept(page)
    (host.folder / "within.txt").write_text("theirs, below ours")
    addresses = ["../other.txt?v=1", "./within.txt?v=1763912038", "./none.txt"]
    found = page.evaluate(FETCH, addresses)
    assert [status for status, _, _ in found.values()] == [200, 200, 404]
