"""The playground in a real Chromium: typed into at random, used by keyboard, copied from."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser.console_watch import wait_until_ready, watched
from support.browser.page_probes import FOCUSED, GO, check_axe, view
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser

FIELDS = ("size", "kernel", "padding", "stride", "dilation")
TEXTS = ("", " ", "x", "-1", "20", "1e9", "2.5", "٣", "9" * 30, "<b>", "NaN", "1,5", "0x3")
SNAPSHOT = """() => {
    document.activeElement.blur();
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
        const place = document.getElementById('playground');
        const values = [...place.querySelectorAll('input')].map(each => each.value);
        const attributes = [...place.querySelectorAll('*')].map(each => [each.localName,
            [...each.attributes].map(({name, value}) => name + '=' + value).sort(),
            each.firstElementChild ? '' : each.textContent]);
        const pixels = [...place.querySelectorAll('canvas')].map(each =>
            [...each.getContext('2d').getImageData(0, 0, each.width, each.height).data]);
        done([values, attributes, pixels]);
    })));
}"""
"""All that the playground shows, once what was typed last is no longer typed into."""

ANEW = "() => document.dispatchEvent(new Event('spoken'))"
"""Has the page draw the playground anew, as where the article has come in another language."""

TEXTS_IN = """() => {
    const place = document.getElementById('playground');
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest('math, svg, code') || !parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const {x, y, right, bottom} of range.getClientRects())
            found.push([walker.currentNode.data, x, y, right, bottom]);
    }
    return found;
}"""
"""Every line of text of the playground, with its left, top, right and bottom."""


@pytest.fixture(scope="module")
def playing_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page, up, for one who asked for little motion and lets it use the clipboard."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, watch = watched(context, site_url)
    page.goto(site_url)
    wait_until_ready(page)
    yield page
    context.close()
    assert watch.problems == []
    assert watch.foreign == []


@pytest.fixture
def usual_page(playing_page: Page) -> Page:
    """The page with the playground as it is in the beginning, on a desktop."""
    playing_page.set_viewport_size({"width": 1440, "height": 900})
    playing_page.locator("[data-key='playground.reset']").click()
    return playing_page


def key(page: Page, name: str) -> Any:
    return page.locator(f"[data-key='playground.{name}']")


@pytest.mark.long
@pytest.mark.parametrize("seed", sampled([6, 7, 8], every=3))
def test_eighty_inputs_never_freeze_it(usual_page: Page, seed: int) -> None:
    page, chance = usual_page, random.Random(seed)
    for turn in range(80):
        name = chance.choice((*FIELDS, f"weight/{chance.randint(0, 3)}"))
        typed = chance.choice((*TEXTS, *(str(chance.randint(0, 13)) for _ in range(12))))
        field = key(page, name)
        if field.count():
            field.fill(typed)
        if turn % 20 == 19:
            shown = page.evaluate(SNAPSHOT)
            page.evaluate(ANEW)
            assert page.evaluate(SNAPSHOT) == shown, turn
    key(page, "reset").click()
    expect(key(page, "made.caption")).to_have_text("output 5×5")
    key(page, "stride").fill("2")
    expect(key(page, "made.caption")).to_have_text("output 3×3")


def test_from_a_wrong_number_to_a_value_by_keyboard_only(usual_page: Page) -> None:
    page, keys = usual_page, usual_page.keyboard
    key(page, "size").focus()
    keys.press("Tab")
    keys.press("Tab")
    assert page.evaluate(FOCUSED) == "playground.kernel"
    keys.press("Backspace")
    keys.press("Backspace")
    expect(key(page, "kernel.message")).to_have_text("Type a whole number from 1 to 7.")
    expect(key(page, "stale")).to_contain_text("kernel size 3")
    expect(key(page, "kernel")).to_have_attribute("aria-invalid", "true")
    keys.press("Escape")
    expect(key(page, "kernel")).to_have_value("3")
    expect(key(page, "stale")).to_be_hidden()
    keys.press("ArrowDown")
    expect(key(page, "kernel")).to_have_value("2")
    assert page.evaluate(FOCUSED) == "playground.kernel"
    keys.press("Tab")
    keys.press("ArrowRight")
    expect(key(page, "kernel")).to_have_value("3")
    for _ in range(9):
        keys.press("Tab")
        if page.evaluate(FOCUSED) == "playground.pad/same":
            break
    keys.press("Enter")
    expect(key(page, "padding")).to_have_value("1")
    for _ in range(6):
        keys.press("Tab")
        if page.evaluate(FOCUSED) == "playground.given":
            break
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    expect(page.locator("#announcer")).to_contain_text("Output row 2, column 2: ")
    expect(key(page, "sum.total")).to_contain_text("row 2, column 2 of the output = ")
    keys.press(" ")
    expect(page.locator("#playground [data-action='pause']")).to_have_count(1)
    keys.press(" ")
    expect(page.locator("#playground [data-action='pause']")).to_have_count(0)


def test_a_setting_is_a_spin_button_by_every_key(usual_page: Page) -> None:
    page, keys, size = usual_page, usual_page.keyboard, key(usual_page, "size")
    size.focus()
    for pressed, value in (
        ("End", "12"), ("PageDown", "9"), ("ArrowUp", "10"), ("Home", "1"), ("PageUp", "4"),
    ):  # fmt: skip
        keys.press(pressed)
        expect(size).to_have_value(value)
        expect(size).to_have_attribute("aria-valuenow", value)
        assert page.evaluate(FOCUSED) == "playground.size"
    keys.press("Shift+Home")  # selects, as in any text
    expect(size).to_have_value("4")


@pytest.mark.parametrize("place", ["stride.slider", "stride", "given"])
def test_escape_leaves_an_opened_view_from_the_playground(usual_page: Page, place: str) -> None:
    page = usual_page
    page.evaluate(GO, "#view=relu_1_1/3")
    assert view(page) == "relu"
    key(page, place).focus()
    page.keyboard.press("Escape")
    expect(page.locator(".explainer")).to_have_attribute("data-view", "overview")


def test_a_number_may_be_typed_digit_by_digit_and_is_tidied_up_when_left(usual_page: Page) -> None:
    page = usual_page
    key(page, "size").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("012")
    expect(key(page, "size")).to_have_value("012")
    expect(key(page, "size.slider")).to_have_value("12")
    page.keyboard.press("Tab")
    expect(key(page, "size")).to_have_value("12")


def test_pointing_at_a_cell_moves_the_window(usual_page: Page) -> None:
    page = usual_page
    made = key(page, "made")
    made.scroll_into_view_if_needed()
    box = made.bounding_box()
    page.mouse.move(box["x"] + 3.5 * box["width"] / 5, box["y"] + 1.5 * box["height"] / 5, steps=3)
    expect(key(page, "window")).to_have_attribute("transform", "translate(3 1)")
    expect(key(page, "sum.total")).to_contain_text("row 2, column 4 of the output")


def test_a_remedy_helps_and_the_focus_goes_on(usual_page: Page) -> None:
    page = usual_page
    key(page, "dilation").fill("4")
    expect(key(page, "impossible")).to_contain_text("No output")
    key(page, "remedy/padding").press("Enter")
    expect(key(page, "made.caption")).to_have_text("output 1×1")
    assert page.evaluate(FOCUSED) == "playground.made"


def test_a_line_of_code_is_copied_and_that_is_said(usual_page: Page) -> None:
    page = usual_page
    for library in ("numpy", "torch", "keras"):
        key(page, f"copy/{library}").click()
        expect(key(page, "code.note")).to_have_text("The line is on the clipboard.")
        line = key(page, f"code/{library}").inner_text()
        assert page.evaluate("navigator.clipboard.readText()") == line
        key(page, "stride").fill("2")
        key(page, "stride").fill("1")


def test_without_a_clipboard_the_old_way_copies(usual_page: Page) -> None:
    page = usual_page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    key(page, "copy/torch").click()
    expect(key(page, "code.note")).to_have_text("The line is on the clipboard.")
    assert page.evaluate("navigator.clipboard.readText()") == key(page, "code/torch").inner_text()
    page.evaluate("() => { delete navigator.clipboard.writeText; }")
    assert page.evaluate(FOCUSED) == "playground.copy/torch"


def test_a_slider_moved_a_hundred_times_makes_no_step_for_back(usual_page: Page) -> None:
    page = usual_page
    before = page.evaluate("history.length")
    for value in range(100):
        key(page, "stride.slider").fill(str(1 + value % 6))
    page.wait_for_function("() => location.hash === '#play=7,3,0,4,1'")
    assert page.evaluate("history.length") == before


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1440, 900)])
@pytest.mark.parametrize(
    "address", ["play=12,7,6,1,1&play-kernel=blur", "play=12,3,6,2,3", "play=1,7,0,6,4"]
)
def test_nothing_overlaps_or_scrolls_sideways(
    usual_page: Page, size: tuple[int, int], address: str
) -> None:
    page = usual_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(GO, f"#{address}")
    key(page, "padding").fill("x")  # a message too
    texts = page.evaluate(TEXTS_IN)
    assert len(texts) > 40
    width = page.evaluate("document.documentElement.clientWidth")
    for k, (text, x, y, right, bottom) in enumerate(texts):
        assert x >= 0, text
        assert right <= width + 0.5, text
        for other, left, top, far, low in texts[k + 1 :]:
            is_apart = right <= left + 1 or far <= x + 1 or bottom <= top + 3 or low <= y + 3
            assert is_apart, f"{text!r} overlaps {other!r}"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    key(page, "reset").click()


@pytest.mark.parametrize(
    ("scheme", "address"),
    sampled_rows(product(["light", "dark"], ["", "play=7,3,1,3,2", "play=2,7,0,1,1"]), every=3),
)
def test_axe_finds_nothing_wrong(usual_page: Page, scheme: Any, address: str) -> None:
    page = usual_page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if address:
        page.evaluate(GO, f"#{address}")
        key(page, "stride").fill("none")
    check_axe(page, within="#playground", more_than=10)
