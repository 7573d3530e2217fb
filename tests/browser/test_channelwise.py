"""ReLU and max pooling explained in a real Chromium: opened, played, read, turned, left."""

import re
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cnnscope.state.state import parse_node
from cnnscope.views.channelwise.layout import lay_out_channelwise
from support.browser.console_watch import go, visit
from support.browser.page_probes import (
    FOCUSED,
    GO,
    PLACES,
    SIZES,
    check_access,
    check_nodes,
    check_places,
    check_texts,
    number,
    open_node,
    planned,
    resize,
    tab_to,
    written,
)
from support.networks import trained
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser

NETWORK = trained()
VIEWS = {"relu_1_1/3": "relu", "relu_2_2/9": "relu", "max_pool_1/0": "pooling",
         "max_pool_2/9": "pooling"}  # fmt: skip
PIXELS = """([key, row, col, side]) => {
    const canvas = document.querySelector(`[data-paint="${key}"]`);
    return [...canvas.getContext('2d').getImageData(col, row, side, side).data];
}"""


IN_ONE_LINE = """() => {
    const rule = document.querySelector('.rule');
    const [first, ...rest] = [...rule.firstElementChild.children].map(
        (part) => part.getBoundingClientRect());
    return rest.every((part) => part.top < first.bottom && first.top < part.bottom)
        && rule.firstElementChild.scrollWidth <= rule.clientWidth;
}"""


@pytest.mark.parametrize("size", [(1280, 720), (390, 844), (360, 740)])
def test_the_rule_of_relu_stays_in_one_line(still_page: Page, size: Any) -> None:
    resize(still_page, size)
    still_page.evaluate(GO, "#view=relu_1_1/5&cell=30,30")
    assert written(still_page, "rule.open") == "max(0,"
    assert still_page.evaluate(IN_ONE_LINE)


@pytest.mark.parametrize(
    ("node", "size"), sampled_rows(product(VIEWS, [(390, 844), (1024, 768), (1440, 900)]), every=4)
)
def test_everything_stands_where_the_plan_says(still_page: Page, node: str, size: Any) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    open_node(still_page, node, VIEWS[node])
    plan = planned(still_page)
    pairing = lay_out_channelwise(NETWORK, plan, parse_node(node))
    check_nodes(still_page, plan, pairing)
    check_places(still_page, ".explained", [pairing.given, pairing.output])


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_no_text_overlaps_another_and_nothing_scrolls_sideways(still_page: Page, size: Any) -> None:
    resize(still_page, size)
    for node in VIEWS:
        still_page.evaluate(GO, f"#view={node}&field=on")
        check_texts(still_page, more_than=20)
        assert still_page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_from_the_network_to_a_cell_and_back_by_keyboard_only(ready_page: Page) -> None:
    keys = ready_page.keyboard
    tab_to(ready_page, "input/0")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    reached = ready_page.evaluate(FOCUSED)
    assert reached.startswith("relu_1_1/")
    keys.press("Enter")
    expect(ready_page.locator(".explainer")).to_have_attribute("data-view", "relu")
    assert ready_page.evaluate(FOCUSED) == "explained"
    keys.press("Space")
    expect(ready_page.locator(".explainer [data-action='play']")).to_be_visible()
    keys.press("Home")
    keys.press("ArrowRight")
    assert "column 2" in written(ready_page, "stage.value")
    keys.press("Shift+Tab")
    assert ready_page.evaluate(FOCUSED) == "stage.given"
    keys.press("ArrowDown")
    before, after = (number(written(ready_page, f"rule.{part}")) for part in ("before", "after"))
    assert after == max(0, before)
    keys.press("Shift+Tab")
    assert ready_page.evaluate(FOCUSED) == "stage.next"
    value = written(ready_page, "stage.value")
    keys.press("Enter")
    keys.press("Enter")
    assert ready_page.evaluate(FOCUSED) == "stage.next"
    assert written(ready_page, "stage.value").split(":")[0] == value.split(":")[0]
    channel = int(reached.split("/")[1])
    opened = f"relu_1_1/{(channel + 2) % 10}"
    expect(ready_page.locator(f"[data-node='{opened}']")).to_have_attribute("aria-expanded", "true")
    keys.press("Escape")
    expect(ready_page.locator(".explainer")).to_have_attribute("data-view", "overview")
    assert ready_page.evaluate(FOCUSED) == opened


def test_the_pooled_value_is_the_marked_one_wherever_the_pointer_is(still_page: Page) -> None:
    open_node(still_page, "max_pool_1/0", "pooling")
    box = still_page.locator("[data-key='stage.given']").bounding_box()
    assert box is not None
    places = set()
    for across, down in [(0.11, 0.92), (0.5, 0.5), (0.73, 0.31), (0.98, 0.02), (0.35, 0.66)]:
        still_page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        values = [number(written(still_page, f"value/{i}")) for i in range(4)]
        marked = still_page.locator(".competitor[data-winner]").all_inner_texts()
        assert marked
        assert {number(text) for text in marked} == {max(values)}
        assert number(written(still_page, "rule.after")) == max(values)
        value = written(still_page, "stage.value")
        assert number(value.split(": ")[1]) == max(values)
        row, col = (int(n) - 1 for n in re.findall(r"(?:row|column) (\d+)", value))
        assert (row, col) == (int(down * 60) // 2, int(across * 60) // 2)
        dots = still_page.evaluate(PLACES, ".winner:not([hidden])")
        assert len(dots) == len(marked)
        window, dot = still_page.evaluate(PLACES, "[data-key='stage.given'] .window")[0], dots[0]
        assert window[0] - 3 <= dot[0]
        assert dot[0] + dot[2] <= window[0] + window[2] + 3
        assert window[1] - 3 <= dot[1]
        assert dot[1] + dot[3] <= window[1] + window[3] + 3
        places.add((row, col))
    assert len(places) == 5
    window = still_page.evaluate(PIXELS, ["stage.given", 2 * row, 2 * col, 2])
    assert still_page.evaluate(PIXELS, ["explained", row, col, 1]) in [
        window[4 * i : 4 * i + 4] for i in range(4)
    ]


def test_the_window_slides_and_goes_on_in_the_next_channel(ready_page: Page) -> None:
    open_node(ready_page, "relu_1_1/3", "relu")
    expect(ready_page.locator(".explainer [data-action='replay']")).to_be_visible()
    ready_page.locator(".explainer [data-action='play']").click()
    expect(ready_page.locator(".explainer [data-action='pause']")).to_be_visible()
    line = ready_page.locator("[data-key='stage.value']")
    first = line.inner_text()
    expect(line).not_to_have_text(first)
    moved = ready_page.evaluate(PLACES, "[data-node]")
    ready_page.locator("[data-key='stage.next']").click()
    assert ready_page.evaluate(PLACES, "[data-node]") == moved  # no column moves
    expect(ready_page.locator(".explainer [data-action='pause']")).to_be_visible()
    ready_page.locator("[data-node='relu_1_1/8']").click()
    expect(ready_page.locator(".turning")).to_contain_text("9 of 10")
    ready_page.locator(".explainer [data-action='pause']").click()
    ready_page.locator(".explainer [data-action='skip']").click()
    assert "row 62, column 62" in line.inner_text()
    expect(ready_page.locator(".explainer [data-action='replay']")).to_be_visible()


def test_a_link_shows_the_same_view_and_back_goes_one_level_up(
    still_page: Page, site_url: str
) -> None:
    open_node(still_page, "max_pool_2/9", "pooling")
    still_page.locator("[data-key='explained']").press("End")
    still_page.keyboard.press("r")
    still_page.wait_for_url("**cell=*,12**field=on**")
    line, address = written(still_page, "stage.value"), still_page.url
    still_page.locator("[data-sample='pizza']").click()
    expect(still_page.locator(".explainer")).to_have_attribute("data-view", "pooling")
    still_page.go_back()
    still_page.go_back()
    expect(still_page.locator(".explainer")).to_have_attribute("data-view", "overview")
    go(still_page, "about:blank")
    visit(still_page, address)
    assert written(still_page, "stage.value") == line
    assert still_page.locator("[data-key='field/picture']").is_visible()
    still_page.locator("[data-key='stage.close']").click()
    expect(still_page.locator(".explainer")).to_have_attribute("data-view", "overview")


def test_every_step_is_there_for_a_finger(touch_page: Page) -> None:
    page = touch_page
    page.locator("[data-node='max_pool_2/4']").tap()
    page.locator("[data-view='pooling']").wait_for()
    page.locator("[data-key='stage.given']").tap(position={"x": 90, "y": 60})
    text = written(page, "stage.value")
    page.locator(".explainer [data-action='step']").tap()
    assert written(page, "stage.value") != text
    page.locator("[data-key='stage.next']").tap()
    expect(page.locator(".turning")).to_contain_text("6 of 10")
    page.locator("[data-key='stage.close']").tap()
    expect(page.locator(".explainer")).to_have_attribute("data-view", "overview")


AXE = ["#view=relu_1_2/3", "#view=max_pool_1/0&field=on"]


@pytest.mark.parametrize(
    ("scheme", "address"),
    sampled_rows(product(["light", "dark"], AXE), every=3),
)
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any, address: str) -> None:
    still_page.evaluate(GO, address)
    check_access(still_page, scheme)


def test_a_unit_of_digits_is_pressed_in_its_strip_and_leads_to_its_weighted_sum(
    still_page: Page,
) -> None:
    page = still_page
    page.evaluate(GO, "#network=digits&view=relu_3/5")
    page.locator("[data-view='relu'][data-network='digits']").wait_for()
    for size in [(390, 844), (1280, 720)]:
        resize(page, size)
        check_texts(page, more_than=15)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    strip = page.locator(".strip-of-units").nth(1)
    cells = strip.locator("canvas")
    rows, cols = (int(cells.get_attribute(name) or 0) for name in ("height", "width"))
    box = strip.bounding_box()
    assert box is not None
    at = {"x": box["width"] * 3.5 / cols, "y": box["height"] * 0.5 / rows}
    strip.click(position=at)  # type: ignore[arg-type]
    expect(page.locator("[data-key='stage.value']")).to_contain_text("unit 4 of 120")
    assert page.evaluate(FOCUSED) == "explained"
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-key='stage.value']")).to_contain_text("unit 5 of 120")
    expect(page).to_have_url(re.compile("view=relu_3/4"))
    page.locator("[data-key='units.sum']").click()
    expect(page.locator("[data-view='flatten'][data-network='digits']")).to_be_visible()
    expect(page).to_have_url(re.compile("view=dense_1/4"))
