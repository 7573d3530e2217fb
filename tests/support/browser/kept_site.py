"""A site that the service worker keeps: visited, damaged; what each address should yield."""

import re
from hashlib import sha256
from typing import Any

from playwright.sync_api import BrowserContext, Page

from building.site.addresses import Contents
from building.site.offline import ONLINE
from support.browser.console_watch import watched
from support.browser.static_host import Host

STORED = "async () => (await (await caches.open((await caches.keys())[0])).keys()).length"
EMPTY = "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
VERSION = "() => document.documentElement.dataset.version"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update().catch(() => {}); }"

INSTALLED = """async () => {
    const { installing } = await navigator.serviceWorker.ready;
    if (installing) await new Promise(done => { installing.onstatechange = done; });
}"""
"""Waits until a new version is there, or was given up."""

DAMAGE = """async () => {
    const store = await caches.open((await caches.keys())[0]);
    for (const key of await store.keys()) {
        if (!key.url.includes('/content/')) continue;
        const kept = await store.match(key);
        const bytes = new Uint8Array(await kept.arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        await store.put(key, new Response(bytes, {headers: kept.headers}));
    }
}"""
"""One bit of every file that is kept."""

FETCH = """async addresses => {
    const found = {};
    for (const address of addresses) {
        const answer = await fetch(address, {cache: 'no-store'}).catch(() => null);
        const digest = answer && await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
        const hex = digest && [...new Uint8Array(digest)]
            .map(byte => byte.toString(16).padStart(2, '0')).join('');
        found[address] = answer ? [answer.status, answer.statusText, hex] : [0, '', null];
    }
    return found;
}"""
"""Status and hash of what each address yields; status 0 where nothing does."""


def visit(visitor: BrowserContext, host: Host, query: str = "") -> Page:
    page, _ = watched(visitor, host.url, is_kept=True)
    page.goto(host.url + query)
    return page


def wait_until_kept(page: Page) -> None:
    page.wait_for_function("() => document.getElementById('offline').textContent")
    assert page.locator("#offline").inner_text() == "Ready for use without a network"


def kept(visitor: BrowserContext, host: Host, contents: Contents) -> Page:
    """A page whose files are all kept."""
    host.deploy(contents)
    page = visit(visitor, host)
    wait_until_kept(page)
    return page


def address(name: str, contents: Contents) -> str:
    """How a page of that version asks for a file."""
    if name.endswith(".html"):
        return f"./{name}?v={version(contents)}"
    return f"./{name}?v={sha256(contents[name]).hexdigest()[:10]}"


def version(contents: Contents) -> str:
    found = re.search(rb'data-version="(\w+)"', contents["index.html"])
    assert found
    return found[1].decode()


def files(contents: Contents) -> dict[str, str]:
    """Every file that the worker looks after, by its address in the page -> its hash."""
    return {
        address(name, contents): sha256(content).hexdigest()
        for name, content in contents.items()
        if name not in ("sw.js", *ONLINE) and not name.startswith(".")
    }


def right(contents: Contents) -> dict[str, list[Any]]:
    """What FETCH finds where all is well."""
    return {name: [200, "OK", digest] for name, digest in files(contents).items()}
