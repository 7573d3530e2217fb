"""The guided tour in a real browser: by keyboard, by links, with Back, at every size."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from cnnscope.state.tour import STOPS
from support.browser.console_watch import visit
from support.browser.page_probes import (
    DRAWN,
    FINISH,
    FOCUSED,
    GO,
    NODES,
    SIZES,
    check_access,
    resize,
    view,
)
from support.sampling import sampled

COUNT = len(STOPS)

CANVASES = """() => {
    const copy = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const number = each => {
        copy.canvas.width = each.width;
        copy.canvas.height = each.height;
        copy.drawImage(each, 0, 0);
        return copy.getImageData(0, 0, each.width, each.height).data
            .reduce((sum, byte) => (sum * 31 + byte) | 0, 7);
    };
    return Object.fromEntries([...document.querySelectorAll('canvas[data-paint]')]
        .filter(each => !each.closest('[inert]') && each.width)
        .map(each => [each.dataset.paint, number(each)]));
}"""
"""A number for the pixels of each canvas that can be seen."""

SHOWN = """() => ({
    title: document.querySelector('#tour h2')?.textContent,
    question: document.querySelector('.tour-question')?.textContent,
    address: location.hash,
    view: document.querySelector('.explainer').dataset.view,
})"""

PANEL = """() => {
    const box = selector => {
        const {x, y, right, bottom} = document.querySelector(selector).getBoundingClientRect();
        return [x, y, right, bottom];
    };
    return {
        panel: box('.tour'), network: box('#network'),
        width: [document.documentElement.scrollWidth, innerWidth], height: innerHeight,
    };
}"""


def screen(page: Page) -> dict[str, Any]:
    """All that a stop shows, once nothing moves."""
    page.evaluate(FINISH)
    page.evaluate(DRAWN)
    return {
        **page.evaluate(SHOWN),
        "nodes": page.evaluate(NODES),
        "pixels": page.evaluate(CANVASES),
    }


def test_the_tour_can_be_gone_by_keyboard_alone_and_each_link_shows_the_same(
    still_page: Page,
) -> None:
    keys = still_page.keyboard
    still_page.locator(".tour-start").focus()
    keys.press("Enter")
    walked = []
    for number in range(1, COUNT + 1):
        still_page.wait_for_function(f"() => location.hash === '#tour={number}'")
        assert still_page.evaluate(FOCUSED) == "tour.title"
        walked.append(screen(still_page))
        if number == COUNT:
            break  # it asks nothing
        place = STOPS_RIGHT[number - 1]
        keys.press("Tab")  # to the first answer: the way back is hidden
        for _ in range(place):
            keys.press("Tab")
        assert still_page.evaluate(FOCUSED) == f"tour.answer/{place}"
        keys.press("Enter")
        outcome = still_page.locator(".tour-outcome").inner_text()
        assert outcome.startswith("Right. ")
        assert still_page.locator("#announcer").inner_text() == outcome
        assert still_page.evaluate(FOCUSED) == f"tour.answer/{place}"
        keys.press("n")
    keys.press("Tab")
    while still_page.evaluate(FOCUSED) != "tour.finish":
        keys.press("Tab")
    keys.press("Enter")
    assert still_page.locator(".tour").count() == 0
    assert still_page.evaluate(FOCUSED) == "tour.start"
    assert still_page.locator(".tour-start").inner_text() == "Guided tour"
    for number, before in enumerate(walked, 1):
        still_page.evaluate(GO, f"#tour={number}")
        linked = screen(still_page)
        assert linked == before, number
    assert len({json.dumps(each["title"]) for each in walked}) == COUNT


STOPS_RIGHT = (0, 1, 1, 0, 0, 2, 1, 1, 1, 2, 1)
"""The right answer of each stop that asks, as test_questions works them out."""

ABOVE_SHEET = """key => {
    const box = document.querySelector(`[data-key="${key}"]`).getBoundingClientRect();
    const sheet = document.querySelector('.tour').getBoundingClientRect();
    return [box.top, Math.min(box.bottom, sheet.top), sheet.top];
}"""

ON_A_PHONE = {
    1: "input/2", 2: "card.product/8", 3: "channel/2", 4: "conv_1_1/5", 5: "explained",
    6: "value/3", 7: "explained", 8: "bar/9", 9: "class/8.slider",
}  # fmt: skip
"""What of some stops is to be seen above the sheet, whole."""


def test_on_a_phone_what_a_stop_is_about_is_above_the_sheet(still_page: Page) -> None:
    resize(still_page, (390, 844))
    for number, key in ON_A_PHONE.items():
        still_page.evaluate(GO, f"#tour={number}")
        still_page.evaluate(FINISH)
        still_page.evaluate(DRAWN)
        top, bottom, sheet = still_page.evaluate(ABOVE_SHEET, key)
        assert 0 <= top < bottom < sheet, number


def test_a_covered_map_is_not_to_be_seen_before_the_answer(still_page: Page) -> None:
    still_page.evaluate(GO, "#tour=4")
    still_page.evaluate(DRAWN)
    for key in ("conv_1_1/5", "relu_1_1/5"):
        map_ = still_page.locator(f"[data-paint='{key}']")
        assert map_.is_hidden()
    assert still_page.locator("[data-paint='conv_1_1/4']").is_visible()
    still_page.locator("[data-key='tour.answer/0']").click()
    still_page.evaluate(DRAWN)
    assert still_page.locator("[data-paint='conv_1_1/5']").is_visible()


def test_a_fresh_page_at_a_stop_shows_what_the_walk_shows(
    page: Page, still_page: Page, site_url: str
) -> None:
    still_page.evaluate(GO, "#tour=6")
    walked = screen(still_page)
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{site_url}#tour=6")
    assert screen(page) == walked


def test_back_goes_one_stop_back_and_straying_has_a_way_back(still_page: Page) -> None:
    still_page.locator(".tour-start").click()
    for _ in range(2):
        still_page.get_by_role("button", name="Next", exact=True).click()
    assert still_page.url.endswith("#tour=3")
    still_page.go_back()
    still_page.wait_for_function(
        "() => document.querySelector('.tour-name').textContent[5] === '2'"
    )
    assert view(still_page) == "convolution"
    still_page.keyboard.press("Escape")  # out of the channel's arithmetic
    assert "tour=2&" in still_page.url
    still_page.keyboard.press("Escape")
    assert view(still_page) == "overview"
    assert "tour=2&" in still_page.url
    still_page.get_by_role("button", name="Back to this stop").click()
    assert view(still_page) == "convolution"
    assert still_page.url.endswith("#tour=2")
    still_page.get_by_role("link", name="Stop 5: ").click()
    assert still_page.url.endswith("#tour=5")
    still_page.locator(".tour-leave").click()
    assert view(still_page) == "convolution"
    still_page.locator(".tour-start").click()
    assert still_page.url.endswith("#tour=5")


def test_what_a_stop_points_at_holds_though_the_focus_was_on_what_is_drawn_anew(
    still_page: Page,
) -> None:
    rings = "document.querySelector('[data-key=rings]').getAttribute('d')"
    still_page.locator("[data-node='conv_1_1/3']").focus()
    still_page.keyboard.press("ArrowDown")
    still_page.evaluate("document.querySelector('.tour-start').click()")
    pointed = still_page.evaluate(rings)
    assert pointed
    leave = "document.documentElement.dispatchEvent(new PointerEvent('pointerleave'))"
    still_page.evaluate(leave)
    assert still_page.evaluate(rings) == ""


def test_letters_go_on_only_with_the_focus_in_the_panel(still_page: Page) -> None:
    still_page.evaluate(GO, "#tour=3")
    still_page.locator("[data-key='explained']").focus()
    still_page.keyboard.press("n")
    assert still_page.url.endswith("#tour=3")
    still_page.locator(".tour-next").focus()
    still_page.keyboard.press("p")
    assert still_page.url.endswith("#tour=2")


def test_at_any_size_the_panel_stands_beside_what_it_is_about(still_page: Page) -> None:
    for width, height in SIZES:
        resize(still_page, (width, height))
        for number in (1, 3, 9):  # the network, an explanation of a map, one of a class
            still_page.evaluate(GO, f"#tour={number}")
            still_page.evaluate(DRAWN)
            seen = still_page.evaluate(PANEL)
            left, top, right, bottom = seen["panel"]
            assert seen["width"] == [width, width]
            assert right <= width + 0.5
            assert bottom <= height + 0.5
            if width >= 1180:
                assert seen["network"][2] <= left + 0.5
            else:
                assert seen["network"][1] < 0.4 * top  # scrolled up, above the panel
                assert top > 0.45 * height


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], every=2))
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any) -> None:
    still_page.evaluate(GO, "#tour=6")
    still_page.locator("[data-key='tour.answer/0']").click()
    check_access(still_page, scheme)
    for number in (4, COUNT):  # a covered map, and what is offered at the end
        still_page.evaluate(GO, f"#tour={number}")
        check_access(still_page, scheme)
