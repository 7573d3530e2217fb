"""The dialog in which a picture is cropped: all of it, the square over it, a slider, buttons."""

from math import log2

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.panels.crop.square import Size, Square, largest_zoom, zoom_of
from cnnscope.text import Text

PREVIEW = "crop.preview"
"""Key of the canvas that shows the whole picture."""

FRAME = "crop.square"
"""Key of the square over it, which keys move."""

ZOOM = "crop.zoom"
STEPS = 100  # of the slider


def dialog(text: Text, size: Size) -> Element:
    """The dialog; its square is placed by ``pose``."""
    width, height = size
    return element(
        "dialog",
        {"class": "crop", "aria-labelledby": "crop-title"},
        element("h2", {"id": "crop-title"}, text("crop.title")),
        element("p", {"id": "crop-hint", "class": "about"}, text("crop.hint")),
        element(
            "div",
            {"class": "crop-picture", "data-crop": True,
             "style": f"--width:{width};--height:{height}"},
            element("canvas", {"data-key": PREVIEW, "role": "img",
                               "aria-label": text("crop.whole")}),
            element(
                "div",
                {"class": "crop-square", "data-key": FRAME, "data-keys": True, "tabindex": 0,
                 "role": "application", "aria-roledescription": text("crop.square"),
                 "aria-describedby": "crop-hint"},
            ),
        ),
        element(
            "label", {"class": "crop-zoom"},
            element("span", {}, text("crop.zoom")),
            element(
                "input",
                {"type": "range", "min": 0, "max": STEPS, "step": 1, "data-input": "crop",
                 "data-key": ZOOM, "disabled": largest_zoom(size) == 1},
            ),
        ),
        element(
            "div", {"class": "crop-buttons"},
            button("crop.cancel", text("crop.cancel"), "quiet"),
            button("crop.use", text("crop.use"), "main"),
        ),
    )  # fmt: skip


def button(name: str, label: str, kind: str) -> Element:
    """A button of the dialog."""
    attributes: Attributes = {"type": "button", "class": kind, "data-on": name, "data-key": name}
    return element("button", attributes, label)


def pose(text: Text, square: Square, size: Size) -> Pose:
    """Where the square lies, and what is said of it."""
    width, height = size
    said = text("crop.place", zoom=f"{zoom_of(square, size):.1f}",
                left=share(square.left + square.side / 2, width),
                top=share(square.top + square.side / 2, height))  # fmt: skip
    style = (f"--left:{square.left / width:.5f};--top:{square.top / height:.5f};"
             f"--across:{square.side / width:.5f};--down:{square.side / height:.5f}")  # fmt: skip
    return {
        FRAME: {"style": style, "aria-label": said},
        ZOOM: {
            "value": slid(zoom_of(square, size), size),
            "aria-valuetext": f"{zoom_of(square, size):.1f}×",
        },
    }


def share(place: float, whole: int) -> int:
    """How far across a place is, in percent."""
    return round(100 * place / whole)


def slid(zoom: float, size: Size) -> int:
    """Where the slider stands for a zoom: each step zooms by the same factor."""
    most = log2(largest_zoom(size))
    return round(STEPS * log2(zoom) / most) if most else 0


def zoom_at(step: float, size: Size) -> float:
    """The zoom for which the slider stands there."""
    return float(largest_zoom(size) ** (step / STEPS))
