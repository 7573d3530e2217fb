"""The frame that marks a receptive field, on the picture and wherever the picture is drawn."""

from cnnscope.drawing.element import Element, element

PICTURE = "picture"
ENLARGED = ("all", "one")
"""Keys of the pictures that a class's heat maps lie over."""


def field_mark(key: str) -> Element:
    """A frame on a picture or on one of its channels, hidden until there is a field to show."""
    return element("span", {"class": "field", "data-key": f"field/{key}", "hidden": True})
