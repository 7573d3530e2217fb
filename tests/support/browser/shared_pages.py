"""Pages that are up already, lent from test to test: a start costs seconds, this a blink.

    visits = Visits(browser, site_url)
    with visits.lent("still") as page: ...

A page that is lent shows what it showed when it came up, or it is loaded anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import Watch, go, visit, watched
from support.browser.page_probes import FINISH
from support.browser.renderer_crashes import has_failed

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

KINDS: dict[str, dict[str, Any]] = {
    "moving": {"viewport": DESKTOP},
    "still": {"viewport": DESKTOP, "reduced_motion": "reduce"},
    "touch": {
        "viewport": PHONE, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce",
    },
    "probed": {"viewport": DESKTOP},
}  # fmt: skip
"""Who visits: what Playwright emulates for them."""

QUERIES = {"probed": "?probe"}
"""What follows the page's address; ``?probe`` lays its numbers open to scripts."""

LEAVE = (
    """async () => {
    const finish = """
    + FINISH
    + """;
    finish();
    history.pushState(null, '', location.pathname + location.search);
    dispatchEvent(new PopStateEvent('popstate'));
    finish();
    await new Promise(requestAnimationFrame);
}"""
)
"""To the overview of the first sample, as it is without an address."""

FORGET = """async () => {
    document.querySelector("[data-node='input/0']").focus();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    document.body.blur();
    document.getElementById('announcer').textContent = '';
    for (const each of [document.scrollingElement, ...document.querySelectorAll('.scroller')])
        each.scrollTo(0, 0);
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
}"""
"""Have Tab begin at the top, and come to the first node; needs a key pressed before it."""

SHOWN = """() => {
    const copy = document.body.cloneNode(true);
    const changing = '[inert], [hidden], #announcer, #offline';
    for (const each of copy.querySelectorAll(changing)) each.remove();
    copy.querySelector('.network').removeAttribute('data-wave');
    return copy.outerHTML;
}"""
"""All that can be seen or reached, but pixels."""


IS_ELSEWHERE = "document.querySelector('.explainer').dataset.network !== 'photos'"
"""Whether another network is on the page than most tests count on."""


@dataclass
class Visit:
    """A page that is up."""

    page: Page
    watch: Watch
    shown: str = ""  # when it came up


class Visits:
    """At most one page of each kind, kept for the whole run."""

    def __init__(self, browser: Browser, home: str) -> None:
        self._browser = browser
        self._home = home
        self._visits: dict[str, Visit] = {}

    @contextmanager
    def lent(self, kind: str, test: pytest.Item, *, as_left: bool = False) -> Iterator[Page]:
        """A page of a kind; the test fails on any console error or foreign request.

        ``as_left`` leaves the page as the test before left it, with the network of a start. A page
        on which a test failed is given up.
        """
        known = self._visits.pop(kind, None)
        try:
            if known is None:
                known = self._begin(kind)
            elif not as_left or known.page.evaluate(IS_ELSEWHERE):
                self._bring_back(known, kind)
            yield known.page
            known.watch.check()
            if not has_failed(test):
                self._visits[kind] = known
        finally:
            if known is not None and kind not in self._visits:
                known.page.context.close()

    def _begin(self, kind: str) -> Visit:
        context = self._browser.new_context(**KINDS[kind])
        try:
            page, watch = watched(context, self._home)
            visit(page, self._home + QUERIES.get(kind, ""))
        except BaseException:
            context.close()
            raise
        return Visit(page, watch, _overview(page))

    def _bring_back(self, known: Visit, kind: str) -> None:
        page = known.page
        options = KINDS[kind]
        page.emulate_media(
            color_scheme="light", reduced_motion=options.get("reduced_motion", "no-preference")
        )
        page.set_viewport_size(options["viewport"])
        if _overview(page) != known.shown:  # as with a visitor's own picture
            go(page, "about:blank")
            visit(page, self._home + QUERIES.get(kind, ""))
            assert _overview(page) == known.shown


LAID_OUT = "() => !document.documentElement.dataset.article"
"""Whether the article under the network stands there to its end."""


def _overview(page: Page) -> str:
    """Bring the page back to what it shows at its start; returns what it shows."""
    page.wait_for_function(LAID_OUT)
    page.mouse.move(0, 0)
    page.evaluate(LEAVE)
    page.keyboard.press("Tab")
    page.evaluate(FORGET)
    return page.evaluate(SHOWN)
