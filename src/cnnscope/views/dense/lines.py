"""Lines of the maps that are weighed: what a strip holds, its heat map, what it adds.

``line_parts`` gives the structure of one, ``others_parts`` that of those that have none,
``lines_pose`` their numbers.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import count
from cnnscope.views.dense.layout import DenseLayout, Line
from cnnscope.views.dense.names import others_name, part_name
from cnnscope.views.dense.numbers import LogitNumbers
from cnnscope.views.dense.selection import OTHERS
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.sliding_window import written


def line_parts(model: Model, numbers: LogitNumbers, each: Line, k: int) -> Iterator[Element]:
    """Which elements a strip holds; the heat map of its contributions and their sum."""
    above = f"left:{rem(each.strip.x)};top:{rem(each.strip.y - 15)}"
    if k:  # over the first stands what its lines are
        yield element("span", {"class": "span-of", "aria-hidden": "true", "style": above,
                               "data-key": f"span/{k}"}, span_line(model, numbers, k))  # fmt: skip
    if each.name is not None:
        yield element("span", {"class": "line-name", "data-key": f"line/{k}",
                               "style": placed(each.name)})  # fmt: skip
        yield framed(numbers, f"map/{k}", each.source)
    yield framed(numbers, f"heat/{k}", each.heat)
    yield value_of(f"channel/{k}.value", each)


def span_line(model: Model, numbers: LogitNumbers, k: int) -> str:
    """Which elements the strip of a line holds."""
    size = numbers.maps[0].size
    first = numbers.shown[k] * size
    return model.text("flatten.span", first=count(first + 1), last=count(first + size))


def framed(numbers: LogitNumbers, key: str, box: Box) -> Element:
    """A map, or a heat map as large, whose cells are pointed at."""
    _, rows, cols = numbers.maps.shape
    frame = {"class": "heat", "data-map": key, "style": placed(box)}
    return element("span", frame, canvas(key, rows, cols))


def value_of(key: str, line: Line) -> Element:
    """What a line adds, as a number."""
    place = {"class": "number", "data-key": key, **LITERAL, "style": placed(line.value)}
    return element("span", place)


def others_parts(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """What those add together that have no line, and the heat map of it."""
    line = plan.others
    if line is not None and line.name is not None:
        yield element("span", {"class": "line-name", "style": placed(line.name)},
                      others_name(model, numbers))  # fmt: skip
        yield framed(numbers, f"heat/{OTHERS}", line.heat)
        yield value_of(f"channel/{OTHERS}.value", line)


def lines_pose(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Pose:
    """What each line adds, and whose it is where that follows the numbers."""
    terms, lines = numbers.sum.terms, len(numbers.shown)
    pose: dict[str, Attributes] = {
        f"channel/{k}.value": {"text": written(term)} for k, term in enumerate(terms[:lines])
    }
    if numbers.others:
        pose[f"channel/{OTHERS}.value"] = {"text": written(terms[lines])}
    if plan.is_spread:
        for k, channel in enumerate(numbers.shown):
            pose[f"line/{k}"] = {"text": part_name(model, numbers, channel)}
            pose |= {f"span/{k}": {"text": span_line(model, numbers, k)}} if k else {}
    return pose
