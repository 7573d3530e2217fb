"""The explanation of a convolution in a real Chromium: opened, played, read, changed, left."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cnnscope.nn.kernels import with_kernel
from cnnscope.pictures.resize import Pixels, to_input
from cnnscope.state.state import parse_node
from cnnscope.views.convolution.layout import lay_out_convolution
from support.browser.console_watch import go, visit
from support.browser.page_probes import (
    FOCUSED,
    GO,
    PICTURE,
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
    view,
    written,
)
from support.networks import trained
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser

NETWORK = trained()
PROBABILITIES = """
    () => [...document.querySelectorAll('[data-class]')].map(node => +node.dataset.probability)
"""


def answer(page: Page) -> np.ndarray:
    return np.array(page.evaluate(PROBABILITIES))


@pytest.mark.parametrize(
    ("node", "size"),
    sampled_rows(
        product(["conv_1_1/0", "conv_1_2/9", "conv_2_2/9"], [(390, 844), (1024, 768), (1440, 900)]),
        every=4,
    ),
)
def test_everything_stands_where_the_plan_says(still_page: Page, node: str, size: Any) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    open_node(still_page, node, "convolution")
    plan = planned(still_page)
    expansion = lay_out_convolution(NETWORK, plan, parse_node(node))
    check_nodes(still_page, plan, expansion)
    check_places(still_page, ".contribution", [row.contribution for row in expansion.rows])


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_no_text_overlaps_another_and_nothing_scrolls_sideways(still_page: Page, size: Any) -> None:
    resize(still_page, size)
    for address in ("#view=conv_1_1/0", "#view=conv_1_2/5&field=on", "#view=conv_2_2/9"):
        still_page.evaluate(GO, address)
        check_texts(still_page, more_than=20)
        assert still_page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_whole_way_to_a_product_and_back_by_keyboard_only(ready_page: Page) -> None:
    keys = ready_page.keyboard
    tab_to(ready_page, "input/0")
    for _ in range(3):
        keys.press("ArrowRight")
    reached = ready_page.evaluate(FOCUSED)
    assert reached.startswith("conv_1_2/")
    keys.press("Enter")
    expect(ready_page.locator(".explainer")).to_have_attribute("data-view", "convolution")
    assert ready_page.evaluate(FOCUSED) == "explained"
    keys.press("Space")
    expect(ready_page.locator(".explainer [data-action='play']")).to_be_visible()
    keys.press("Home")
    keys.press("ArrowRight")
    assert "column 2" in written(ready_page, "stage.value")
    shown = ready_page.locator(".row[aria-expanded='true']").get_attribute("data-key")
    tab_to(ready_page, str(shown))
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert ready_page.evaluate(FOCUSED) == "channel/2"
    keys.press("Enter")
    assert "relu_1_1 channel 3" in written(ready_page, "card.title")
    assert ready_page.evaluate(FOCUSED) == "channel/2"
    tab_to(ready_page, "card.input")
    line = ready_page.locator("[data-key='stage.value']")
    before = line.inner_text()
    for key in ("PageDown", "PageDown", "ArrowRight", "ArrowDown"):
        keys.press(key)
    values = [
        ready_page.locator(f"[data-key='card.{part}/4']") for part in ("patch", "weight", "product")
    ]
    patch, product = (number(values[k].inner_text()) for k in (0, 2))
    weight = number(values[1].input_value())
    assert product == pytest.approx(patch * weight, abs=0.0005001)
    assert line.inner_text() != before
    keys.press("Escape")
    assert view(ready_page) == "overview"
    assert ready_page.evaluate(FOCUSED) == reached


def test_the_window_slides_by_itself_and_stops_where_it_is_pointed_at(ready_page: Page) -> None:
    open_node(ready_page, "conv_1_2/3", "convolution")
    expect(ready_page.locator(".explainer [data-action='pause']")).to_be_visible()
    line = ready_page.locator("[data-key='stage.value']")
    first = line.inner_text()
    expect(line).not_to_have_text(first)
    box = ready_page.locator(".explained").bounding_box()
    assert box is not None
    ready_page.mouse.move(box["x"] + box["width"] * 20.5 / 60, box["y"] + box["height"] * 50.5 / 60)
    expect(ready_page.locator(".explainer [data-action='play']")).to_be_visible()
    assert "row 51, column 21" in line.inner_text()
    ready_page.locator(".explainer [data-action='step']").click()
    assert "row 51, column 22" in line.inner_text()
    ready_page.locator(".explainer [data-action='back']").click()
    assert "row 51, column 21" in line.inner_text()
    ready_page.locator(".explainer").get_by_role("button", name="fast").click()
    ready_page.locator(".explainer [data-action='play']").click()
    expect(ready_page.locator(".explainer [data-action='replay']")).to_be_visible()
    assert "row 60, column 60" in line.inner_text()
    ready_page.locator(".explainer [data-action='replay']").click()
    expect(ready_page.locator(".explainer [data-action='pause']")).to_be_visible()
    ready_page.locator(".explainer [data-action='skip']").click()
    expect(ready_page.locator(".explainer [data-action='replay']")).to_be_visible()


def test_little_motion_means_none_by_itself(still_page: Page) -> None:
    still_page.locator("[data-node='conv_1_2/3']").click()
    assert still_page.evaluate("document.getAnimations().length") == 0
    expect(still_page.locator(".explainer [data-action='play']")).to_be_visible()
    below = still_page.locator(".explained .below").bounding_box()
    frame = still_page.locator(".explained").bounding_box()
    assert below is not None
    assert frame is not None
    assert below["y"] >= frame["y"] + frame["height"]  # the curtain is gone


def test_a_changed_kernel_changes_the_answer_as_the_network_would(still_page: Page) -> None:
    open_node(still_page, "conv_1_1/4", "convolution")
    trained = answer(still_page)
    pixels: Pixels = np.array(still_page.evaluate(PICTURE), np.uint8).reshape(64, 64, 4)[..., :3]
    still_page.locator("[data-key='channel/1']").click()
    field = still_page.locator("[data-key='card.weight/4']")
    field.fill("2.5")
    field.press("Tab")
    kernel = NETWORK.layer("conv_1_1").kernel[4, 1].ravel().copy()  # type: ignore[union-attr]
    kernel[4] = 2.5
    expected = with_kernel(NETWORK, "conv_1_1", 4, 1, kernel.tolist())(to_input(pixels))
    assert abs(expected["output"] - trained).max() > 1e-3
    np.testing.assert_allclose(answer(still_page), expected["output"], atol=1e-4)
    expect(field).to_have_value("2.500")  # once it is no longer typed into
    mark = still_page.locator(".edited")
    expect(mark).to_contain_text("1")
    still_page.wait_for_url("**kernel=conv_1_1/4/1*")
    field.fill("tall")
    field.press("Tab")
    expect(still_page.locator("[data-key='card.message']")).to_contain_text("tall")
    np.testing.assert_allclose(answer(still_page), expected["output"], atol=1e-4)
    mark.get_by_role("button").click()
    np.testing.assert_allclose(answer(still_page), trained, atol=1e-6)
    expect(mark).to_be_hidden()


def test_another_picture_inside_the_view_is_followed(still_page: Page) -> None:
    open_node(still_page, "conv_2_1/2", "convolution")
    still_page.locator("[data-key='channel/5']").click()
    line = still_page.locator("[data-key='stage.value']")
    before = line.inner_text()
    still_page.locator("[data-sample='pizza']").click()
    expect(line).not_to_have_text(before)
    assert view(still_page) == "convolution"
    assert "max_pool_1 channel 6" in written(still_page, "card.title")


def test_a_link_shows_the_same_view_and_back_goes_one_level_up(
    still_page: Page, site_url: str
) -> None:
    open_node(still_page, "conv_2_2/9", "convolution")
    still_page.locator("[data-key='channel/3']").click()
    still_page.locator("[data-key='card.input']").press("End")
    still_page.keyboard.press("r")
    still_page.wait_for_url("**cell=13,25**field=on**")
    told = written(still_page, "stage.sum")
    address = still_page.url
    still_page.go_back()
    assert "channel=" not in still_page.url
    assert view(still_page) == "convolution"
    still_page.go_back()
    assert view(still_page) == "overview"
    go(still_page, "about:blank")
    visit(still_page, address)
    assert written(still_page, "stage.sum") == told
    assert "relu_2_1 channel 4" in written(still_page, "card.title")
    assert still_page.locator("[data-key='field/picture']").is_visible()


def test_every_step_is_there_for_a_finger(touch_page: Page) -> None:
    page = touch_page
    page.locator("[data-node='conv_1_1/3']").tap()
    page.locator("[data-view='convolution']").wait_for()
    page.locator(".explained").tap(position={"x": 100, "y": 60})
    text = written(page, "stage.value")
    page.locator(".explainer [data-action='step']").tap()
    assert written(page, "stage.value") != text
    page.locator("[data-key='channel/2'] .kernel").tap()
    dialog = page.get_by_role("dialog")
    assert "blue" in (dialog.get_attribute("aria-label") or "")
    page.locator("[data-key='card.next']").tap()
    assert "red" in (dialog.get_attribute("aria-label") or "")
    page.locator("[data-key='card.preset']").select_option("edges")
    expect(page.locator(".edited")).to_be_visible()
    page.locator("[data-key='card.preset']").select_option("trained")
    expect(page.locator(".edited")).to_be_hidden()
    place = written(page, "stage.value")
    page.locator("[data-key='card.step']").tap()
    assert written(page, "stage.value") != place
    page.locator("[data-key='card.back']").tap()
    assert written(page, "stage.value") == place
    page.locator("[data-key='card.close']").tap()
    assert dialog.count() == 0
    page.locator("[data-key='stage.close']").tap()
    assert view(page) == "overview"


AXE = ["#view=conv_1_2/3", "#view=conv_1_1/0&channel=1&field=on"]


@pytest.mark.parametrize(
    ("scheme", "address"),
    sampled_rows(
        product(["light", "dark"], AXE),
        every=3,
    ),
)
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any, address: str) -> None:
    still_page.evaluate(GO, address)
    check_access(still_page, scheme)
