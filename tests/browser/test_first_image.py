"""First visits, which begin with the image of Python's memory where the line is fast."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from building.site.addresses import Contents
from cnnscope.text import load_text
from support.browser.console_watch import FAST_LINE, go, wait_until_ready, watched
from support.browser.faults import Fault, FaultyHost
from support.browser.later_visits import REVIVED
from support.sampling import sampled
from support.sites import ROOT

pytestmark = pytest.mark.browser

SAMPLE = ROOT / "public" / "samples" / "pizza.webp"
ASKED = """() => performance.getEntriesByType('resource')
    .map(each => [each.name.split('?')[0].split('/').pop(), each.startTime])"""
UP = "() => performance.getEntriesByName('boot-done')[0].startTime"
IMAGE, LIBRARY = "snapshot.gz", "python_stdlib.zip.gz"
OWN = "[data-sample=own][aria-pressed=true]"


@pytest.fixture(scope="module")
def host(contents: Contents) -> Iterator[FaultyHost]:
    with FaultyHost(contents) as host:
        yield host


@pytest.fixture
def first_page(context: BrowserContext, host: FaultyHost) -> Iterator[Page]:
    """A page that will be up, on a fast line, whatever becomes of its image."""
    page, watch = watched(context, host.url)
    page.add_init_script(FAST_LINE)
    yield page
    page.close()
    host.fault = None
    host.going_on.set()
    host.going_on.clear()
    assert watch.foreign == []


def asked(page: Page) -> dict[str, float]:
    """When each file was asked for, ms."""
    return dict(page.evaluate(ASKED))


def names(host: FaultyHost) -> set[str]:
    """The files that it was asked for, by the page or by its worker."""
    return {path.split("?")[0].split("/")[-1] for path in host.asked}


def bring(page: Page) -> None:
    page.locator("#chooser").set_input_files(SAMPLE)


def test_it_is_up_before_the_library_is_asked_for_which_then_reads_pictures(
    first_page: Page, host: FaultyHost
) -> None:
    go(first_page, host.url)
    wait_until_ready(first_page)
    assert first_page.evaluate(REVIVED)
    first_page.wait_for_function(f"() => ({ASKED})().some(([name]) => name === '{LIBRARY}')")
    assert first_page.evaluate(UP) < asked(first_page)[LIBRARY]
    assert IMAGE in names(host)
    bring(first_page)
    first_page.locator(OWN).wait_for()
    assert not first_page.locator("#alert").is_visible()


@pytest.mark.parametrize("kind", sampled(["404", "flipped", "html", "short"], every=2))
def test_an_image_that_does_not_come_whole_is_done_without(
    first_page: Page, host: FaultyHost, kind: str
) -> None:
    host.fault = Fault(IMAGE, kind)
    go(first_page, host.url)
    wait_until_ready(first_page)
    assert not first_page.evaluate(REVIVED)
    assert not first_page.locator("#boot-error").is_visible()
    assert first_page.evaluate("localStorage.getItem('cnnscope-snapshot')") is None


def test_a_library_that_cannot_be_had_later_is_told_and_had_when_it_can(
    first_page: Page, host: FaultyHost
) -> None:
    host.fault = Fault(LIBRARY, "404")
    go(first_page, host.url)
    wait_until_ready(first_page)
    bring(first_page)
    alert = first_page.locator("#alert:visible")
    alert.get_by_text(load_text()("picture.error.no_resizer")).wait_for()
    host.fault = None
    bring(first_page)
    first_page.locator(OWN).wait_for()


@pytest.mark.long
def test_a_slow_line_brings_no_image(first_page: Page, host: FaultyHost) -> None:
    first_page.add_init_script("delete globalThis.cnnscopeLine")
    session = first_page.context.new_cdp_session(first_page)
    session.send("Network.enable")
    # So slow that it is no faster even where a busy machine sees much of it arrive at once.
    line = {"latency": 20, "downloadThroughput": 1_000_000, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    go(first_page, host.url)
    wait_until_ready(first_page)
    assert not first_page.evaluate(REVIVED)
    assert asked(first_page)[LIBRARY] < first_page.evaluate(UP)


@pytest.mark.parametrize("worker", sampled(["silent", "404"], every=2))
def test_without_the_worker_the_page_s_own_thread_brings_the_image(
    first_page: Page, host: FaultyHost, worker: str
) -> None:
    host.fault = Fault("unpacker.js", worker)
    go(first_page, host.url)
    wait_until_ready(first_page)
    assert first_page.evaluate(REVIVED)
    assert first_page.evaluate("localStorage.getItem('cnnscope-snapshot')") is None
