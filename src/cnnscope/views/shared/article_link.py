"""The way from a view to the section of the article that explains it."""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.shared.context import Context, placed

SECTIONS = {
    "input": "input-layer",
    "conv": "convolution",
    "relu": "relu",
    "max_pool": "pooling",
    "flatten": "flatten",
    "output": "softmax",
}
"""The section of the article about a kind of column, or about a view."""


def about(context: Context, kind: str) -> str:
    """What a link to the section about a kind of column is called."""
    return context.text(f"about.{kind}")


def info_link(context: Context, kind: str, box: Box | None = None) -> Element:
    """An (i) that leads to the section: of a view, in a place of its own, or in a card's head."""
    name = about(context, kind)
    key = "about.card" if box is None else "about.stage"
    return element(
        "a",
        {"class": "info", "href": f"#{SECTIONS[kind]}", "aria-label": name, "title": name,
         "data-key": key, "style": placed(box) if box else None},
        element("span", {"aria-hidden": "true"}, "i"),
    )  # fmt: skip
