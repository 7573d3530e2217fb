"""A visitor who was here before: the page is kept for use without a network, with its image.

visitor = returning(browser, host)
page, watch = begin(visitor, host)
"""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.browser.console_watch import Watch, visit, watched
from support.browser.static_host import Host

REVIVED = "() => performance.getEntriesByName('boot-revived').length"


def returning(browser: Browser, host: Host) -> BrowserContext:
    """A profile whose first visit is over."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, _ = begin(context, host)
    wait_until_kept(page)
    assert not page.evaluate(REVIVED)
    page.close()
    return context


def begin(visitor: BrowserContext, host: Host, script: str = "") -> tuple[Page, Watch]:
    """The page, up, in a window of its own; the script runs before all others."""
    page, watch = watched(visitor, host.url, is_kept=True)
    page.add_init_script(script)
    visit(page, host.url)
    return page, watch


def wait_until_kept(page: Page) -> None:
    """Wait until all of the page is kept."""
    expect(page.locator("#offline")).to_have_text("Ready for use without a network")
