"""The page in a real browser where its font is another: what it says still has room, and what
scrolls can be scrolled by keyboard.

The fonts are those of this machine with the measures of others, so that they need not be here.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import visit, watched
from support.browser.room import without_room
from support.sampling import sampled_rows

pytestmark = pytest.mark.browser

FONTS = {
    "here": "",  # as this machine has them
    "tall": "ascent-override: 116%; descent-override: 29%",  # as fonts with Han are
    "wide": "size-adjust: 108%; ascent-override: 106%; descent-override: 29%",
}
SIZES = [(1440, 900), (1024, 768), (390, 844)]

SET = """font => {
    document.adoptedStyleSheets = [];
    if (!font) return;
    const local = ['DejaVu Sans', 'Liberation Sans', 'Arial', 'Helvetica'];
    const source = local.map(name => `local("${name}")`).join();
    const sheet = new CSSStyleSheet();
    sheet.insertRule(`@font-face { font-family: other; src: ${source}; ${font} }`);
    sheet.insertRule(':root, :root * { font-family: other, sans-serif !important }', 1);
    document.adoptedStyleSheets = [sheet];
    return document.fonts.load('16px other').then(found => console.assert(found.length));
}"""
"""Has the page use a font with these measures."""


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page, up, for a visitor who asked for little motion."""
    context = browser.new_context(reduced_motion="reduce")
    page, watch = watched(context, site_url)
    visit(page, site_url)
    yield page
    context.close()
    watch.check()


@pytest.mark.parametrize(
    ("font", "size", "language"), sampled_rows(product(FONTS, SIZES, ["en", "zh"]), every=4)
)
def test_another_font_has_room(page: Page, font: str, size: tuple[int, int], language: str) -> None:
    page.evaluate(SET, FONTS[font])
    assert without_room(page, size, language) == []
