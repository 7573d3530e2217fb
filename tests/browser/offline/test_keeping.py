"""Without a network: what is kept, when that is said, and that all of it works."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext

from building.site.addresses import Contents
from support.browser.console_watch import wait_until_ready, watched
from support.browser.kept_site import (
    CONTROLLED,
    EMPTY,
    FETCH,
    STORED,
    VERSION,
    files,
    kept,
    right,
    version,
    wait_until_kept,
)
from support.browser.page_probes import GO
from support.browser.static_host import Host
from support.sites import ROOT

pytestmark = pytest.mark.browser

SAMPLE = ROOT / "public" / "samples" / "pizza.webp"
ANSWER = "() => document.querySelector('[data-class]').dataset.probability"

VIEWS = {
    "convolution": "#view=conv_2_1/3",
    "relu": "#view=relu_1_1/2",
    "pooling": "#view=max_pool_1/1",
    "flatten": "#view=output/6",
    "softmax": "#view=output/6&softmax=on",
    "overview": "#",
}


def test_a_first_visit_tells_how_far_it_is_and_keeps_every_file(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    host.deploy(first)
    page, watch = watched(visitor, host.url, is_kept=True)
    page.add_init_script("""
        globalThis.said = [];
        new MutationObserver(() => {
          for (const id of ["offline-progress", "offline"]) {
            const text = document.getElementById(id)?.textContent;
            if (text && said.at(-1) !== text) said.push(text);
          }
        }).observe(document, {subtree: true, childList: true});
    """)
    page.goto(host.url)
    wait_until_kept(page)
    *saving, ready = page.evaluate("said")
    percents = [int(re.fullmatch(r"Saving for use without a network: (\d+) %", each)[1])
                for each in saving]  # fmt: skip
    assert len(percents) > 5
    assert percents == sorted(percents)
    assert ready == "Ready for use without a network"
    assert page.get_by_text("Works offline").is_visible()
    assert page.evaluate(CONTROLLED)
    host.stop()
    assert page.evaluate(FETCH, list(files(first))) == right(first)
    assert watch.problems == []
    assert watch.foreign == []


@pytest.mark.parametrize("place", ["", "?embed=yes#view=conv_1_1/3", "index.html"])
def test_the_page_opens_without_a_server(
    visitor: BrowserContext, host: Host, first: Contents, place: str
) -> None:
    page = kept(visitor, host, first)
    host.stop()
    page.goto(host.url + place)
    wait_until_kept(page)
    assert page.evaluate(VERSION) == version(first)


def test_an_emptied_store_fills_again(visitor: BrowserContext, host: Host, first: Contents) -> None:
    page = kept(visitor, host, first)
    before = page.evaluate(STORED)
    page.evaluate(EMPTY)
    page.reload()
    wait_until_kept(page)
    assert page.evaluate(STORED) >= before - 2  # lists of versions come back with the next
    host.stop()
    page.reload()
    assert page.evaluate(FETCH, list(files(first))) == right(first)


def test_a_later_visit_says_that_it_is_kept_while_the_browser_is_busy(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    """Chromium lets a registration wait for an update that a reload cut off, for a minute."""
    page = kept(visitor, host, first)
    busy = "() => new Promise(() => {})"
    for name in ("ServiceWorkerContainer.prototype.register",
                 "ServiceWorkerRegistration.prototype.update"):  # fmt: skip
        page.add_init_script(f"{name} = {busy}")
    page.reload()
    wait_until_kept(page)


def test_every_feature_works_without_a_network(
    visitor: BrowserContext, host: Host, contents: Contents
) -> None:
    host.deploy(contents)
    page, watch = watched(visitor, host.url, is_kept=True)
    page.goto(host.url)
    wait_until_ready(page)
    wait_until_kept(page)
    host.stop()
    visitor.set_offline(True)
    page.reload()
    wait_until_ready(page)
    for name, address in VIEWS.items():
        page.evaluate(GO, address)
        page.locator(f".explainer[data-view={name}]").wait_for()
    page.evaluate(GO, "#picture=koala&view=picture")
    whole = page.locator(".original img")
    whole.wait_for()
    page.wait_for_function("() => document.querySelector('.original img').naturalWidth >= 256")
    page.evaluate(GO, "#picture=espresso")
    before = page.evaluate(ANSWER)
    page.locator("#chooser").set_input_files(SAMPLE)  # which needs Pillow
    page.wait_for_function("() => !document.documentElement.dataset.reading")
    assert page.evaluate(ANSWER) != before
    page.evaluate(GO, "#lang=zh")
    page.get_by_text("可离线使用").wait_for()
    page.get_by_text("许可证：Apache-2.0").wait_for()
    assert watch.problems == []
    assert watch.foreign == []


def test_the_page_can_be_installed(visitor: BrowserContext, host: Host, first: Contents) -> None:
    page = kept(visitor, host, first)
    session = visitor.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == "./"
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A private window, as tests have, cannot install anything.
    assert [each["errorId"] for each in errors] in ([], ["in-incognito"])
