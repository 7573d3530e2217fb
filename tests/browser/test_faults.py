"""Every file of the start, broken in every way: the page names it and offers what helps.

Where nothing but the message is asked for, files that have no part in it are held back: a start
would cost seconds.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from building.site.addresses import Contents
from support.browser.console_watch import READY, go, wait_until_given_up, wait_until_ready, watched
from support.browser.faults import (
    ARCHIVES,
    BROKEN,
    CORE,
    PARTS,
    PROGRAM,
    SCRIPTS,
    Fault,
    FaultyHost,
)
from support.browser.page_probes import UNSTARTED
from support.sampling import sampled
from support.sites import ROOT

pytestmark = pytest.mark.browser

NEEDED = {
    CORE: ["core.js"],
    PROGRAM: ["pyodide.js", "pyodide.asm.js", "python_stdlib.zip.gz"],
}
"""What brings a file into play: file -> others."""

COMMON = ["404", "reset", "cut off", "flipped", "html"]
FAULTS = [Fault(part, kind) for part in [*PARTS, "boot.js"] for kind in COMMON]
FAULTS += [Fault(part, "type") for part in ("pyodide.js", CORE)]
FAULTS += [
    Fault(part, kind)
    for part in ("core.js", "numpy.zip.gz", PROGRAM)
    for kind in BROKEN
    if kind not in COMMON
]
STYLES = [Fault("site.css", kind) for kind in ("404", "flipped", "html")]
STALLS = [Fault("cnnscope.zip.gz", "silent"), Fault(PROGRAM, "halfway"), Fault("core.js", "silent")]

TOLD = "() => document.getElementById('boot-error')?.hidden === false"
SILENCE = 10_000  # ms; what the page takes for a broken line
HASTY = "delete globalThis.cnnscopeSilence"  # as for visitors, whose machines test nothing
CHOOSE = "#chooser"
SAMPLE = ROOT / "public" / "samples" / "pizza.webp"


@pytest.fixture(scope="module")
def host(contents: Contents) -> Iterator[FaultyHost]:
    with FaultyHost(contents) as host:
        yield host


@pytest.fixture
def broken(host: FaultyHost) -> Iterator[FaultyHost]:
    """The host, whole again afterwards."""
    host.going_on.clear()
    yield host
    host.fault = None
    host.going_on.set()


@pytest.fixture(scope="module")
def common(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def held_page(common: BrowserContext, broken: FaultyHost) -> Iterator[Page]:
    page, _ = watched(common, broken.url)
    yield page
    page.close()


@pytest.fixture
def page(context: BrowserContext, broken: FaultyHost) -> Iterator[Page]:
    """A visitor's first page; its start is going to be broken."""
    page, watch = watched(context, broken.url)
    yield page
    page.close()
    assert watch.foreign == []


def hold_back(page: Page, needed: list[str]) -> None:
    """Let nothing of the start arrive but what is needed."""

    def hold(route: Route) -> None:
        name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
        if name in needed or name not in PARTS:
            route.continue_()

    page.route("**/*", hold)


# Nothing compares its hash: it is to run wherever it can. What is flipped in it may be a comment.
FIRST_SCRIPT = [kind for kind in COMMON if kind != "flipped"]


@pytest.mark.parametrize("kind", sampled(FIRST_SCRIPT, every=3))
def test_a_first_script_that_is_broken_is_told_without_one(
    held_page: Page, broken: FaultyHost, kind: str
) -> None:
    broken.fault = Fault("early.js", kind)
    hold_back(held_page, [])
    go(held_page, broken.url, wait_until="commit")
    held_page.wait_for_function(UNSTARTED)


def try_again(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Try again").click()


@pytest.mark.parametrize("fault", sampled(FAULTS, every=8), ids=str)
def test_what_is_broken_is_named(held_page: Page, broken: FaultyHost, fault: Fault) -> None:
    broken.fault = fault
    hold_back(held_page, [fault.name, *NEEDED.get(fault.name, [])])
    go(held_page, broken.url, wait_until="commit")
    said = wait_until_given_up(held_page)
    assert fault.name in said
    assert "Still missing" not in said  # it was noticed, not waited for
    assert held_page.get_by_role("button", name="Try again").is_enabled()
    if fault.kind in ("404", "500"):
        assert f"the server answered {fault.kind}" in said


@pytest.mark.parametrize("fault", sampled(STYLES, every=2), ids=str)
def test_a_style_sheet_that_is_broken_is_named(
    held_page: Page, broken: FaultyHost, fault: Fault
) -> None:
    broken.fault = fault
    hold_back(held_page, [])
    go(held_page, broken.url, wait_until="commit")
    held_page.get_by_role("alert").get_by_text("site.css could not be loaded").wait_for()
    assert held_page.evaluate("document.documentElement.dataset.state") == "loading"


@pytest.mark.parametrize("fault", [Fault("numpy.zip.gz", "flipped"), Fault("core.js", "html"),
                                   Fault("boot.js", "empty")], ids=str)  # fmt: skip
def test_trying_again_asks_anew_for_what_was_kept_broken(
    page: Page, broken: FaultyHost, fault: Fault
) -> None:
    """The host lets browsers keep it for an hour."""
    broken.fault = fault
    go(page, broken.url)
    wait_until_given_up(page)
    broken.fault = None
    try_again(page)
    wait_until_ready(page)
    assert not page.locator("#boot-error").is_visible()


@pytest.mark.parametrize("fault", sampled(STALLS, every=2), ids=str)
def test_a_line_that_stalls_is_told_in_time(
    held_page: Page, broken: FaultyHost, fault: Fault
) -> None:
    broken.fault = fault
    hold_back(held_page, [fault.name, *NEEDED.get(fault.name, [])])
    held_page.clock.install()
    held_page.add_init_script(HASTY)
    go(held_page, broken.url, wait_until="commit")
    held_page.wait_for_function("() => globalThis.cnnscopeBoot")
    held_page.clock.run_for(SILENCE // 2)
    assert not held_page.evaluate(TOLD)
    held_page.wait_for_load_state("domcontentloaded")
    held_page.clock.run_for(SILENCE + 1000)  # what has moved since starts it anew
    said = wait_until_given_up(held_page)
    assert fault.name in said
    assert f"for {SILENCE // 1000} seconds" in said


@pytest.mark.parametrize("name", ["boot.js", "site.css"])
def test_a_line_that_stalls_before_the_start_is_told(
    page: Page, broken: FaultyHost, name: str
) -> None:
    broken.fault = Fault(name, "silent")
    page.add_init_script("globalThis.cnnscopeSilence = 2")
    go(page, broken.url, wait_until="commit")
    page.get_by_role("alert").get_by_text(name).wait_for()
    if name == "boot.js":
        broken.going_on.set()  # it was only slow
        page.get_by_role("alert").get_by_text(name).wait_for(state="hidden")
    page.wait_for_function(READY)


def test_a_start_that_was_only_slow_goes_on(page: Page, broken: FaultyHost) -> None:
    """Somebody who waits needs not try again."""
    page.add_init_script("globalThis.cnnscopeSilence = 2")
    broken.fault = Fault("numpy.zip.gz", "halfway")
    go(page, broken.url)
    page.get_by_role("alert").get_by_text("Nothing has arrived").wait_for()
    broken.going_on.set()
    page.wait_for_function(READY)
    assert not page.locator("#boot-error").is_visible()


def test_a_step_that_never_ends_is_told(page: Page, broken: FaultyHost) -> None:
    page.add_init_script("""
        globalThis.cnnscopeSilence = 2;
        WebAssembly.instantiateStreaming = async (answer) => {
            await (await answer).arrayBuffer();
            return new Promise(() => {});
        };
    """)
    go(page, broken.url)
    assert "“Starting Python” is taking longer" in wait_until_given_up(page)


@pytest.mark.parametrize("kind", sampled(["404", "flipped", "silent"], every=3))
def test_a_picture_says_that_pillow_is_missing_and_can_be_brought_again(
    page: Page, broken: FaultyHost, kind: str
) -> None:
    page.add_init_script(f"globalThis.cnnscopeSilence = {2 if kind == 'silent' else 10}")
    broken.fault = Fault("pillow.zip.gz", kind)
    go(page, broken.url)
    page.wait_for_function(READY)
    page.locator(CHOOSE).set_input_files(SAMPLE)
    page.get_by_role("alert").get_by_text("resizes pictures could not be loaded").wait_for()
    assert page.locator("html").get_attribute("data-state") == "ready"
    broken.fault = None
    broken.going_on.set()
    page.locator(CHOOSE).set_input_files(SAMPLE)
    page.wait_for_function("() => location.hash.includes('picture=own')")
    assert not page.locator("#alert").is_visible()


def test_every_file_of_the_start_is_tried(contents: Contents) -> None:
    """A part that is new to the start has to be broken here, too."""
    scripts = {name.rsplit("/", 1)[-1] for name in contents if name.endswith(".js")}
    spared = {"offline.js", "sw.js", "unpacker.js"}  # the page comes up without
    assert scripts == {*SCRIPTS, "boot.js", "early.js", *spared}
    archives = {name.rsplit("/", 1)[-1] for name in contents if name.endswith(".gz")}
    assert archives == {*ARCHIVES, "pillow.zip.gz", "snapshot.gz"}
    assert len(FAULTS) >= 30
