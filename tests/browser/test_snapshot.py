"""Later visits, which begin with an image of Python's memory, and what they do where it fails."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from building.site.addresses import Contents
from support.browser.console_watch import wait_until_ready
from support.browser.later_visits import REVIVED, begin, returning, wait_until_kept
from support.browser.static_host import Host
from support.sampling import sampled

pytestmark = pytest.mark.browser

ANSWERS = """() => [...document.querySelectorAll('[data-class]')]
    .map(each => each.dataset.probability)"""
DAMAGE = """async sha256 => {
    const store = await caches.open((await caches.keys())[0]);
    const key = new URL(`content/${sha256}`, document.baseURI).href;
    const bytes = new Uint8Array(await (await store.match(key)).arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    await store.put(key, new Response(bytes));
}"""
SNAPSHOT = "JSON.parse(document.getElementById('boot-manifest').textContent).snapshot"
PYTHON = """async code => {
    const { loadPyodide } = await import(document.querySelector("[src*='boot.js']").src);
    const pyodide = await loadPyodide();
    await cnnscopeBoot.whole();
    await pyodide.loadPackage("pillow", { messageCallback() {} });
    return pyodide.runPython(code);
}"""
USE = """
import random
import numpy as np, numpy.fft, numpy.ma, PIL.Image
import colorsys, decimal, statistics
square = np.array([[2.0, 1.0], [1.0, 3.0]])
assert np.allclose(np.linalg.inv(square) @ square, np.eye(2))
assert np.allclose(np.fft.ifft(np.fft.fft([1.0, 2.0, 3.0])), [1.0, 2.0, 3.0])
assert np.median([3.0, 1.0, 2.0]) == 2.0
try:
    np.zeros(2) @ np.zeros(3)
except ValueError as error:
    assert "mismatch" in str(error)
PIL.Image.new("RGB", (4, 4)).resize((2, 2))
random.random()
"""
"""Libraries that the image holds, and some that it does not."""

UNLIKE = """
    const parse = JSON.parse;
    JSON.parse = (text, ...rest) => {
        const value = parse(text, ...rest);
        if (value?.snapshot) (CHANGE)(value.snapshot);
        return value;
    };
"""
COMPILE = """
    const compile = WebAssembly.compile;
    WebAssembly.compile = async bytes => bytes.length < 1e5 ? compile(bytes) : (CODE)();
"""
FAULTS = {
    "another layout": UNLIKE.replace("CHANGE", "each => { each.places += 1; }"),
    "another build": UNLIKE.replace(
        "CHANGE", "each => { each.head = each.head.replace('A', 'B').replace('h', 'i'); }"
    ),
    "a library that fails": COMPILE.replace("CODE", "() => { throw new Error('broken'); }"),
    "a library that never comes": "globalThis.cnnscopeSilence = 5;"
    + COMPILE.replace("CODE", "() => new Promise(() => {})"),
}

WRONG_PROGRAM = """
const fetched = globalThis.fetch;
globalThis.fetch = async (resource, options) => {
  if (options?.cache !== "only-if-cached") return fetched(resource, options);
  sessionStorage.asked = Number(sessionStorage.asked ?? 0) + 1;
  const bytes = new Uint8Array(await (await fetched(resource)).arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  return new Response(bytes, {headers: {"Content-Type": "application/wasm"}});
};
"""
"""Has the browser's own cache give a program that is damaged."""


@pytest.fixture(scope="module")
def host(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with Host(tmp_path_factory.mktemp("host")) as host:
        host.deploy(contents)
        yield host


@pytest.fixture(scope="module")
def visitor(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    context = returning(browser, host)
    yield context
    context.close()


def test_a_first_visit_asks_for_nothing_of_it(page: Page, site_url: str) -> None:
    page.goto(site_url)
    wait_until_ready(page)
    names = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert [name for name in names if "numpy" in name]
    assert [name for name in names if "snapshot" in name] == []


def test_a_second_visit_begins_with_the_image_and_answers_the_same(
    visitor: BrowserContext, host: Host
) -> None:
    found = {}
    for way, script in (("image", ""), ("plain", FAULTS["another layout"])):
        page, watch = begin(visitor, host, script)
        assert page.evaluate(REVIVED) == (way == "image")
        found[way] = [page.evaluate(ANSWERS)]
        page.locator("[data-sample=koala]").click()
        expect(page.locator("[data-sample=koala][aria-pressed=true]")).to_be_visible()
        found[way].append(page.evaluate(ANSWERS))
        page.evaluate("localStorage.removeItem('cnnscope-snapshot')")
        page.close()
        watch.check()
    assert found["image"] == found["plain"]
    assert found["image"][0] != found["image"][1]


def test_all_of_python_works_and_chance_is_another_each_time(
    visitor: BrowserContext, host: Host
) -> None:
    numbers = []
    for _ in range(2):
        page, watch = begin(visitor, host)
        assert page.evaluate(REVIVED)
        numbers.append(page.evaluate(PYTHON, USE))
        page.close()
        watch.check()
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize("fault", sampled(FAULTS, every=2))
def test_an_image_that_fails_is_given_up_for_the_plain_way(
    visitor: BrowserContext, host: Host, fault: str
) -> None:
    page, watch = begin(visitor, host, FAULTS[fault])
    is_revived = page.evaluate(REVIVED)
    noted = page.evaluate("localStorage.getItem('cnnscope-snapshot')")
    page.evaluate("localStorage.removeItem('cnnscope-snapshot')")
    page.close()
    assert not is_revived
    assert noted.endswith(" 2")
    watch.check()


@pytest.mark.long
def test_a_damaged_image_is_not_used_and_fetched_anew(visitor: BrowserContext, host: Host) -> None:
    page, watch = begin(visitor, host)
    page.evaluate(DAMAGE, page.evaluate(f"{SNAPSHOT}.sha256"))
    for is_revived in (False, True):
        page.reload()
        wait_until_ready(page)
        assert bool(page.evaluate(REVIVED)) == is_revived
        wait_until_kept(page)
    page.close()
    watch.check()


def test_an_image_is_tried_twice_when_a_start_was_not_seen_to_its_end(
    visitor: BrowserContext, host: Host
) -> None:
    page, _ = begin(visitor, host)
    sha256 = page.evaluate(f"{SNAPSHOT}.sha256")
    tries = {}
    for count in (1, 2):
        page.evaluate(f"localStorage.setItem('cnnscope-snapshot', '{sha256} {count}')")
        page.reload()
        wait_until_ready(page)
        tries[count] = bool(page.evaluate(REVIVED))
    assert tries == {1: True, 2: False}
    page.evaluate("localStorage.removeItem('cnnscope-snapshot')")
    page.close()


@pytest.mark.long
def test_a_program_that_the_browser_s_own_cache_has_wrong_is_the_service_worker_s(
    browser: Browser, host: Host
) -> None:
    visitor = returning(browser, host)
    for asked in ("1", None):  # once, and not at the visit after that
        page, _ = begin(visitor, host, WRONG_PROGRAM)
        wait_until_ready(page)
        assert page.evaluate("sessionStorage.asked ?? null") == asked
        assert not page.locator("#boot-error").is_visible()
        page.close()
    visitor.close()
