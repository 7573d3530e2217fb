"""What is said last of use without a network: that all is saved, or why not; nothing after it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from building.site.addresses import Contents
from cnnscope.text import load_text
from support.browser.console_watch import visit, watched
from support.browser.faults import Fault, FaultyHost
from support.browser.kept_site import FETCH, files, right
from support.browser.storages import NEEDED, OWNERS, without
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser

TEXTS = [load_text("en"), load_text("zh")]
READY = TEXTS[0]("boot.offline.ready")
LAST = """() => {
    const {offline} = document.documentElement.dataset;
    return offline && offline !== 'saving';
}"""
KEEP = """
    globalThis.said = [];
    globalThis.heard = [];
    const note = () => {
        const word = document.documentElement?.dataset.offline;
        if (word && said.at(-1) !== word) said.push(word);
    };
    new MutationObserver(note).observe(document, {subtree: true, attributes: true});
    navigator.serviceWorker.addEventListener("message", ({data, source}) => {
        heard.push(data.kind);
        globalThis.source = source;
    });
"""
REPEAT = """async kind => {
    const version = document.documentElement.dataset.version;
    const data = {kind, percent: 95, version};
    navigator.serviceWorker.dispatchEvent(new MessageEvent("message", {data, source}));
    return document.documentElement.dataset.offline;
}"""
INJECTED = b"<script src='https://filter.example/a.js'></script></head>"

STORAGES = [(name, "throws") for name in OWNERS]
STORAGES += [(name, way) for name in NEEDED for way in ("null", "absent")]
SPARED = [name for name in OWNERS if name not in NEEDED]

REJECT = "{}.prototype.{} = async () => {{ throw new {}; }};"
FORBIDDEN = "DOMException('forbidden', 'SecurityError')"
FULL = "DOMException('full', 'QuotaExceededError')"
NO_SPACE = "DOMException('', 'NS_ERROR_FILE_NO_DEVICE_SPACE')"
METHODS = {
    "caches may not be asked": (REJECT.format("CacheStorage", "has", FORBIDDEN), "forbidden"),
    "workers may not be asked for": (
        REJECT.format("ServiceWorkerContainer", "getRegistration", FORBIDDEN), "forbidden"
    ),
    "no worker may be had": (
        REJECT.format("ServiceWorkerContainer", "register", FORBIDDEN), "forbidden"
    ),
    "no worker comes": (
        REJECT.format("ServiceWorkerContainer", "register", "TypeError('404')"), "failed"
    ),
    "words are full": (f"Storage.prototype.setItem = () => {{ throw new {FULL}; }};", "ready"),
}  # fmt: skip
WITHIN = {
    "caches are forbidden": (REJECT.format("CacheStorage", "open", FORBIDDEN), "forbidden"),
    "caches are full": (REJECT.format("Cache", "put", FULL), "full"),
    "caches are full, in Firefox": (REJECT.format("Cache", "put", NO_SPACE), "full"),
    "caches fail": (REJECT.format("Cache", "put", "DOMException('', 'UnknownError')"), "failed"),
    "files go": (REJECT.format("Cache", "keys", "DOMException('', 'NotFoundError')"), "failed"),
}

WRONG = [
    (name, kind)
    for name in ("numpy.zip.gz", "pyodide.asm.wasm", "index.html")
    for kind in ("flipped", "404")
]
WRONG += [("zh.html", "html"), ("koala.webp", "too short"), ("LICENSE.txt", "reset")]


@pytest.fixture
def faulty(first: Contents) -> Iterator[FaultyHost]:
    with FaultyHost(dict(first)) as host:
        yield host
        host.going_on.set()


def said_at(visitor: BrowserContext, host: FaultyHost, script: str = "") -> Page:
    """A page whose last word is said."""
    page, _ = watched(visitor, host.url, is_kept=True)
    page.add_init_script(KEEP)
    page.add_init_script(script)
    page.goto(host.url)
    page.wait_for_function(LAST)
    return page


def word(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.offline"))


def is_promised(page: Page) -> bool:
    said = page.locator("#offline").inner_text() + page.locator("#offline-progress").inner_text()
    return said == READY or page.locator(".offline-mark").is_visible() or "Saving" in said


@pytest.mark.parametrize(("name", "way"), sampled_rows(STORAGES, every=5))
def test_a_storage_that_is_not_there_is_not_promised(
    visitor: BrowserContext, faulty: FaultyHost, name: str, way: str
) -> None:
    page = said_at(visitor, faulty, without(name, way))
    expected = "ready"
    if name in NEEDED:
        expected = "forbidden" if way == "throws" else "unsupported"
    assert word(page) == expected
    assert is_promised(page) == (expected == "ready")


@pytest.mark.parametrize("way", ["null", "absent"])
def test_all_that_is_kept_is_promised_where_nothing_else_can_be(
    visitor: BrowserContext, faulty: FaultyHost, way: str
) -> None:
    page = said_at(visitor, faulty, "".join(without(name, way) for name in SPARED))
    assert word(page) == "ready"


@pytest.mark.parametrize("name", sampled(METHODS, every=5))
def test_a_storage_that_refuses_is_not_promised(
    visitor: BrowserContext, faulty: FaultyHost, name: str
) -> None:
    script, expected = METHODS[name]
    page = said_at(visitor, faulty, script)
    assert word(page) == expected
    assert is_promised(page) == (expected == "ready")


@pytest.mark.parametrize("name", sampled(WITHIN, every=2))
def test_a_worker_that_can_keep_nothing_says_why(
    visitor: BrowserContext, faulty: FaultyHost, name: str
) -> None:
    script, expected = WITHIN[name]
    faulty.contents["sw.js"] = script.encode() + faulty.contents["sw.js"]
    page = said_at(visitor, faulty)
    assert word(page) == expected
    assert not is_promised(page)


@pytest.mark.long
def test_archives_that_come_unpacked_are_as_good(
    visitor: BrowserContext, faulty: FaultyHost, first: Contents
) -> None:
    faulty.unpacked = (".gz",)
    page = said_at(visitor, faulty)
    assert page.locator("#offline").inner_text() == READY
    found = page.evaluate(FETCH, [name for name in files(first) if ".gz" not in name])
    assert found == {name: right(first)[name] for name in found}
    faulty.fault = Fault("numpy.zip.gz", "404")
    archives = [name for name in files(first) if ".gz" in name]
    assert len(archives) >= 5
    found = page.evaluate(FETCH, archives)
    assert {status for status, _, _ in found.values()} == {200}
    assert all(each != right(first)[name] for name, each in found.items())  # kept as they came


@pytest.mark.parametrize(("name", "kind"), sampled_rows(WRONG, every=5))
def test_a_file_that_comes_wrong_is_named(
    visitor: BrowserContext, faulty: FaultyHost, name: str, kind: str
) -> None:
    if name == "index.html":
        faulty.contents["start.html"] = faulty.contents[name]  # which the visitor has, whole
    faulty.fault = Fault(name, kind)
    page, _ = watched(visitor, faulty.url, is_kept=True)
    page.add_init_script(KEEP)
    page.goto(f"{faulty.url}start.html" if name == "index.html" else faulty.url)
    page.wait_for_function(LAST)
    key = {"404": "missing", "reset": "failed"}.get(kind, "altered")
    assert word(page) == key
    path = next(each for each in faulty.contents if each.endswith(name))
    expected = TEXTS[0](f"boot.offline.{key}", file=path, status=404)
    assert page.locator("#offline").inner_text() == expected
    assert not is_promised(page)


@pytest.mark.parametrize("name", ["index.html", "zh.html"])
def test_a_page_that_is_altered_on_the_way_is_named_and_nothing_is_said_later(
    visitor: BrowserContext, faulty: FaultyHost, name: str
) -> None:
    """The program is on its way meanwhile: what arrives of it is not told any more."""
    page_as_sent = faulty.contents[name]
    faulty.contents[name] = page_as_sent.replace(b"</head>", INJECTED)
    faulty.fault = Fault("pyodide.asm.wasm", "halfway")
    page = said_at(visitor, faulty)
    for text in TEXTS:
        if text is not TEXTS[0]:
            page.evaluate("location.hash = 'lang=zh'; cnnscopeLanguage.speak('zh')")
            page.wait_for_function("() => document.documentElement.lang.startsWith('zh')")
        expected = text("boot.offline.altered", file=name)
        page.get_by_text(expected, exact=True).wait_for()
    faulty.going_on.set()
    if name == "zh.html":  # asked for last
        assert faulty.stalled.acquire(timeout=60)  # the other half was sent, or nobody wanted it
    page.evaluate("async () => (await fetch('./LICENSE.txt', {cache: 'no-store'})).text()")
    assert page.evaluate("said").count("altered") == 1
    assert page.evaluate("said").index("altered") == len(page.evaluate("said")) - 1
    assert page.evaluate("heard").index("altered") == len(page.evaluate("heard")) - 1
    assert page.evaluate(REPEAT, "progress") == "altered"


def test_a_worker_that_falls_silent_is_given_up(
    visitor: BrowserContext, faulty: FaultyHost
) -> None:
    faulty.fault = Fault("pyodide.asm.wasm", "halfway")
    page, _ = watched(visitor, faulty.url, is_kept=True)
    page.add_init_script(KEEP)
    page.add_init_script("globalThis.cnnscopeSilence = 0.2;")
    page.goto(faulty.url)
    page.wait_for_function(LAST)
    assert page.evaluate("said") == ["saving", "failed"]
    faulty.going_on.set()
    page.wait_for_function("() => document.documentElement.dataset.offline === 'ready'")


def test_pages_that_ask_at_once_hear_of_one_attempt(
    visitor: BrowserContext, faulty: FaultyHost
) -> None:
    page = said_at(visitor, faulty)
    page.reload()  # a first visit asks a second time, once the worker is in charge
    page.wait_for_function(LAST)
    page.evaluate("""async () => {
        for (const name of await caches.keys()) await caches.delete(name);
        heard.length = 0;
        const {active} = await navigator.serviceWorker.ready;
        for (const _ of [1, 2, 3]) active.postMessage("complete");
    }""")
    page.wait_for_function("() => heard.filter(each => each === 'ready').length >= 3")
    assert re.fullmatch("(progress )+(ready ?)+", " ".join(page.evaluate("heard")))


def test_the_page_is_up_where_archives_come_unpacked_and_then_without_a_server(
    visitor: BrowserContext, contents: Contents
) -> None:
    with FaultyHost(contents) as host:
        host.unpacked = (".gz",)
        page, watch = watched(visitor, host.url, is_kept=True)
        visit(page, host.url)
        page.wait_for_function(LAST)
        assert page.locator("#offline").inner_text() == READY
        page.close()
    again, watch = watched(visitor, host.home, is_kept=True)
    visit(again, host.home)
    assert again.evaluate("() => performance.getEntriesByName('boot-revived').length") == 1
    watch.check()
