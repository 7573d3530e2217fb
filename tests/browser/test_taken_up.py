"""The page that stands there from the start is what Python takes up; a press waits for it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from building.site.addresses import Contents
from support.browser.console_watch import (
    FAST_LINE,
    GIVEN_UP,
    SETTLED,
    go,
    wait_until_ready,
    watched,
)
from support.browser.faults import Fault, FaultyHost
from support.browser.page_probes import FOCUSED, check_axe
from support.sampling import sampled_rows

pytestmark = pytest.mark.browser

HELD = "cnnscope.zip.gz"
RECORD = """
globalThis.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
MARK = """() => {
    for (const each of document.querySelectorAll('.network, .network *, #controls *'))
        each.stoodThere = true;
}"""
MARKED = """() => [...document.querySelectorAll('.network, [data-node], [data-sample], canvas')]
    .filter(each => each.closest('#network, #controls') && !each.stoodThere)
    .map(each => each.outerHTML.slice(0, 80))"""
OPEN = "() => !document.querySelector('.network').inert"
DEAD = """() => {
    const buttons = [...document.querySelectorAll('#controls button, #tour-start button')];
    return [document.querySelector('.network').inert, buttons.every(each => each.disabled)];
}"""
BLANK = """() => [...document.querySelectorAll('.network canvas')].filter(canvas => {
    const {width, height} = canvas;
    const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
    return data.every(byte => byte === 0);
}).length"""
DROP = """async () => {
    const bytes = await (await fetch('./images/icon-180.png')).arrayBuffer();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], 'icon.png', {type: 'image/png'}));
    document.body.dispatchEvent(
        new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer}));
}"""
FOLLOW = """counting => {
    globalThis.followed = [];
    const count = eval(counting);
    const observed = {subtree: true, attributeFilter: ['data-laid-out']};
    new MutationObserver(() => followed.push(count()))
        .observe(document.querySelector('article'), observed);
}"""
"""Notes how many sections are left, whenever one is laid out."""

SKIPPED = """() => [...document.querySelectorAll('article > section')]
    .filter(each => getComputedStyle(each).contentVisibility === 'auto').length"""

Start = Callable[[], None]


@pytest.fixture
def held(context: BrowserContext, site_url: str) -> Iterator[tuple[Page, Start]]:
    """A page whose start waits for one file, and what lets it come."""
    page, watch = watched(context, site_url)
    waiting: list[Route] = []
    page.route(f"**/{HELD}*", lambda route: waiting.append(route))
    page.add_init_script(RECORD)

    def go_on() -> None:
        for route in waiting:
            route.continue_()
        wait_until_ready(page)

    yield page, go_on
    page.close()
    assert watch.problems == []


def standing(held: tuple[Page, Start], address: str) -> tuple[Page, Start]:
    """The page as it stands there, to be pressed, while its start waits."""
    page, _ = held
    go(page, address)
    page.wait_for_function(OPEN)
    return held


@pytest.mark.parametrize("line", ["slow", pytest.param("fast", marks=pytest.mark.long)])
def test_nothing_that_stands_there_is_made_anew_or_moves(
    held: tuple[Page, Start], site_url: str, line: str
) -> None:
    page, go_on = held
    if line == "fast":
        page.add_init_script(FAST_LINE)
    standing(held, site_url)
    page.evaluate(MARK)
    page.locator("[data-node='conv_1_1/3']").focus()
    go_on()
    assert page.evaluate(MARKED) == []
    assert page.evaluate(FOCUSED) == "conv_1_1/3"
    assert page.evaluate("shift") == pytest.approx(0, abs=1e-3)
    page.wait_for_function(f"() => ({BLANK})() === 0")


def test_presses_are_answered_in_their_order(held: tuple[Page, Start], site_url: str) -> None:
    page, go_on = standing(held, site_url)
    page.locator("[data-sample=pizza]").click()
    page.locator("[data-node='relu_1_1/2']").dblclick()  # which opens it once
    assert page.locator("[aria-busy=true]").count() == 2
    go_on()
    page.locator("[data-node='relu_1_1/2'][aria-expanded=true]").wait_for()
    page.locator("[data-sample=pizza][aria-pressed=true]").wait_for()
    page.locator("[data-class=pizza][data-first]").wait_for()
    assert page.locator("[aria-busy]").count() == 0
    page.go_back()
    page.locator("[data-node='relu_1_1/2'][aria-expanded=false]").wait_for()


def test_the_keyboard_s_press_on_the_tour_is_answered(
    held: tuple[Page, Start], site_url: str
) -> None:
    page, go_on = standing(held, site_url)
    page.locator("#tour-start button").press("Enter")
    go_on()
    page.wait_for_function("() => location.hash.includes('tour=1')")


def test_focus_stays_on_the_way_into_the_tour(held: tuple[Page, Start], site_url: str) -> None:
    page, go_on = standing(held, site_url)
    page.locator("#tour-start button").focus()
    go_on()
    assert page.evaluate(FOCUSED) == "tour.start"


def test_what_is_brought_later_takes_the_place_of_a_press(
    held: tuple[Page, Start], site_url: str
) -> None:
    page, go_on = standing(held, site_url)
    page.locator("[data-sample=pizza]").click()
    page.evaluate(DROP)
    assert page.locator("[aria-busy=true]").count() == 0
    go_on()
    page.locator("[data-sample=own][aria-pressed=true]").wait_for()


def test_in_another_language_too(held: tuple[Page, Start], site_url: str) -> None:
    page, go_on = held
    go(page, f"{site_url}#lang=zh")
    page.locator("#controls:lang(zh) [data-sample=pizza]:not([disabled])").wait_for()
    page.evaluate(MARK)
    page.locator("[data-sample=pizza]").click()
    go_on()
    page.locator("[data-class=pizza][data-first]").wait_for()
    assert page.evaluate(MARKED) == []


@pytest.mark.parametrize(
    ("address", "moved"),
    sampled_rows(
        [
            ("#picture=pizza", 1e-3),
            ("#scale=global", 1e-3),
            ("#view=conv_1_1/3", 5e-3),  # the line above the network says another thing
        ],
        every=3,
    ),
)
def test_another_address_shows_what_it_says(
    held: tuple[Page, Start], site_url: str, address: str, moved: float
) -> None:
    page, go_on = held
    go(page, f"{site_url}{address}")
    go_on()
    page.wait_for_function(f"() => ({BLANK})() === 0")
    assert page.evaluate("shift") == pytest.approx(0, abs=moved)
    page.locator("#progress").wait_for(state="hidden")
    check_axe(page)


def test_where_python_does_not_come_nothing_pretends_to_work(
    context: BrowserContext, contents: Contents
) -> None:
    with FaultyHost(contents) as host:
        faulty_page, _ = watched(context, host.url)
        host.fault = Fault("numpy.zip.gz", "404")
        go(faulty_page, host.url)
        faulty_page.wait_for_function(SETTLED)
        assert faulty_page.evaluate(GIVEN_UP)[0] == "error"
        assert faulty_page.evaluate(DEAD) == [True, True]


def test_the_article_is_laid_out_section_by_section_when_the_page_is_up(
    held: tuple[Page, Start], site_url: str
) -> None:
    page, go_on = standing(held, site_url)
    total = page.evaluate(SKIPPED)
    assert total > 10
    page.evaluate(FOLLOW, SKIPPED)
    go_on()
    page.wait_for_function(f"() => ({SKIPPED})() === 0")
    assert list(dict.fromkeys(page.evaluate("followed"))) == list(range(total - 1, -1, -1))
    page.wait_for_function("() => !document.documentElement.dataset.article")
    assert page.locator("article [data-laid-out]").count() == 0


def test_the_article_is_laid_out_when_somebody_goes_there(
    held: tuple[Page, Start], site_url: str
) -> None:
    page, go_on = standing(held, site_url)
    page.mouse.move(400, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 0")
    page.wait_for_function(f"() => ({SKIPPED})() === 0")
    go_on()


@pytest.mark.parametrize("address", ["#convolution", "#picture=pizza"])
def test_with_an_address_it_is_laid_out_at_once(
    held: tuple[Page, Start], site_url: str, address: str
) -> None:
    page, go_on = held
    go(page, f"{site_url}{address}")
    assert page.evaluate(SKIPPED) == 0
    go_on()
