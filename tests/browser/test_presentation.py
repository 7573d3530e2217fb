"""A presentation: what is opened as one, and what becomes one, are the same."""

import re

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import go, wait_until_ready, watched
from support.browser.page_probes import DRAWN, GO, resize

pytestmark = pytest.mark.browser

PLACES = """() => [...document.querySelectorAll('.network [data-key], .stage [data-key]')]
    .filter(each => each.checkVisibility())
    .map(each => [each.dataset.key, each.getBoundingClientRect()])
    .map(([key, {x, y, width, height}]) => [key, ...[x, y, width, height].map(Math.round)])"""

LETTER = "() => parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.mark.parametrize("view", ["", "view=conv_1_1/9&"])
def test_an_address_that_presents_is_laid_out_as_large_as_it_is_drawn(
    browser: Browser, site_url: str, view: str
) -> None:
    size = {"width": 1920, "height": 1080}
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page, watch = watched(context, site_url)
    go(page, f"{site_url}?probe#{view}present=on")
    wait_until_ready(page)
    page.evaluate(DRAWN)
    opened = page.evaluate(PLACES)
    page.keyboard.press("p")
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-present')")
    page.keyboard.press("p")
    page.wait_for_function("() => document.documentElement.hasAttribute('data-present')")
    page.evaluate(DRAWN)
    assert len(opened) > 60
    assert page.evaluate(PLACES) == opened
    assert all(x + width <= size["width"] for _, x, _, width, _ in opened)
    context.close()
    watch.check()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize("key", ["conv_1_2/9", "details", "picture"])
def test_the_keyboard_goes_on_from_where_it_was_or_from_the_way_back(
    still_page: Page, size: tuple[int, int], key: str
) -> None:
    resize(still_page, size)
    still_page.locator(f"[data-key='{key}']").focus()
    ends = (f"[data-key='{key}'], [data-key='present.end']",
            f"[data-key='{key}'], [data-key=present], [data-node][tabindex='0']")  # fmt: skip
    for now in ends:
        still_page.keyboard.press("p")
        still_page.evaluate(DRAWN)
        assert still_page.locator(f":is({now}):focus").count() == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1440, 900), (1366, 641), (1280, 720)])
def test_the_whole_network_is_in_sight_and_beside_the_way_back(
    still_page: Page, size: tuple[int, int]
) -> None:
    resize(still_page, size)
    still_page.evaluate(GO, "#view=overview")
    plain = still_page.evaluate(LETTER)
    still_page.evaluate(GO, "#present=on")
    still_page.evaluate(DRAWN)
    assert still_page.evaluate(LETTER) > 1.15 * plain
    nodes = [box for box in still_page.evaluate(PLACES) if re.fullmatch(r"\w+/\d+", box[0])]
    assert len(nodes) > 100
    assert max(y + height for _, _, y, _, height in nodes) <= size[1]
    way_back, story = (
        still_page.locator(each).bounding_box() for each in ("[data-key='present.end']", ".story p")
    )
    assert way_back["x"] + way_back["width"] <= story["x"]
