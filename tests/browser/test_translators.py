"""What extensions and translators do to a page: turn it round, rewrite its texts, darken it."""

import pytest
from playwright.sync_api import Page

from support.browser.page_probes import DRAWN, FINISH, follow
from support.browser.shared_pages import LEAVE
from support.sampling import sampled

pytestmark = pytest.mark.browser

ADDRESSES = [
    "view=overview",
    "node=conv_1_1/3",
    "view=conv_1_2/3&channel=2&cell=5,5",
    "view=relu_1_1/2&cell=3,3",
    "view=max_pool_1/2&cell=9,8",
    "view=output/3&rival=8&element=800",
    "view=output/3&softmax=on&logits=3:5",
    "tour=4",
    "play=7,3,0,1,1&play-kernel=1,-2,3,-4,5,-6,7,8,9",
]

TEXTS = """
function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && !parent.closest('script, style, noscript'))
            found.push(walker.currentNode);
    }
    return found;
}
"""

SIGNS = (
    "() => {"
    + TEXTS
    + """
    const wrong = [];
    let signs = 0;
    const range = document.createRange();
    const box = (text, at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect();
    };
    for (const text of texts()) {
        for (const {index, 0: pair} of text.data.matchAll(/[−<>]\\d|\\d\\s?%/g)) {
            const [first, last] = [box(text, index), box(text, index + pair.length - 1)];
            if (!first.width || Math.abs(first.y - last.y) > 3) continue;
            signs += 1;
            if (first.x > last.x) wrong.push(text.data);
        }
    }
    return [signs, wrong];
}"""
)
"""How many signs there are beside a digit, and the texts in which one stands on its other side."""

PLACES = """() => [...document.querySelectorAll('.explainer *, #playground *, article math *')]
    .filter(each => each.checkVisibility())
    .map(each => {
        const {x, width} = each.getBoundingClientRect();
        return `${each.tagName} ${each.dataset?.key ?? each.getAttribute('class')} `
            + `${Math.round(x)} ${Math.round(width)}`;
    })"""
"""Where everything stands that is drawn, from left to right."""

LITERALS = (
    "() => {"
    + TEXTS
    + """
    const isNumber = text => /\\d/.test(text) && !/\\p{Letter}/u.test(text.replace('exp', ''));
    const isLayer = text => /^(conv|relu|max_pool)_\\d(_\\d)?$/.test(text);
    return texts().filter(text => text.parentElement.closest('.explainer, .playground, .live'))
        .filter(text => !text.parentElement.closest('[translate=no]'))
        .filter(text => isNumber(text.data.trim()) || isLayer(text.data.trim()))
        .map(text => `${text.parentElement.className} ${text.parentElement.dataset.key ?? ''}: `
            + text.data);
}"""
)
"""Numbers and names of layers that stand alone, and that a translator would take for words."""

KEPT_WORDS = """() => [...document.querySelectorAll('[translate=no]')]
    .filter(each => !each.closest('code, math, h1, .label-full'))
    .map(each => each.textContent)
    .filter(text => /\\p{Letter}{3}/u.test(text.replaceAll(/exp|\\w+_\\d(_\\d)?|input/g, '')))"""
"""Words that no translator may touch, and should."""

TRANSLATE = (
    "() => {"
    + TEXTS
    + """
    for (const text of texts()) {
        if (text.parentElement.closest('svg, font')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
    }
    return document.querySelectorAll('font > font').length;
}"""
)
"""Does what Google Translate does to a page, with words that stay as they are."""

SHOWN = """() => [...document.querySelectorAll('.explainer, .playground, .tour')]
    .map(each => each.innerText.split(/\\s+/).join(' '))"""


@pytest.fixture
def turned_page(still_page: Page) -> object:
    """A page whose document an extension turns round, and back."""
    yield still_page
    still_page.evaluate("document.documentElement.removeAttribute('dir')")


@pytest.mark.parametrize("address", sampled(ADDRESSES, every=3))
def test_a_mirrored_page_keeps_its_drawings_and_the_signs_of_its_numbers(
    turned_page: Page, address: str
) -> None:
    follow(turned_page, address)
    before = turned_page.evaluate(PLACES)
    turned_page.evaluate("document.documentElement.dir = 'rtl'")
    turned_page.evaluate(DRAWN)
    signs, wrong = turned_page.evaluate(SIGNS)
    assert signs > 20
    assert wrong == []
    assert turned_page.evaluate(PLACES) == before


@pytest.mark.parametrize("address", sampled(ADDRESSES, every=3))
def test_numbers_and_names_of_layers_are_kept_from_translators(
    still_page: Page, address: str
) -> None:
    follow(still_page, address)
    assert still_page.locator("[translate=no]").count() > 100
    assert still_page.evaluate(LITERALS) == []
    assert still_page.evaluate(KEPT_WORDS) == []


def use(page: Page, *, is_translated: bool) -> list[list[str]]:
    """What the page shows at each step of a visit."""
    shown = []
    page.mouse.move(0, 0)
    page.evaluate(LEAVE)
    page.evaluate("document.activeElement.blur()")  # what is read out of it goes

    def step() -> None:
        page.evaluate(DRAWN)
        page.evaluate(FINISH)
        shown.append(page.evaluate(SHOWN))
        if is_translated:
            assert page.evaluate(TRANSLATE) > 100

    for address in ADDRESSES:
        follow(page, address)
        step()
    follow(page, "view=conv_1_2/3&cell=5,5")
    step()
    page.locator("[data-action=step]").first.click()
    step()
    page.locator("[data-sample=pizza]").click()
    step()
    page.locator("[data-key='channel/2']").click()
    step()
    page.locator("input[data-key^='card.weight']").first.fill("0.5")
    step()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    step()
    page.locator("[data-key='playground.stride']").fill("2")
    step()
    return shown


def test_a_translated_page_goes_on_with_the_right_numbers(still_page: Page) -> None:
    expected = use(still_page, is_translated=False)
    still_page.evaluate(TRANSLATE)
    assert use(still_page, is_translated=True) == expected


def test_the_page_says_that_it_has_a_dark_theme_of_its_own(still_page: Page) -> None:
    scheme = still_page.locator("meta[name=color-scheme]").get_attribute("content")
    assert scheme == "light dark"
    assert still_page.locator("meta[name=darkreader-lock]").count() == 1
