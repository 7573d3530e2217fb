"""The article in a real Chromium: as it was written, readable, and linked with the network."""

from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Route

from support.articles import TEXTS, tree
from support.browser.console_watch import go, wait_until_ready
from support.browser.page_probes import FOCUSED, GO, check_axe, resize, view
from support.sampling import sampled

pytestmark = pytest.mark.browser

ENGLISH = next(path for path in TEXTS if path.stem == "en")
FILLED = {"playground", "sliding", "landing"}  # ids of what Python draws in
SCROLLED = "() => Math.round(scrollY)"
IN_SIGHT = """() => {
    const {top, bottom} = document.activeElement.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
}"""
LINK = "() => document.activeElement.getAttribute('href')"
TIDY = """() => document.querySelectorAll('article [tabindex="-1"]').forEach(
    each => each.removeAttribute('tabindex'))"""

TREE = """() => {
    const isWhole = each => each.localName === 'svg' || each.matches('#playground, [data-live]');
    const outline = each => [
        each.localName, isWhole(each) ? [] : [...each.children].map(outline)];
    return outline(document.getElementById('article'));
}"""
"""Elements within elements, as the browser understood them."""

FIGURES = """() => [...document.querySelectorAll('article svg.figure')].map(svg => {
    const box = each => {
        const {x, y, right, bottom} = each.getBoundingClientRect();
        return [each.textContent, x, y, right, bottom];
    };
    const sheet = box(svg);
    sheet[0] = svg.getAttribute('aria-label');
    return [sheet, [...svg.querySelectorAll('text')].map(box)];
})"""
"""For each figure its name and box, and the words in it with theirs."""

TARGETS = """() => [...document.querySelectorAll('.info, .see-line .see')].map(each => {
    const {width, height} = each.getBoundingClientRect();
    return [each.textContent, Math.min(width, height)];
})"""

SIDEWAYS = """() => [...document.querySelectorAll('article *')].filter(each => {
    if (each.getBoundingClientRect().right <= innerWidth) return false;
    for (let outer = each; outer; outer = outer.parentElement)
        if (getComputedStyle(outer).overflowX !== 'visible') return false;
    return true;
}).map(each => each.outerHTML.slice(0, 80))"""
"""What reaches beyond the window and cannot be scrolled in a box of its own."""


def outline(element: ElementTree.Element) -> list:
    inner = [] if element.get("id") in FILLED else [outline(child) for child in element]
    if element.tag == "figure" and element.find("div") is None:
        inner.insert(0, ["svg", []])
    return [element.tag, inner]


def test_the_browser_reads_the_html_as_it_was_written(still_page: Page) -> None:
    """Nothing had to be mended: no element was closed, moved or dropped by the parser."""
    assert still_page.evaluate(TREE) == outline(tree(ENGLISH))


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], every=2))
def test_axe_finds_nothing_to_object_to_in_the_article(still_page: Page, scheme: str) -> None:
    still_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    check_axe(still_page, within="#article", more_than=15)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_figures_can_be_read_at_every_size(still_page: Page, size: tuple[int, int]) -> None:
    resize(still_page, size)
    still_page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    assert still_page.evaluate(SIDEWAYS) == []
    figures = still_page.evaluate(FIGURES)
    assert len(figures) == 16
    for (name, left, top, right, bottom), words in figures:
        assert right - left > 300, name
        for k, (word, x, y, far, low) in enumerate(words):
            assert x > left - 2, (name, word)
            assert far < right + 2, (name, word)
            assert y > top - 8, (name, word)
            assert low < bottom + 2, (name, word)
            for other, x2, y2, far2, low2 in words[k + 1 :]:
                is_apart = far <= x2 + 1 or far2 <= x + 1 or low <= y2 + 4 or low2 <= y + 4
                assert is_apart, (name, word, other)


def test_the_article_can_be_read_without_any_script(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url)
    assert page.locator("article section").count() == 20
    assert page.locator("article svg.figure").count() == 16
    assert page.locator("article math").count() > 10
    assert not page.locator(".see-line").first.is_visible()  # there is no network to see
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_link_shows_its_view_at_once_and_back_returns_to_it(
    still_page: Page, size: tuple[int, int]
) -> None:
    resize(still_page, size)
    still_page.evaluate(GO, "#picture=koala&scale=global")
    link = still_page.locator("a.see[href='#view=relu_1_1/3']")
    link.focus()
    link.scroll_into_view_if_needed()
    before = still_page.evaluate(SCROLLED)
    assert before > size[1]
    still_page.keyboard.press("Enter")
    assert still_page.evaluate(SCROLLED) < size[1] / 2
    assert still_page.evaluate(IN_SIGHT)
    assert view(still_page) == "relu"
    assert still_page.evaluate(FOCUSED) == "explained"
    assert still_page.locator("[data-sample=koala][aria-pressed=true]").count() == 1
    address = still_page.evaluate("location.hash")
    assert {"picture=koala", "scale=global", "view=relu_1_1/3"} == set(address[1:].split("&"))
    still_page.go_back()
    still_page.wait_for_function(
        "() => document.querySelector('.explainer').dataset.view === 'overview'"
    )
    assert still_page.evaluate(SCROLLED) == before
    assert still_page.evaluate(LINK) == "#view=relu_1_1/3"


def test_a_link_pressed_before_python_is_up_leads_up_and_shows_its_view_then(
    page: Page, site_url: str
) -> None:
    held: list[Route] = []
    page.route("**/numpy.zip.gz*", lambda route: held.append(route))
    with page.expect_request("**/numpy.zip.gz*"):
        go(page, site_url)
    page.locator("a.see[href='#view=relu_1_1/3']").click()
    assert page.evaluate(SCROLLED) == 0
    held.pop().continue_()
    wait_until_ready(page)
    assert page.evaluate(SCROLLED) < 300
    assert view(page) == "relu"


def test_a_link_can_bring_its_picture_and_place(still_page: Page) -> None:
    still_page.evaluate(GO, "#picture=koala")
    still_page.locator("a.see[href*='cell=43,54']").click()
    assert view(still_page) == "convolution"
    assert still_page.locator("[data-key='stage.value']").inner_text().endswith("2.937")
    assert still_page.locator("[data-sample=espresso][aria-pressed=true]").count() == 1


@pytest.mark.parametrize(
    ("address", "section"),
    [("#view=conv_1_1/3", "convolution"), ("#view=relu_1_1/3", "relu"),
     ("#view=max_pool_1/3", "pooling"), ("#view=output/6", "flatten"),
     ("#view=output/6&softmax=on", "softmax"), ("#view=picture", "input-layer")],
)  # fmt: skip
def test_every_view_leads_to_its_section_at_once_and_back(
    still_page: Page, address: str, section: str
) -> None:
    still_page.evaluate(GO, address)
    opened = view(still_page)
    link = still_page.locator(".stage .info, .card .info").filter(visible=True)
    assert all(side >= 24 for _, side in still_page.evaluate(TARGETS))
    link.click()
    place = still_page.locator(f"#{section}").evaluate("each => each.getBoundingClientRect().y")
    assert 0 <= place < 40
    assert still_page.evaluate("() => document.activeElement.id") == section
    assert still_page.evaluate("location.hash").startswith(address)
    still_page.go_back()
    still_page.wait_for_function("() => scrollY < 10")
    assert view(still_page) == opened
    assert still_page.evaluate(LINK) == f"#{section}"
    still_page.evaluate(TIDY)


def test_on_paper_there_is_the_text_without_what_can_only_be_pressed(still_page: Page) -> None:
    still_page.emulate_media(media="print")
    assert still_page.locator("article h3").first.is_visible()
    assert not still_page.locator(".see-line").first.is_visible()
    assert not still_page.locator("nav.contents").is_visible()
    assert len(still_page.pdf()) > 100_000
    still_page.emulate_media(media="screen")
