"""Markup as immutable values, and poses that change what is already on the page.

    link = element("a", {"href": "#pooling", "class": "label"}, "max_pool_1")
    str(link)   # '<a href="#pooling" class="label">max_pool_1</a>'

A whole region is built as one tree, written as one string and mounted by one foreign call.
Text and attribute values are always escaped: no name of a class or file can inject markup.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | float | bool | None
Attributes = Mapping[str, Value]
Pose = Mapping[str, Attributes]
"""New attribute values by element key (``data-key``); ``text`` replaces the content."""

LITERAL: Attributes = {"translate": "no"}
"""Of numbers, codes and names of layers: no translator rewrites them."""
LAYER = re.compile(r"\w+_\d+\b")
WORD = re.compile(r"[^\W\d_]")
SPECIAL = re.compile(r'[&<>"]')

VOID = frozenset({"br", "img", "input", "wbr"})


@dataclass(frozen=True)
class Element:
    """A tag with attributes and children; ``str()`` gives its markup."""

    tag: str
    attributes: Attributes
    children: tuple["Element | str", ...] = ()

    def __str__(self) -> str:
        """Markup, HTML or SVG."""
        parts: list[str] = []
        write(self, parts)
        return "".join(parts)


Child = Element | str | None


def element(tag: str, attributes: Attributes, *children: Child) -> Element:
    """An element; children that are None are left out."""
    return Element(tag, attributes, tuple(child for child in children if child is not None))


def literal(text: str) -> Attributes:
    """``LITERAL`` for a text that has no words; names of layers end in numbers."""
    return {} if WORD.search(LAYER.sub("", text)) else LITERAL


def fragment(children: Iterable[Element]) -> str:
    """Markup of several elements in a row."""
    return "".join(str(child) for child in children)


def write(node: Element | str, parts: list[str]) -> None:
    """Append the markup of ``node``."""
    if isinstance(node, str):
        parts.append(escape(node))
        return
    parts.append(f"<{node.tag}")
    for name, value in node.attributes.items():
        if value is None or value is False:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{escape(attribute(value))}"')
    parts.append(">")
    if node.tag in VOID:
        return
    for child in node.children:
        write(child, parts)
    parts.append(f"</{node.tag}>")


def attribute(value: Value) -> str:
    """An attribute's value as text; numbers in at most two decimals, as pixels need no more."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def escape(text: str) -> str:
    """Text that cannot end an attribute or open a tag."""
    if not SPECIAL.search(text):
        return text
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
