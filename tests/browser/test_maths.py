"""Formulas in a real browser: their font is the page's own, and brackets are as high as what they
enclose."""

import pytest
from playwright.sync_api import Page

from support.browser.page_probes import DRAWN
from support.browser.room import STUCK

pytestmark = pytest.mark.browser

LOADED = """() => document.fonts.load('16px "cnnscope Math"').then(found => found.length)"""

HEIGHTS = """() => {
    const high = each => each.getBoundingClientRect().height;
    const signs = [...document.querySelectorAll('math mo')];
    const named = text => signs.filter(each => each.textContent === text && high(each));
    const fraction = named('⌊')[0].parentElement.querySelector('mfrac');
    return {floor: high(named('⌊')[0]), fraction: high(fraction), plain: high(named('(')[0])};
}"""
"""Of a bracket around a fraction, of that, and of a bracket around letters."""

BLOCKS = """() => [...document.querySelectorAll('article .formula, article p:has(math)')]
    .filter(each => !each.closest('.playground'))
    .map(each => Math.round(each.getBoundingClientRect().height))"""
"""How high formulas are, and paragraphs with letters of formulas in them."""

FORMULAS = """() => [...document.querySelectorAll('.size-formula p')].map(line => {
    const sides = [...line.querySelectorAll('math')].map(each => each.getBoundingClientRect());
    const lines = sides.filter((side, k) => k === 0 || side.top >= sides[k - 1].bottom - 1);
    const {scrollWidth, clientWidth} = line.parentElement;
    return [scrollWidth > clientWidth, lines.length, sides.length];
})"""
"""Whether a formula has no room, in how many lines it stands, and of how many sides it is."""

STOPS = """count =>
    document.querySelectorAll('.size-formula[tabindex="0"]').length === count"""
"""Whether so many formulas can be reached by Tab."""

ENLARGE = """size => {
    for (const each of document.querySelectorAll('.size-formula math')) each.style.fontSize = size;
}"""


def test_formulas_are_set_in_the_font_that_is_shipped(still_page: Page) -> None:
    assert still_page.evaluate(LOADED) == 1
    session = still_page.context.new_cdp_session(still_page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    asked = {"nodeId": root, "selector": "math :is(mi, mn, mo)"}
    found = session.send("DOM.querySelectorAll", asked)["nodeIds"]
    assert len(found) > 200
    for node in found:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        others = [font["familyName"] for font in fonts if not font["isCustomFont"]]
        assert others == [], session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
    session.detach()


def test_nothing_moves_when_the_font_of_formulas_arrives(still_page: Page) -> None:
    still_page.set_viewport_size({"width": 1440, "height": 900})
    still_page.evaluate("() => delete document.documentElement.dataset.article")
    assert still_page.evaluate(LOADED) == 1
    there = still_page.evaluate(BLOCKS)
    still_page.evaluate("() => { document.documentElement.dataset.state = 'loading'; }")
    without = still_page.evaluate(BLOCKS)
    still_page.evaluate("() => { document.documentElement.dataset.state = 'ready'; }")
    assert len(there) > 5
    assert without == there


def test_a_bracket_is_as_high_as_what_it_encloses(still_page: Page) -> None:
    assert still_page.evaluate(LOADED) == 1
    heights = still_page.evaluate(HEIGHTS)
    assert heights["floor"] >= 0.9 * heights["fraction"]
    assert heights["floor"] > 1.5 * heights["plain"]


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_size_of_an_output_has_room_in_a_line(still_page: Page, width: int) -> None:
    still_page.set_viewport_size({"width": width, "height": 800})
    assert still_page.evaluate(LOADED) == 1
    still_page.evaluate(DRAWN)
    found = still_page.evaluate(FORMULAS)
    assert [(is_longer, lines) for is_longer, lines, _ in found] == [(False, 1)] * 3


def test_the_size_of_an_output_ends_a_line_before_an_equals_sign(still_page: Page) -> None:
    still_page.set_viewport_size({"width": 390, "height": 800})
    still_page.evaluate(ENLARGE, "1.5rem")
    found = still_page.evaluate(FORMULAS)
    still_page.evaluate(ENLARGE, "")
    assert [lines for _, lines, _ in found] == [2, 2, 2]
    assert max(sides for _, _, sides in found) == 4


def test_a_formula_that_has_no_room_is_scrolled_by_keyboard(still_page: Page) -> None:
    still_page.set_viewport_size({"width": 390, "height": 800})
    still_page.evaluate(ENLARGE, "3.5rem")
    still_page.wait_for_function(STOPS, arg=2)
    assert still_page.evaluate(STUCK) == []
    still_page.evaluate(ENLARGE, "")
    still_page.wait_for_function(STOPS, arg=0)
