"""The graph of a function of one number, as ReLU is, with the point that is looked at.

Axes run as far as the values of the map that is read, symmetric about zero: on a scale shared with
other maps, the point would hardly leave it. Both have the same unit, but where a function ends far
below what it is given.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box, Point, clamp
from cnnscope.drawing.lengths import drawing_size
from cnnscope.drawing.scale import number
from cnnscope.views.shared.model import Model, placed

MARGIN = 18  # px at each side
FOOT = 44  # px under the horizontal axis, for its ticks and its name
TOP = 18  # px over the end of the vertical axis, for its name
NAME: Attributes = {"class": "name"}


class Axes(NamedTuple):
    """Where the axes stand in the graph, px."""

    origin: Point
    reach: float  # from the origin to the end of each axis

    def point(self, x: float, y: float) -> Point:
        """The place of a point whose numbers are shares of the reach."""
        return Point(self.origin.x + x * self.reach, self.origin.y - y * self.reach)


def axes(box: Box, *, is_signed: bool) -> Axes:
    """The axes of a graph drawn in a box; one that is signed goes as far down as up."""
    reach = min(box.width / 2 - MARGIN, (box.height - FOOT - TOP) / (2 if is_signed else 1))
    return Axes(Point(box.width / 2, TOP + reach), reach)


def function_path(found: Axes, points: Sequence[tuple[float, float]]) -> str:
    """Path data of a function through some points, whose numbers are shares of the reach."""
    places = [found.point(x, y) for x, y in points]
    return "M" + "L".join(f"{place.x:.1f} {place.y:.1f}" for place in places)


def graph(model: Model, box: Box, name: str, *, is_signed: bool = False) -> Element:
    """The graph, drawn in a box; its name is for those who do not see it.

    Signed is one of a function whose values can be below zero.
    """
    text, frame = model.text, frame_pose(box, is_signed=is_signed)
    return element(
        "svg",
        {"class": "graph", "role": "img", "aria-label": name, "data-key": "graph",
         **drawing_size(box.width, box.height), "style": placed(box)},
        element("path", {"class": "axis", "data-key": "graph.axes", **frame["graph.axes"]}),
        element("path", {"class": "function", "data-key": "graph.function", "d": ""}),
        element("path", {"class": "asymptote", "data-key": "graph.asymptotes", "d": ""}),
        element("path", {"class": "guide", "data-key": "graph.guide", "d": ""}),
        element("path", {"class": "peers", "data-key": "graph.others", "d": ""}),
        element("circle", {"class": "point", "data-key": "graph.point", "r": 5.5}),
        *(word(frame, key, LITERAL) for key in ("graph.low", "graph.high", "graph.top")),
        word(frame, "graph.zero", LITERAL, "0"),
        word(frame, "graph.across", NAME, text("graph.across")),
        word(frame, "graph.up", NAME, text("graph.up")),
    )  # fmt: skip


def word(frame: Pose, key: str, attributes: Attributes, words: str | None = None) -> Element:
    """Words in their place at an axis; a number is filled in by the pose."""
    return element("text", {"data-key": key, **attributes, **frame[key]}, words)


def frame_pose(box: Box, *, is_signed: bool) -> Pose:
    """Where the axes stand, and the words at them."""
    found = axes(box, is_signed=is_signed)
    end = found.point(0, -1 if is_signed else 0)
    at = found.point
    low, zero, high, top = at(-1, 0), at(0, 0), at(1, 0), at(0, 1)
    middle, before = {"text-anchor": "middle"}, {"text-anchor": "end"}
    return {
        "graph.axes": {"d": f"M{low.x - 8:.1f} {low.y:.1f}H{high.x + 8:.1f}"
                            f"M{zero.x:.1f} {end.y + 5:.1f}V{top.y - 6:.1f}"
                            f"M{low.x:.1f} {low.y:.1f}v5M{high.x:.1f} {high.y:.1f}v5"
                            f"M{top.x:.1f} {top.y:.1f}h-5"},
        "graph.low": {"x": low.x, "y": low.y + 18, **middle},
        "graph.zero": {"x": zero.x, "y": zero.y + 18, **middle},
        "graph.high": {"x": high.x, "y": high.y + 18, **middle},
        "graph.top": {"x": top.x - 8, "y": top.y + 4, **before},
        "graph.across": {"x": zero.x, "y": end.y + 36, **middle},
        "graph.up": {"x": zero.x - 8, "y": top.y - 8, **before},
    }  # fmt: skip


def graph_pose(
    box: Box,
    reach: float,
    points: Sequence[tuple[float, float]],
    at: tuple[float, float],
    *,
    is_signed: bool = False,
    up: float | None = None,
    others: Iterable[tuple[float, float]] = (),
    asymptotes: Sequence[Sequence[tuple[float, float]]] = (),
) -> Pose:
    """The function through some points, the point ``at`` (x, y), and the ends of the axes.

    These are ``reach`` from zero; that of the vertical axis is ``up`` from it, if given. ``others``
    are points too, small ones; ``asymptotes`` are lines that the function comes near to.
    """
    found, up = axes(box, is_signed=is_signed), reach if up is None else up

    def placed_at(x: float, y: float) -> Point:
        return found.point(clamp(x / reach, -1, 1), clamp(y / up, -1, 1))

    point, foot = placed_at(*at), placed_at(at[0], 0)
    guide = f"M{foot.x:.1f} {foot.y:.1f}V{point.y:.1f}H{found.origin.x:.1f}"
    frame = frame_pose(box, is_signed=is_signed)
    ends = {"graph.low": -reach, "graph.high": reach, "graph.top": up}
    shares = [[(x / reach, y / up) for x, y in each] for each in (points, *asymptotes)]
    dots = (placed_at(*each) for each in others)
    return {
        **frame,
        **{key: {**frame[key], "text": number(end)} for key, end in ends.items()},
        "graph.function": {"d": function_path(found, shares[0])},
        "graph.asymptotes": {"d": "".join(function_path(found, each) for each in shares[1:])},
        "graph.others": {"d": "".join(f"M{dot.x:.1f} {dot.y:.1f}h.01" for dot in dots)},
        "graph.point": {"cx": f"{point.x:.1f}", "cy": f"{point.y:.1f}"},
        "graph.guide": {"d": guide},
    }
