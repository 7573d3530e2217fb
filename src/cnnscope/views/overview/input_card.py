"""The input card: the picture, sharp, beside the few pixels that the network sees of it.

These can be changed: what they are changed with is mounted in the place called ``CHANGES``.
"""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.overview.card_place import placed_card, within
from cnnscope.views.overview.node_card import card_header
from cnnscope.views.registry import INPUT_SECTION
from cnnscope.views.shared.model import Model, canvas
from cnnscope.views.shared.network_columns import has_tile

SEEN = "original.seen"
"""Key under which the network's pixels are painted."""

CHANGES = "changes"
MAP = "changes.map"
"""Key of the picture that is drawn on, and keys of the frames on it: around patch and brush."""

PATCH, BRUSH = "changes.patch", "changes.brush"

SIDE = 256  # px of each of the two
PADDING = 16
TOOLS = 300  # px, width of what stands beside the two
TOOLS_WIDE = 436  # px, width of what stands beside the one
HEIGHT = 480  # px, of the card
LEAST = 8  # px from the edge of the window


def original_card(model: Model, sample: str | None) -> Element:
    """The dialog about the picture; ``sample`` is a sample's address, None for a visitor's own.

    Of a visitor's picture only the network's pixels are kept.
    """
    text = model.text
    _, rows, cols = model.network.input_shape
    beside = model.plan.picture
    left = beside.right + PADDING
    is_grey = not has_tile(model.network)
    tools = TOOLS_WIDE if is_grey else TOOLS
    width = (2 if sample else 1) * (SIDE + PADDING) + tools + 2 * PADDING
    room = model.plan.viewport.width - left - LEAST
    box = Box(left, max(LEAST, beside.y - 40), min(width, max(room, SIDE + 2 * PADDING)), 0)
    place = within(model.plan, box, HEIGHT)
    return element(
        "section",
        {"class": "card original", "role": "dialog", "aria-label": text("original.title"),
         "style": placed_card(place)},
        card_header(model, text("original.title"), INPUT_SECTION),
        element(
            "div", {"class": "pair"},
            None if sample is None else figure(
                element("img", {"src": sample, "alt": "", "width": SIDE,
                                "height": SIDE}),
                text("original.whole"),
            ),
            figure(seen(rows, cols, text("changes.map.role")),
                   text("original.seen", rows=rows, cols=cols)),
            element("div", {"class": "changes", "data-key": CHANGES}),
        ),
        element("p", {"class": "about"}, text("original.about", rows=rows, cols=cols)),
    )  # fmt: skip


def seen(rows: int, cols: int, role: str) -> Element:
    """The network's pixels, which are drawn on by pointer and by keys."""
    frames = (element("span", {"class": "frame", "data-key": key, "hidden": True})
              for key in (PATCH, BRUSH))  # fmt: skip
    return element(
        "div",
        {"class": "drawn-on", "data-key": MAP, "data-keys": True, "data-drag": True,
         "tabindex": 0, "role": "application", "aria-roledescription": role},
        canvas(SEEN, rows, cols),
        *frames,
    )  # fmt: skip


def figure(picture: Element, caption: str) -> Element:
    """A picture over its caption."""
    return element("figure", {}, picture, element("figcaption", {}, caption))
