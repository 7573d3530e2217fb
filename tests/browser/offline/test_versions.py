"""How versions of the site change: whole, never mixed, when the visitor agrees."""

import pytest
from playwright.sync_api import BrowserContext

from building.site.addresses import Contents
from building.site.offline import ONLINE
from support.browser.kept_site import (
    CONTROLLED,
    EMPTY,
    FETCH,
    INSTALLED,
    UPDATE,
    VERSION,
    files,
    kept,
    right,
    version,
    visit,
    wait_until_kept,
)
from support.browser.static_host import Host

pytestmark = pytest.mark.browser


def test_a_new_version_fetches_only_what_changed(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    page = kept(visitor, host, first)
    host.deploy(second)
    host.asked.clear()
    page.evaluate(UPDATE)
    page.locator("#update").wait_for()
    changed = {name for name in second if second[name] != first.get(name)}
    changed -= {*ONLINE}  # which no visitor is given unasked
    assert set(host.asked) == changed
    assert len(changed) < 6


def test_versions_never_mix_and_change_when_the_visitor_agrees(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    page = kept(visitor, host, first)
    other = visit(visitor, host)
    host.deploy(second)
    page.reload()  # the browser looks for a new version
    page.locator("#update").wait_for()
    assert page.evaluate(VERSION) == version(first)
    other.locator("#update").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    wait_until_kept(page)
    assert page.evaluate(VERSION) == version(second)
    assert page.locator("#update").is_hidden()
    host.stop()
    assert page.evaluate(FETCH, list(files(second))) == right(second)
    assert other.evaluate(VERSION) == version(first)
    assert other.locator("#update").is_visible()
    assert other.evaluate(FETCH, list(files(first))) == right(first)
    with other.expect_navigation():
        other.get_by_role("button", name="Use it now").click()
    assert other.evaluate(VERSION) == version(second)


def test_a_half_done_deploy_changes_nothing_until_it_is_whole(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    page = kept(visitor, host, first)
    host.deploy({**second, "css/site.css": first["css/site.css"]})
    page.evaluate(UPDATE)
    page.evaluate(INSTALLED)
    page.reload()
    wait_until_kept(page)
    assert page.evaluate(VERSION) == version(first)
    assert page.locator("#update").is_hidden()
    host.stop()
    assert page.evaluate(FETCH, list(files(first))) == right(first)
    host.start()
    host.deploy(second)
    page.evaluate(UPDATE)
    page.get_by_role("button", name="Later").click()
    assert page.locator("#update").is_hidden()
    page.reload()
    assert page.evaluate(VERSION) == version(first)
    page.locator("#update").wait_for()


def test_a_first_visit_during_a_half_done_deploy_is_not_kept(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    host.deploy({**first, "index.html": second["index.html"]})
    page = visit(visitor, host)
    page.get_by_text("Not saved for use without a network").wait_for()
    assert not page.evaluate(CONTROLLED)
    host.deploy(first)
    page.reload()
    wait_until_kept(page)


def test_a_page_from_the_network_goes_before_a_store_that_lost_it(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    """Its files are its own version's, though the worker that serves them is the version before."""
    page = kept(visitor, host, first)
    page.evaluate(EMPTY)
    host.deploy(second)
    page.reload()
    assert page.evaluate(VERSION) == version(second)
    assert page.evaluate(FETCH, list(files(second))) == right(second)
    assert page.locator("#update").is_hidden()


def test_a_page_that_is_built_while_it_is_served_is_asked_for_every_time(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    host.rebuilds = lambda: None
    page = kept(visitor, host, first)
    host.rebuilds = lambda: host.deploy(second)
    page.reload()
    assert page.evaluate(VERSION) == version(second)
    wait_until_kept(page)
    assert page.locator("#update").is_hidden()
    host.stop()
    page.reload()
    assert page.evaluate(VERSION) == version(second)
