"""The sheet with one input channel's arithmetic, where a window has no room to have it docked.

``arithmetic_card`` gives the structure; the numbers come with ``card_values``.
"""

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.convolution.arithmetic import (
    TITLE,
    adds_up,
    arithmetic_pose,
    arithmetic_title,
    card_button,
    input_map,
    kernel_grid,
    message,
    patch_grid,
    preset_choice,
    product_grid,
    sign,
    turns,
)
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.shared.article_link import article_link
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.player_controls import ICONS
from cnnscope.views.shared.sliding_window import window_style

SECTION = "convolution"
CARD = "arithmetic"
MAP_SIDE = 136  # px, at most


def arithmetic_card(model: Model, numbers: ConvNumbers, channel: int) -> Element:
    """The dialog about one input channel."""
    title = arithmetic_title(model, numbers, channel)
    return element(
        "section",
        {"class": "card arithmetic", "role": "dialog", "data-key": CARD, "aria-label": title,
         "style": window_style(model, numbers)},
        element("header", {}, element("h2", {"data-key": TITLE}, title),
                article_link(model, SECTION), *turns(model),
                card_button(model, "close", "×", {"data-on": "close"})),
        element("div", {"class": "formula"},
                patch_grid(model, numbers), sign(model, "times", "×"),
                kernel_grid(model, numbers), sign(model, "equals", "="),
                product_grid(model, numbers)),
        element("div", {"class": "side"},
                adds_up(model), step_buttons(model), preset_choice(model, numbers), message()),
        map_frame(model, numbers),
    )  # fmt: skip


def step_buttons(model: Model) -> Element:
    """One cell back and on: the sheet lies over the player's own buttons."""
    text = model.text
    return element(
        "div", {"class": "steps"},
        *(
            element("button", {"type": "button", "class": "icon", "data-on": name,
                               "data-key": f"card.{name}", "aria-label": text(f"play.{name}"),
                               "title": text(f"play.{name}")},
                    element("svg", {"viewBox": "0 0 24 24", "aria-hidden": "true"},
                            element("path", {"d": ICONS[name]})))
            for name in ("back", "step")
        ),
    )  # fmt: skip


def map_frame(model: Model, numbers: ConvNumbers) -> Element:
    """The channel's map, small enough to stand beside the words."""
    _, rows, cols = numbers.inputs.shape
    (above, below), (before, after) = numbers.layer.padding
    zoom = max(1, MAP_SIDE // max(rows + above + below, cols + before + after))
    name = "arithmetic.input.padded" if numbers.layer.sliding.is_padded else "arithmetic.input"
    return element(
        "figure", {"class": "part part-input"},
        input_map(model, numbers, Box(0, 0, cols * zoom, rows * zoom)),
        element("figcaption", {}, model.text(name)),
    )  # fmt: skip


def card_values(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The numbers in the window, and where it stands."""
    return {
        CARD: {"style": window_style(model, numbers)},
        TITLE: {"text": arithmetic_title(model, numbers, channel)},
        **arithmetic_pose(model, numbers, channel),
    }
