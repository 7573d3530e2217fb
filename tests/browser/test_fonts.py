"""The page in a real browser where its font is another: what it says still has room, and what
scrolls can be scrolled by keyboard.

The fonts are those of this machine with the measures of others, so that they need not be here.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import visit, watched
from support.browser.lines import ADDRESSES, GIVES_WAY, LINES, overlaps
from support.browser.page_probes import DRAWN, FINISH, GO, resize

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

STUCK = """() => [...document.querySelectorAll('body *')].filter(each => {
    const {overflowX, overflowY} = getComputedStyle(each);
    const across = /auto|scroll/.test(overflowX) && each.scrollWidth > each.clientWidth + 1;
    const down = /auto|scroll/.test(overflowY) && each.scrollHeight > each.clientHeight + 1;
    const reached = '[tabindex="0"], a[href], button, input, select, textarea, summary';
    return (across || down) && each.checkVisibility({visibilityProperty: true})
        && !each.closest('[inert]') && !each.matches(reached) && !each.querySelector(reached);
}).map(each => `${each.localName}.${each.getAttribute('class')}`)"""
"""What can be scrolled, and has nothing that the keyboard reaches."""


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page, up, for a visitor who asked for little motion."""
    context = browser.new_context(reduced_motion="reduce")
    page, watch = watched(context, site_url)
    visit(page, site_url)
    yield page
    context.close()
    watch.check()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("font", FONTS)
def test_another_font_has_room(page: Page, font: str, size: tuple[int, int], language: str) -> None:
    resize(page, size)
    page.evaluate(SET, FONTS[font])
    problems = []
    for address in ADDRESSES:
        page.evaluate(GO, f"{address}&lang={language}")
        page.evaluate(DRAWN)
        page.evaluate(FINISH)
        lines = page.evaluate(LINES)
        assert len(lines) > 30
        found = {
            "too wide": page.evaluate("document.documentElement.scrollWidth") > size[0],
            "stuck": page.evaluate(STUCK),
            "cut": [line["text"] for line in lines if line["isCut"]],
            "over each other": overlaps(lines),
        }
        found["cut"] = [text for text in found["cut"] if text not in GIVES_WAY]
        problems += [(address, what, each) for what, each in found.items() if each]
    assert problems == []
