"""The style sheets in a real browser: within a folder, none depends on its place in the order."""

import pytest
from playwright.sync_api import Page

from looking import DRAWN, FINISH, GO, resize

pytestmark = pytest.mark.browser

ADDRESSES = [
    "#view=overview",
    "#node=conv_1_2/3",
    "#view=conv_1_2/3&channel=2&cell=5,5",
    "#view=relu_1_1/2&cell=3,3",
    "#view=max_pool_1/2&cell=9,8",
    "#view=output/3&rival=8",
    "#view=output/3&softmax=on&logits=3:5",
    "#tour=5",
]
SIZES = [(1440, 900), (390, 844)]

REVERSE = """async folder => {
    const links = [...document.querySelectorAll(`link[href^="./css/${folder}/"]`)];
    const place = links.at(-1).nextSibling;
    const loaded = links.map(link => new Promise(done => { link.onload = done; }));
    for (const link of links.reverse()) place.before(link);
    await Promise.all(loaded);
    return links.length;
}"""
"""Puts the sheets of a folder in the opposite order."""

STYLES = """() => [...document.body.querySelectorAll('*')].flatMap(element => {
    if (element.closest('script, noscript')) return [];
    return [null, '::before', '::after'].map(part => {
        const style = getComputedStyle(element, part);
        if (part && style.content === 'none') return '';
        const name = `${element.tagName}.${element.getAttribute('class')}${part ?? ''}`;
        return [name, ...[...style].map(key => key + style.getPropertyValue(key))].join(';');
    });
})"""
"""All that is computed of every element, a line each."""


def styles(page: Page) -> list[str]:
    """Everything at every address and size, on a screen and on paper."""
    found = []
    for size in SIZES:
        resize(page, size)
        for address in ADDRESSES:
            page.evaluate(GO, address)
            page.evaluate(DRAWN)
            page.evaluate(FINISH)
            found += page.evaluate(STYLES)
    page.emulate_media(media="print")
    found += page.evaluate(STYLES)
    page.emulate_media(media="screen")
    return found


@pytest.mark.parametrize("folder", ["views", "panels"])
def test_the_order_within_a_folder_changes_nothing(still_page: Page, folder: str) -> None:
    before = styles(still_page)
    assert still_page.evaluate(REVERSE, folder) > 3
    after = styles(still_page)
    still_page.evaluate(REVERSE, folder)
    assert len(before) == len(after) > 10_000
    changed = [was.split(";")[0] for was, now in zip(before, after, strict=True) if was != now]
    assert changed == []
