"""The overview in a real Chromium: what is promised of it, at the sizes it is used at."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from cnnscope.views.shared.network_plan import CHROME
from support.browser.console_watch import go, visit
from support.browser.encoding import png
from support.browser.page_probes import (
    FOCUSED,
    GO,
    PLACES,
    SIZES,
    WIDE,
    check_access,
    check_axe,
    check_texts,
    grown,
    open_node,
    planned_for,
    probabilities,
    resize,
    tab_to,
)
from support.networks import trained
from support.sampling import sampled, sampled_rows
from support.sites import ROOT

pytestmark = pytest.mark.browser

NETWORK = trained()
FIXTURE = ROOT / "tests" / "fixtures" / "tiny_vgg_activations.npz"


@pytest.fixture
def unlit_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page as it is before any script runs."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site_url)
    yield page
    context.close()


def test_every_node_has_its_name_and_every_class_its_probability(ready_page: Page) -> None:
    names = ready_page.evaluate(
        "[...document.querySelectorAll('[data-node]')].map(n => n.dataset.node)"
    )
    assert len(names) == len(set(names)) == 113
    assert {"input/0", "conv_1_1/3", "relu_1_1/3", "max_pool_1/3", "output/6"} <= set(names)
    given = probabilities(ready_page)
    assert sum(float(text) for text in given) == pytest.approx(1, abs=1e-5)
    assert all(float(text) > 0 for text in given)


def test_every_layer_agrees_with_pytorch(probed_page: Page) -> None:
    with np.load(FIXTURE) as fixture:
        stored = dict(fixture)
    probed_page.locator("#chooser").set_input_files(
        {"name": "p.png", "mimeType": "image/png", "buffer": png(stored["picture"])}
    )
    probed_page.wait_for_function("() => !document.documentElement.dataset.reading")
    for layer in NETWORK.layers:
        values = probed_page.evaluate("name => Array.from(cnnscope.trace(name))", layer.name)
        got = np.array(values, np.float64)
        assert got.size == np.prod(stored[f"{layer.name}.shape"])
        at_places = got[stored[f"{layer.name}.positions"]]
        np.testing.assert_allclose(at_places, stored[layer.name], rtol=0, atol=1e-4)
        summary = [got.mean(), got.std(), got.min(), got.max()]
        np.testing.assert_allclose(summary, stored[f"{layer.name}.summary"], rtol=0, atol=1e-4)


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_the_still_picture_stands_where_the_live_one_will(unlit_page: Page, size: Any) -> None:
    unlit_page.set_viewport_size({"width": size[0], "height": size[1]})
    plan = planned_for(size)
    boxes = [plan.picture, *plan.boxes.values()]
    expected = [[box.x, box.y, box.width, box.height] for box in boxes]
    got = unlit_page.evaluate(PLACES, ".picture, .node")
    np.testing.assert_allclose(np.array(got) / grown(size), expected, atol=0.6)


def test_the_live_nodes_stand_where_the_layout_says_at_every_size(ready_page: Page) -> None:
    for size in SIZES:
        ready_page.set_viewport_size({"width": size[0], "height": size[1]})
        plan, scale = planned_for(size), grown(size)
        ready_page.wait_for_function(WIDE, arg=plan.width * scale)
        expected = [[box.x, box.y, box.width, box.height] for box in plan.boxes.values()]
        found = np.array(ready_page.evaluate(PLACES, "[data-node]")) / scale
        np.testing.assert_allclose(found, expected, atol=0.1)


@pytest.mark.parametrize("details", ["on", "off"])
def test_no_text_overlaps_another_at_any_size(ready_page: Page, details: str) -> None:
    ready_page.evaluate(GO, f"#details={details}")
    for size in SIZES:
        resize(ready_page, size)
        ready_page.wait_for_function(WIDE, arg=planned_for(size).width * grown(size))
        check_texts(ready_page, more_than=30)


@pytest.mark.parametrize("size", [*SIZES[1:], (2560, 1300)])
def test_nothing_scrolls_sideways_where_the_network_fits(ready_page: Page, size: Any) -> None:
    ready_page.set_viewport_size({"width": size[0], "height": size[1]})
    ready_page.wait_for_function(WIDE, arg=size[0])
    for selector in ("html", ".scroller", ".controls"):
        widths = (
            "s => [document.querySelector(s).scrollWidth, document.querySelector(s).clientWidth]"
        )
        inside, outside = ready_page.evaluate(widths, selector)
        assert inside <= outside, selector


def test_nothing_is_left_of_a_view_where_the_window_became_smaller(ready_page: Page) -> None:
    open_node(ready_page, "conv_1_2/3", "convolution")
    ready_page.keyboard.press("Escape")
    ready_page.locator(".explainer[data-view=overview]").wait_for()
    resize(ready_page, (768, 1024))
    ready_page.wait_for_function(WIDE, arg=768)
    assert ready_page.evaluate("document.querySelector('.scroller').scrollWidth") == 768


def test_header_and_controls_are_as_high_as_the_layout_expects(ready_page: Page) -> None:
    for size in SIZES[2:]:
        ready_page.set_viewport_size({"width": size[0], "height": size[1]})
        box = ready_page.locator(".scroller").bounding_box()
        assert box is not None
        assert box["y"] / grown(size) == pytest.approx(CHROME, abs=1)


def test_a_tap_reads_a_value_that_stays(touch_page: Page) -> None:
    touch_page.evaluate(GO, "#node=input/2")
    touch_page.locator(".map").tap(position={"x": 14, "y": 22})
    assert touch_page.locator(".card .value").inner_text().startswith("row 6, column 4: ")


def test_a_link_to_the_text_goes_there_and_leaves_the_address(ready_page: Page) -> None:
    ready_page.get_by_role("button", name="Module").click()
    address = ready_page.url
    ready_page.locator("[data-key='label/max_pool_1']").click()
    ready_page.get_by_role("dialog").get_by_role("link", name="Read more").click()
    assert ready_page.get_by_role("dialog").count() == 0
    assert ready_page.evaluate("document.activeElement.id") == "pooling"
    box = ready_page.locator("#pooling").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    assert ready_page.url == address


def test_on_a_phone_only_the_network_scrolls_sideways(ready_page: Page) -> None:
    ready_page.set_viewport_size({"width": 390, "height": 844})
    ready_page.wait_for_function("() => document.querySelector('.network').offsetWidth > 800")
    assert ready_page.evaluate("document.documentElement.scrollWidth") == 390
    assert ready_page.evaluate("document.querySelector('.scroller').scrollWidth") > 800


def test_pointing_at_a_cell_reads_out_its_value(probed_page: Page) -> None:
    node = probed_page.locator("[data-node='max_pool_2/4']")
    box = node.bounding_box()
    assert box is not None
    probed_page.mouse.move(box["x"] + box["width"] * 4.5 / 13, box["y"] + box["height"] * 9.5 / 13)
    value = probed_page.evaluate("cnnscope.trace('max_pool_2')[(4 * 13 + 9) * 13 + 4]")
    text = probed_page.locator(".readout").inner_text()
    assert "max_pool_2 · channel 5 of 10" in text
    assert f"row 10, column 5: {value:.4f}" in text
    probed_page.mouse.move(2, 2)
    probed_page.locator(".readout").wait_for(state="hidden")


def test_the_overview_by_keyboard_only(ready_page: Page) -> None:
    keys = ready_page.keyboard
    tab_to(ready_page, "input/0")
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    keys.press("ArrowDown")
    reached = ready_page.evaluate(FOCUSED)
    assert reached.startswith("input/")
    assert reached.split("/")[0] in ready_page.locator(".readout").inner_text()
    keys.press("Enter")
    assert ready_page.get_by_role("dialog").get_attribute("aria-label").startswith("input")
    assert ready_page.evaluate(FOCUSED) == "card.map"
    keys.press("ArrowRight")
    assert "row 33, column 34" in ready_page.locator(".card .value").inner_text()
    keys.press("Escape")
    assert ready_page.get_by_role("dialog").count() == 0
    assert ready_page.evaluate(FOCUSED) == reached
    keys.press("End")
    assert ready_page.evaluate(FOCUSED) == "output/9"
    for _ in range(10):
        keys.press("ArrowUp")
    assert ready_page.evaluate(FOCUSED) == "label/output"
    keys.press("ArrowLeft")
    keys.press("ArrowDown")
    assert ready_page.evaluate(FOCUSED) == "max_pool_2/0"
    keys.press("Shift+Tab")
    assert ready_page.evaluate(FOCUSED) == "picture"
    keys.press("Enter")
    assert ready_page.get_by_role("dialog").get_attribute("aria-label") == "The picture"
    keys.press("Escape")
    assert ready_page.evaluate(FOCUSED) == "picture"
    keys.press("Shift+Tab")
    assert ready_page.evaluate(FOCUSED) == "scale/global"
    keys.press("Enter")
    assert "scale=global" in ready_page.url
    keys.press("Tab")
    keys.press("Tab")
    assert ready_page.evaluate(FOCUSED) == "max_pool_2/0"


def test_back_and_forward_and_a_pasted_link_show_the_same(ready_page: Page, site_url: str) -> None:
    ready_page.locator("[data-node='input/1']").click()
    ready_page.get_by_role("button", name="Global").click()
    address = ready_page.url
    ready_page.go_back()
    ready_page.go_back()
    assert ready_page.get_by_role("dialog").count() == 0
    ready_page.go_forward()
    assert ready_page.get_by_role("dialog").count() == 1
    go(ready_page, "about:blank")
    visit(ready_page, address)
    assert "input · green" in ready_page.get_by_role("dialog").inner_text()
    pressed = ready_page.get_by_role("button", name="Global").get_attribute("aria-pressed")
    assert pressed == "true"


def test_axe_finds_nothing_to_object_to_while_the_page_loads(page: Page, site_url: str) -> None:
    page.route("**/numpy.zip.gz*", lambda route: None)
    go(page, site_url)
    check_axe(page, more_than=10)
    assert page.evaluate("document.documentElement.dataset.state") == "loading"


AXE = ["", "#node=input/1", "#node=output/2&details=off", "#view=picture"]


@pytest.mark.parametrize(
    ("scheme", "address"),
    sampled_rows(product(["light", "dark"], AXE), every=3),
)
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any, address: str) -> None:
    still_page.evaluate(GO, address)
    if address:
        check_access(still_page, scheme)
    else:
        check_access(still_page, scheme, within=None)
