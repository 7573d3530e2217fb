"""What a newcomer meets first: the line above the network, notices, the card about a column."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.browser.page_probes import FOCUSED, GO, SIZES, resize
from support.sampling import sampled

pytestmark = pytest.mark.browser

STORY = "document.querySelector('.story').innerText"
COVERED = """notice => [...document.querySelectorAll('button, a[href], input')].filter(each => {
    if (notice.contains(each) || !each.checkVisibility({visibilityProperty: true})) return false;
    const one = each.getBoundingClientRect(), other = notice.getBoundingClientRect();
    return one.left < other.right && other.left < one.right
        && one.top < other.bottom && other.top < one.bottom;
}).map(each => each.dataset.key ?? each.outerHTML)"""


@pytest.mark.parametrize("size", sampled([(1366, 641), *SIZES], every=2))
def test_the_line_is_there_in_every_window_and_never_moves_the_network(
    ready_page: Page, size: tuple[int, int]
) -> None:
    resize(ready_page, size)
    ready_page.evaluate(GO, "#picture=pizza")
    top = ready_page.locator(".network").evaluate("each => each.getBoundingClientRect().top")
    for picture in ("koala", "sports_car"):
        ready_page.evaluate(GO, f"#picture={picture}")
        assert picture.replace("_", " ") in ready_page.evaluate(STORY)
        story = ready_page.locator(".story")
        assert story.evaluate("each => each.scrollHeight <= each.clientHeight")
        now = ready_page.locator(".network").evaluate("each => each.getBoundingClientRect().top")
        assert now == top


def test_in_a_low_laptop_window_the_whole_network_is_above_the_fold(ready_page: Page) -> None:
    resize(ready_page, (1366, 641))
    ready_page.evaluate(GO, "#picture=pizza")
    foot = ready_page.locator(".legends .legend-ticks").last.bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= 641


def test_the_tour_is_the_first_button(ready_page: Page) -> None:
    first = ready_page.locator("button:visible").first
    assert "tour-start" in (first.get_attribute("class") or "")


def test_a_notice_lies_over_no_control_and_can_be_closed(ready_page: Page) -> None:
    for size in ((1440, 900), (1366, 641), (1280, 720)):
        resize(ready_page, size)
        ready_page.evaluate(GO, "#picture=cat")
        notice = ready_page.locator(".notice")
        expect(notice).to_be_visible()
        assert notice.evaluate(COVERED) == []
        ready_page.evaluate(GO, "#picture=pizza")
        expect(notice).to_be_hidden()
    ready_page.evaluate(GO, "#picture=cat")
    notice.get_by_role("button").focus()
    ready_page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    assert ready_page.evaluate("document.activeElement.id") == "chooser"


def test_notices_wait_for_each_other_and_go_by_themselves(ready_page: Page) -> None:
    ready_page.evaluate(GO, "#picture=cat&nonsense=1")
    notice = ready_page.locator("#notice")
    expect(notice).to_contain_text("nonsense=1")
    ready_page.locator(".notice button").click()
    expect(notice).to_contain_text("none of the network’s classes")
    ready_page.mouse.move(700, 600)
    expect(notice).to_be_hidden(timeout=30_000)


def test_a_column_s_heading_opens_a_card_and_back_closes_it(ready_page: Page) -> None:
    heading = ready_page.locator("[data-key='label/conv_1_2']")
    heading.focus()
    ready_page.keyboard.press("Enter")
    card = ready_page.get_by_role("dialog")
    assert "convolution" in (card.get_attribute("aria-label") or "")
    assert ready_page.evaluate(FOCUSED) == "card.close"
    ready_page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert ready_page.evaluate(FOCUSED) == "label/conv_1_2"
    heading.click()
    ready_page.go_back()
    expect(card).to_have_count(0)


def test_a_layer_is_tried_on_the_small_grid(ready_page: Page) -> None:
    ready_page.locator("[data-key='label/max_pool_1']").click()
    ready_page.get_by_role("link", name="Try it on a small grid").click()
    expect(ready_page.locator("#playground")).to_be_in_viewport()
    assert ready_page.locator("[data-key='playground.stride']").input_value() == "2"
    ready_page.wait_for_url(re.compile(r"play=8,2,0,2,1.*section=playground"))


def test_pointing_draws_frames_column_by_column(ready_page: Page) -> None:
    ready_page.locator("[data-node='conv_2_1/3']").hover()
    frames = ready_page.locator("[data-key='cone']").get_attribute("d") or ""
    assert frames.count("M") == 1 + 5 * 10
    assert ready_page.locator("[data-key='field/picture']").is_visible()
    ready_page.mouse.move(2, 2)
    expect(ready_page.locator("[data-key='cone']")).to_have_attribute("d", "")


def test_a_phone_is_told_that_the_network_goes_on_until_its_end_is_seen(touch_page: Page) -> None:
    touch_page.evaluate(GO, "#view=overview")
    more = touch_page.locator(".explainer[data-more]")
    more.wait_for()
    touch_page.evaluate("() => document.querySelector('.scroller').scrollTo(10_000, 0)")
    more.wait_for(state="detached")
    touch_page.evaluate("() => document.querySelector('.scroller').scrollTo(0, 0)")
    more.wait_for()
    touch_page.evaluate(GO, "#view=conv_1_2/3")  # which fits
    more.wait_for(state="detached")


@pytest.mark.parametrize("width", [390, 320])
def test_a_notice_of_a_word_without_an_end_stays_within_a_phone(
    still_page: Page, width: int
) -> None:
    resize(still_page, (width, 700))
    still_page.evaluate(GO, f"#{'kernel' * 40}=1")
    still_page.locator("#notice:visible").wait_for()
    assert still_page.evaluate("document.documentElement.scrollWidth") <= width
    button = still_page.locator(".notice button").bounding_box()
    assert button is not None
    assert button["x"] + button["width"] <= width
