"""The middle of a channelwise view: the map that is read, the rule, the map that is made.

middle = enlarged(network, Node("max_pool_1", 3), Box(300, 52, 700, 320))
middle.given, middle.rule, middle.output   # boxes, from left to right
"""

from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Activation, AvgPool2d, BatchNorm2d, Cell, MaxPool2d, Relu
from cnnscope.nn.network import Network
from cnnscope.nn.sliding import Sliding
from cnnscope.state.state import Node
from cnnscope.views.channelwise.map_sizes import framed_shape, inner, maps, shapes_of
from cnnscope.views.shared.detail_layout import ASIDE
from cnnscope.views.shared.network_plan import LABELS

# All in CSS pixels.
RULE_LEAST = 122  # between the two maps
RULE_MOST = 280
RULE_NARROW = 100
RULE_LINE = 146  # height of a rule in four lines, as batch normalisation's
RULE_FUNCTION = 114  # and in three
RULE_ROOM = 3.2  # room for both maps and the rule, in the least rule, from which it is no narrower
GRAPH = (240, 172)
GRAPH_SIGNED = (240, 236)
GRAPH_NARROW = (210, 150)
GRAPH_NARROW_SIGNED = (210, 206)
GRAPH_UNITS = (360, 240)  # with a dot for each unit
TURN_GAP = 4  # above what leads to the other channels and below
NOTE_LEAST = 76  # height of the words below the controls, however wide they are set
NOTE_AREA = 49_000  # px²; what they need beside
NOTE_AREA_NUMBERS = 118_000  # more for batch normalisation, with all its numbers
NOTE_AREA_EDGE = 48_000  # more for each that there is to tell of the edges of a map
NOTE_AREA_FUNCTION = 12_000  # more for functions other than ReLU
NOTE_AREA_UNIT = 46_000  # more for the ways to other units
NOTE_BESIDE = 0.8  # of the graph's width: with less room beside it they stand below
NOTE_GAP = 8  # from what stands above them


class Middle(NamedTuple):
    """The enlarged maps and what is between them."""

    framed: Box  # the map that is read, with the padding around it
    given: Box
    rule: Box
    output: Box


def enlarged(network: Network, node: Node, room: Box) -> Middle:
    """Both maps at the same scale, their cells whole pixels, and what is between.

    The room's height is the most that a map may be high.
    """
    least = RULE_LEAST if room.width >= RULE_LEAST * RULE_ROOM else RULE_NARROW
    (_, cols), (_, (_, made)) = framed_shape(network, node), shapes_of(network, node)
    framed, output = maps(network, node, room.height, (room.width - least) / (cols + made))
    between = clamp(room.width - framed.width - output.width, least, RULE_MOST)
    high = max(framed.height, output.height, rule_height(network, node))
    whole = room.sized(framed.width + between + output.width, high)
    whole = whole.centred_on(x=room.centre)
    framed = framed.at(x=whole.x).centred_on(y=whole.middle)
    rule = whole.at(x=framed.right).sized(width=between)
    output = output.at(x=rule.right).centred_on(y=whole.middle)
    return Middle(framed, inner(network, node, framed), rule, output)


def stacked(network: Network, node: Node, room: Box) -> Middle:
    """One map below the other, as wide as they can be beside what is between them."""
    width = room.width - RULE_NARROW
    shapes = framed_shape(network, node), shapes_of(network, node)[1]
    framed, output = maps(network, node, width, min(width / cols for _, cols in shapes))
    column = room.sized(width=max(framed.width, output.width))
    framed = framed.at(y=room.y).centred_on(x=column.centre)
    output = output.at(y=framed.bottom + LABELS).centred_on(x=column.centre)
    rule = room.reaching(left=column.right, bottom=output.bottom)
    return Middle(framed, inner(network, node, framed), rule, output)


def rule_height(network: Network, node: Node) -> int:
    """How high the rule is at least that stands beside a map of few cells, or a unit's one."""
    match network.layer(node.layer):
        case BatchNorm2d():
            return RULE_LINE
        case Activation():
            return RULE_FUNCTION
        case _:
            return 0


def turn_above(rule: Box) -> Box:
    """What leads to the channel before and the next, among the labels above the rule."""
    return rule.above(TURN_GAP, LABELS - 2 * TURN_GAP)


def is_pointwise(network: Network, node: Node) -> bool:
    """Whether a layer is a function of one number: each cell is made from that in its place."""
    _, rows, cols = network.layer(node.layer).window(Cell(node.channel))
    shapes = network.shapes[node.layer], network.shapes[network.before(node.layer)]
    return len(rows) == len(cols) == 1 and shapes[0] == shapes[1]


def graph_and_note(
    network: Network, node: Node, room: Box, *, is_narrow: bool = False
) -> tuple[Box | None, Box]:
    """The graph of a function of one number, if the layer is one, and words beside or below it."""
    area = note_area(network, node)
    if not is_pointwise(network, node):
        return None, note_box(room, area)
    graph = room.sized(*graph_size(network, node, is_narrow=is_narrow))
    if room.right - graph.right < NOTE_BESIDE * graph.width:
        return graph, note_box(room.at(y=graph.bottom + NOTE_GAP), area)
    return graph, note_box(room.reaching(left=graph.right + ASIDE), area)


def graph_size(network: Network, node: Node, *, is_narrow: bool) -> tuple[int, int]:
    """Width and height of a graph: higher where values below zero come out, or of many units."""
    is_relu = isinstance(network.layer(node.layer), Relu)
    if is_narrow:
        return GRAPH_NARROW if is_relu else GRAPH_NARROW_SIGNED
    if len(network.shapes[node.layer]) == 1:
        return GRAPH_UNITS
    return GRAPH if is_relu else GRAPH_SIGNED


def note_area(network: Network, node: Node) -> int:
    """How much room words about a node need, px²."""
    is_unit = len(network.shapes[node.layer]) == 1
    area = NOTE_AREA + (NOTE_AREA_UNIT if is_unit else 0)
    match network.layer(node.layer):
        case BatchNorm2d():
            return area + NOTE_AREA_NUMBERS
        case MaxPool2d(sliding=sliding) | AvgPool2d(sliding=sliding):
            edges = sliding.is_padded, sliding.is_ceil, has_left_over(network, node, sliding)
            return area + NOTE_AREA_EDGE * sum(edges)
        case Activation():
            return area + NOTE_AREA_FUNCTION
        case _:
            return area


def has_left_over(network: Network, node: Node, sliding: Sliding) -> bool:
    """Whether rows or columns at the end of a map are in no window."""
    given, made = shapes_of(network, node)
    last = sliding.read((made[0] - 1, made[1] - 1))
    return any(places.stop < size for places, size in zip(last, given, strict=True))


def note_box(room: Box, area: int) -> Box:
    """Words as wide as there is room: the narrower, the higher."""
    return room.sized(height=NOTE_LEAST + area / room.width)
