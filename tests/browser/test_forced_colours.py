"""Where a visitor's own few colours replace the page's, every mark that tells something is seen.

A shadow is left out there, and a ground becomes the page's; so each mark is looked at with and
without what makes it one, and whatever is drawn by such means alone is found.
"""

import io
from typing import Any, Literal

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from support.browser.page_probes import DRAWN, GO, follow
from support.sampling import sampled

pytestmark = pytest.mark.browser

CONVOLUTION = "view=conv_1_2/3&channel=2&cell=5,5&field=on"
EDITED = "kernel=conv_1_1/3/0:1,0,-1,1,0,-1,1,0,-1"
RELU = "view=relu_1_1/2&cell=3,3"
POOLING = "view=max_pool_1/2&cell=9,8"
FLATTEN = "view=output/3&rival=8&element=800&field=on"
SOFTMAX = "view=output/3&softmax=on&logits=3:5"
CARD = "node=input/1"
CHANGED = "change=grey,patch:20-14"
CHANGING = f"{CHANGED}&view=picture"
PLAYGROUND = "play=7,3,1,1,1"
TOUR = "tour=5"

# Where a mark is to be seen, and which; with an attribute, what is marked by having it.
MARKS = [
    ("view=overview", "[data-first] .bar > span", ""),
    ("view=overview", ".legend-bar", ""),
    ("view=overview", ".tile[aria-pressed=true]", "aria-pressed"),
    (EDITED, ".node[data-edited]", "data-edited"),
    (CHANGED, ".picture[data-edited]", "data-edited"),
    (CHANGING, ".drawn-on .frame", ""),
    (CHANGING, "[data-key='changes.bar/after/0']", ""),
    (CHANGING, ".changes-named [aria-pressed=true]", "aria-pressed"),
    (CONVOLUTION, ".window", ""),
    (CONVOLUTION, ".picture .field", ""),
    (CONVOLUTION, ".row[aria-expanded=true]", "aria-expanded"),
    (CONVOLUTION, ".node[aria-expanded=true]", "aria-expanded"),
    (CONVOLUTION, ".kernel", ""),
    (CONVOLUTION, "input.cell-number", ""),
    (RELU, ".stage .window", ""),
    (RELU, ".zoom path", ""),
    (RELU, ".graph .point", ""),
    (RELU, ".share > span", ""),
    (POOLING, ".stage .window", ""),
    (POOLING, ".winner", ""),
    (POOLING, ".competitor[data-winner]", "data-winner"),
    (FLATTEN, ".marked-cell", ""),
    (FLATTEN, ".marked-element", ""),
    (FLATTEN, ".ranking .swatch", ""),
    (FLATTEN, ".chip output", ""),
    (SOFTMAX, ".axis input", ""),
    (SOFTMAX, ".axis::before", ""),
    (SOFTMAX, ".weights[data-changed] .axis::after", ""),
    (SOFTMAX, ".weight .own", ""),
    (SOFTMAX, "[data-chosen] .weight .bar > span", ""),
    (SOFTMAX, ".weights[data-chosen]", "data-chosen"),
    (SOFTMAX, ".weights[data-marked]", "data-marked"),
    (SOFTMAX, ".term[data-marked]", "data-marked"),
    (SOFTMAX, ".shares > [data-chosen]", ""),
    (SOFTMAX, ".shares > [data-marked]", "data-marked"),
    (CARD, ".map .cell", ""),
    (TOUR, ".tour li a[aria-current]", "aria-current"),
    (PLAYGROUND, ".playground-map .halo", ""),
    (PLAYGROUND, ".playground-map .cells .pad", ""),
]

TAKE = """([selector, attribute]) => {
    const [, base, part] = /^(.*?)(::.*)?$/.exec(selector);
    const target = [...document.querySelectorAll(base)]
        .find(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}));
    target.scrollIntoView({block: 'center', inline: 'center'});
    const {x, y, width, height} = target.getBoundingClientRect();
    const value = target.getAttribute(attribute);
    globalThis.takeAway = () => {
        if (attribute) return target.removeAttribute(attribute);
        const sheet = new CSSStyleSheet();
        target.setAttribute('data-unseen', '');
        sheet.replaceSync(`[data-unseen]${part ?? ''} { visibility: hidden !important }`);
        document.adoptedStyleSheets = [sheet];
    };
    globalThis.putBack = () => {
        if (attribute) return target.setAttribute(attribute, value);
        target.removeAttribute('data-unseen');
        document.adoptedStyleSheets = [];
    };
    return {x: Math.max(0, x - 10), y: Math.max(0, y - 10), width: width + 20, height: height + 20};
}"""
"""Brings a mark to the middle of the window; where it is. ``takeAway()`` takes it away."""

CLEAR = 60
"""A difference of lightness, of 255, that nobody overlooks."""
LEAST = 6
"""Pixels that must be so different: as many as the shortest of the marks has."""

MARK_EACH = """() => {
    for (const selector of ['.weights[data-mark]', '.term', '.shares > span'])
        document.querySelectorAll(selector)[6].setAttribute('data-marked', '');
}"""
"""What pointing at a class does to it, in all three places."""

LEAVES = """() => [...document.body.querySelectorAll('*')].flatMap(element => {
    if (element.closest('script, svg, math, canvas, img, select, [hidden]')) return [];
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) return [];
    const isLeaf = !element.childElementCount && !element.textContent.trim();
    return [...(isLeaf ? [null] : []), '::before', '::after'].flatMap(part => {
        const style = getComputedStyle(element, part);
        if (part && ['none', 'normal'].includes(style.content)) return [];
        if (style.opacity === '0') return [];
        if (element.tagName === 'INPUT' && style.appearance !== 'none') return [];
        if (part && /[^"' ]/.test(style.content.split('/')[0])) return []; // it is a text
        const has = color => !/^rgba.*, 0\\)$|\\/ 0\\)$/.test(color);
        const lines = ['Top', 'Bottom'].some(side => style[`border${side}Style`] !== 'none'
            && parseFloat(style[`border${side}Width`]) && has(style[`border${side}Color`]));
        const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth);
        const ground = has(style.backgroundColor) && style.backgroundColor;
        const name = `${element.tagName}.${element.getAttribute('class')}`
            + (element.dataset.key ? `[${element.dataset.key.split('/')[0]}]` : '') + (part ?? '');
        return [[name, style.boxShadow !== 'none' || style.backgroundImage !== 'none' || lines
            || Boolean(outline), ground]];
    });
})"""
"""What is empty and drawn by style alone: its name, whether by more than a ground, its ground."""

# Grounds that are to look like the page's: they cover what the window has not come to.
COVERS = {"below", "rest"}


def go(page: Page, address: str, scheme: Literal["light", "dark"] = "light") -> None:
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    follow(page, address)
    if address == SOFTMAX:
        page.evaluate(MARK_EACH)
    if address == CARD:
        page.locator(".map").hover()
        page.locator(".map .cell").wait_for()


def seen(page: Page, clip: Any) -> np.ndarray:
    """Lightness of what is there, (rows, cols)."""
    page.evaluate(DRAWN)
    shot = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    return np.asarray(shot.convert("L"), np.int16)


PLACES = dict.fromkeys(address for address, _, _ in MARKS)


@pytest.fixture
def plain_page(still_page: Page) -> Any:
    """A page whose visitor goes back to the page's own colours."""
    yield still_page
    still_page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("address", sampled(PLACES, every=3))
def test_every_mark_is_seen_in_forced_colours(plain_page: Page, address: str) -> None:
    marks = [(selector, by) for where, selector, by in MARKS if where == address]
    unseen = []
    plain_page.evaluate(GO, "#details=off")  # an address can be gone to once
    for scheme in ("light", "dark"):
        go(plain_page, address, scheme)
        for selector, by in marks:
            clip = plain_page.evaluate(TAKE, [selector, by])
            there = seen(plain_page, clip)
            plain_page.evaluate("takeAway()")
            changed = np.abs(there - seen(plain_page, clip)) > CLEAR
            plain_page.evaluate("putBack()")
            if changed.sum() < LEAST:
                unseen.append((scheme, selector, int(changed.sum())))
    assert unseen == []


@pytest.mark.parametrize("address", sampled(PLACES, every=3))
def test_nothing_is_drawn_by_what_forced_colours_leave_out(plain_page: Page, address: str) -> None:
    go(plain_page, address)
    plain_page.emulate_media(forced_colors="none")
    drawn = {name for name, *by in plain_page.evaluate(LEAVES) if any(by)}
    plain_page.emulate_media(forced_colors="active")
    page_ground = plain_page.evaluate("getComputedStyle(document.body).backgroundColor")
    left = {
        name
        for name, is_lined, ground in plain_page.evaluate(LEAVES)
        if is_lined or ground not in (False, page_ground)
    }
    assert drawn
    assert {name for name in drawn - left if name.split(".")[1] not in COVERS} == set()
