"""What comes out of a printer: what is open, whole, on few sheets, in light colours."""

from itertools import takewhile

import pytest
from playwright.sync_api import Page

from support.browser.page_probes import GO, follow, resize
from support.browser.paper import Sheet, on_paper, printed
from support.browser.shared_pages import PHONE
from support.sampling import sampled

pytestmark = pytest.mark.browser

MAPS = 20
"""Of a view that is there, at least: an empty sheet has the mark of the masthead alone."""

# What is open, and on how many sheets it goes before the article.
OPEN = {
    "view=overview": 1,
    "view=conv_1_1/3&cell=5,5": 1,
    "view=conv_2_2/3&cell=5,5&field=on": 1,
    "view=conv_1_2/3&channel=2&cell=5,5": 1,
    "view=relu_1_1/2&cell=3,3": 1,
    "view=max_pool_1/2&cell=9,8": 1,
    "view=output/3&rival=8": 1,
    "view=output/3&softmax=on&logits=3:5": 1,
    "view=picture": 2,
    "node=input/1": 2,
    "node=flatten/3": 1,
    "tour=1": 1,
    "tour=6": 1,
    "tour=8": 1,
}
WINDOWS = [(PHONE["width"], PHONE["height"]), (1920, 947)]
SHEET = (1031, 703)  # px of an A4 sheet on its side without its margins

CUT = """() => {
    const found = [];
    for (const each of document.querySelectorAll('body *')) {
        const text = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!text || !each.checkVisibility({opacityProperty: true, visibilityProperty: true})
            || each.closest('.unseen, .skip, svg, math, script, noscript')) continue;
        const {x, right} = each.getBoundingClientRect();
        const style = getComputedStyle(each);
        const isCut = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
        if (x < -1 || right > innerWidth + 1 || isCut)
            found.push([each.className, each.textContent.slice(0, 60), x, right]);
    }
    return found;
}"""
"""Texts that end outside of the sheet or of their own place."""

DRAWINGS = (
    "[data-node], .label, .class-name, .to-sum, .map-bar, .picture, .row, .ranking button, "
    ".tour-answer, .tools select, .axis input, "
    "input.cell-number, .playground-field input"
)
"""What can be pressed on a screen and shows something on paper."""

PRESSED = """drawings => [
    ...document.querySelectorAll('button, input, select, summary, .see-line, .info')]
    .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(each => !each.matches(drawings))
    .map(each => each.outerHTML.slice(0, 80))"""
"""What is to be seen and can only be pressed."""

STYLES = """() => [...document.body.querySelectorAll('*')].flatMap(element =>
    element.closest('script, noscript, [hidden]') ? [] : [null, '::before', '::after'].map(part => {
        const style = getComputedStyle(element, part);
        return [`${element.tagName}.${element.getAttribute('class')}${part ?? ''}`,
            ...['color', 'backgroundColor', 'backgroundImage', 'borderTopColor', 'outlineColor',
                'fill', 'stroke', 'boxShadow', 'colorScheme'].map(name => style[name])].join(' ');
    }))"""
"""The colours of everything."""


def opened(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets before the article's, which are upright."""
    return list(takewhile(lambda sheet: not sheet.is_upright, sheets))


@pytest.mark.parametrize("address", sampled(OPEN, every=4))
def test_what_is_open_is_printed_whole_with_its_maps_before_the_article(
    still_page: Page, address: str
) -> None:
    follow(still_page, address)
    sheets = printed(still_page)
    first = opened(sheets)
    assert [sheet.has_text for sheet in first] == [True] * OPEN[address]
    assert first[0].maps > MAPS
    article = sheets[len(first) :]
    assert len(article) > 10
    assert all(sheet.is_upright and sheet.has_text for sheet in article)


@pytest.mark.parametrize("window", WINDOWS)
def test_a_sheet_is_the_same_from_any_window(still_page: Page, window: tuple[int, int]) -> None:
    follow(still_page, "view=relu_1_1/2&cell=3,3")
    expected = printed(still_page)
    resize(still_page, window)
    before = still_page.locator(".network").bounding_box()
    assert printed(still_page) == expected
    assert still_page.locator(".network").bounding_box() == before


@pytest.mark.parametrize("language", sampled(["en", "zh"], every=2))
@pytest.mark.parametrize("address", sampled(OPEN, every=4))
def test_on_paper_nothing_is_cut_and_nothing_is_there_only_to_be_pressed(
    still_page: Page, address: str, language: str
) -> None:
    follow(still_page, f"{address}&lang={language}")
    with on_paper(still_page):
        resize(still_page, SHEET)
        assert still_page.evaluate(CUT) == []
        assert still_page.evaluate(PRESSED, DRAWINGS) == []


@pytest.mark.parametrize("address", sampled(OPEN, every=4))
def test_paper_has_the_same_colours_whatever_the_theme(still_page: Page, address: str) -> None:
    follow(still_page, address)
    with on_paper(still_page):
        light = still_page.evaluate(STYLES)
        still_page.emulate_media(color_scheme="dark")
        dark = still_page.evaluate(STYLES)
    assert len(light) > 3000
    assert [pair for pair in zip(light, dark, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("address", ["view=conv_1_2/3", "view=output/3&softmax=on"])
def test_what_still_plays_is_printed_to_its_end(ready_page: Page, address: str) -> None:
    ready_page.evaluate(GO, f"#{address}")
    ready_page.locator(".stage [data-on=replay], .stage [data-on=skip]").wait_for()
    if ready_page.locator(".stage [data-on=play]").count():
        ready_page.locator(".stage [data-on=play]").click()
    ready_page.locator(".stage [data-on=pause]").wait_for()
    with on_paper(ready_page):
        assert ready_page.locator(".stage [data-on=pause]").count() == 0
        assert ready_page.locator(".stage [data-on=replay]").count() == 1
