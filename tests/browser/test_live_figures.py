"""The article's live figures, its links and the ways into the playground, in a real Chromium."""

import pytest
from playwright.sync_api import Page

from support.browser.console_watch import go, wait_until_ready
from support.browser.page_probes import FOCUSED, GO

pytestmark = pytest.mark.browser

INERT = "name => document.querySelector(`#${name} .live`).inert"
HEIGHT = "name => document.getElementById(name).getBoundingClientRect().height"
SAID = "name => document.querySelector(`#${name} svg`).getAttribute('aria-label')"
SHOW = "name => document.getElementById(name).scrollIntoView({block: 'center'})"
TOP = "name => Math.round(document.getElementById(name).getBoundingClientRect().y)"
DRAWN = "name => !document.querySelector(`#${name} .live`).inert"
PLAYING = """name => document.querySelector(`[data-key="${name}.play.play"]`).dataset.action
    === 'pause'"""
FIGURES = ["sliding", "landing"]


def test_figures_are_drawn_when_near_play_while_seen_and_take_no_other_room(
    page: Page, site_url: str
) -> None:
    go(page, site_url)
    wait_until_ready(page)
    for name in FIGURES:
        assert page.evaluate(INERT, name)
    before = {name: page.evaluate(HEIGHT, name) for name in FIGURES}
    for name in FIGURES:
        # Again while it is waited: what lies above may still be given its room.
        page.wait_for_function(f"name => {{ ({SHOW})(name); return ({DRAWN})(name); }}", arg=name)
        page.wait_for_function(f"name => {{ ({SHOW})(name); return ({PLAYING})(name); }}", arg=name)
        said = page.evaluate(SAID, name)
        page.wait_for_function(f"said => ({SAID})('{name}') !== said", arg=said)
        assert page.evaluate(HEIGHT, name) == before[name]
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function(f"name => !({PLAYING})(name)", arg=name)


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_stepped_by_keyboard_where_motion_is_unwelcome(
    still_page: Page, name: str
) -> None:
    still_page.evaluate(SHOW, name)
    still_page.wait_for_function(DRAWN, arg=name)
    assert not still_page.evaluate(PLAYING, name)
    still_page.locator(f"[data-key='{name}.play.back']").focus()
    still_page.keyboard.press("Enter")
    first = still_page.evaluate(SAID, name)
    assert first.startswith("Output row 1, column 1: ")
    still_page.keyboard.press("Tab")
    still_page.keyboard.press("Tab")
    assert still_page.evaluate(FOCUSED) == f"{name}.play.step"
    still_page.keyboard.press("Space")
    assert still_page.evaluate(SAID, name).startswith("Output row 1, column 2: ")
    assert still_page.locator("#announcer").inner_text() == still_page.evaluate(SAID, name)


def test_a_link_of_the_contents_changes_the_address_and_back_returns(still_page: Page) -> None:
    still_page.evaluate(GO, "#picture=koala")
    link = still_page.locator(".contents a[href='#pooling']")
    link.focus()
    still_page.keyboard.press("Enter")
    assert still_page.evaluate("location.hash") == "#picture=koala&section=pooling"
    assert 0 <= still_page.evaluate(TOP, "pooling") < 40
    still_page.go_back()
    still_page.wait_for_function("() => location.hash === '#picture=koala'")
    assert still_page.evaluate("document.activeElement.getAttribute('href')") == "#pooling"
    assert still_page.locator("[data-sample=koala][aria-pressed=true]").count() == 1


def test_an_address_with_a_section_shows_both(still_page: Page) -> None:
    still_page.evaluate(GO, "#view=relu_1_1/3&section=softmax")
    assert 0 <= still_page.evaluate(TOP, "softmax") < 40
    assert still_page.locator(".explainer[data-view=relu]").count() == 1
    still_page.evaluate(GO, "#view=overview")
    still_page.wait_for_function("() => location.hash === ''")


def test_an_address_leads_to_its_section_also_while_the_article_is_being_laid_out(
    page: Page, site_url: str
) -> None:
    go(page, site_url)
    wait_until_ready(page)
    page.evaluate(GO, "#view=relu_1_1/3&section=softmax")
    page.wait_for_function("() => !document.documentElement.dataset.article")
    assert 0 <= page.evaluate(TOP, "softmax") < 40


def test_a_page_that_is_opened_at_a_section_is_scrolled_there(page: Page, site_url: str) -> None:
    go(page, f"{site_url}#picture=koala&section=softmax")
    wait_until_ready(page)
    page.wait_for_function(
        f"id => {{ const top = ({TOP})(id); return top >= 0 && top < 40; }}", arg="softmax"
    )
    assert page.evaluate("location.hash") == "#picture=koala&section=softmax"


@pytest.mark.parametrize("size", [(1280, 720), (1366, 641), (390, 844)])
def test_try_it_leads_to_the_playground_set_to_the_layer_and_back(
    still_page: Page, size: tuple[int, int]
) -> None:
    still_page.set_viewport_size({"width": size[0], "height": size[1]})
    still_page.evaluate(GO, "#view=max_pool_1/3")
    still_page.locator(".try").click()
    values = [
        still_page.locator(f"#playground-{name}").input_value()
        for name in ("size", "kernel", "padding", "stride", "dilation")
    ]
    assert values == ["8", "2", "0", "2", "1"]
    assert 0 <= still_page.evaluate(TOP, "playground") < 40
    still_page.go_back()
    still_page.wait_for_function("() => scrollY < 10")
    assert still_page.evaluate(FOCUSED) == "stage.try"
    assert still_page.locator(".explainer[data-view=pooling]").count() == 1
