"""The three grids of the playground: the input in its padding, the kernel, the output.

``given_grid`` and ``made_grid`` are what the two frames hold; ``window_pose`` moves the window.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import ACTIVATION, GREY, WEIGHT, Ramp, Rgba, ink_on
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import Domain, symmetric, ticks
from cnnscope.drawing.timeline import Place
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.panels.playground.integer_conv import Integers
from cnnscope.panels.playground.numbers import INPUT_DOMAIN, PlaygroundNumbers, plain
from cnnscope.state.playground import Playground
from cnnscope.text import Text
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.model import canvas

GIVEN = "playground.given"
"""Key of the input's frame, which the window is moved over, and what it is painted under."""

MADE = "playground.made"
"""Key of the output's frame."""

WINDOW = "playground.window"
MARK = "playground.mark"
HATCH = "playground-hatch"
ROOM = 76  # characters side by side that can be read in a grid as wide as a phone
TICKS = 3


def frame(text: Text, key: str) -> Element:
    """A place for a grid, to point at or to move over by arrow keys."""
    return element(
        "div",
        {"class": "playground-map", "data-map": key, "tabindex": 0, "data-key": key,
         "data-keys": True,
         "role": "application", "aria-roledescription": text("card.map.role")},
    )  # fmt: skip


def given_grid(made: PlaygroundNumbers) -> Iterator[Element]:
    """The input's cells with those of the padding, the window, what no window reads."""
    geometry = made.geometry
    across = geometry.padded
    yield canvas(GIVEN, across, across)
    yield cells(
        made.padded * UNIT,
        GREY,
        INPUT_DOMAIN,
        is_padding=[geometry.is_padding(row) for row in range(across)],
    )
    yield element(
        "svg",
        {"viewBox": f"0 0 {across} {across}", "aria-hidden": "true"},
        hatching(),
        element("path", {"class": "hatched", "d": unread(geometry), "fill": f"url(#{HATCH})"}),
        window(geometry) if geometry.count else None,
    )


def made_grid(made: PlaygroundNumbers) -> Iterator[Element]:
    """The output's cells, and the mark of the one that the window makes."""
    across = made.geometry.count
    yield canvas(MADE, across, across)
    yield cells(made.output, ACTIVATION, made_domain(made))
    yield element(
        "svg", {"viewBox": f"0 0 {across} {across}", "aria-hidden": "true"},
        element("g", {"data-key": MARK}, *outlined(square(0, 0, 1), "line")),
    )  # fmt: skip


def cells(values: Integers, ramp: Ramp, domain: Domain, is_padding: Sequence[bool] = ()) -> Element:
    """The numbers on their colours; none where they are too long to be read."""
    texts = [[plain(int(value)) for value in row] for row in values]
    longest = max(len(each) for row in texts for each in row)
    style = f"--longest:{max(longest, 2)}"
    if longest * len(texts) > ROOM:
        return element("div", {"class": "cells", "hidden": True})
    colors = ramp.colors([value / UNIT for value in values.ravel().tolist()], domain)
    inks = iter(ink_on(color) for color in colors)
    beside = is_padding or [False] * len(texts)
    spans = [
        element("span", {"class": "pad"} if row_is or col_is else {"style": f"color:{ink}"}, each)
        for row, row_is in zip(texts, beside, strict=True)
        for each, col_is, ink in zip(row, beside, inks, strict=False)
    ]
    return element(
        "div", {"class": "cells", "aria-hidden": "true", "style": style, **LITERAL}, *spans
    )


def paintings(made: PlaygroundNumbers) -> Iterator[tuple[str, Rgba]]:
    """The colours of input and output; the padding is clear."""
    around = made.geometry.padding
    rgba = GREY.paint(made.padded.astype("float32"), INPUT_DOMAIN)
    is_clear = [made.geometry.is_padding(row) for row in range(made.geometry.padded)]
    if around:
        rgba[is_clear, :, 3] = rgba[:, is_clear, 3] = 0
    yield GIVEN, rgba
    if made.geometry.count:
        yield MADE, ACTIVATION.paint((made.output / UNIT).astype("float32"), made_domain(made))


def made_domain(made: PlaygroundNumbers) -> Domain:
    """Symmetric about zero, as far as the output goes."""
    return symmetric(float(abs(made.output).max(initial=0)) / UNIT)


def weight_styles(made: PlaygroundNumbers) -> Iterator[str]:
    """The colours of the kernel's numbers, row by row."""
    values = [value / UNIT for value in made.kernel.ravel().tolist()]
    domain = symmetric(max(map(abs, values)))
    for color in WEIGHT.colors(values, domain):
        yield f"background:{color};color:{ink_on(color)}"


def made_legend(made: PlaygroundNumbers) -> Iterator[Element]:
    """The bar of the output's colours."""
    values = [plain(round(value * UNIT)) for value in ticks(made_domain(made), TICKS)]
    return bar_and_ticks([ACTIVATION.gradient()], values)


def weights(text: Text, size: int) -> Iterator[Element]:
    """The kernel's numbers, to be changed."""
    for position in range(size * size):
        row, col = divmod(position, size)
        yield element(
            "input",
            {"type": "text", "inputmode": "decimal", "class": "cell-number",
             "autocomplete": "off", "spellcheck": "false", "data-input": "playground",
             "data-args": f"weight/{position}", "data-key": f"playground.weight/{position}",
             "aria-label": text("arithmetic.weight", row=row + 1, col=col + 1),
             "aria-describedby": "playground-weight-message"},
        )  # fmt: skip


def weights_pose(playground: Playground, made: PlaygroundNumbers) -> Pose:
    """The kernel's numbers, or what was typed instead."""
    drafts = dict(playground.drafts)
    pose: dict[str, Attributes] = {}
    values = made.kernel.ravel().tolist()
    for k, (value, style) in enumerate(zip(values, weight_styles(made), strict=True)):
        draft = drafts.get(f"weight/{k}")
        pose[f"playground.weight/{k}"] = {
            "value": plain(value) if draft is None else draft,
            "style": style,
            "aria-invalid": None if draft is None else "true",
        }
    return pose


def window_pose(made: PlaygroundNumbers, place: Place) -> Pose:
    """Where the window stands, and the cell that it makes."""
    (row, col), stride = place, made.geometry.stride
    return {
        WINDOW: {"transform": f"translate({col * stride} {row * stride})"},
        MARK: {"transform": f"translate({col} {row})"},
    }


def window(geometry: ConvGeometry) -> Element:
    """The window at its first place: the cells it reads, and how far it reaches."""
    read = geometry.rows_read(0)
    if geometry.dilation == 1:
        return element("g", {"data-key": WINDOW}, *outlined(square(0, 0, geometry.span), "line"))
    taps = " ".join(square(col, row, 1) for row in read for col in read)
    return element(
        "g", {"data-key": WINDOW},
        *outlined(square(0, 0, geometry.span), "reach"),
        *outlined(taps, "line"),
    )  # fmt: skip


def outlined(path: str, name: str) -> Iterator[Element]:
    """A line that is seen on any ground: dark, with light on both sides."""
    yield element("path", {"class": f"{name} halo", "d": path})
    yield element("path", {"class": name, "d": path})


def square(x: int, y: int, side: int) -> str:
    """A square of cells as a path."""
    return f"M{x} {y}h{side}v{side}h{-side}z"


def unread(geometry: ConvGeometry) -> str:
    """The rows and columns that no window reads, as a path."""
    if geometry.count == 0:
        return ""
    lines = (*geometry.passed_over, *geometry.left_over)
    far = geometry.padded
    rows = (f"M0 {at}h{far}v1h{-far}z" for at in lines)
    cols = (f"M{at} 0h1v{far}h-1z" for at in lines)
    return " ".join((*rows, *cols))


def hatching() -> Element:
    """The pattern of what is not read; a cell is one unit wide."""
    return element(
        "defs", {},
        element(
            "pattern",
            {"id": HATCH, "width": "0.25", "height": "0.25", "patternUnits": "userSpaceOnUse",
             "patternTransform": "rotate(45)"},
            element("rect", {"class": "hatch-ground", "width": "0.25", "height": "0.25"}),
            element("rect", {"class": "hatch-line", "width": "0.07", "height": "0.25"}),
        ),
    )  # fmt: skip
