"""Starts that break off: the process of the page dies, or that of its service worker.

    KILLS=25 python -m pytest tests/browser/test_broken_off.py

lets so many starts of a first and of a later visit die, each at another moment.
"""

import os
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from building.site.addresses import Contents
from support.browser.console_watch import (
    SETTLED,
    visit,
    wait_until_given_up,
    watched,
)
from support.browser.later_visits import REVIVED, begin, returning
from support.browser.static_host import Host
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser

KILLS = range(int(os.environ.get("KILLS", "1")))
SIGNS = 40  # of a start: requests, marks

COUNT = """
    globalThis.signs = 0;
    globalThis.found = localStorage.getItem("cnnscope-start");
    new PerformanceObserver(list => { signs += list.getEntries().length; })
        .observe({ entryTypes: ["resource", "mark"] });
    const compile = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (source, ...rest) => {
        globalThis.untouched = (await source).url !== "";
        return compile.call(WebAssembly, source, ...rest);
    };
"""
"""Counts the signs of a start, and tells what it found of the last one, and whether its program may
come from the browser's compiled code."""

REACHED = f"count => signs >= count || ({SETTLED})()"
FOUND = "() => globalThis.found"
UNTOUCHED = "() => globalThis.untouched"
HANGS = """
    const compileSmall = WebAssembly.compile;
    WebAssembly.compile = bytes => {
        if (bytes.length < 1e5) return compileSmall(bytes);
        globalThis.hangs = true;
        return new Promise(() => {});
    };
"""
"""A start that gets no further than the image's libraries."""

HANGING = "() => globalThis.hangs"
OVER = "() => !localStorage.getItem('cnnscope-start')"
DIES = """
let fault = { name: "", kind: "", times: 0 };
const clients = new Set();
self.addEventListener("message", ({ data, ports }) => {
    if (!data.kind) return;
    fault = data;
    clients.clear();
    ports[0].postMessage("done");
});
self.addEventListener("fetch", event => {
    const { pathname } = new URL(event.request.url);
    const isMeant = event.request.mode !== "navigate" && pathname.endsWith(`/${fault.name}`);
    if (!isMeant || (clients.size === fault.times && !clients.has(event.clientId))) return;
    clients.add(event.clientId);
    event.stopImmediatePropagation();
    event.respondWith(fault.kind === "refused" ? Response.error() : half(event.request));
});
async function half(request) {
    const answer = await fetch(request.url);
    const reader = answer.body.getReader();
    let isSent = false;
    const body = new ReadableStream({
        async pull(controller) {
            if (isSent) return controller.error(new Error("died"));
            isSent = true;
            controller.enqueue((await reader.read()).value);
        },
    });
    return new Response(body, { headers: answer.headers });
}
"""
"""Put before the service worker: as some pages see it, it dies whenever it answers for a file."""

ORDER = """fault => new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    navigator.serviceWorker.controller.postMessage(fault, [port2]);
})"""
AGAIN = "() => performance.getEntriesByType('navigation')[0].type === 'reload'"
DROP = """
    const dropped = new Promise(done => {
        const timer = setInterval(() => {
            if (!globalThis.cnnscopeBoot || !document.body) return;
            clearInterval(timer);
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["picture"], "own.png", { type: "image/png" }));
            document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer }));
            done();
        });
    });
    const fetchAtOnce = globalThis.fetch;
    globalThis.fetch = async (...given) => {
        await dropped;
        return fetchAtOnce(...given);
    };
"""
"""Drops a picture before anything can have failed."""

DEATHS = [(name, "refused") for name in ("boot.js", "core.js", "site.css", "numpy.zip.gz")]
DEATHS += [(name, "half") for name in ("boot.js", "pyodide.asm.wasm", "cnnscope.zip.gz")]


@pytest.fixture(scope="module")
def host(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with Host(tmp_path_factory.mktemp("host")) as host:
        host.deploy(contents | {"sw.js": DIES.encode() + contents["sw.js"]})
        yield host


@pytest.fixture(scope="module")
def visitor(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    context = returning(browser, host)
    yield context
    context.close()


def open_page(context: BrowserContext, host: Host, script: str = "") -> Page:
    """A page not yet opened; what its start finds and does is written down."""
    page, _ = watched(context, host.url, is_kept=True)
    page.add_init_script(COUNT + script)
    return page


def die_at(page: Page, host: Host, count: int) -> None:
    """Begin a start, and let its process die after so many signs, or when it is up."""
    page.goto(host.url, wait_until="commit")
    page.wait_for_function(REACHED, arg=count)
    die(page)


def is_quick(context: BrowserContext, host: Host) -> tuple[bool, bool]:
    """Start; tell whether it took the image, and whether the one before was broken off."""
    page = open_page(context, host)
    visit(page, host.url)
    is_revived, found = bool(page.evaluate(REVIVED)), page.evaluate(FOUND)
    assert page.evaluate(UNTOUCHED) == (found is None)
    page.close()
    wait_until_over(context, host)
    return is_revived, found is not None


def wait_until_over(context: BrowserContext, host: Host) -> None:
    """Wait until other processes know that a start has come to its end."""
    page = context.new_page()
    page.goto(host.url + "LICENSE.txt")
    page.wait_for_function(OVER)
    page.close()


def hang(context: BrowserContext, host: Host, script: str = "") -> Page:
    """A page in the middle of a start that begins with the image."""
    page = open_page(context, host, script + HANGS)
    page.goto(host.url, wait_until="commit")
    page.wait_for_function(HANGING)
    return page


def order(context: BrowserContext, host: Host, name: str, kind: str, times: int = 1) -> Page:
    """Have the worker die at a file, for so many pages; return a page not yet opened.

    The light page that tells it so is another one: what a process has read, it does not ask for.
    """
    light = context.new_page()
    light.goto(host.url + "LICENSE.txt")
    light.evaluate(ORDER, {"name": name, "kind": kind, "times": times})
    light.close()
    page, _ = watched(context, host.url, is_kept=True)
    return page


def die(page: Page) -> None:
    with pytest.raises(Error, match="ERR_ABORTED"):
        page.goto("chrome://crash")
    page.close()


@pytest.mark.parametrize("seed", KILLS)
def test_after_a_process_died_in_a_first_visit_the_page_comes_up(
    browser: Browser, host: Host, seed: int
) -> None:
    context = browser.new_context()
    moments = random.Random(seed)
    for _ in range(moments.choice([1, 1, 2])):
        die_at(open_page(context, host), host, moments.randrange(SIGNS))
    is_quick(context, host)
    assert is_quick(context, host)[1] is False
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", KILLS)
def test_after_a_process_died_in_a_later_visit_the_page_comes_up_the_plain_way_once(
    visitor: BrowserContext, host: Host, seed: int
) -> None:
    moments = random.Random(seed)
    die_at(open_page(visitor, host), host, moments.randrange(SIGNS))
    is_revived, is_after_death = is_quick(visitor, host)
    assert is_revived != is_after_death
    assert is_quick(visitor, host) == (True, False)


@pytest.mark.long
@pytest.mark.parametrize("script", sampled(["", "delete Navigator.prototype.locks;"], every=2))
def test_a_start_that_died_in_the_middle_is_followed_by_a_careful_one(
    visitor: BrowserContext, host: Host, script: str
) -> None:
    die(hang(visitor, host, script))
    assert is_quick(visitor, host) == (False, True)
    assert is_quick(visitor, host) == (True, False)


@pytest.mark.long
def test_an_image_that_a_process_died_of_twice_is_given_up(browser: Browser, host: Host) -> None:
    visitor = returning(browser, host)
    for _ in range(2):
        die(hang(visitor, host))
        assert is_quick(visitor, host) == (False, True)
    assert is_quick(visitor, host) == (False, False)
    visitor.close()


def test_a_visitor_who_leaves_is_no_process_that_died(visitor: BrowserContext, host: Host) -> None:
    page = hang(visitor, host)
    page.goto("about:blank")
    wait_until_over(visitor, host)
    page.close()
    assert is_quick(visitor, host) == (True, False)


def test_a_start_in_another_window_is_none_that_was_broken_off(
    visitor: BrowserContext, host: Host
) -> None:
    other = hang(visitor, host)
    page, _ = begin(visitor, host, COUNT)
    assert page.evaluate(FOUND)
    assert page.evaluate(REVIVED)
    other.goto("about:blank")
    wait_until_over(visitor, host)
    page.close()
    other.close()


@pytest.mark.parametrize(("name", "kind"), sampled_rows(DEATHS, every=6))
def test_where_the_service_worker_died_the_page_comes_back_by_itself(
    visitor: BrowserContext, host: Host, name: str, kind: str
) -> None:
    page = order(visitor, host, name, kind)
    visit(page, host.url)
    assert page.evaluate(AGAIN)
    assert not page.locator("#boot-error").is_visible()
    page.close()
    wait_until_over(visitor, host)
    assert is_quick(visitor, host) == (True, False)  # the image was not to blame


@pytest.mark.parametrize("name", sampled(["boot.js", "numpy.zip.gz"], every=2))
def test_what_fails_again_is_told(visitor: BrowserContext, host: Host, name: str) -> None:
    page = order(visitor, host, name, "refused", times=100)
    page.goto(host.url, wait_until="commit")
    page.wait_for_function(AGAIN)
    assert name in wait_until_given_up(page)
    assert page.evaluate(AGAIN)
    page.close()
    order(visitor, host, name, "refused", times=0).close()


def test_a_picture_that_waits_is_not_thrown_away(visitor: BrowserContext, host: Host) -> None:
    page = order(visitor, host, "numpy.zip.gz", "refused")
    page.add_init_script(DROP)
    page.goto(host.url)
    assert "numpy.zip.gz" in wait_until_given_up(page)
    assert not page.evaluate(AGAIN)
    page.close()
