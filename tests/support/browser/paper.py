"""What the browser would print: the sheets of a PDF, read as far as Chromium's are plain text.

sheets = printed(page)
sheets[0].maps, sheets[0].is_upright
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

SHEET = re.compile(rb"<</Type /Page\n(.*?)endobj", re.DOTALL)
SIZE = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
FONT = re.compile(rb"/F\d+ \d+ 0 R")
PICTURE = re.compile(rb"/X\d+ \d+ 0 R")


@dataclass(frozen=True)
class Sheet:
    """One page of paper; ``maps`` counts its pictures."""

    is_upright: bool
    has_text: bool
    maps: int


def printed(page: Page) -> list[Sheet]:
    """The sheets that come out of a printer."""
    page.emulate_media(media="null")  # a test before may have asked for a screen
    return [sheet(found[1]) for found in SHEET.finditer(page.pdf(prefer_css_page_size=True))]


def sheet(entries: bytes) -> Sheet:
    """What a page's dictionary says of it."""
    size = SIZE.search(entries)
    assert size is not None, entries
    return Sheet(
        is_upright=float(size[1]) < float(size[2]),
        has_text=FONT.search(entries) is not None,
        maps=len(PICTURE.findall(entries)),
    )


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """Have the page as it is while it is being printed, to be looked at."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    try:
        yield
    finally:
        page.emulate_media(media="null")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
