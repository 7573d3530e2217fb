"""The buttons that play a sliding window: back, play or pause, step, skip, speed, place."""

from collections.abc import Iterator

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.state.state import SPEEDS, START, Speed
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.node_numbers import NodeNumbers

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


def bar(model: Model, numbers: NodeNumbers, box: Box) -> Element:
    """The controls of the window over a map."""
    text = model.text
    rows, cols = numbers.rows_cols
    return element(
        "div",
        {"class": "playing", "role": "group", "aria-label": text("play.name"),
         "style": placed(box)},
        *buttons(model.text),
        element("input", {"type": "range", "class": "scrub", "data-input": "scrub",
                          "data-key": "play.place", "min": 0, "max": rows * cols - 1, "value": 0,
                          "aria-label": text("play.place")}),
        speed_choice(model.text, model.state.reading.speed),
        field_switch(model),
    )  # fmt: skip


def short_bar(text: Text, speed: Speed, name: str, prefix: str = "") -> Element:
    """The controls of what is played without a map: buttons and speeds, in one line.

    The prefix, of keys and actions, tells one bar from another on the same page.
    """
    return element(
        "div", {"class": "playing", "role": "group", "aria-label": text(name)},
        *buttons(text, prefix), speed_choice(text, speed, prefix),
    )  # fmt: skip


def speed_choice(text: Text, speed: Speed, prefix: str = "") -> Element:
    """The choice of the speed, with its name."""
    return element(
        "div",
        {"class": "choice", "role": "group", "aria-label": text("play.speed")},
        *speeds(text, speed, prefix),
    )


def field_switch(model: Model) -> Element:
    """Whether receptive fields are drawn on the picture."""
    text = model.text
    return element(
        "button",
        {"type": "button", "class": "switch", "data-on": "field", "data-key": "stage.field",
         "title": text("field.hint"), "aria-pressed": pressed(model.state.field)},
        text("field"),
    )  # fmt: skip


def buttons(text: Text, prefix: str = "") -> Iterator[Element]:
    """Back, play or pause, step, skip or replay."""
    for name in ("back", "play", "step", "skip"):
        key = f"{prefix}play.{name}"
        yield element(
            "button",
            {"type": "button", "class": "icon", "data-key": key,
             **button_attributes(text, name, prefix)},
            element("svg", {"viewBox": "0 0 24 24", "aria-hidden": "true"},
                    element("path", {"d": ICONS[name], "data-key": f"{key}.icon"})),
        )  # fmt: skip


def button_attributes(text: Text, action: str, prefix: str = "") -> Attributes:
    """What a button does now, and its name."""
    name = text(f"play.{action}")
    return {"data-on": f"{prefix}{action}", "data-action": action, "aria-label": name,
            "title": name}  # fmt: skip


def speeds(text: Text, chosen: Speed, prefix: str = "") -> Iterator[Element]:
    """The choice of the speed."""
    for speed in SPEEDS:
        yield element(
            "button",
            {"type": "button", "data-on": "speed", "data-args": speed,
             "data-key": f"{prefix}play.{speed}", "aria-pressed": pressed(speed == chosen)},
            text(f"play.{speed}"),
        )  # fmt: skip


def bar_pose(model: Model, numbers: NodeNumbers) -> Pose:
    """What the buttons do and where the slider stands."""
    state, text = model.state, model.text
    slide = numbers.slide(1)
    sweep = model.sweep
    row, col = sweep.place or START
    is_whole = not sweep.playing and (sweep.is_whole or sweep.reached >= slide.last)
    return {
        **playing_pose(text, state.reading.speed, is_playing=sweep.playing, is_whole=is_whole),
        "play.place": {
            "value": slide.index((row, col)),
            "aria-valuetext": text("play.place.value", row=row + 1, col=col + 1),
        },
        "stage.field": {"aria-pressed": pressed(state.field)},
    }


def playing_pose(
    text: Text, chosen: Speed, *, is_playing: bool, is_whole: bool, prefix: str = ""
) -> Pose:
    """What the buttons do while something plays, and once all of it was shown."""
    toggle = "pause" if is_playing else "play"
    ending = "replay" if is_whole else "skip"
    pose: dict[str, Attributes] = {}
    for name, action in (("play", toggle), ("skip", ending)):
        pose[f"{prefix}play.{name}"] = button_attributes(text, action, prefix)
        pose[f"{prefix}play.{name}.icon"] = {"d": ICONS[action]}
    for speed in SPEEDS:
        pose[f"{prefix}play.{speed}"] = {"aria-pressed": pressed(speed == chosen)}
    return pose
