"""What each last map adds to a class's logit, in a real Chromium: seen, pointed at, walked over."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cnnscope.state.state import Node
from cnnscope.views.map_contributions.layout import lay_out_map_contributions
from support.browser.page_probes import (
    FOCUSED,
    PLACES,
    check_nodes,
    check_places,
    open_node,
    planned,
    resize,
    tab_to,
    written,
)
from support.displayed import read
from support.networks import trained

pytestmark = pytest.mark.browser

NETWORK = trained()


@pytest.mark.parametrize("size", [(390, 844), (960, 768), (1280, 720), (1440, 900)])
def test_bars_stand_where_the_plan_says_and_begin_where_the_one_before_ended(
    still_page: Page, size: Any
) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    open_node(still_page, Node("output", 5), "flatten")
    plan = planned(still_page)
    made = lay_out_map_contributions(NETWORK, plan, Node("output", 5))
    check_nodes(still_page, plan, made)
    check_places(still_page, ".map-bar", list(made.bars))
    extents = still_page.evaluate(PLACES, ".map-bar .extent")
    signs = still_page.evaluate(
        "[...document.querySelectorAll('.map-bar .track')].map(each => each.dataset.sign)"
    )
    ends = []
    for (x, _, width, _), sign in zip(extents, signs, strict=True):
        ends.append((x, x + width) if sign == "above" else (x + width, x))
    for (_, before), (start, _) in pairwise(ends[:-1]):
        assert start == pytest.approx(before, abs=1.1)
    assert ends[-1][0] == pytest.approx(ends[0][0], abs=1.1)  # the logit begins at zero
    assert ends[-1][1] == pytest.approx(ends[-2][1], abs=2)
    values = [read(written(still_page, f"bar/{k}.value")) for k in range(12)]
    assert abs(sum(values[:-1]) - values[-1]) <= 6


def test_pointing_at_a_bar_lays_its_map_over_the_picture(still_page: Page) -> None:
    open_node(still_page, Node("output", 5), "flatten")
    seen = "[...document.querySelectorAll('.why .heat [data-shown]')].map(each => each.dataset.key)"
    for place_ in (3, 7, 0):
        still_page.locator(f"[data-key='bar/{place_}']").hover()
        name = written(still_page, f"bar/{place_}.name")
        expect(still_page.locator("[data-key='why.caption']")).to_have_text(name)
        channel = int(name.removeprefix("map ")) - 1
        assert still_page.evaluate(seen) == [f"over/{channel}"]


def test_all_that_speaks_for_a_class_is_seen_at_once_on_a_projector(still_page: Page) -> None:
    still_page.set_viewport_size({"width": 1280, "height": 720})
    open_node(still_page, Node("output", 5), "flatten")
    for what in (".why .words", ".map-bar[data-part='logit']", ".why .sum", ".why .heat"):
        box = still_page.locator(what).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720


def test_the_bars_by_keyboard_only(ready_page: Page) -> None:
    keys = ready_page.keyboard
    tab_to(ready_page, "input/0")
    keys.press("End")
    keys.press("Enter")
    ready_page.locator("[data-view='flatten']").wait_for()
    assert ready_page.evaluate(FOCUSED) == "explained"
    keys.press("ArrowDown")
    assert ready_page.evaluate(FOCUSED) == "bar/1"
    assert written(ready_page, "why.caption") == written(ready_page, "bar/1.name")
    keys.press("End")
    assert written(ready_page, "why.caption") == "all maps"
    for key in ("stage.rival", "stage.softmax", "stage.every"):
        keys.press("Tab")
        assert ready_page.evaluate(FOCUSED) == key
    keys.press("Enter")
    ready_page.locator("[data-key='stage.maps']").wait_for()
    assert ready_page.evaluate(FOCUSED) == "explained"


@pytest.mark.parametrize("leaves", ["Escape", "Back"])
def test_left_on_a_phone_the_network_stands_where_it_stood(still_page: Page, leaves: str) -> None:
    resize(still_page, (390, 844))
    place = still_page.locator("[data-node='output/5']")
    place.scroll_into_view_if_needed()
    before = still_page.locator("#network").bounding_box()
    open_node(still_page, Node("output", 5), "flatten")
    still_page.keyboard.press("Escape") if leaves == "Escape" else still_page.go_back()
    expect(place).to_be_in_viewport(ratio=1)
    top = "document.querySelector('.scroller').scrollTop"
    still_page.wait_for_function(f"{top} === 0")
    after = still_page.locator("#network").bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] + still_page.evaluate("scrollY") == pytest.approx(before["y"], abs=1)
