"""Opening a page in Chromium, waiting for it, and writing down what it must not do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Error, Page, Request

LOADING_TIME = 90_000  # ms; for a machine that is busy
SETTLED = "() => ['ready', 'error'].includes(document.documentElement?.dataset.state)"
READY = "() => document.documentElement?.dataset.state === 'ready'"
"""Of a document that may have just begun, without a root."""

GIVEN_UP = """() => {
    const box = document.getElementById('boot-error');
    return [document.documentElement.dataset.state, box.checkVisibility(),
            box.getAttribute('role'), box.querySelector('p')?.innerText];
}"""
SWITCH_OFF = """
    try { localStorage.setItem("cnnscope-worker", "off"); } catch { /* about:blank has none */ }
"""

PATIENT = "globalThis.cnnscopeSilence = 60;"  # seconds; the machine that tests is busy
# A first visit goes the plain way unless a test says so, however busy the machine.
SLOW_LINE = "globalThis.cnnscopeLine ??= 'slow';"
FAST_LINE = "globalThis.cnnscopeLine = 'fast';"

_crashed: WeakSet[Page] = WeakSet()


class RendererCrashError(Exception):
    """Chromium's own renderer died while the page was loading; see ``crashing``."""


def visit(page: Page, address: str) -> None:
    """Load the page at an address and wait until it is up."""
    go(page, address)
    wait_until_ready(page)


def go(page: Page, address: str, **how: Any) -> None:
    """Load the page at an address."""
    with _loading(page):
        page.goto(address, **how)


def wait_until_ready(page: Page) -> None:
    """Wait until the page is up, failing with its own words where it gives up."""
    with _loading(page):
        page.wait_for_function(SETTLED)
        state = page.evaluate("document.documentElement.dataset.state")
    assert state == "ready", page.locator("#boot-error").inner_text()


def wait_until_given_up(page: Page) -> str:
    """Wait until the page says that it cannot start; return what it says."""
    with _loading(page):
        page.wait_for_function(SETTLED)
        state, is_visible, role, said = page.evaluate(GIVEN_UP)  # at once: it may go on
    assert (state, is_visible, role) == ("error", True, "alert")
    return str(said)


class Watch:
    """Writes down what a page must not do."""

    def __init__(self, page: Page, home: str) -> None:
        self.problems: list[str] = []
        self.foreign: list[str] = []
        self._home = urlsplit(home).netloc
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.on("request", self._request)

    def check(self) -> None:
        """Fail if the page did anything that it must not do."""
        assert not self.problems, self.problems
        assert not self.foreign, self.foreign

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"console {kind}: {text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._home:
            self.foreign.append(request.url)


def watched(context: BrowserContext, home: str, *, is_kept: bool = False) -> tuple[Page, Watch]:
    """A page not yet opened, and the watch over it.

    Unless ``is_kept``, it is not saved for use without a network, which costs seconds.
    """
    page = context.new_page()
    page.add_init_script(PATIENT + SLOW_LINE)
    if not is_kept:
        page.add_init_script(SWITCH_OFF)
    page.set_default_timeout(LOADING_TIME)
    page.on("crash", _crashed.add)
    return page, Watch(page, home)


@contextmanager
def _loading(page: Page) -> Iterator[None]:
    try:
        yield
    except Error as error:
        if page in _crashed:
            raise RendererCrashError(str(error)) from error
        raise
