"""The explanation of a class in a real Chromium: opened, read, pointed at, compared, left."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cnnscope.pictures.resize import Pixels, to_input
from cnnscope.state.state import Node
from cnnscope.views.dense.layouts import lay_out_dense
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.browser.console_watch import go, visit
from support.browser.page_probes import (
    FOCUSED,
    GO,
    PICTURE,
    PLACES,
    SIZES,
    check_access,
    check_nodes,
    check_places,
    check_texts,
    open_node,
    planned,
    resize,
    tab_to,
    view,
    written,
)
from support.displayed import read
from support.networks import trained
from support.sampling import sampled

pytestmark = pytest.mark.browser

NETWORK = trained()


def open_numbers(page: Page, node: Node) -> None:
    """Every number of a class, behind what each map adds to it."""
    open_node(page, node, "flatten")
    page.locator("[data-key='stage.every']").click()
    page.locator("[data-key='stage.maps']").wait_for()


def place(page: Page) -> tuple[int, ...]:
    """Channel, row and column that are marked, counted from one, and the element."""
    found = re.search(r"map (\d+), row (\d+), column (\d+): element ([\d,]+)",
                      written(page, "point.place"))  # fmt: skip
    assert found is not None
    return tuple(int(each.replace(",", "")) for each in found.groups())


@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_everything_stands_where_the_plan_says(still_page: Page, size: Any) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    open_numbers(still_page, Node("output", 4))
    plan = planned(still_page)
    made = lay_out_dense(NETWORK, plan, Node("output", 4))
    check_nodes(still_page, plan, made)
    check_places(still_page, "[data-map^='strip/']", [line.strip for line in made.lines])
    check_places(still_page, "[data-map^='heat/']", [line.heat for line in made.lines])


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_no_text_overlaps_another_and_nothing_scrolls_sideways(still_page: Page, size: Any) -> None:
    resize(still_page, size)
    for address, least in (
        ("#view=output/6&numbers=all", 60), ("#view=output/3&rival=7&field=on&numbers=all", 60),
        ("#view=output/6", 40), ("#view=output/3&rival=7", 40),
    ):  # fmt: skip
        still_page.evaluate(GO, address)
        check_texts(still_page, more_than=least)
        assert still_page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_all_1690_elements_are_painted_and_add_up_to_the_networks_own_logit(
    still_page: Page,
) -> None:
    open_numbers(still_page, Node("output", 2))
    sizes = still_page.evaluate(
        "[...document.querySelectorAll('.strip canvas')].map(each => each.width)"
    )
    assert sum(sizes) == 1690
    pixels: Pixels = np.array(still_page.evaluate(PICTURE), np.uint8).reshape(64, 64, 4)[..., :3]
    logit = float(NETWORK(to_input(pixels))["logits"][2])
    given = sum(read(written(still_page, f"channel/{k}.value")) for k in range(10))
    rounding = read(written(still_page, "stage.bias")) + given - round(1000 * logit)
    assert abs(rounding) <= 6
    assert f"logit {logit:.3f}".replace("-", "−") in written(still_page, "stage.value")


def test_a_pixel_an_element_and_a_weight_are_marked_together(still_page: Page) -> None:
    open_numbers(still_page, Node("output", 6))
    node = still_page.locator("[data-node='max_pool_2/3']").bounding_box()
    strip = still_page.locator("[data-map='strip/7']").bounding_box()
    heat = still_page.locator("[data-map='heat/9']").bounding_box()
    assert node is not None
    assert strip is not None
    assert heat is not None
    cells = ((node, 4.5 / 13, 2.5 / 13, (4, 3, 5)), (strip, 40.5 / 169, 0.5, (8, 4, 2)),
             (heat, 12.5 / 13, 12.5 / 13, (10, 13, 13)))  # fmt: skip
    for box, across, down, expected in cells:
        still_page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        channel, row, col = expected
        element = 169 * (channel - 1) + 13 * (row - 1) + col
        assert place(still_page) == (*expected, element)
        marked = still_page.evaluate(PLACES, ".marked")
        plan = lay_out_dense(NETWORK, lay_out(NETWORK, Viewport(1440, 900)), Node("output", 6))
        line = plan.lines[channel - 1]
        for found, frame in ((marked[0], line.source), (marked[1], line.heat)):
            middle = (found[0] + found[2] / 2 - frame.x) / frame.width * 13
            assert middle == pytest.approx(col - 0.5, abs=0.1)
            middle = (found[1] + found[3] / 2 - frame.y) / frame.height * 13
            assert middle == pytest.approx(row - 0.5, abs=0.1)
        middle = (marked[2][0] + marked[2][2] / 2 - line.strip.x) / line.strip.width * 169
        assert middle == pytest.approx(13 * (row - 1) + col - 0.5, abs=0.3)
        value, weight, product = (
            read(written(still_page, f"point.{name}")) for name in ("value", "weight", "product")
        )
        rounding = still_page.locator("[data-key='point.rounding']")
        left = read(rounding.inner_text()) if rounding.is_visible() else 0
        assert abs(value * weight / 1000 + left - product) <= 0.5


def test_every_number_by_keyboard_only(ready_page: Page) -> None:
    keys = ready_page.keyboard
    tab_to(ready_page, "input/0")
    keys.press("End")
    assert ready_page.evaluate(FOCUSED) == "output/9"
    keys.press("ArrowUp")
    keys.press("Enter")
    ready_page.locator("[data-view='flatten']").wait_for()
    tab_to(ready_page, "stage.every")
    keys.press("Enter")
    ready_page.locator("[data-key='stage.maps']").wait_for()
    keys.press("Home")
    keys.press("ArrowDown")
    before = place(ready_page)
    keys.press("ArrowRight")
    keys.press("PageDown")
    channel, row, col, _ = place(ready_page)
    assert (channel, row, col) == (min(before[0] + 1, 10), before[1], before[2] + 1)
    expect(ready_page.locator("#announcer")).to_contain_text(f"map {channel}, row {row}")
    keys.press("Tab")
    assert ready_page.evaluate(FOCUSED) == "stage.rival"
    keys.press("r")  # a letter chooses a class that begins with it
    assert ready_page.locator("[data-key='stage.field']").get_attribute("aria-pressed") == "false"
    expect(ready_page.locator("[data-key='stage.value']")).to_contain_text("minus red panda")
    for _ in range(11):  # the receptive field, softmax, seven that unroll, two of the largest
        keys.press("Tab")
    assert ready_page.evaluate(FOCUSED) == "rank/1"
    second = written(ready_page, "rank/1.place")
    channel, row, col, _ = place(ready_page)
    assert second == f"map {channel}, row {row}, col {col}"
    keys.press("Escape")
    assert ready_page.evaluate(FOCUSED) == "stage.every"
    keys.press("Escape")
    assert view(ready_page) == "overview"
    assert ready_page.evaluate(FOCUSED) == "output/8"


def test_a_rival_turns_all_into_what_decided_between_the_two(still_page: Page) -> None:
    open_numbers(still_page, Node("output", 6))
    alone = written(still_page, "channel/0.value")
    still_page.locator("[data-key='stage.rival']").select_option(label="pizza")
    expect(still_page.locator("[data-key='channel/0.value']")).not_to_have_text(alone)
    numbers = [
        read(each) for each in re.findall(r"−?\d+\.\d{3}", written(still_page, "stage.value"))
    ]
    first, second, lead = numbers
    assert lead == first - second
    given = sum(read(written(still_page, f"channel/{k}.value")) for k in range(10))
    assert abs(given + read(written(still_page, "stage.bias")) - lead) <= 8
    still_page.wait_for_url("**rival=2*")
    address = still_page.url
    still_page.locator("[data-key='stage.rival']").select_option(value="")
    expect(still_page.locator("[data-key='channel/0.value']")).to_have_text(alone)
    go(still_page, "about:blank")
    visit(still_page, address)
    assert "minus pizza" in written(still_page, "stage.value")
    assert still_page.locator("[data-key='stage.rival']").input_value() == "2"
    still_page.locator("[data-node='output/0']").click()
    expect(still_page.locator("[data-key='stage.value']")).to_contain_text("lifeboat minus pizza")
    assert view(still_page) == "flatten"


def test_another_picture_inside_the_view_is_followed(still_page: Page) -> None:
    open_node(still_page, Node("output", 2), "flatten")
    before = written(still_page, "why.words")
    still_page.locator("[data-sample='pizza']").click()
    expect(still_page.locator("[data-key='why.words']")).not_to_have_text(before)
    assert view(still_page) == "flatten"


def test_softmax_is_one_level_on_and_back_leads_here_and_then_out(still_page: Page) -> None:
    open_node(still_page, Node("output", 2), "flatten")
    still_page.locator("[data-key='stage.softmax']").click()
    still_page.locator("[data-view='softmax']").wait_for()
    still_page.go_back()
    still_page.locator("[data-view='flatten']").wait_for()
    still_page.locator("[data-key='stage.close']").click()
    assert view(still_page) == "overview"


def test_every_step_is_there_for_a_finger(touch_page: Page) -> None:
    page = touch_page
    page.locator("[data-node='output/1']").tap()
    page.locator("[data-view='flatten']").wait_for()
    page.locator("[data-key='bar/3']").tap()
    assert written(page, "why.caption") == written(page, "bar/3.name")
    page.locator("[data-key='stage.every']").tap()
    strip = page.locator("[data-map='strip/5']")
    strip.tap(position={"x": 100, "y": 10})
    assert place(page)[0] == 6
    page.locator("[data-map='heat/2']").tap(position={"x": 4, "y": 4})
    assert place(page)[0] == 3
    page.locator("[data-map='picture/one']").tap(position={"x": 80, "y": 120})
    channel, row, col, _ = place(page)
    assert channel == 3
    assert (row, col) == (10, 7)
    page.locator("[data-key='rank/4']").tap()
    assert page.locator("[data-key='rank/4']").get_attribute("aria-pressed") == "true"
    page.locator(".stage [data-action='play']").tap()
    page.locator(".stage [data-action='pause']").tap()
    assert page.locator("[data-key='flatten.flying']").is_visible()
    page.locator("[data-key='stage.maps']").tap()
    page.locator("[data-key='bar/0']").wait_for()
    page.locator("[data-key='stage.close']").tap()
    assert view(page) == "overview"


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], every=2))
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any) -> None:
    for address in ("#view=output/6&rival=2&field=on&numbers=all", "#view=output/6&rival=2"):
        still_page.evaluate(GO, address)
        check_access(still_page, scheme)
