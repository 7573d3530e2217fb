"""A digit is drawn and followed to its answer, by finger on a phone and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support.browser.page_probes import FINISH

pytestmark = pytest.mark.browser

LINE = [(0.3, 0.2), (0.7, 0.25), (0.5, 0.8)]
STROKE = ("Space", *["ArrowDown"] * 4, "ArrowLeft", "Space")
BACK = "[data-key='stage.close']"
VALUE = "key => document.querySelector(`[data-node='${key}']`).getAttribute('aria-label')"


def by_finger(page: Page, selector: str) -> None:
    page.locator(selector).first.tap()


def by_keys(page: Page, selector: str) -> None:
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def draw_by_finger(page: Page) -> None:
    box = page.locator("[data-pen]").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    touch = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in LINE]
    for kind, points in zip(
        ("touchStart", "touchMove", "touchMove"), [[each] for each in touch], strict=True
    ):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def draw_by_keys(page: Page) -> None:
    page.locator("[data-key='pad.surface']").focus()
    for key in STROKE:
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("lent", "press", "draw"),
    [("touch_page", by_finger, draw_by_finger), ("still_page", by_keys, draw_by_keys)],
)
def test_a_drawing_is_followed_from_a_kernel_to_its_probability(
    request: pytest.FixtureRequest,
    lent: str,
    press: Callable[[Page, str], None],
    draw: Callable[[Page], None],
) -> None:
    page = request.getfixturevalue(lent)
    page.set_default_timeout(8000)

    def opened(selector: str, view: str) -> None:
        press(page, selector)
        page.locator(f".explainer[data-view={view}]").wait_for()
        page.evaluate(FINISH)

    opened("[data-key='network/digits']", "overview")
    page.locator("[data-pen]").wait_for()
    draw(page)
    expect(page.locator("#announcer")).to_contain_text("The network says")
    before = page.evaluate(VALUE, "dense_2/5")
    opened("[data-node='conv_2/3']", "convolution")
    if lent == "touch_page":  # the arithmetic is a sheet there
        press(page, "[data-key='channel/2'] .kernel")
    weight = page.locator("[data-key='card.weight/0']")
    weight.fill("2")
    weight.press("Enter")
    expect(page.locator(".edited")).to_be_visible()
    if lent == "touch_page":
        press(page, "[data-key='card.close']")
    opened(BACK, "overview")
    assert page.evaluate(VALUE, "dense_2/5") != before
    opened("[data-node='dense_1/7']", "flatten")
    opened(BACK, "overview")
    opened("[data-node='dense_2/5']", "dense")
    opened(BACK, "overview")
    opened("[data-node='output/7']", "dense")
    opened("[data-key='stage.softmax']", "softmax")
    expect(page.locator("[data-key='class/7.slider']")).to_be_visible()
