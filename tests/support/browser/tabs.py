"""One way to use a page in each browser: what a ``firefox.Tab`` can do, a Chromium does as well."""

from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser

from support.browser.console_watch import go, watched


class AnyTab(Protocol):
    """A page in a window of some browser."""

    @property
    def problems(self) -> list[str]: ...  # console errors and warnings, exceptions
    @property
    def foreign(self) -> list[str]: ...  # addresses of other hosts that were asked
    def go(self, address: str) -> None: ...
    def run(self, script: str, *given: Any) -> Any: ...
    def click(self, selector: str) -> None: ...
    def choose(self, selector: str, file: Path) -> None: ...
    def back(self) -> None: ...
    def forward(self) -> None: ...
    def close(self) -> None: ...


class ChromiumTab:
    """A page in a window of Chromium, with storage of its own."""

    def __init__(self, browser: Browser, home: str) -> None:
        size = {"width": 1440, "height": 900}
        self._context = browser.new_context(viewport=size, reduced_motion="reduce")
        self._page, self._watch = watched(self._context, home)
        self.problems = self._watch.problems
        self.foreign = self._watch.foreign

    def go(self, address: str) -> None:
        go(self._page, address)

    def run(self, script: str, *given: Any) -> Any:
        return self._page.evaluate(f"given => ({script})(...given)", list(given))

    def click(self, selector: str) -> None:
        self._page.locator(selector).first.click()

    def choose(self, selector: str, file: Path) -> None:
        self._page.locator(selector).set_input_files(file)

    def back(self) -> None:
        self._page.go_back()

    def forward(self) -> None:
        self._page.go_forward()

    def close(self) -> None:
        self._context.close()
