"""The way from a view to the section of the article that explains it."""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.shared.model import Model, placed


def about(model: Model, section: str) -> str:
    """What a link to a section is called."""
    return model.text(f"about.{section}")


def article_link(model: Model, section: str, box: Box | None = None) -> Element:
    """An (i) that leads to the section: of a view, in a place of its own, or in a card's head."""
    name = about(model, section)
    key = "about.card" if box is None else "about.stage"
    return element(
        "a",
        {"class": "info", "href": f"#{section}", "aria-label": name, "title": name,
         "data-key": key, "style": placed(box) if box else None},
        element("span", {"aria-hidden": "true"}, "i"),
    )  # fmt: skip
