"""Links between nodes: all of them faintly, and those into one node strongly.

Each gap between two columns is one path, so that hundreds of links are a dozen elements.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box, clamp
from cnnscope.state.state import Node
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import Plan

LINKS_MOST = 150  # between two columns, drawn one by one: above, they cover their gap
RING = 2.0  # from a node's edge to the ring around it, px
RING_RADIUS = 3.0
BEND = 5  # radius of a line's bend, px
TIP = 7  # from an arrow to what it points at, px


def all_links(plan: Plan) -> Iterator[Element]:
    """One path for each column: every link that ends there, or where they are too many, a band."""
    for before, column in pairwise(plan.columns):
        if is_banded(plan, before, column):
            yield element("path", {"class": "link band", "d": band(plan, before, column)})
            continue
        d = "".join(links_into(plan, node) for node in column.nodes)
        yield element("path", {"class": "link", "d": d})


def is_banded(plan: Plan, before: Column, column: Column) -> bool:
    """Whether single links between two columns could not be told from each other."""
    count = sum(len(plan.sources[node]) for node in column.nodes)
    return before.is_spread or column.is_spread or count > LINKS_MOST


def band(plan: Plan, before: Column, column: Column) -> str:
    """Path data of the shape that all links between two columns fill together."""
    start, end = (around(plan, each.nodes) for each in (before, column))
    left, right = start.right, end.x
    middle = (left + right) / 2
    return (
        f"M{left:.1f} {start.y:.1f}C{middle:.1f} {start.y:.1f} {middle:.1f} {end.y:.1f} "
        f"{right:.1f} {end.y:.1f}V{end.bottom:.1f}C{middle:.1f} {end.bottom:.1f} "
        f"{middle:.1f} {start.bottom:.1f} {left:.1f} {start.bottom:.1f}Z"
    )


def links_into(plan: Plan, node: Node) -> str:
    """Path data of the links that end at a node; from many units, one for each row of them."""
    sources, end = plan.sources[node], plan.boxes[node]
    return "".join(link(start, end) for start in ends(plan, sources))


def links_from(plan: Plan, node: Node) -> str:
    """Path data of the links that begin at a node; to many units, one for each row of them."""
    fed = tuple(each for each, sources in plan.sources.items() if node in sources)
    return "".join(link(plan.boxes[node], end) for end in ends(plan, fed))


def ends(plan: Plan, nodes: tuple[Node, ...]) -> Iterable[Box]:
    """What links lead to: each node, or of many units each row, as wide as their frame."""
    if not are_units(plan, nodes):
        return [plan.boxes[node] for node in nodes]
    frame = around(plan, nodes).grown(RING)
    rows = {plan.boxes[node].y: plan.boxes[node] for node in nodes}
    return [row.reaching(left=frame.x, right=frame.right) for row in rows.values()]


def are_units(plan: Plan, nodes: tuple[Node, ...]) -> bool:
    """Whether nodes are several units, which stand too close for a ring around each."""
    return len(nodes) > 1 and plan.column_of[nodes[0].layer].is_cells


def around(plan: Plan, nodes: Iterable[Node]) -> Box:
    """The smallest box around nodes."""
    return reduce(Box.union, (plan.boxes[node] for node in nodes))


def link(source: Box, target: Box) -> str:
    """Path data of a smooth line from the right of one box to the left of another."""
    start, end = source.end, target.start
    middle = (start.x + end.x) / 2
    return (
        f"M{start.x:.1f} {start.y:.1f}"
        f"C{middle:.1f} {start.y:.1f} {middle:.1f} {end.y:.1f} {end.x:.1f} {end.y:.1f}"
    )


def led_on(start: Box, station: Box, end: Box, x: float) -> str:
    """Path data of an arrow down from one box to a second, and from its right side to a third.

    It turns off at ``x`` and points at the third from its left. Behind the second it goes on, so
    that it is whole where that is not shown.
    """
    r, y = BEND, station.middle
    return (
        f"M{start.centre:.1f} {start.bottom:.1f}V{y - r:.1f}q0 {r} {r} {r}H{station.right:.1f}"
        f"{led_into(station, end, x)}"
    )


def led_into(station: Box, end: Box, x: float) -> str:
    """Path data of an arrow from one box's right side to another: it turns off at ``x``."""
    r, y, to = BEND, station.middle, end.middle
    down = clamp((to - y) / 2, -r, r)
    return (
        f"M{station.x:.1f} {y:.1f}H{x - r:.1f}"
        f"q{r} 0 {r} {down:.1f}V{to - down:.1f}q0 {down:.1f} {r} {down:.1f}"
        f"H{end.x - TIP:.1f}m-5 -4l5 4l-5 4"
    )


def rings(plan: Plan, node: Node) -> str:
    """Path data of a rounded frame around a node and each that it reads: around units, one."""
    sources = plan.sources[node]
    read = [around(plan, sources)] if are_units(plan, sources) else ends(plan, sources)
    return "".join(ring(box.grown(RING)) for box in (plan.boxes[node], *read))


def ring(box: Box) -> str:
    """Path data of a rounded rectangle."""
    r = RING_RADIUS
    across, down = box.width - 2 * r, box.height - 2 * r
    arc = f"a{r} {r} 0 0 1"
    return (
        f"M{box.x + r:.1f} {box.y:.1f}h{across:.1f}{arc} {r} {r}v{down:.1f}{arc} {-r} {r}"
        f"h{-across:.1f}{arc} {-r} {-r}v{-down:.1f}{arc} {r} {-r}z"
    )
