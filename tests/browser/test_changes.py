"""Changing the picture by mouse, keys and fingers, and from the article, in a real browser."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cnnscope.pictures.changes import changed
from cnnscope.pictures.resize import to_input
from cnnscope.state.changes import Changes
from support.app_on_fake_page import pictures
from support.browser.page_probes import (
    DRAWN,
    check_access,
    follow,
    probabilities,
    resize,
    tab_to,
    written,
)
from support.networks import CLASSES, trained

pytestmark = pytest.mark.browser

MAP = "[data-key='changes.map']"
SEEN = """() => {
    const canvas = document.querySelector('[data-paint=picture]');
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d', {willReadFrequently: true});
    context.drawImage(canvas, 0, 0);
    return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
}"""
SETTLED = "address => location.hash === address"


def seen(page: Page) -> Any:
    """The picture in the network: (64, 64, 3)."""
    return np.array(page.evaluate(SEEN), np.uint8).reshape(64, 64, 4)[..., :3]


def whole(page: Page, name: str) -> Any:
    """A button of a change."""
    return page.locator(f"[data-on=change][data-args={name}]")


def box_of(page: Page) -> dict[str, float]:
    box = page.locator(MAP).bounding_box()
    assert box is not None
    return dict(box)


def at(box: dict[str, float], row: float, col: float) -> tuple[float, float]:
    """The middle of a cell, on the screen."""
    return box["x"] + (col + 0.5) * box["width"] / 64, box["y"] + (row + 0.5) * box["height"] / 64


def test_buttons_change_the_picture_and_back_and_undo_take_it_back(ready_page: Page) -> None:
    page = ready_page
    page.locator("[data-sample=orange]").click()
    page.locator("[data-key=picture]").click()
    plain, before = seen(page), probabilities(page)
    whole(page, "swap").click()
    np.testing.assert_array_equal(seen(page), plain[..., ::-1])
    whole(page, "mirror").click()
    np.testing.assert_array_equal(seen(page), plain[:, ::-1, ::-1])
    expect(whole(page, "mirror")).to_have_attribute("aria-pressed", "true")
    assert "Now it says" in written(page, "changes.said")
    page.wait_for_function(SETTLED, arg="#picture=orange&change=swap,mirror&view=picture")
    page.go_back()
    expect(whole(page, "mirror")).to_have_attribute("aria-pressed", "false")
    np.testing.assert_array_equal(seen(page), plain[..., ::-1])
    page.locator("[data-key='card.close']").click()
    expect(page.locator("[data-key=altered]")).to_be_visible()
    page.locator("[data-key='altered.undo']").click()
    expect(page.locator("[data-key=altered]")).to_be_hidden()
    np.testing.assert_array_equal(seen(page), plain)
    assert probabilities(page) == before
    assert page.evaluate("document.activeElement.dataset.key") == "picture"


def test_the_grey_square_is_dragged_and_the_answer_follows(still_page: Page) -> None:
    page = still_page
    follow(page, "view=picture")
    box = box_of(page)
    page.mouse.move(*at(box, 30, 30))
    page.mouse.down()
    page.wait_for_function("() => document.querySelector('[data-key=\"changes.patch\"]').style.top")
    first = probabilities(page)
    page.mouse.move(*at(box, 10, 40), steps=12)
    page.mouse.up()
    page.wait_for_function(SETTLED, arg="#change=patch:2-32&view=picture")
    assert (seen(page)[2:18, 32:48] == 128).all()
    assert (seen(page)[20:40, 20:31] != 128).any()
    assert probabilities(page) != first
    assert page.locator("#announcer").inner_text() == written(page, "changes.said")


def test_the_brush_paints_what_the_pointer_goes_over(still_page: Page) -> None:
    page = still_page
    follow(page, "view=picture")
    page.locator("[data-key='brush/b']").click()
    box = box_of(page)
    page.mouse.move(*at(box, 20, 10))
    page.mouse.down()
    page.mouse.move(*at(box, 20, 50))
    page.mouse.up()
    page.wait_for_function(SETTLED, arg="#paint=b18-8-5-45&view=picture")
    blue = (seen(page) == (40, 90, 210)).all(2)
    assert blue[18:23, 8:53].all()
    assert blue.sum() == 5 * 45
    page.locator("[data-key='brush/b']").click()  # put down, for whoever has the page next


def test_it_is_done_by_keys_alone_and_axe_has_nothing_to_object(still_page: Page) -> None:
    page = still_page
    follow(page, "picture=pizza&view=picture")
    tab_to(page, "changes.map")
    for key in ("Space", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    page.wait_for_function(SETTLED, arg="#picture=pizza&change=patch:22-22&view=picture")
    tab_to(page, "brush/w")
    page.keyboard.press("Enter")
    page.locator(MAP).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[data-key='changes.brush']")).to_be_visible()
    page.wait_for_function("() => location.hash.includes('paint=w31-30-5-5')")
    for scheme in ("light", "dark"):
        check_access(page, scheme, within=".card")


def test_fingers_drag_it_on_a_phone_and_nothing_is_out_of_the_window(touch_page: Page) -> None:
    page = touch_page
    follow(page, "picture=koala&view=picture")
    box = box_of(page)
    width = (page.viewport_size or {})["width"]
    for each in page.locator(".card button, .card canvas, .card th").all():
        place = each.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
    session = page.context.new_cdp_session(page)
    for kind, places in (
        ("touchStart", [at(box, 30, 30)]), ("touchMove", [at(box, 30, 34)]),
        ("touchMove", [at(box, 40, 40)]), ("touchEnd", []),
    ):  # fmt: skip
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function(SETTLED, arg="#picture=koala&change=patch:32-32&view=picture")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 641), (900, 700), (390, 844)])
def test_the_card_fits_its_window(still_page: Page, size: tuple[int, int]) -> None:
    page = still_page
    resize(page, size)
    follow(page, "picture=orange&change=grey,patch:8-8&view=picture")
    page.evaluate(DRAWN)
    card = page.locator(".card").bounding_box()
    assert card is not None
    assert card["x"] + card["width"] <= size[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_article_s_shortcuts_are_tried_at_once(ready_page: Page) -> None:
    page = ready_page
    link = page.locator("#mistakes a[href='#picture=orange&change=grey&view=picture']")
    link.click()
    page.locator(MAP).wait_for()
    x = to_input(pictures()["orange"])
    share = float(trained()(changed(x, Changes(("grey",))))["output"].max())
    assert "Now it says espresso" in written(page, "changes.said")
    assert float(probabilities(page)[CLASSES.index("espresso")]) == pytest.approx(share, abs=0.02)
    page.go_back()
    page.wait_for_function("() => !document.querySelector('.card')")
