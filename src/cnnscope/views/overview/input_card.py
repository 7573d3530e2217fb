"""The input card: the picture, sharp, beside the few pixels that the network sees of it."""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.overview.node_card import card_header, placed_card
from cnnscope.views.registry import INPUT_SECTION
from cnnscope.views.shared.model import Model, canvas

SEEN = "original.seen"
"""Key under which the network's pixels are painted."""

SIDE = 256  # px of each of the two
PADDING = 16


def original_card(model: Model, sample: str | None) -> Element:
    """The dialog about the picture; ``sample`` is a sample's address, None for a visitor's own.

    Of a visitor's picture only the network's pixels are kept.
    """
    text = model.text
    _, rows, cols = model.network.input_shape
    width = (2 if sample else 1) * (SIDE + PADDING) + 2 * PADDING
    beside = model.plan.picture
    box = Box(beside.right + PADDING, max(8, beside.y - 40), width, 0)
    return element(
        "section",
        {"class": "card original", "role": "dialog", "aria-label": text("original.title"),
         "style": placed_card(box)},
        card_header(model, text("original.title"), INPUT_SECTION),
        element(
            "div", {"class": "pair"},
            None if sample is None else figure(
                element("img", {"src": sample, "alt": "", "width": SIDE,
                                "height": SIDE}),
                text("original.whole"),
            ),
            figure(canvas(SEEN, rows, cols), text("original.seen", rows=rows, cols=cols)),
        ),
        element("p", {"class": "about"}, text("original.about", rows=rows, cols=cols)),
    )  # fmt: skip


def figure(picture: Element, caption: str) -> Element:
    """A picture over its caption."""
    return element("figure", {}, picture, element("figcaption", {}, caption))
