"""Without a network: what the service worker keeps, heals and refuses, and how versions change.

Most tests need no Python: their site is the whole site with a boot script that is done at once.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from building.context import BuildContext
from building.site.addresses import Contents
from building.site.site import site_contents
from support.browser.console_watch import wait_until_ready, watched
from support.browser.page_probes import GO
from support.browser.static_host import Host
from support.sites import ROOT

pytestmark = pytest.mark.browser

Make = Callable[..., Contents]

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


@pytest.fixture(scope="module")
def make(
    project: Path, build_context: BuildContext, tmp_path_factory: pytest.TempPathFactory
) -> Make:
    """A version of the site whose start is over at once; ``style`` makes another version."""

    def make(style: str = "") -> Contents:
        root = tmp_path_factory.mktemp("version") / "project"
        shutil.copytree(project, root)
        boot = "document.documentElement.dataset.state = 'ready'; globalThis.cnnscopeBoot = {};\n"
        (root / "public" / "boot.mjs").write_text(boot)
        with next((root / "public" / "css").rglob("page.css")).open("a") as file:
            file.write(style)
        return site_contents(root, build_context)

    return make


@pytest.fixture(scope="module")
def first(make: Make) -> Contents:
    return make()


@pytest.fixture(scope="module")
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
        if name != "sw.js" and not name.startswith(".")
    }


def right(contents: Contents) -> dict[str, list[Any]]:
    """What FETCH finds where all is well."""
    return {name: [200, "OK", digest] for name, digest in files(contents).items()}


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


def test_what_was_damaged_in_the_store_is_fetched_anew(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(DAMAGE)
    assert page.evaluate(FETCH, list(files(first))) == right(first)
    host.stop()
    assert page.evaluate(FETCH, list(files(first))) == right(first)


def test_what_was_damaged_in_the_store_is_refused_without_a_server(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(DAMAGE)
    host.stop()
    found = page.evaluate(FETCH, list(files(first)))
    whole = {address: each for address, each in found.items() if each[0] != 0}
    assert all(".wasm" in address for address in whole)  # the browser's own copy
    assert whole == {address: right(first)[address] for address in whole}


def test_what_is_damaged_on_the_server_is_refused(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(EMPTY)
    names = [name for name in files(first) if ".html" not in name]
    for name in names:
        file = host.folder / name[2:].split("?")[0]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    found = page.evaluate(FETCH, names)
    for name, (status, text, digest) in found.items():
        if ".wasm" in name and status == 200:  # the browser's own copy
            assert digest == right(first)[name][2]
        else:
            assert (status, text) == (502, "damaged"), name


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


def test_a_new_version_fetches_only_what_changed(
    visitor: BrowserContext, host: Host, first: Contents, second: Contents
) -> None:
    page = kept(visitor, host, first)
    host.deploy(second)
    host.asked.clear()
    page.evaluate(UPDATE)
    page.locator("#update").wait_for()
    changed = {name for name in second if second[name] != first.get(name)}
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
    page.locator("input[type=file]").set_input_files(SAMPLE)  # which needs Pillow
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
