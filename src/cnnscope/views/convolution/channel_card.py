"""The sheet with one input channel's arithmetic, where a window has no room to have it docked.

``arithmetic_card`` gives the structure; the numbers come with ``card_values``.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import size_style
from cnnscope.views.convolution.arithmetic import (
    INPUT_MAP,
    TITLE,
    adds_up,
    arithmetic_pose,
    arithmetic_title,
    kernel_grid,
    kernel_window,
    message,
    patch_grid,
    preset_choice,
    product_grid,
    sign,
)
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.shared.article_link import article_link
from cnnscope.views.shared.model import Model, canvas
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
                article_link(model, SECTION), *card_buttons(model)),
        element("div", {"class": "formula"},
                patch_grid(model, numbers), sign(model, "times", "×"),
                kernel_grid(model, numbers), sign(model, "equals", "="),
                product_grid(model, numbers)),
        element("div", {"class": "side"},
                adds_up(model), step_buttons(model), preset_choice(model, numbers), message()),
        map_frame(model, numbers),
    )  # fmt: skip


def card_buttons(model: Model) -> Iterator[Element]:
    """To the channels before and after, and out."""
    text = model.text
    for name, action, by, mark in (
        ("previous", "neighbour", "-1", "‹"), ("next", "neighbour", "1", "›"),
        ("close", "close", None, "×"),
    ):  # fmt: skip
        yield element(
            "button",
            {"type": "button", "class": "close", "data-on": action, "data-args": by,
             "data-key": f"card.{name}", "aria-label": text(f"card.{name}"),
             "title": text(f"card.{name}")}, mark,
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
    """The channel's map with the window, to point at or to move over by arrow keys."""
    _, rows, cols = numbers.inputs.shape
    zoom = max(1, MAP_SIDE // max(rows, cols))
    box = Box(0, 0, cols * zoom, rows * zoom)
    return element(
        "figure", {"class": "part part-input"},
        element(
            "div",
            {"class": "map", "data-map": "input", "tabindex": 0, "data-key": INPUT_MAP,
             "data-keys": True, "role": "application",
             "aria-roledescription": model.text("card.map.role"),
             "aria-label": model.text("arithmetic.input.map", rows=rows, cols=cols),
             "style": size_style(box.width, box.height)},
            canvas(INPUT_MAP, rows, cols),
            kernel_window(numbers, box),
        ),
        element("figcaption", {}, model.text("arithmetic.input")),
    )  # fmt: skip


def card_values(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The numbers in the window, and where it stands."""
    return {
        CARD: {"style": window_style(model, numbers)},
        TITLE: {"text": arithmetic_title(model, numbers, channel)},
        **arithmetic_pose(model, numbers, channel),
    }
