"""The buttons that play a sliding window: back, play or pause, step, skip, speed, place."""

from collections.abc import Iterator

from cnnscope.scene.element import Attributes, Element, Pose, element
from cnnscope.scene.geometry import Box
from cnnscope.state import SPEEDS, START
from cnnscope.views.controls import pressed
from cnnscope.views.explained import Explained
from cnnscope.views.parts import Context, placed

OUTPUT = "explained"
"""Key of the enlarged output, which has the focus first, and what it is painted under."""

ICONS = {
    "back": "M15 5v14L5 12zM18 5h2v14h-2z",
    "play": "M7 4v16l13-8z",
    "pause": "M6 5h4v14H6zM14 5h4v14h-4z",
    "step": "M9 5v14l10-7zM4 5h2v14H4z",
    "skip": "M4 5v14l8-7zM12 5v14l8-7zM20 5h2v14h-2z",
    "replay": "M12 5V1L6 6.5 12 12V8a5.5 5.5 0 1 1-5.5 5.5h-3A8.5 8.5 0 1 0 12 5z",
}
"""Shapes in a square of 24 units."""


def bar(context: Context, explanation: Explained, box: Box) -> Element:
    """The controls of the window over a map."""
    text = context.text
    rows, cols = explanation.rows_cols
    return element(
        "div",
        {"class": "playing", "role": "group", "aria-label": text("play.name"),
         "style": placed(box)},
        *buttons(context),
        element("input", {"type": "range", "class": "scrub", "data-input": "scrub",
                          "data-key": "play.place", "min": 0, "max": rows * cols - 1, "value": 0,
                          "aria-label": text("play.place")}),
        speed_choice(context),
        field_switch(context),
    )  # fmt: skip


def short_bar(context: Context, name: str) -> Element:
    """The controls of what is played without a map: buttons and speeds, in one line."""
    return element(
        "div", {"class": "playing", "role": "group", "aria-label": context.text(name)},
        *buttons(context), speed_choice(context),
    )  # fmt: skip


def speed_choice(context: Context) -> Element:
    """The choice of the speed, with its name."""
    return element(
        "div",
        {"class": "choice", "role": "group", "aria-label": context.text("play.speed")},
        *speeds(context),
    )


def field_switch(context: Context) -> Element:
    """Whether receptive fields are drawn on the picture."""
    text = context.text
    return element(
        "button",
        {"type": "button", "class": "switch", "data-on": "field", "data-key": "stage.field",
         "title": text("field.hint"), "aria-pressed": pressed(context.state.field)},
        text("field"),
    )  # fmt: skip


def buttons(context: Context) -> Iterator[Element]:
    """Back, play or pause, step, skip or replay."""
    for name in ("back", "play", "step", "skip"):
        yield element(
            "button",
            {"type": "button", "class": "icon", "data-key": f"play.{name}",
             **button_attributes(context, name)},
            element("svg", {"viewBox": "0 0 24 24", "aria-hidden": "true"},
                    element("path", {"d": ICONS[name], "data-key": f"play.{name}.icon"})),
        )  # fmt: skip


def button_attributes(context: Context, action: str) -> Attributes:
    """What a button does now, and its name."""
    name = context.text(f"play.{action}")
    return {"data-on": action, "data-action": action, "aria-label": name, "title": name}


def speeds(context: Context) -> Iterator[Element]:
    """The choice of the speed."""
    for speed in SPEEDS:
        yield element(
            "button",
            {"type": "button", "data-on": "speed", "data-args": speed, "data-key": f"play.{speed}",
             "aria-pressed": pressed(speed == context.state.speed)},
            context.text(f"play.{speed}"),
        )  # fmt: skip


def bar_pose(context: Context, explanation: Explained) -> Pose:
    """What the buttons do and where the slider stands."""
    state, text = context.state, context.text
    slide = explanation.slide(1)
    row, col = state.window or START
    toggle = "pause" if state.playing else "play"
    is_whole = state.reached >= slide.last and not state.playing
    ending = "replay" if is_whole else "skip"
    pose: dict[str, Attributes] = {
        "play.play": button_attributes(context, toggle),
        "play.play.icon": {"d": ICONS[toggle]},
        "play.skip": button_attributes(context, ending),
        "play.skip.icon": {"d": ICONS[ending]},
        "play.place": {
            "value": slide.index((row, col)),
            "aria-valuetext": text("play.place.value", row=row + 1, col=col + 1),
        },
        "stage.field": {"aria-pressed": pressed(state.field)},
    }
    pose |= {f"play.{s}": {"aria-pressed": pressed(s == state.speed)} for s in SPEEDS}
    return pose
