"""Whether everything on the page has room: nothing cut, nothing over anything else."""

from typing import Any

from playwright.sync_api import Page

from support.browser.lines import ADDRESSES, GIVES_WAY, LINES, overlaps
from support.browser.page_probes import DRAWN, FINISH, GO, resize

STUCK = """() => [...document.querySelectorAll('body *')].filter(each => {
    const {overflowX, overflowY} = getComputedStyle(each);
    const across = /auto|scroll/.test(overflowX) && each.scrollWidth > each.clientWidth + 1;
    const down = /auto|scroll/.test(overflowY) && each.scrollHeight > each.clientHeight + 1;
    const reached = '[tabindex="0"], a[href], button, input, select, textarea, summary';
    return (across || down) && each.checkVisibility({visibilityProperty: true})
        && !each.closest('[inert]') && !each.matches(reached) && !each.querySelector(reached);
}).map(each => `${each.localName}.${each.getAttribute('class')}`)"""
"""What can be scrolled, and has nothing that the keyboard reaches."""


def without_room(page: Page, size: tuple[int, int], language: str) -> list[tuple[str, str, Any]]:
    """What of every view has no room in a window: where, what is wrong, and with what."""
    resize(page, size)
    problems = []
    for address in ADDRESSES:
        page.evaluate(GO, f"{address}&lang={language}")
        page.evaluate(DRAWN)
        page.evaluate(FINISH)
        lines = page.evaluate(LINES)
        assert len(lines) > 30
        found = {
            "too wide": page.evaluate("document.documentElement.scrollWidth") > size[0],
            "stuck": page.evaluate(STUCK),
            "cut": [line["text"] for line in lines if line["isCut"]],
            "over each other": overlaps(lines),
        }
        found["cut"] = [text for text in found["cut"] if text not in GIVES_WAY]
        problems += [(address, what, each) for what, each in found.items() if each]
    return problems
