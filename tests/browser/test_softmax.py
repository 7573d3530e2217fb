"""The explanation of softmax in a real Chromium: built up, read, changed, left."""

import math
import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cnnscope.state.state import Node
from cnnscope.views.softmax.layout import lay_out_softmax
from support.browser.console_watch import go, visit
from support.browser.page_probes import (
    FOCUSED,
    GO,
    SIZES,
    check_access,
    check_nodes,
    check_texts,
    number,
    planned,
    resize,
    scale_of,
    view,
    written,
)
from support.networks import trained
from support.sampling import sampled_rows

pytestmark = pytest.mark.browser

NETWORK = trained()
HERE = "#view=output/6&softmax=on"
CHANGED = f"{HERE}&cell=0,9&logits=6:4.5"
PAUSED_AMID = """() => {
    const total = document.querySelector("[data-key='softmax.total']").textContent;
    if (!/sum of [3-8] /.test(total)) return false;
    document.querySelector(".explainer [data-action='pause']").click();
    return true;
}"""
"""Pauses while some classes have joined; from outside of the page, that may come too late."""

MARKED = "() => [...document.querySelectorAll('[data-marked]')].map(each => each.dataset.key)"
PLACE = """key => {
    const origin = document.querySelector('.network').getBoundingClientRect();
    const box = document.querySelector(`[data-key='${key}']`).getBoundingClientRect();
    return [box.x - origin.x, box.y - origin.y, box.width, box.height];
}"""
PANEL = """() => {
    const panel = document.querySelector('.softmax-panel');
    return [panel.scrollHeight, panel.clientHeight, panel.scrollWidth, panel.clientWidth];
}"""


@pytest.fixture
def still_page(still_page: Page) -> Page:
    """The view, whole, for a visitor who asked for little motion."""
    still_page.evaluate(GO, HERE)
    return still_page


@pytest.fixture
def touch_page(touch_page: Page) -> Page:
    """The view, whole, on a phone."""
    touch_page.evaluate(GO, HERE)
    return touch_page


def column(page: Page, part: str) -> list[str]:
    return [written(page, f"class/{k}.{part}") for k in range(10)]


@pytest.mark.parametrize(
    ("size", "address"), sampled_rows(product(SIZES, [f"{HERE}&cell=0,4", CHANGED]), every=3)
)
def test_nothing_overlaps_and_nothing_scrolls_sideways(
    still_page: Page, size: Any, address: str
) -> None:
    resize(still_page, size)
    still_page.evaluate(GO, address)
    check_texts(still_page, more_than=60)
    high, room, wide, width = still_page.evaluate(PANEL)
    assert high <= room
    assert wide <= width
    assert still_page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", SIZES)
def test_every_row_and_every_node_stands_where_the_plan_says(still_page: Page, size: Any) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    plan = planned(still_page)
    made = lay_out_softmax(NETWORK, plan, Node("output", 6))
    check_nodes(still_page, plan, made)
    for k, row in enumerate(made.rows):
        expected = [row.x, row.y, row.width, row.height]
        place = np.array(still_page.evaluate(PLACE, f"class/{k}")) / scale_of(still_page)
        assert place.tolist() == pytest.approx(expected, abs=0.6)


def test_the_numbers_shown_are_exponentials_and_shares_of_the_logits_shown(
    still_page: Page,
) -> None:
    for sample in ("espresso", "koala", "cat", "bell_pepper"):
        still_page.locator(f"[data-sample='{sample}']").click()
        expect(still_page.locator("[data-key='fraction.result']")).not_to_have_text("…")
        logits = [number(text) for text in column(still_page, "logit")]
        weights = [math.exp(logit) for logit in logits]
        texts = column(still_page, "exponential")
        exact = [(number(text), weight) for text, weight in zip(texts, weights, strict=True)
                 if not text.startswith("<")]  # fmt: skip
        assert [shown for shown, _ in exact] == [
            pytest.approx(weight, rel=6e-4, abs=6e-4) for _, weight in exact
        ]
        shares = [100 * weight / math.fsum(weights) for weight in weights]
        assert [number(text) for text in column(still_page, "probability")] == [
            pytest.approx(share, abs=0.16) for share in shares
        ]
        nodes = still_page.locator("[data-class] .percent").all_inner_texts()
        assert column(still_page, "probability") == nodes


def test_the_bar_has_the_classes_join_stops_and_steps_them(
    ready_page: Page,
) -> None:
    page = ready_page
    page.evaluate(GO, HERE)
    total = page.locator("[data-key='softmax.total']")
    expect(page.locator("[data-pending]")).to_have_count(0)
    page.locator(".explainer [data-action='play']").click()
    expect(page.locator(".explainer [data-action='pause']")).to_be_visible()
    page.wait_for_function(PAUSED_AMID)
    joined = int(total.inner_text().split()[2])
    assert page.locator(".weights[data-pending]").count() == 10 - joined
    page.locator(".explainer [data-action='step']").click()
    expect(total).to_contain_text(f"sum of {joined + 1}")
    page.locator(".explainer [data-action='back']").click()
    expect(total).to_contain_text(f"sum of {joined} ")
    page.locator(".explainer [data-action='skip']").click()
    assert page.locator("[data-pending]").count() == 0
    assert "…" not in column(page, "probability")
    page.locator(".explainer [data-action='replay']").click()
    expect(total).to_contain_text(re.compile(r"sum of \d "))
    page.locator(".explainer").get_by_role("button", name="fast").click()
    expect(page.locator(".explainer [data-action='replay']")).to_be_visible()


def test_from_the_network_and_back_by_keyboard_only(still_page: Page) -> None:
    page = still_page
    keys = page.keyboard
    page.locator("[data-key='explained']").focus()
    keys.press("ArrowLeft")
    assert written(page, "softmax.total").startswith("sum of 9")
    keys.press("End")
    before = column(page, "probability")
    for _ in range(40):
        keys.press("Tab")
        if page.evaluate(FOCUSED) == "class/2.slider":
            break
    assert set(page.evaluate(MARKED)) == {"class/2", "term/2", "share/2"}
    logit = number(written(page, "class/2.logit"))
    for _ in range(60):
        keys.press("ArrowRight")
    assert number(written(page, "class/2.logit")) == pytest.approx(logit + 6, abs=0.06)
    assert page.locator(".changed[data-changed]").count() == 1
    after = column(page, "probability")
    assert number(after[2]) > number(before[2])
    assert number(after[6]) < number(before[6])
    slider = page.locator("[data-key='class/2.slider']")
    assert after[2] in (slider.get_attribute("aria-valuetext") or "")
    page.locator("[data-key='softmax.reset']").focus()
    keys.press("Enter")
    assert column(page, "probability") == before
    keys.press("Escape")
    expect(page.locator(".explainer")).to_have_attribute("data-view", "flatten")
    keys.press("Escape")
    expect(page.locator(".explainer")).to_have_attribute("data-view", "overview")
    assert page.evaluate(FOCUSED) == "output/6"


def test_pointing_works_both_ways(still_page: Page) -> None:
    still_page.locator("[data-key='term/3']").hover()
    assert set(still_page.evaluate(MARKED)) == {"class/3", "term/3", "share/3"}
    still_page.locator("[data-key='class/8.exponential']").hover()
    assert set(still_page.evaluate(MARKED)) == {"class/8", "term/8", "share/8"}
    still_page.locator("[data-key='softmax.reset']").locator("..").hover()
    assert still_page.evaluate(MARKED) == []


TOLD = """() => {
    const said = new URLSearchParams(location.hash.slice(1)).get('logits')?.split(':')[1];
    return +said === +document.querySelector('[data-key="class/6.slider"]').value;
}"""
"""Whether the address says where the slider stands: it does a moment after the last change."""


def test_a_logit_is_dragged_and_the_network_keeps_its_answer(still_page: Page) -> None:
    nodes = still_page.locator("[data-class] .percent").all_inner_texts()
    box = still_page.locator("[data-key='class/6.slider']").bounding_box()
    assert box is not None
    still_page.mouse.move(box["x"] + 0.84 * box["width"], box["y"] + box["height"] / 2)
    still_page.mouse.down()
    still_page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2, steps=5)
    still_page.mouse.up()
    assert abs(number(written(still_page, "class/6.logit"))) <= 0.2
    assert number(column(still_page, "probability")[6]) < 90
    assert still_page.locator("[data-class] .percent").all_inner_texts() == nodes
    assert [text.removeprefix("was ") for text in column(still_page, "was")] == nodes
    assert still_page.locator(".own:visible").count() == 10
    still_page.wait_for_function(TOLD)
    address = still_page.url
    shown = column(still_page, "probability")
    go(still_page, "about:blank")
    visit(still_page, address)
    assert column(still_page, "probability") == shown
    still_page.get_by_role("button", name="Add 1 to all").click()
    assert column(still_page, "probability") == shown
    still_page.get_by_role("button", name="Reset logits").click()
    assert column(still_page, "probability") == nodes


def test_it_opens_from_a_class_by_touch_and_closes(touch_page: Page) -> None:
    page = touch_page
    page.locator("[data-key='class/4.probability']").tap()
    expect(page.locator(".weights[data-chosen]")).to_have_attribute("data-key", "class/4")
    assert page.evaluate("location.hash").startswith("#view=output/4&softmax=on")
    page.locator("[data-key='stage.back']").tap()
    assert view(page) == "flatten"
    page.locator("[data-on='normalise']").first.tap()
    assert view(page) == "softmax"
    page.locator("[data-key='stage.close']").tap()
    assert view(page) == "overview"


@pytest.mark.parametrize(
    ("scheme", "address"),
    sampled_rows(product(["light", "dark"], [f"{HERE}&cell=0,4", CHANGED]), every=3),
)
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: Any, address: str) -> None:
    still_page.evaluate(GO, address)
    check_access(still_page, scheme)
