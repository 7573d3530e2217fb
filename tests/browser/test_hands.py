"""What hands do: mark and copy numbers, type over one, press letters, bring what is no picture."""

import json
from itertools import product

import numpy as np
import pytest
from playwright.sync_api import Locator, Page

from cnnscope.text import load_text
from support.browser.bringing import BROUGHT
from support.browser.console_watch import go, wait_until_ready
from support.browser.encoding import png
from support.browser.page_probes import GO, probabilities
from support.sampling import sampled_rows

pytestmark = pytest.mark.browser

NUMBERS = {
    "view=conv_1_2/3&cell=5,5": [".bias output", "button.row .number", ".stage .legend-ticks span"],
    "view=conv_1_2/3&channel=2&cell=5,5": [".grid .cell-number"],
    "view=relu_1_1/3&cell=3,3": ["output", ".graph text", ".stage .legend-ticks span"],
    "view=max_pool_1/3&cell=3,3": [".competitor span", "output"],
    "view=output/3&element=7": [".weighing .number", ".bias-line output", ".chip output"],
    "view=output/3&softmax=on&cell=0,9": [".fraction.small .over", ".weight.part"],
    "node=input/1": [".card dd:text-matches('^[0-9.]+$')"],
}
"""An address -> where there are numbers in what it opens."""

CASES = [(address, selector) for address, selectors in NUMBERS.items() for selector in selectors]

MARKED = "() => getSelection().toString()"

COPIED = """() => new Promise(done => document.addEventListener('copy', () => {
    done(getSelection().toString());
}, {once: true}))"""


def number(page: Page, address: str, selector: str) -> Locator:
    """A number of a view, once the view stands."""
    page.evaluate(GO, f"#{address}")
    within = page.locator(".explainer").locator(selector)
    place = within.filter(has_text="0").and_(page.locator(":visible")).first
    place.wait_for()
    page.evaluate("getSelection().removeAllRanges()")
    return place


@pytest.mark.parametrize(("address", "selector"), sampled_rows(CASES, every=2))
def test_a_double_click_marks_a_number_with_its_sign(
    still_page: Page, address: str, selector: str
) -> None:
    place = number(still_page, address, selector)
    place.dblclick()
    assert still_page.evaluate(MARKED).strip() == (place.text_content() or "").strip()


@pytest.mark.parametrize(("address", "selector"), sampled_rows(CASES, every=2))
def test_a_number_is_marked_by_dragging_and_can_be_copied(
    still_page: Page, address: str, selector: str
) -> None:
    place = number(still_page, address, selector)
    before = still_page.evaluate("location.hash")
    box = place.evaluate("""each => {
        const range = document.createRange();
        range.selectNodeContents(each);
        const {x, y, width, height} = range.getBoundingClientRect();
        return {x, y, width, height};
    }""")
    middle = box["y"] + box["height"] / 2
    still_page.mouse.move(box["x"] + 0.5, middle)
    still_page.mouse.down()
    still_page.mouse.move(box["x"] + box["width"] / 2, middle)
    still_page.mouse.move(box["x"] + box["width"] - 0.5, middle)
    still_page.mouse.up()
    copying = still_page.evaluate_handle(f"() => ({{copied: ({COPIED})()}})")
    still_page.keyboard.press("Control+c")
    copied = copying.evaluate("async each => await each.copied")
    assert copied.strip() == (place.text_content() or "").strip()
    assert still_page.evaluate("location.hash") == before  # nothing was pressed


WORDS = {
    "view=conv_1_2/3&cell=5,5": ".stage .total",
    "view=max_pool_1/3&cell=3,3": ".stage .total",
    "view=output/3&element=7": ".stage .total",
    "view=relu_1_1/3": ".stage .note",
}
PLACE = """text => {
    const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, {
        acceptNode: each => /\\d\\.\\d/.test(each.data) ? 1 : 3}).nextNode();
    const range = document.createRange();
    const at = node.data.search(/\\d\\.\\d/);
    range.setStart(node, at);
    range.setEnd(node, at + 3);
    const {x, y, width, height} = range.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""
"""Where a number stands within words."""


@pytest.mark.parametrize("address", WORDS)
def test_a_number_within_words_can_be_marked_and_the_words_too(
    still_page: Page, address: str
) -> None:
    still_page.evaluate(GO, f"#{address}")
    words = still_page.locator(WORDS[address]).first
    words.wait_for()
    still_page.mouse.dblclick(*words.evaluate(PLACE))
    marked = still_page.evaluate(MARKED).strip()
    assert "." in marked
    assert marked in words.inner_text()


def test_a_double_press_on_a_node_leaves_open_what_it_opened(still_page: Page) -> None:
    still_page.evaluate(GO, "#view=output/7")
    still_page.locator("[data-node='output/0'] .percent").dblclick()
    assert still_page.evaluate("location.hash") == "#view=output/0"


def test_the_press_that_reaches_a_weight_marks_it(still_page: Page) -> None:
    still_page.evaluate(GO, "#view=conv_1_2/3&channel=2")
    field = still_page.locator("[data-key='card.weight/4']")
    field.click()
    still_page.keyboard.type("0.5")
    assert field.input_value() == "0.5"
    field.click()  # puts the cursor
    still_page.keyboard.press("End")
    still_page.keyboard.type("5")
    assert field.input_value() == "0.55"


@pytest.mark.parametrize(
    ("key", "code"), [("r", "KeyR"), ("к", "KeyR"), ("ρ", "KeyR"), ("ק", "KeyE")]
)
def test_a_letter_goes_by_its_place_where_the_layout_has_none(
    still_page: Page, key: str, code: str
) -> None:
    node = still_page.locator("[data-node='conv_1_1/3']")
    node.focus()
    still_page.evaluate("document.getElementById('announcer').textContent = ''")
    node.dispatch_event("keydown", {"key": key, "code": code, "bubbles": True, "cancelable": True})
    still_page.evaluate("() => new Promise(requestAnimationFrame)")
    is_drawn = still_page.evaluate("document.getElementById('announcer').textContent")
    assert ("eceptive" in is_drawn) == (code == "KeyR")


FOREIGN = {"text/html": '<img src="https://example.org/cat.jpg">',
           "text/uri-list": "https://example.org/cat.jpg"}  # fmt: skip


@pytest.mark.parametrize("kind", ["drop", "paste"])
@pytest.mark.parametrize(
    ("formats", "code"),
    [
        ({"text/uri-list": "https://example.org/cat.jpg"}, "address"),
        ({"text/plain": "https://example.org/cat.jpg"}, "address"),
        (FOREIGN, "foreign"),
        ({"text/plain": "Dear diary"}, "words"),
    ],
)
def test_what_is_no_picture_is_told_what_to_do(
    still_page: Page, kind: str, formats: dict[str, str], code: str
) -> None:
    before = probabilities(still_page)
    assert kind == "paste" or still_page.evaluate(BROUGHT, ["dragover", formats, []])
    assert still_page.evaluate(BROUGHT, [kind, formats, []])  # else the browser would go there
    alert = still_page.locator("#alert:visible")
    assert load_text()(f"picture.error.{code}") in alert.inner_text()
    assert probabilities(still_page) == before
    still_page.get_by_role("button", name="Close this message").click()


def test_text_of_the_page_itself_may_be_dragged(still_page: Page) -> None:
    still_page.evaluate("document.body.dispatchEvent(new DragEvent('dragstart', {bubbles: true}))")
    assert not still_page.evaluate(BROUGHT, ["drop", {"text/plain": "0.5"}, []])
    still_page.evaluate("document.body.dispatchEvent(new DragEvent('dragend', {bubbles: true}))")
    assert still_page.locator("#alert:visible").count() == 0


def test_of_several_files_the_first_picture_is_taken_and_it_is_said(still_page: Page) -> None:
    white = list(png(np.full((64, 64, 3), 255, np.uint8)))
    files = [["notes.txt", "text/plain", [65]], ["a.png", "image/png", white]]
    still_page.evaluate(BROUGHT, ["drop", {}, files])
    still_page.locator("[data-sample=own][aria-pressed=true]").wait_for()
    assert load_text()("picture.notice.several") in still_page.locator("#notice").inner_text()


def test_a_number_within_a_formula_is_marked_with_its_sign_and_without_the_rest(
    still_page: Page,
) -> None:
    still_page.evaluate(GO, "#view=output/3&softmax=on&cell=0,9")
    place = still_page.locator(".stage").get_by_text("exp(−").first
    place.dblclick()
    marked = still_page.evaluate(MARKED).strip()
    assert marked.startswith("−")
    assert f"({marked})" in (place.text_content() or "")


EARLY = {
    "of several files the picture": (
        [["notes.txt", "text/plain", [65]], ["a.png", "image/png", []]], {}, "several"),
    "an address": ([], {"text/uri-list": "https://example.org/cat.jpg"}, "address"),
    "words": ([], {"text/plain": "Dear diary"}, "words"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), sampled_rows(product(EARLY, ["drop", "paste"]), every=3))
def test_what_comes_before_python_is_up_is_taken_as_later(
    page: Page, site_url: str, name: str, kind: str
) -> None:
    files, formats, said = EARLY[name]
    white = list(png(np.full((64, 64, 3), 255, np.uint8)))
    files = [[*file[:2], file[2] or white] for file in files]
    page.add_init_script(
        "const timer = setInterval(() => { if (!globalThis.cnnscopeBoot || !document.body) return;"
        f" clearInterval(timer); globalThis.isTaken = ({BROUGHT})"
        f"({json.dumps([kind, formats, files])}); }})"
    )
    go(page, site_url)
    wait_until_ready(page)
    assert page.evaluate("() => isTaken")  # else the browser would have left the page for it
    if files:
        page.locator("[data-sample=own][aria-pressed=true]").wait_for()
        assert load_text()("picture.notice.several") in page.locator("#notice").inner_text()
    else:
        assert load_text()(f"picture.error.{said}") in page.locator("#alert:visible").inner_text()
