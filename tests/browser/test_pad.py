"""The drawing pad in a real Chromium: by mouse, by finger, by keyboard, at every size."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cnnscope.views.shared.network_plan import STRIP_BELOW
from support.browser.console_watch import go, visit
from support.browser.page_probes import (
    FOCUSED,
    SIZES,
    check_axe,
    number,
    resize,
    tab_to,
    written,
)

pytestmark = pytest.mark.browser


def drawn_on(kind: str) -> Any:
    """A fixture of a page that is lent, and loaded anew: a drawing stays with its network."""

    def page(request: pytest.FixtureRequest, site_url: str) -> Iterator[Page]:
        lent = request.getfixturevalue(kind)
        yield lent
        go(lent, "about:blank")
        visit(lent, site_url)

    return pytest.fixture(page)


by_mouse, by_finger, by_keys = map(drawn_on, ("ready_page", "touch_page", "still_page"))

SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.8)]
PIXELS = "canvas => canvas.toDataURL()"
INK = """canvas => {
    const copy = new OffscreenCanvas(28, 28).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const {data} = copy.getImageData(0, 0, 28, 28);
    return data.reduce((sum, value, place) => place % 4 ? sum : sum + value, 0);
}"""
FIRST = """() => {
    const first = document.querySelector('[data-class][data-first]');
    return [first.dataset.class, +first.dataset.probability];
}"""
COVERED = """() => {
    const pad = document.querySelector('.drawing-pad').getBoundingClientRect();
    return [...document.querySelectorAll('[data-class]')].filter(each => {
        const box = each.getBoundingClientRect();
        return box.left < pad.right && box.bottom > pad.top;
    }).length;
}"""
"""How many classes lie under the pad, which is at their left or below them."""

FRAMES = """() => new Promise(done => {
    const wait = left => left ? requestAnimationFrame(() => wait(left - 1)) : done();
    wait(3);
})"""


def open_pad(page: Page) -> None:
    """Choose the digits, with which the pad comes the first time."""
    page.locator("[data-key='network/digits']").click()
    page.locator(".explainer[data-network=digits]").wait_for()
    if not page.locator("[data-pen]").count():
        page.locator("[data-key='pad.open']").click()
    page.locator("[data-pen]").wait_for()


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """A place of the pad, in the window."""
    box = page.locator("[data-pen]").bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def draw(page: Page, places: list[tuple[float, float]]) -> None:
    """A line by mouse, whose button stays down."""
    page.mouse.move(*place(page, *places[0]))
    page.mouse.down()
    for each in places[1:]:
        page.mouse.move(*place(page, *each), steps=4)
    page.evaluate(FRAMES)


def painted(page: Page, key: str, script: str = PIXELS) -> object:
    """What is on a canvas."""
    return page.locator(f"[data-paint='{key}']").evaluate(script)


def check_answer(page: Page) -> None:
    """The pad says what the network's last column does."""
    name, share = page.evaluate(FIRST)
    assert written(page, "pad.class") == name
    assert number(written(page, "pad.percent")) == pytest.approx(100 * share, abs=0.11)


def test_maps_and_answer_follow_while_the_button_is_down(by_mouse: Page) -> None:
    page = by_mouse
    open_pad(page)
    maps = ("conv_1/2", "max_pool_2/7", "pad.seen")
    before = [painted(page, key) for key in maps]
    draw(page, SEVEN[:2])
    between = [painted(page, key) for key in maps]
    check_answer(page)
    for each in SEVEN[2:]:
        page.mouse.move(*place(page, *each), steps=4)
    page.evaluate(FRAMES)
    after = [painted(page, key) for key in maps]
    assert all(len({*three}) == 3 for three in zip(before, between, after, strict=True))
    page.mouse.up()
    expect(page.locator("#announcer")).to_contain_text("The network says 7")
    check_answer(page)
    seven = painted(page, "pad.seen")
    draw(page, [(0.3, 0.5), (0.7, 0.55)])
    page.mouse.up()
    assert painted(page, "pad.seen") != seven
    page.locator("[data-key='pad.undo']").click()
    assert painted(page, "pad.seen") == seven
    ink = painted(page, "pad.seen", INK)
    page.locator("[data-key='pad.thickness/thick']").click()
    assert painted(page, "pad.seen", INK) > 1.2 * ink
    page.locator("[data-key='pad.placing/drawn']").click()
    assert painted(page, "pad.seen") != seven
    page.locator("[data-key='pad.clear']").click()
    assert painted(page, "pad.seen", INK) == 0
    assert page.evaluate("location.hash") == "#network=digits&picture=own"
    page.go_back()
    expect(page.locator("#controls [data-sample][aria-pressed=true]")).not_to_have_attribute(
        "data-sample", "own"
    )


def test_a_finger_draws_and_the_page_stays_where_it_is(by_finger: Page) -> None:
    page = by_finger
    open_pad(page)
    session = page.context.new_cdp_session(page)
    before = painted(page, "conv_1/2")
    places = [dict(zip("xy", place(page, *each), strict=True)) for each in [*SEVEN, (0.45, 1.2)]]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": places[:1]})
    for each in places[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [each]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#announcer")).to_contain_text("The network says")
    assert painted(page, "conv_1/2") != before
    assert page.evaluate("scrollY") == 0
    check_answer(page)
    for part in (".pad-answer strong", "[data-key='pad.percent']", ".pad-placing .choice"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_keys_draw_and_open_views_follow(by_keys: Page) -> None:
    page = by_keys
    open_pad(page)
    page.locator("[data-key='pad.close']").click()
    assert page.evaluate(FOCUSED) == "pad.open"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "pad.surface"
    for key in ("Space", *["ArrowDown"] * 4, "Shift+ArrowLeft", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#announcer")).to_contain_text("The network says")
    drawn = painted(page, "conv_1/0")
    tab_to(page, "input/0")
    page.keyboard.press("ArrowRight")
    node = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    page.locator("[data-view=convolution]").wait_for()
    page.locator("[data-key='pad.surface']").focus()
    before = painted(page, "explained")
    for key in ("Space", *["ArrowRight"] * 4, "Space"):
        page.keyboard.press(key)
    page.evaluate(FRAMES)
    assert painted(page, "explained") != before
    assert painted(page, node) != drawn
    page.keyboard.press("Backspace")
    page.evaluate(FRAMES)
    assert painted(page, "explained") == before
    page.keyboard.press("Escape")
    expect(page.locator(".drawing-pad")).to_have_count(0)
    assert page.evaluate(FOCUSED) == "pad.open"


def test_it_covers_no_class_at_any_size_and_can_be_reached(still_page: Page) -> None:
    page = still_page
    open_pad(page)
    for width, height in SIZES:
        resize(page, (width, height))
        page.locator("[data-key='pad.close']").click()
        page.locator("[data-key='pad.open']").click()
        page.evaluate(FRAMES)
        for part in (".pad-surface", ".pad-answer strong", ".pad-placing .choice"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        if width >= STRIP_BELOW:
            assert page.evaluate(COVERED) == 0, (width, height)
    check_axe(page, within=".drawing-pad")
    resize(page, (390, 844))
    check_axe(page, within=".drawing-pad")
