"""The pad as it stands on the page: what is drawn on, what the network reads of it, the answer.

``panel`` is mounted once the pad is open; ``sketch_pose``, ``pen_pose`` and ``answer_pose`` say all
that changes in it.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.panels.pad.pen import GRID, PLACINGS, THICKNESSES, Pen
from cnnscope.panels.pad.sketch import Line, Sketch
from cnnscope.state.state import OWN_PICTURE
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, canvas

PANEL = "pad.panel"
"""Key of all of it, where keys take back and close."""

SURFACE = "pad.surface"
"""Key of what is drawn on, where keys move the pen."""

SEEN = "pad.seen"
"""Key under which is painted what the network reads."""

OPENER = "pad.open"
"""Key of the tile beside the samples that opens the pad."""

SIDE = 1000  # units of the drawing across the pad
CURSOR = 14  # half of the mark where keys hold the pen, in such units

Icon = tuple[str, ...]
UNDO: Icon = ("M7 4 3 8l4 4", "M3 8h8a5 5 0 0 1 0 10H8")
REDO: Icon = ("m13 4 4 4-4 4", "M17 8H9a5 5 0 0 0 0 10h3")
CLEAR: Icon = ("M4 6h12", "M8 6V3h4v3", "M5.5 6l1 11h7l1-11")


def panel(model: Model) -> Element:
    """The pad."""
    text = model.text
    return element(
        "section",
        {"class": "drawing-pad", "data-key": PANEL, "data-keys": True, "aria-label": text("pad")},
        element(
            "header", {},
            element("h2", {}, text("pad")),
            element("button", {"type": "button", "class": "close", "data-on": "pad.close",
                               "data-key": "pad.close", "aria-label": text("pad.close")}, "×"),
        ),
        surface(model),
        element("div", {"class": "pad-read"}, *reading(model)),
        element("div", {"class": "pad-tools"}, *tools(model)),
        element("div", {"class": "pad-placing"}, *placing(model)),
    )  # fmt: skip


def surface(model: Model) -> Element:
    """What is drawn on, by pointer and by keys: white ink on black, or the negative."""
    text, is_light = model.text, model.network.scale.is_inverted
    name = text(f"pad.surface.name{'.light' if is_light else ''}", count=GRID)
    return element(
        "div",
        {"class": "pad-surface", "data-key": SURFACE, "data-keys": True, "data-pen": True,
         "data-light": is_light,
         "data-shift": True, "tabindex": 0, "role": "application",
         "aria-roledescription": text("pad.surface"),
         "aria-label": name, "aria-describedby": "pad-keys"},
        element(
            "svg", {"viewBox": f"0 0 {SIDE} {SIDE}", "aria-hidden": "true"},
            element("path", {"class": "pad-lines", "data-key": "pad.lines", "d": ""}),
            element("circle", {"class": "pad-cursor", "data-key": "pad.cursor"}),
        ),
        element("span", {"class": "pad-empty", "data-key": "pad.empty", "aria-hidden": "true"},
                text("pad.empty")),
        element("span", {"class": "pad-keys", "id": "pad-keys"}, text("pad.keys")),
    )  # fmt: skip


def reading(model: Model) -> Iterator[Element]:
    """What the network reads, and its answer."""
    text = model.text
    _, rows, cols = model.network.input_shape
    yield element(
        "figure", {},
        element("div", {"role": "img", "aria-label": text("pad.seen")}, canvas(SEEN, rows, cols)),
        element("figcaption", {}, text("pad.seen.size", rows=rows, cols=cols)),
    )  # fmt: skip
    yield element(
        "p", {"class": "pad-answer"},
        element("span", {"class": "pad-said", "data-key": "pad.said"}),
        element("strong", {"data-key": "pad.class"}),
        element("span", {"data-key": "pad.percent", **LITERAL}),
    )  # fmt: skip


def tools(model: Model) -> Iterator[Element]:
    """Taking back, wiping, and how thick the pen is."""
    text = model.text
    yield element(
        "div", {"class": "pad-steps", "role": "group", "aria-label": text("pad.steps")},
        *(step_button(f"pad.{name}", text(f"pad.{name}"), icon)
          for name, icon in (("undo", UNDO), ("redo", REDO), ("clear", CLEAR))),
    )  # fmt: skip
    buttons = (
        choice_button("thickness", name, "", text(f"pad.thickness.{name}"),
                      f"--thickness:{share:g}")
        for name, share in THICKNESSES.items()
    )  # fmt: skip
    yield element(
        "div", {"class": "choice pad-thickness", "role": "group",
                "aria-label": text("pad.thickness")},
        *buttons,
    )  # fmt: skip


def placing(model: Model) -> Iterator[Element]:
    """The switch between as drawn and as MNIST's digits are, and why that matters."""
    text = model.text
    buttons = (choice_button("placing", each, text(f"pad.placing.{each}")) for each in PLACINGS)
    yield element(
        "div", {"class": "choice", "role": "group", "aria-label": text("pad.placing"),
                "aria-describedby": "pad-why"},
        *buttons,
    )  # fmt: skip
    yield element("p", {"id": "pad-why"}, text("pad.why"))


def step_button(action: str, name: str, icon: Icon) -> Element:
    """Something that is done to the drawing, under a mark."""
    paths = (element("path", {"d": each}) for each in icon)
    return element(
        "button",
        {"type": "button", "data-on": action, "data-key": action, "aria-label": name,
         "title": name},
        element("svg", {"viewBox": "0 0 20 20", "aria-hidden": "true"}, *paths),
    )  # fmt: skip


def choice_button(
    what: str, value: str, word: str, label: str | None = None, style: str | None = None
) -> Element:
    """One of several ways; a pose says which is chosen."""
    attributes: Attributes = {
        "type": "button", "data-on": f"pad.{what}", "data-args": value,
        "data-key": f"pad.{what}/{value}", "aria-pressed": "false", "aria-label": label,
        "title": label, "style": style,
    }  # fmt: skip
    return element("button", attributes, word)


def sketch_pose(sketch: Sketch) -> Pose:
    """The lines, and which of them can be taken back or drawn again."""
    return {
        "pad.lines": {"d": "".join(map(path_of, sketch.lines))},
        "pad.empty": {"hidden": bool(sketch.lines)},
        "pad.undo": {"aria-disabled": None if sketch.before else "true"},
        "pad.redo": {"aria-disabled": None if sketch.undone else "true"},
        "pad.clear": {"aria-disabled": None if sketch.lines else "true"},
    }


def path_of(line: Line) -> str:
    """A line as a path: straight from place to place; a dot goes nowhere, and is as round."""
    places = [f"{x * SIDE:.0f} {y * SIDE:.0f}" for x, y in line]
    return f"M{'L'.join(places if len(places) > 1 else places * 2)}"


def pen_pose(pen: Pen) -> Pose:
    """How thick the pen is, where keys hold it and whether it is down, and what is chosen."""
    x, y = pen.place
    pose: dict[str, Attributes] = {
        "pad.lines": {"stroke-width": f"{pen.width * SIDE:g}"},
        "pad.cursor": {"cx": f"{x * SIDE:.0f}", "cy": f"{y * SIDE:.0f}", "r": CURSOR,
                       "data-down": pen.is_down},
    }  # fmt: skip
    for what, names, chosen in (("thickness", THICKNESSES, pen.thickness),
                                ("placing", PLACINGS, pen.placing)):  # fmt: skip
        pose |= {f"pad.{what}/{name}": {"aria-pressed": pressed(name == chosen)} for name in names}
    return pose


def answer_pose(model: Model) -> Pose:
    """The most probable class, and how probable it is; of which picture, if not what is drawn."""
    shares = model.trace[model.network.layers[-1].name]
    first, is_other = int(shares.argmax()), not is_on_show(model)
    return {
        SURFACE: {"data-other": is_other},
        "pad.said": {"text": model.text("pad.answer.other" if is_other else "pad.answer")},
        "pad.class": {"text": model.names[first]},
        "pad.percent": {"text": percent(float(shares[first]))},
    }


def is_on_show(model: Model) -> bool:
    """Whether what is drawn is the picture that the network is shown with."""
    return model.picture == OWN_PICTURE and model.gallery.is_drawn


def answer(model: Model) -> str:
    """The same in words."""
    pose = answer_pose(model)
    name, share = pose["pad.class"]["text"], pose["pad.percent"]["text"]
    return model.text("pad.answer.said", name=name, percent=share)
