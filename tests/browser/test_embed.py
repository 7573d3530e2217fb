"""One view alone, in frames of two sizes: nothing else is to be seen, nothing overlaps."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import visit, watched
from support.browser.page_probes import DRAWN, FINISH, GO, check_access, check_texts, view
from support.sampling import sampled

VIEWS = ["overview", "convolution", "relu", "pooling", "flatten", "softmax", "playground", "tour"]
SIZES = [(480, 320), (1280, 720)]

OTHER = """embed => [...document.querySelectorAll(
    '.masthead > :not(h1), .controls, .skip, #article h2, .story, [data-key="stage.close"], .info'
    + (embed === 'playground' ? ', .explainer' : ', #article')
    + (embed === 'tour' ? ', .tour-leave, .tour-finish' : ', .tour')
)].filter(each => each.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map(each => each.outerHTML.slice(0, 80))"""
"""What is not of the view, and yet to be seen."""


@pytest.fixture(scope="module", params=sampled(VIEWS, every=3))
def framed(browser: Browser, site_url: str, request: Any) -> Iterator[tuple[str, Page]]:
    """A page that shows one view alone."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page, watch = watched(context, site_url)
    visit(page, f"{site_url}?embed={request.param}")
    yield request.param, page
    context.close()
    watch.check()


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_a_frame_shows_its_view_and_nothing_else(
    framed: tuple[str, Page], size: tuple[int, int]
) -> None:
    embed, page = framed
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(DRAWN)
    page.evaluate(FINISH)
    assert page.evaluate(OTHER, embed) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    if embed == "playground":
        assert page.locator("#playground input").first.is_visible()
    else:
        assert view(page) == ("overview" if embed == "tour" else embed)
        check_texts(page, more_than=3)
    link = page.get_by_role("link", name="Open in cnnscope")
    assert link.is_visible()
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener"


def test_axe_finds_nothing_to_object_to(framed: tuple[str, Page]) -> None:
    check_access(framed[1], "light")


def test_the_way_out_leads_to_the_same_and_the_history_stays_the_hosts(
    framed: tuple[str, Page],
) -> None:
    embed, page = framed
    steps = page.evaluate("history.length")
    whole = page.evaluate("location.origin + location.pathname")
    link = page.get_by_role("link", name="Open in cnnscope")
    if embed == "overview":
        page.locator("[data-node='input/1']").click()
        assert link.get_attribute("href") == f"{whole}#node=input/1"
    elif embed == "tour":
        page.locator(".tour-next").click()
        assert link.get_attribute("href") == f"{whole}#tour=2"
    elif embed == "playground":
        assert link.get_attribute("href") == whole + page.evaluate("location.hash")
    else:
        assert "view=" in (link.get_attribute("href") or "")
        page.keyboard.press("Escape")
        assert view(page) == embed
    assert page.evaluate("history.length") == steps


def test_the_way_out_follows_an_address_that_the_page_around_gives(
    framed: tuple[str, Page],
) -> None:
    _, page = framed
    for address in ("#picture=cat", "#picture=pizza"):
        page.evaluate(GO, address)
        page.wait_for_function(
            "() => document.querySelector('.embed-open').hash === location.hash", timeout=9000
        )
