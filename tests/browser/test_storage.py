"""Storage that a browser forbids, lacks or has no room in: the page starts, whatever it is."""

import pytest
from playwright.sync_api import Page

from cnnscope.text import load_text
from support.browser.console_watch import visit, wait_until_given_up
from support.browser.storages import ABSENT, OWNERS, without
from support.sampling import sampled

pytestmark = pytest.mark.browser

FULL = """
    const fail = () => { throw new DOMException("full", "QuotaExceededError"); };
    Storage.prototype.setItem = fail;
    Cache.prototype.put = async () => fail();
    IDBObjectStore.prototype.put = fail;
"""
STORAGES = {f"{name} throws": without(name, "throws") for name in OWNERS}
STORAGES |= {f"all: {way}": "".join(without(name, way) for name in OWNERS) for way in ABSENT}
STORAGES["a channel is refused"] = """globalThis.BroadcastChannel = class {
    constructor() { throw new DOMException("The operation is insecure.", "SecurityError"); }
};"""
STORAGES["all is full"] = FULL

FAILS = """Object.defineProperty(globalThis, "Atomics", {{
    get: () => {{ throw new {}('it cannot be had'); }},
}});"""
"""Something that PyScript looks at while it is read."""


@pytest.mark.parametrize("name", sampled(STORAGES, every=7))
def test_the_page_starts_without_a_storage(page: Page, site_url: str, name: str) -> None:
    page.add_init_script(STORAGES[name])
    visit(page, site_url)
    assert not page.locator("#boot-error").is_visible()


@pytest.mark.parametrize("kind", ["Error", "TypeError", "SyntaxError"])
def test_a_script_that_fails_by_itself_is_not_laid_at_the_server_s_door(
    faulty_page: Page, site_url: str, kind: str
) -> None:
    faulty_page.add_init_script(FAILS.format(kind))
    faulty_page.goto(site_url)
    said = wait_until_given_up(faulty_page)
    assert said == load_text("en")("boot.crashed", reason="it cannot be had")
