"""Bars that add up: one for each part of a sum, for the others, for the bias, for the sum.

``bars`` gives the structure, ``bars_pose`` whose they are and how long, ``marking_pose`` which one
is marked. Bars stand in an order that follows the numbers, so a bar is known by its place.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.views.dense.names import others_name, part_name
from cnnscope.views.map_contributions.numbers import (
    LogitNumbers,
    Step,
    all_of,
    levels,
    marked_map,
    others_of,
    total_step,
    waterfall,
    weighed,
)
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import signed, written

BAR = "bar/"
"""What the key of a bar begins with; its number in the order of the bars follows."""


FACTORS = ("factor", "weight")
"""What of a bar's unit stands before it."""


def bars(model: Model, numbers: LogitNumbers, boxes: tuple[Box, ...], kind: str) -> Element:
    """A bar for each part listed, one for the others, one for the bias, one for the sum.

    Their names are the text of ``kind``'s key.
    """
    frame = boxes[0].union(boxes[-1])
    order = order_of(numbers)
    return element(
        "div",
        {"class": "bars", "role": "radiogroup", "tabindex": -1, "data-key": OUTPUT,
         "data-keys": True, "data-quiet-focus": True,
         "aria-label": model.text(kind), "style": placed(frame)},
        *(bar(numbers, place, box.moved(-frame.x, -frame.y), order[place])
          for place, box in enumerate(boxes)),
    )  # fmt: skip


def order_of(numbers: LogitNumbers) -> tuple[int | None, ...]:
    """Whose bars stand one below the other: of the parts, the others, the bias, the sum."""
    return (*(step.channel for step in waterfall(numbers)), all_of(numbers))


def part_of(numbers: LogitNumbers, channel: int | None) -> str:
    """What a bar is, as the style sheet tells it."""
    if channel is None:
        return "bias"
    if channel < all_of(numbers):
        return "map"
    return "logit" if channel == all_of(numbers) else "others"


def bar(numbers: LogitNumbers, place: int, box: Box, channel: int | None) -> Element:
    """One bar with its picture, its name and its number; the bias cannot be marked."""
    key, part = f"{BAR}{place}", part_of(numbers, channel)
    taken: Attributes = {"type": "button", "role": "radio", "data-on": "map", "data-keys": True,
                         "data-focus-acts": True}  # fmt: skip
    is_bias = channel is None
    return element(
        "div" if is_bias else "button",
        {"class": "map-bar", "data-key": key, "style": placed(box), **({} if is_bias else taken),
         "data-part": part},
        *thumb(numbers, key, part),
        element("span", {"class": "map-name", "data-key": f"{key}.name"}),
        *factors(numbers, key, part),
        element("span", {"class": "track", "data-key": f"{key}.track"},
                element("span", {"class": "from"}), element("span", {"class": "extent"}),
                element("span", {"class": "to"})),
        element("span", {"class": "value", "data-key": f"{key}.value", **LITERAL}),
    )  # fmt: skip


def thumb(numbers: LogitNumbers, key: str, part: str) -> Iterator[Element]:
    """The map of a bar, small; empty for what is no map."""
    if numbers.head.weighs_maps:
        _, rows, cols = numbers.maps.shape
        yield element("span", {"class": "thumb"},
                      *([canvas(key, rows, cols)] if part == "map" else []))  # fmt: skip


def factors(numbers: LogitNumbers, key: str, part: str) -> Iterator[Element]:
    """The value and the weight of a bar's unit, whose product it is; nothing for a map."""
    if part == "map" and not numbers.head.weighs_maps:
        for name in FACTORS:
            yield element("span", {"class": "factor", "data-key": f"{key}.{name}", **LITERAL})


def bars_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """All bars: whose they are, from where to where they run, their numbers."""
    numbers = weighed(model, numbers)
    pose: dict[str, Attributes] = {}
    for place, step in enumerate((*waterfall(numbers), total_step(numbers))):
        pose |= bar_pose(model, numbers, place, step)
    return pose


def bar_pose(model: Model, numbers: LogitNumbers, place: int, step: Step) -> Pose:
    """One bar: whose it is, from where to where it runs, its number."""
    key, reach = f"{BAR}{place}", levels(numbers)
    name, written_term = bar_name(model, numbers, step.channel), signed(step.term)
    is_total = step.channel == all_of(numbers)
    value = written(step.term) if is_total else written_term
    start, end = ((each - reach.low) / (reach.high - reach.low) for each in (step.start, step.end))
    zero = -reach.low / (reach.high - reach.low)
    own: Attributes = {}
    if step.channel is not None:
        said = model.text("why.bar", name=name, value=value)
        own = {"data-args": step.channel, "data-mark": step.channel, "aria-label": said}
    return {
        key: own,
        f"{key}.name": {"text": name},
        f"{key}.value": {"text": value},
        f"{key}.track": {
            "data-sign": "below" if step.term < 0 else "above",
            "style": f"--from:{end if is_total else start:.4f};--to:{end:.4f};--zero:{zero:.4f};"
                     f"--low:{min(start, end):.4f};--size:{abs(end - start):.4f}",
        },
    }  # fmt: skip


def bar_name(model: Model, numbers: LogitNumbers, channel: int | None) -> str:
    """What stands before a bar."""
    if channel is None:
        return model.text("stage.bias")
    if channel < all_of(numbers):
        return part_name(model, numbers, channel)
    if channel == others_of(numbers):
        return others_name(model, numbers)
    if not numbers.is_of_class:
        return model.text("unit.total")
    return model.text("why.total" if numbers.contrast is None else "why.lead.name")


def marking_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """Which bar is marked, where Tab comes back to."""
    numbers = weighed(model, numbers)
    marked = marked_map(model, numbers)
    return {
        f"{BAR}{place}": {
            "aria-checked": pressed(channel == marked),
            "tabindex": 0 if channel == marked else -1,
        }
        for place, channel in enumerate(order_of(numbers))
        if channel is not None
    }


def bar_reached(model: Model, numbers: LogitNumbers, key: str) -> tuple[int, int] | None:
    """The bar that a pressed key leads to from the marked one, and the map it is of."""
    numbers = weighed(model, numbers)
    order = order_of(numbers)
    places = [(place, each) for place, each in enumerate(order) if each is not None]
    now = [each for _, each in places].index(marked_map(model, numbers))
    by = {"ArrowUp": -1, "ArrowLeft": -1, "ArrowDown": 1, "ArrowRight": 1}.get(key, 0)
    last = len(places) - 1
    target = {"Home": 0, "End": last}.get(key, max(0, min(now + by, last)))
    return places[target] if by or key in ("Home", "End") else None
