"""Numbers that are copied from the page: a double click marks one, its sign with it."""

import re
from typing import Any

from js import window

from cnnscope.browser.dom import closest

NUMBER = re.compile(r"[<>≈]?\s*[\N{MINUS SIGN}+-]?\d[\d.,]*\s*%?")
SIGNS = "\N{MINUS SIGN}+-"
TEXT_NODE = 3


def mark_number(event: Any) -> None:
    """Mark the number under a double click; browsers leave its sign out, and those in buttons."""
    target = event.target
    if closest(target, "input, textarea, select") is not None:
        return
    selection = window.getSelection()
    if NUMBER.fullmatch(target.textContent.strip()):
        selection.selectAllChildren(target)
    elif selection.rangeCount:
        take_sign(selection.getRangeAt(0))


def is_marked(target: Any) -> bool:
    """Whether text within an element is marked."""
    selection = window.getSelection()
    return not selection.isCollapsed and bool(selection.containsNode(target, True))


def take_sign(marked: Any) -> None:
    """Have the sign before a marked number be marked too."""
    node, start = marked.startContainer, marked.startOffset
    if node.nodeType != TEXT_NODE or not start or not marked.toString()[:1].isdecimal():
        return
    if node.data[start - 1] in SIGNS and not node.data[: start - 1][-1:].isalnum():
        marked.setStart(node, start - 1)
