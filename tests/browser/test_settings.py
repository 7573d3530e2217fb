"""The page in a real browser under settings of the reader's own: a default font size, a smallest
one, more space between letters, words and lines, a font, a window as high as windows are."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import visit, watched
from support.browser.fonts import another_browser, families, font_environment, is_installed
from support.browser.page_probes import DRAWN, FINISH, GO, NODES, resize
from support.browser.room import without_room
from support.sampling import sampled

pytestmark = pytest.mark.browser

HEIGHTS = [(1366, 641), (1280, 593), (1536, 730), (1920, 947)]  # of windows as they are
PHONE = (390, 844)

SETTINGS = {
    "as it comes": (),
    "default 24": ("defaultFontSize=24",),
    "smallest 18": ("minimumFontSize=18",),
    "spaced": (),
    "default 20": ("defaultFontSize=20",),
    "default 12": ("defaultFontSize=12",),
    "smallest 12": ("minimumFontSize=12",),
    "both": ("defaultFontSize=20", "minimumFontSize=15"),
}
"""What is asked of Chromium."""

ALL = os.environ.get("LAYOUT_SETTINGS") == "all"
TRIED = list(SETTINGS)[: None if ALL else 4]
SIZES = [*HEIGHTS, PHONE] if ALL else [HEIGHTS[0], PHONE]
LANGUAGES = ["en", "zh"] if ALL else ["en"]

SPACE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""Spaces text as WCAG 1.4.12 has it, the way a bookmarklet does."""

UNSPACE = "() => { document.adoptedStyleSheets = [] }"

LETTERS = """() => [...document.querySelectorAll('body *')].filter(each =>
    !each.closest('svg, math, #measure, script, noscript') && each.checkVisibility()
    && [...each.childNodes].some(child => child.nodeType === 3 && child.data.trim())
).map(each => parseFloat(getComputedStyle(each).fontSize))"""
"""How large the letters of every text are, px."""


REM = "() => document.getElementById('measure').offsetWidth / 100"

PAPER_REM = """() => {
    const measure = document.createElement('div');
    measure.style.inlineSize = '100rem';
    document.querySelector('main').append(measure);
    const rem = parseFloat(getComputedStyle(measure).inlineSize) / 100;
    measure.remove();
    return rem;
}"""

CAPTION = "() => document.querySelector('.picture .caption').getBoundingClientRect().height"
"""How high the word under the picture is drawn, px."""

CONDITIONS = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSMediaRule).map(rule => rule.media.mediaText)"""
"""What the rules of the style sheet depend on."""


def opened(browser: Browser, site_url: str, setting: str = "") -> Iterator[Page]:
    """The page, up, for a visitor who asked for little motion."""
    context = browser.new_context(reduced_motion="reduce")
    page, watch = watched(context, site_url)
    visit(page, site_url)
    if setting == "spaced":
        page.evaluate(SPACE)
        page.evaluate(DRAWN)
    yield page
    context.close()
    watch.check()


@pytest.fixture(scope="module", params=TRIED)
def set_page(
    request: pytest.FixtureRequest, browser: Browser, site_url: str
) -> Iterator[tuple[str, Page]]:
    """The page in a browser with a setting."""
    flags = SETTINGS[request.param]
    other = another_browser(browser, *([f"--blink-settings={','.join(flags)}"] if flags else []))
    for page in opened(other, site_url, request.param):
        yield request.param, page
    other.close()


@pytest.fixture(scope="module", params=families())
def font_page(
    request: pytest.FixtureRequest,
    browser: Browser,
    site_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:
    """The page in a browser whose font is one of a reader's system."""
    if not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed, see support/browser/fonts.py")
    folder: Path = tmp_path_factory.mktemp("fonts")
    other = another_browser(browser, env=font_environment(request.param, folder))
    yield from opened(other, site_url)
    other.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", sampled(SIZES, every=4))
def test_every_setting_has_room(
    set_page: tuple[str, Page], size: tuple[int, int], language: str
) -> None:
    _, page = set_page
    assert without_room(page, size, language) == []


def test_letters_are_as_large_as_the_reader_asks(set_page: tuple[str, Page]) -> None:
    setting, page = set_page
    resize(page, HEIGHTS[0])
    page.evaluate(GO, "#view=overview")
    page.evaluate(DRAWN)
    least = {"default 24": 18, "default 20": 15, "default 12": 9, "smallest 18": 18, "both": 15}
    assert min(page.evaluate(LETTERS)) >= least.get(setting, 12)
    body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    larger = {"default 24": 1.5, "default 20": 1.25, "default 12": 0.75, "both": 1.25}
    least_read = 18 if setting == "smallest 18" else 0
    assert body == pytest.approx(max(15.5 * larger.get(setting, 1), least_read), abs=0.1)


def test_a_caption_that_moves_aside_is_no_larger_than_it_was(set_page: tuple[str, Page]) -> None:
    _, page = set_page
    resize(page, HEIGHTS[0])
    page.evaluate(GO, "#view=output/3&softmax=on")
    page.evaluate(DRAWN)
    page.evaluate(FINISH)
    assert 0 < page.evaluate(CAPTION) < 28


def test_paper_is_as_large_for_everyone(set_page: tuple[str, Page]) -> None:
    _, page = set_page
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    on_paper = page.evaluate(PAPER_REM)
    page.emulate_media(media="screen")
    page.evaluate(DRAWN)
    assert on_paper == 16


def test_words_about_the_picture_stand_below_it_in_a_low_window(still_page: Page) -> None:
    resize(still_page, (1366, 500))
    still_page.evaluate(GO, "#view=picture")
    still_page.evaluate(DRAWN)
    about = still_page.locator(".original .about").bounding_box()
    pair = still_page.locator(".original .pair").bounding_box()
    assert about is not None
    assert pair is not None
    assert about["y"] > pair["y"] + pair["height"]
    assert about["width"] > 300


@pytest.mark.parametrize("size", sampled(HEIGHTS, every=6))
def test_windows_as_they_are_have_room(still_page: Page, size: tuple[int, int]) -> None:
    assert without_room(still_page, size, "en") == []


FONT_WINDOWS = {"phone": PHONE, "laptop": (1440, 900), "tablet": (1024, 768)}


@pytest.mark.parametrize("window", sampled(FONT_WINDOWS, every=6))
def test_every_font_has_room(font_page: Page, window: str) -> None:
    size = FONT_WINDOWS[window]
    assert without_room(font_page, size, "en") == []
    if ALL:
        assert without_room(font_page, size, "zh") == []


def test_room_that_was_given_is_taken_back(still_page: Page) -> None:
    resize(still_page, (1366, 641))
    before, conditions = still_page.evaluate(NODES), still_page.evaluate(CONDITIONS)
    still_page.evaluate(SPACE)
    still_page.evaluate(DRAWN)
    spaced = still_page.evaluate(NODES)
    still_page.evaluate(UNSPACE)
    still_page.evaluate(DRAWN)
    assert spaced != before
    assert still_page.evaluate(NODES) == before
    assert still_page.evaluate(CONDITIONS) == conditions
