"""The style sheets in a real browser: within a folder, none depends on its place in the order."""

import pytest
from playwright.sync_api import Page

from building.site.stylesheet import ordered, with_conditions
from prerender.lengths import shared_lengths
from support.browser.console_watch import go, wait_until_ready
from support.browser.page_probes import DRAWN, FINISH, GO, resize
from support.sites import ROOT

pytestmark = pytest.mark.browser

CSS = ROOT / "public" / "css"
TOUR = "#tour=5"
ADDRESSES = [
    "#view=overview",
    "#view=conv_1_2/3&channel=2&cell=5,5",
    "#view=relu_1_1/2&cell=3,3",
    "#view=max_pool_1/2&cell=9,8",
    "#view=output/3&rival=8",
    "#view=output/3&softmax=on&logits=3:5",
    TOUR,
]
SHOWN = [((1440, 900), ADDRESSES), ((390, 844), [*ADDRESSES[1:2], TOUR])]

PUT = """texts => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.disabled = true;
    document.adoptedStyleSheets = texts.map(text => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return sheet;
    });
}"""
"""Has the page use these sheets."""

TAKE_BACK = """() => {
    document.adoptedStyleSheets = [];
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.disabled = false;
}"""

STYLES = """() => document.activeElement.blur() ??
  [...document.body.querySelectorAll('*')].flatMap(element => {
    if (element.closest('script, noscript')) return [];
    return [null, '::before', '::after'].map(part => {
        const style = getComputedStyle(element, part);
        const name = `${element.tagName}.${element.getAttribute('class')}${part ?? ''}`;
        if (part && style.content === 'none') return [name, 0];
        let sum = 0;
        for (const key of style) {
            if (key.startsWith('--')) continue;
            const text = key + style.getPropertyValue(key);
            for (let at = 0; at < text.length; at += 1)
                sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
        }
        return [name, sum];
    });
})"""
"""A sum over all that is computed of every element, none of which has the focus."""


def styles(page: Page) -> list[list[object]]:
    """Everything at every address and size, on a screen and on paper."""
    found = []
    for size, addresses in SHOWN:
        resize(page, size)
        for address in addresses:
            page.evaluate(GO, address)
            page.evaluate(DRAWN)
            page.evaluate(FINISH)
            found += page.evaluate(STYLES)
    page.emulate_media(media="print")
    found += page.evaluate(STYLES)
    page.emulate_media(media="screen")
    return found


@pytest.mark.long
def test_the_order_within_a_folder_changes_nothing(still_page: Page) -> None:
    paths = {path.relative_to(CSS).as_posix(): path for path in CSS.rglob("*.css")}
    written = {name: path.read_text("utf-8") for name, path in paths.items()}
    sheets = with_conditions(written, shared_lengths())
    names = ordered(sheets)
    opposite = {}
    for folder in ("views/", "panels/"):
        found = [name for name in names if name.startswith(folder)]
        assert len(found) > 3
        opposite |= dict(zip(found, reversed(found), strict=True))
    still_page.evaluate(GO, TOUR)  # once begun it can be resumed, as the page says from then on
    still_page.evaluate(PUT, [shared_lengths(), *(sheets[name] for name in names)])
    before = styles(still_page)
    turned = [sheets[opposite.get(name, name)] for name in names]
    still_page.evaluate(PUT, [shared_lengths(), *turned])
    after = styles(still_page)
    still_page.evaluate(TAKE_BACK)
    assert len(before) == len(after) > 10_000
    changed = [was[0] for was, now in zip(before, after, strict=True) if was != now]
    assert changed == []


def test_another_s_style_sheet_that_is_refused_is_not_told_of(
    broken_page: Page, site_url: str
) -> None:
    """As of an extension of the browser."""
    broken_page.add_init_script(
        """addEventListener('DOMContentLoaded', () => {
            const link = Object.assign(document.createElement('link'), {rel: 'stylesheet'});
            link.onerror = () => { globalThis.isRefused = true; };
            link.href = 'chrome-extension://theirs/theirs.css';
            document.head.append(link);
        })"""
    )
    go(broken_page, site_url)
    wait_until_ready(broken_page)
    broken_page.wait_for_function("() => globalThis.isRefused")
    assert not broken_page.locator("#boot-error").is_visible()
