"""Sliding windows, as every view draws them: place, marks, the curtain, headings.

curtain(numbers, box)           # covers a result drawn in a box, as far as not come to
window_mark(box, (60, 60), (2, 2), stride=(2, 2))
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import Ramp, ink_on
from cnnscope.drawing.element import Element, Pose, element, literal
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.rounding import DECIMALS, UNIT, Sum
from cnnscope.drawing.scale import MINUS, Domain, number
from cnnscope.state.state import START, Node, Place
from cnnscope.views.shared.article_link import article_link
from cnnscope.views.shared.detail_layout import info_box, try_box
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.node_numbers import NodeNumbers
from cnnscope.views.shared.try_link import try_link

NEARLY = "\u2248"
LEAST_MARK = 7.0  # px that a window's frame is wide and high, at least


def place_of(model: Model) -> Place:
    """The output cell that the window makes."""
    return model.sweep.place or START


def cell_made(model: Model, node: Node) -> tuple[Node, Place]:
    """The node and the cell of its map that the window makes."""
    return node, place_of(model)


def written(thousandths: int) -> str:
    """A number counted in thousandths as it is displayed."""
    return number(thousandths / UNIT, DECIMALS)


def signed(thousandths: int) -> str:
    """A displayed number as it is added to others: ``+ 0.094``, ``− 0.136``."""
    sign = MINUS if thousandths < 0 else "+"
    return f"{sign} {written(abs(thousandths))}"


def equality(added: Sum) -> str:
    """The sign between displayed terms and their displayed sum."""
    return NEARLY if added.rounding else "="


def grounds(ramp: Ramp, domain: Domain, values: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Each value as displayed, and a style: its colour, with black or white upon it."""
    colors = ramp.colors([value / UNIT for value in values], domain)
    for value, color in zip(values, colors, strict=True):
        yield written(value), f"background:{color};color:{ink_on(color)}"


def window_style(model: Model, numbers: NodeNumbers) -> str:
    """Where window and curtain stand, in cells of the output."""
    row, col = place_of(model)
    sweep, (rows, _) = model.sweep, numbers.rows_cols
    seen_row, seen_col = (rows, 0) if sweep.is_whole else sweep.reached
    return f"--row:{row};--col:{col};--seen-row:{min(seen_row, rows)};--seen-col:{seen_col}"


def curtain(numbers: NodeNumbers, box: Box) -> Element:
    """What covers a result, drawn in a box, as far as the window has not come."""
    rows, cols = numbers.rows_cols
    wide, high = box.width / cols, box.height / rows
    return element(
        "span",
        {"class": "curtain", "style": f"--across:{rem(wide, 4)};--down:{rem(high, 4)}"},
        element("span", {"class": "below"}),
        element("span", {"class": "rest"}),
    )


def window_mark(
    box: Box, shape: Place, size: Place, *, stride: Place = (1, 1), padding: Place = (0, 0)
) -> Element:
    """A window's frame on a map of a shape drawn in a box: as many cells as its size.

    ``padding`` is that above and before the map.
    """
    (rows, cols), (high, wide) = shape, size
    across, down = box.width / cols, box.height / rows
    place = Box(box.x - padding[1] * across, box.y - padding[0] * down, wide * across, high * down)
    seen = place.grown(
        max(0.0, LEAST_MARK - place.width) / 2, max(0.0, LEAST_MARK - place.height) / 2
    )
    apart = f"--across:{rem(stride[1] * across, 4)};--down:{rem(stride[0] * down, 4)}"
    return element("span", {"class": "window", "style": f"{placed(seen)};{apart}"})


def cell_mark(numbers: NodeNumbers, box: Box) -> Element:
    """The one cell of a map of the output's size, drawn in a box, that the window makes."""
    return window_mark(Box(0, 0, box.width, box.height), numbers.rows_cols, (1, 1))


def grown_from(model: Model, node: Node, box: Box) -> str:
    """A style that puts an enlarged map into its box, to which it grows from its node, if drawn."""
    tile = model.plan.boxes.get(node)
    if tile is None:
        return placed(box)
    scale = f"scale({tile.width / box.width:.4f},{tile.height / box.height:.4f})"
    moved = f"translate({rem(tile.x - box.x)},{rem(tile.y - box.y)})"
    return f"{placed(box)};--from:{moved} {scale}"


def heading(name: str, shape: str, box: Box, *, can_break: bool = False) -> Element:
    """A name over its shape; the name may break into two lines where it has little room."""
    return element(
        "p", {"class": "heading", "data-breaks": can_break, "style": placed(box)},
        element("span", literal(name), name),
        element("span", {"class": "shape", **literal(shape)}, shape),
    )  # fmt: skip


def ways_out(model: Model, section: str, box: Box) -> Iterator[Element]:
    """Out of every view: to what can be tried, to the article, and to the whole network."""
    trying = try_link(model, model.explained.node, try_box(box))
    if trying is not None:
        yield trying
    yield article_link(model, section, info_box(box))
    yield element(
        "button",
        {"type": "button", "class": "leave", "data-on": "overview", "data-key": "stage.close",
         "style": placed(box)},
        element("span", {"aria-hidden": "true"}, "×"), model.text("stage.close"),
    )  # fmt: skip


def within(box: Box, frame: Box) -> str:
    """A style that puts a box into a frame, both given in the same coordinates."""
    moved = Box(box.x - frame.x, box.y - frame.y, box.width, box.height)
    return placed(moved)


def merged(pose: Pose, other: Pose) -> Pose:
    """Both poses; what they say of one element is said together."""
    keys = dict.fromkeys((*pose, *other))
    return {key: {**pose.get(key, {}), **other.get(key, {})} for key in keys}
