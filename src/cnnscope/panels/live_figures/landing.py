"""Where windows land, by stride, padding and dilation, and so how large the output is."""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import MINUS
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.panels.live_figures.sheet import (
    cell,
    figure_pose,
    live_figure,
    moved,
    mover,
    number,
    outline,
    sheet,
    word,
)
from cnnscope.panels.playground.messages import place_of
from cnnscope.panels.playground.numbers import numbers_for
from cnnscope.state.figures import CHOICES
from cnnscope.state.playground import Playground
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed

ROOM = 190  # width of the input, and of what goes with it
SIDE = 19  # of a cell: of the largest input, ten cells
TOP = 18  # of the grids, below their names
HEIGHT = TOP + ROOM + 28
MADE = 222  # left of the output
SMALL = 17  # side of a cell of the output: of the largest, eight cells
ABOVE = 12  # from a grid up to the middle of its name
DOT = 2.6  # radius of the mark of a window's middle


def landing(text: Text, shown: Playground) -> Element:
    """The figure for what is chosen, without what its window changes."""
    geometry = numbers_for(shown).geometry
    return live_figure(
        text, "landing", sheet("landing", HEIGHT, *parts(text, geometry)), choices(text, shown)
    )


def parts(text: Text, geometry: ConvGeometry) -> Iterator[Element]:
    """The input with every window's middle, the output, and what moves over both."""
    across, count = geometry.padded, geometry.count
    left = (ROOM - across * SIDE) / 2
    top = TOP + left
    made = TOP + (ROOM - count * SMALL) / 2
    yield word(text("playground.given", size=geometry.size), ROOM / 2, top - ABOVE)
    yield word(text("playground.made", size=count), MADE + count * SMALL / 2, made - ABOVE)
    yield from input_cells(geometry, left, top)
    taps = [SIDE * at for at in geometry.rows_read(0)]
    yield mover("landing", "window", left, top,
                *(tap(x, y) for y in taps for x in taps),
                *outline(0, 0, geometry.span * SIDE))  # fmt: skip
    middles = [(geometry.rows_read(at)[0] + geometry.span / 2) * SIDE for at in range(count)]
    for y in middles:
        for x in middles:
            place: Attributes = {"cx": left + x, "cy": top + y, "r": DOT}
            yield element("circle", {"class": "landed", **place})
    for at in range(count**2):
        row, col = divmod(at, count)
        x, y = MADE + col * SMALL, made + row * SMALL
        yield from cell(x, y, SMALL, None)
        box: Attributes = {"x": x, "y": y, "width": SMALL, "height": SMALL}
        yield element("rect", {"class": "cell made", "data-key": f"landing.made/{at}", **box})
    yield mover("landing", "mark", MADE, made, *outline(0, 0, SMALL))
    yield number(size_said(geometry), 180, HEIGHT - 8)


def input_cells(geometry: ConvGeometry, left: float, top: float) -> Iterator[Element]:
    """The cells of the input in its padding; those that no window reads are marked."""
    unread = {*geometry.left_over, *geometry.passed_over}
    for row in range(geometry.padded):
        for col in range(geometry.padded):
            is_zero = geometry.is_padding(row) or geometry.is_padding(col)
            ink = "cell zero" if is_zero else "cell"
            box: Attributes = {"x": left + col * SIDE, "y": top + row * SIDE}
            yield element("rect", {"class": ink, "width": SIDE, "height": SIDE, **box})
            if unread & {row, col}:
                x, y = left + col * SIDE, top + row * SIDE
                points = f"{x + 4:g},{y + SIDE - 4:g} {x + SIDE - 4:g},{y + 4:g}"
                yield element("polyline", {"class": "line", "points": points})


def tap(x: float, y: float) -> Element:
    """A cell that the window reads."""
    return element("rect", {"class": "tap", "x": x, "y": y, "width": SIDE, "height": SIDE})


def size_said(geometry: ConvGeometry) -> str:
    """The size of the output, worked out."""
    over = f"{geometry.size} + 2 × {geometry.padding} {MINUS} {geometry.span}"
    return f"⌊({over}) / {geometry.stride}⌋ + 1 = {geometry.count}"


def choices(text: Text, shown: Playground) -> Element:
    """What can be chosen."""
    return element(
        "div",
        {"class": "live-choices"},
        *(choice(text, name, getattr(shown.settings, name)) for name in CHOICES),
    )


def choice(text: Text, name: str, chosen: int) -> Element:
    """One hyper-parameter, and its values to press."""
    label = text(f"playground.{name}")
    return element(
        "div",
        {"class": "choice", "role": "group", "aria-label": label},
        element("span", {"aria-hidden": "true"}, label),
        *(
            element(
                "button",
                {"type": "button", "data-on": "landing.choose", "data-args": f"{name},{value}",
                 "data-key": f"landing.{name}/{value}", "aria-pressed": pressed(value == chosen),
                 **LITERAL},
                str(value),
            )
            for value in CHOICES[name]
        ),
    )  # fmt: skip


def landing_pose(text: Text, shown: Playground) -> Pose:
    """What changes as the window moves."""
    place = place_of(shown)
    return {
        **figure_pose(text, "landing", shown),
        "landing.window": moved(place, SIDE * shown.settings.stride),
        "landing.mark": moved(place, SMALL),
    }
