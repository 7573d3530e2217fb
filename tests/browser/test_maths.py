"""Formulas in a real browser: their font is the page's own, and brackets are as high as what they
enclose."""

import pytest
from playwright.sync_api import Page

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


def test_a_bracket_is_as_high_as_what_it_encloses(still_page: Page) -> None:
    assert still_page.evaluate(LOADED) == 1
    heights = still_page.evaluate(HEIGHTS)
    assert heights["floor"] >= 0.9 * heights["fraction"]
    assert heights["floor"] > 1.5 * heights["plain"]


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_size_of_an_output_breaks_before_an_equals_sign(still_page: Page, width: int) -> None:
    still_page.set_viewport_size({"width": width, "height": 800})
    assert still_page.evaluate(LOADED) == 1
    formula = still_page.locator(".size-formula")
    formula.scroll_into_view_if_needed()
    cut = formula.evaluate("each => each.scrollWidth > each.clientWidth")
    assert not cut or formula.get_attribute("tabindex") == "0"
    assert cut is False
