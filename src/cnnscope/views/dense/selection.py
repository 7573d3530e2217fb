"""The selected element: marked wherever it is drawn, and its product in numbers.

A cell of a map, an element of the vector, its weight and its contribution are one place; each
mark stands at the same row, column and channel, which the stage's style says.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Ramp, ink_on
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import Domain, count
from cnnscope.nn.layers import Cell
from cnnscope.nn.map_alignment import Axis, map_alignment
from cnnscope.nn.network import Network
from cnnscope.state.state import Node, Place
from cnnscope.views.dense.layout import POINT_LEAST, DenseLayout
from cnnscope.views.dense.numbers import LogitNumbers, pointed_feature, weighed
from cnnscope.views.shared.key_targets import cell_target
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.painting import ramp_of
from cnnscope.views.shared.sliding_window import equality, signed, written

CHIPS = ("value", "weight", "product")
OTHERS = "others"
"""What the frame of those is called that have no line."""


def marked_line(model: Model, numbers: LogitNumbers) -> int:
    """The line of the map whose element is marked; after the last, that of the others."""
    shown = weighed(model, numbers).shown
    channel = numbers.head.place(pointed_feature(model, numbers)).channel
    return shown.index(channel) if channel in shown else len(shown)


def marks_style(model: Model, numbers: LogitNumbers) -> str:
    """Which element is marked: its place in its map, its line, its place in the strip."""
    _, _, cols = numbers.head.shape
    _, row, col = numbers.head.place(pointed_feature(model, numbers))
    line = marked_line(model, numbers)
    return f"--channel:{line};--row:{row};--col:{col};--at:{row * cols + col}"


def marks(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """A frame on the maps, on the strips, on the heat maps and on both pictures."""
    _, rows, cols = numbers.head.shape
    first, pitch = plan.lines[0], plan.pitch
    for kind, box in (("cell marked-map", first.source), ("cell", first.heat)):
        yield mark(kind, box, (rows, cols), pitch)
    yield mark("element", first.strip, (1, rows * cols), pitch)
    axes = map_alignment(model.network, numbers.source)
    _, *size = model.network.input_shape
    for box in plan.pictures:
        yield mark("cell", on_picture(box, axes, (size[0], size[1])), (rows, cols), 0)


def mark(kind: str, box: Box, shape: Place, pitch: float) -> Element:
    """A frame on one cell of what is drawn in a box, and in the boxes ``pitch`` px below."""
    rows, cols = shape
    across, down = box.width / cols, box.height / rows
    style = (
        f"left:{rem(box.x)};top:{rem(box.y)};width:{rem(across)};height:{rem(down)};"
        f"--across:{rem(across, 4)};--down:{rem(down, 4)};--pitch:{rem(pitch, 4)}"
    )
    return element("span", {"class": f"marked marked-{kind}", "style": style})


def on_picture(box: Box, axes: tuple[Axis, Axis], size: Place) -> Box:
    """The part of a picture, drawn in a box, over which the cells of the maps lie."""
    (down, across), (rows, cols) = axes, size
    wide, high = box.width / cols, box.height / rows
    return Box(
        box.x + across.start * wide,
        box.y + down.start * high,
        across.count * across.step * wide,
        down.count * down.step * high,
    )


def point(model: Model, box: Box, value: str = "point.value") -> Element:
    """The place of the element, which ``value`` names, and value times weight is contribution."""
    text = model.text
    chips = (
        element("span", {"class": "chip"},
                element("output", {"data-key": f"point.{name}", **LITERAL}),
                element("small", {"data-key": f"point.{name}.name"}, said))
        for name, said in zip(CHIPS, (text(value), None, text("point.product")), strict=True)
    )  # fmt: skip
    first, second, third = chips
    return element(
        "div", {"class": f"point{' folded' * (box.width < POINT_LEAST)}", "style": placed(box),
                "aria-hidden": "true"},
        element("div", {"data-key": "point.place"}),
        element("div", {"class": "product", "data-key": "point.line"},
                first, element("span", {"class": "sign"}, "×"),
                second, element("span", {"class": "sign", "data-key": "point.equals"}), third,
                element("span", {"class": "chip left", "data-key": "point.rest"},
                        element("output", {"data-key": "point.rounding", **LITERAL}),
                        element("small", {}, text("point.rounding")))),
    )  # fmt: skip


def point_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The numbers of the element that is pointed at."""
    numbers = weighed(model, numbers)
    feature = pointed_feature(model, numbers)
    place = place_line(model, numbers, feature)
    return {"point.place": {"text": place}, **product_pose(model, numbers, feature)}


def product_pose(model: Model, numbers: LogitNumbers, feature: int) -> Pose:
    """An element times its weight, on their colours."""
    found = numbers.product(feature)
    ramp = ramp_of(model, Node(numbers.source, 0))
    return {
        "point.value": chip(found.value, ramp, model.domains[numbers.source]),
        "point.weight": chip(found.weight, WEIGHT, numbers.weight_domain),
        "point.weight.name": {"text": weight_name(model)},
        "point.product": chip(found.sum.total, ACTIVATION, numbers.domain),
        "point.equals": {"text": equality(found.sum)},
        "point.rest": {"hidden": not found.sum.rounding},
        "point.rounding": {"text": signed(found.sum.rounding)},
    }


def weight_name(model: Model) -> str:
    """What a sum's weights are called: against a rival, they are the differences of two."""
    return model.text("point.weight" if model.explained.contrast is None else "point.difference")


def chip(value: int, ramp: Ramp, domain: Domain) -> Attributes:
    """A displayed number on its colour."""
    (color,) = ramp.colors([value / UNIT], domain)
    return {"text": written(value), "style": f"background:{color};color:{ink_on(color)}"}


def place_line(model: Model, numbers: LogitNumbers, feature: int) -> str:
    """Where an element comes from and stands; all counted from one."""
    channel, row, col = numbers.head.place(feature)
    return model.text(
        "point.place", layer=numbers.source, channel=channel + 1, row=row + 1, col=col + 1,
        element=count(feature + 1), elements=count(numbers.maps.size),
    )  # fmt: skip


def point_line(model: Model, numbers: LogitNumbers) -> str:
    """The element that is pointed at, in words."""
    numbers = weighed(model, numbers)
    feature = pointed_feature(model, numbers)
    found = numbers.product(feature)
    product = model.text(
        "point.line.rounded" if found.sum.rounding else "point.line",
        value=written(found.value), weight=written(found.weight),
        rounding=signed(found.sum.rounding), product=written(found.sum.total),
    )  # fmt: skip
    place = place_line(model, numbers, feature)
    return model.text("said.at", place=place, line=product)


def feature_under(
    network: Network, numbers: LogitNumbers, frame: str, place: Place, now: int
) -> int | None:
    """The element at a cell of what is drawn in a frame; None where the frame holds none.

    Over the picture of all channels it is the one that adds or takes most there; over that of one
    channel it is of the channel of the element pointed at now. Frames of lines have their number.
    """
    kind, _, name = frame.partition("/")
    _, rows, cols = numbers.head.shape
    row, col = place
    if kind == "picture":
        down, across = map_alignment(network, numbers.source)
        row, col = down.at(row), across.at(col)
        if name == "all":
            return numbers.strongest_at(row, col)
        return numbers.head.element(Cell(numbers.head.place(now).channel, row, col))
    if kind == "heat" and name == OTHERS and numbers.others:
        return numbers.strongest_at(row, col, numbers.others)
    if not name.isdecimal() or int(name) >= len(numbers.shown):
        return None
    if kind == "strip":
        row, col = divmod(col, cols)
    channel = numbers.shown[int(name)]
    return numbers.head.element(Cell(channel, min(row, rows - 1), min(col, cols - 1)))


def feature_reached(numbers: LogitNumbers, key: str, feature: int) -> int | None:
    """Where a pressed key moves the mark; Page Up and Down lead to the line before or after."""
    _, rows, cols = numbers.head.shape
    channel, row, col = numbers.head.place(feature)
    by = {"PageUp": -1, "PageDown": 1}.get(key, 0)
    if by:
        shown = numbers.shown
        line = shown.index(channel) if channel in shown else len(shown)
        channel = shown[max(0, min(line + by, len(shown) - 1))]
        return numbers.head.element(Cell(channel, row, col))
    cell = cell_target(key, (row, col), rows, cols)
    return None if cell is None else numbers.head.element(Cell(channel, *cell))
