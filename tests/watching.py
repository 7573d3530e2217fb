"""Waiting for a page in Chromium, and writing down what it must not do."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

LOADING_TIME = 90_000  # ms; for a machine that is busy
SETTLED = "document.documentElement.dataset.state !== 'loading'"


def wait_until_ready(page: Page) -> None:
    """Wait until the page is up, failing with its own words where it gives up."""
    page.wait_for_function(SETTLED)
    state = page.evaluate("document.documentElement.dataset.state")
    assert state == "ready", page.locator("#boot-error").inner_text()


def wait_until_given_up(page: Page) -> str:
    """Wait until the page says that it cannot start; return what it says."""
    page.wait_for_function(SETTLED)
    assert page.evaluate("document.documentElement.dataset.state") == "error"
    box = page.locator("#boot-error")
    assert box.is_visible()
    assert box.get_attribute("role") == "alert"
    return box.locator("p").inner_text()


class Watch:
    """Writes down what a page must not do."""

    def __init__(self, page: Page, home: str) -> None:
        self.problems: list[str] = []
        self.foreign: list[str] = []
        self._home = urlsplit(home).netloc
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.on("request", self._request)

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"console {kind}: {text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._home:
            self.foreign.append(request.url)


def watched(context: BrowserContext, home: str) -> tuple[Page, Watch]:
    page = context.new_page()
    page.set_default_timeout(LOADING_TIME)
    return page, Watch(page, home)
