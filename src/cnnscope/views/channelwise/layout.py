"""Where everything stands while a layer that works channel by channel is explained.

The map that is read and the map that is made stand enlarged side by side, with the rule that makes
one cell between them. The two columns of the layers keep their size, so that any other channel can
be opened; the other columns step aside in miniature.

    plan = lay_out_channelwise(network, overview_plan, Node("max_pool_1", 3))
    plan.given, plan.rule, plan.output   # boxes, from left to right
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Relu
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    BAR,
    BAR_WIDE,
    CLOSE,
    GAP,
    MINI,
    MINI_GAP,
    MINI_LEAST,
    NARROW_BELOW,
    NARROW_MINI,
    PICTURE,
    READOUT,
    WAYS,
    DetailLayout,
    Transform,
    band,
    close_box,
    miniatures,
    picture_transform,
)
from cnnscope.views.shared.network_plan import (
    CHROME,
    LABELS,
    LEGENDS,
    OUTPUT_WIDTH,
    PAD,
    Column,
    Plan,
)

# All in CSS pixels.
MAP_MOST = 560  # side of an enlarged map, at most
MAP_LEAST = 96
MAP_SHARE = 0.42  # of the window's height below the controls, at least
BELOW = 400  # what else stands one below the other in that height, with the graph
RULE_LEAST = 122  # between the two maps
RULE_MOST = 210
RULE_NARROW = 100
WIRE = 18  # from a node to its enlarged map, at least
HEIGHT_NARROW = 700  # of the window that decides how large maps are drawn, where it is narrow
PICTURE_SMALL = 96  # side of the picture in a narrow window
STACKED_BELOW = 560  # px between the margins; in less, the maps stand one below the other
SMALL_BELOW = 1200  # px; narrower windows are not wide
ROOMY = 1600  # px from which miniatures stand apart
MINI_CLOSE = 12  # from one to the next in windows between
MINI_APART = 2  # px between columns of them
GRAPH = (240, 172)
GRAPH_NARROW = (210, 150)
NOTE_LEAST = 76  # height of the words below the controls, however wide they are set
NOTE_AREA = 49_000  # px²; what they need beside


@dataclass(frozen=True)
class ChannelwiseLayout(DetailLayout):
    """The place of everything while a layer that works channel by channel is explained."""

    source: Box  # the node that is read, where it stands now
    made: Box  # the node that is explained
    given: Box  # the enlarged map that is read
    rule: Box
    output: Box  # the enlarged map that is made
    readout: Box
    bar: Box
    graph: Box | None
    note: Box
    legends: Box
    turn: Box  # to the channel before and the next
    close: Box
    is_narrow: bool = False

    @property
    def is_tight(self) -> bool:
        """Whether there is little room between the maps."""
        return self.rule.width < RULE_LEAST

    @property
    def is_stacked(self) -> bool:
        """Whether the map that is made stands below that which is read, and the rule beside."""
        return self.output.y > self.given.bottom


class Middle(NamedTuple):
    """The enlarged maps and what is between them."""

    given: Box
    rule: Box
    output: Box


def lay_out_channelwise(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """The plan of the numbers of a node that reads one channel.

    Raises KeyError for a node whose layer is not drawn.
    """
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(network, plan, node)
    return lay_out_wide(network, plan, node)


def lay_out_wide(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """Between the two columns, as the network itself."""
    place = plan.columns.index(plan.column_of[node.layer])
    left, right = plan.columns[: place - 1], plan.columns[place + 1 : -1]
    source = plan.sources[node][0]
    size = float(plan.node_size)
    classes = plan.boxes[plan.columns[-1].nodes[0]].x
    aside, beyond, x, end = borders(plan, left, right, classes)
    middle = enlarged(network, node, Box(x, LABELS, end - x, side_most(plan.viewport.height)))
    readout = Box(x, middle.rule.bottom + 6, end - x, READOUT)
    bar = Box(x, readout.bottom, end - x, BAR if end - x >= BAR_WIDE else 2 * BAR)
    graph, note = graph_and_note(network, node, x, end, bar.bottom + 12, GRAPH)
    height = max(plan.height, note.bottom + LEGENDS, graph.bottom + LEGENDS if graph else 0)
    left_pitch = (aside - ASIDE + MINI_GAP) / len(left) if left else size
    right_pitch = (beyond + MINI_GAP) / len(right) if right else size
    apart = (min(left_pitch, right_pitch) - MINI_APART) / size
    mini = min(MINI, middle.given.height / band(plan), apart)
    source_transform = Transform(PAD + aside - plan.boxes[source].x, 0)
    made_transform = Transform(end + GAP + WIRE - plan.boxes[node].x, 0)
    below_minis = LABELS + mini * band(plan) + ASIDE
    picture = picture_transform(plan, left, below_minis)
    if left and plan.viewport.width < SMALL_BELOW:
        picture = picture_to(plan, end + 2 * GAP + WIRE + size, below_minis, CLOSE[0])
    return ChannelwiseLayout(
        node,
        (),
        plan.width,
        height,
        {
            plan.columns[-1].layer: Transform(0, 0),
            source.layer: source_transform,
            node.layer: made_transform,
            **miniatures(plan, left, PAD, left_pitch, mini),
            **miniatures(plan, right, end + 2 * GAP + WIRE + size, right_pitch, mini),
        },
        picture,
        source_transform.box(plan.boxes[source]),
        made_transform.box(plan.boxes[node]),
        *middle,
        readout,
        bar,
        graph,
        note,
        Box(x, height - LEGENDS + 4, end - x, LEGENDS - 4),
        Box(middle.rule.x, 4, middle.rule.width, LABELS - 8),
        close_box(classes - ASIDE),
    )


def borders(
    plan: Plan, left: tuple[Column, ...], right: tuple[Column, ...], classes: float
) -> tuple[float, float, float, float]:
    """Width of what steps aside on the left and on the right, and the middle's two edges.

    Miniatures stand close, and are the smaller for it, where the middle needs the room.
    """
    size = float(plan.node_size)
    width = plan.viewport.width
    is_wide = width >= SMALL_BELOW
    full = MINI * size + MINI_GAP
    pitch = full if width >= ROOMY else MINI_CLOSE if is_wide else MINI_LEAST
    aside = max(PICTURE if is_wide else 0, len(left) * pitch) + ASIDE if left else 0.0
    beyond = max(WAYS, (len(right) - 1) * pitch + MINI * size)
    x = PAD + aside + size + GAP + WIRE
    end = classes - ASIDE - beyond - GAP - size - GAP - WIRE
    return aside, beyond, x, end


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """One below the other, for a window as narrow as a phone's."""
    width = plan.viewport.width
    maps, classes = plan.columns[:-1], plan.columns[-1]
    source = plan.sources[node][0]
    pitch = (width - 2 * PAD) / len(maps)
    scale = min(NARROW_MINI, 0.8 * pitch / plan.node_size)
    top = CLOSE[1] + 12
    transforms = miniatures(plan, maps, PAD, pitch, scale, top)
    y = top + scale * band(plan) + LABELS
    room = Box(PAD, y, width - 2 * PAD, side_most(HEIGHT_NARROW))
    is_stacked = room.width < STACKED_BELOW
    middle = stacked(network, node, room) if is_stacked else enlarged(network, node, room)
    readout = Box(PAD, middle.output.bottom + 6, room.width, READOUT + 20)
    bar = Box(PAD, readout.bottom, room.width, 2 * BAR)
    beside = width - PAD - PICTURE_SMALL
    right = width - PAD if is_stacked else beside - GAP
    graph, note = graph_and_note(network, node, PAD, right, bar.bottom + 8, GRAPH_NARROW)
    if graph is not None:
        note = note_box(PAD, width - PAD, graph.bottom + 8)
    legends = Box(PAD, note.bottom + 12, room.width, LEGENDS)
    return ChannelwiseLayout(
        node,
        (),
        width,
        legends.bottom + plan.height,
        {
            **transforms,
            classes.layer: Transform(
                (width - OUTPUT_WIDTH) / 2 - plan.boxes[classes.nodes[0]].x, legends.bottom
            ),
        },
        picture_to(plan, beside, y if is_stacked else bar.bottom + 16, PICTURE_SMALL),
        transforms[source.layer].box(plan.boxes[source]),
        transforms[node.layer].box(plan.boxes[node]),
        *middle,
        readout,
        bar,
        graph,
        note,
        legends,
        Box(middle.rule.x, y - LABELS + 4, middle.rule.width, LABELS - 8),
        close_box(width - PAD),
        is_narrow=True,
    )


def enlarged(network: Network, node: Node, room: Box) -> Middle:
    """Both maps at the same size as far as their cells are whole pixels, and what is between.

    The room's height is the most that a map may be high.
    """
    least = RULE_LEAST if room.width >= RULE_LEAST * 3.2 else RULE_NARROW
    most = min(room.height, (room.width - least) / 2)
    given, output = (
        map_box(network.shapes[layer][1:], most)
        for layer in (network.before(node.layer), node.layer)
    )
    between = clamp(room.width - given.width - output.width, least, RULE_MOST)
    x = room.x + (room.width - given.width - output.width - between) / 2
    y = room.y + max(given.height, output.height) / 2
    return Middle(
        Box(x, y - given.height / 2, given.width, given.height),
        Box(x + given.width, room.y, between, max(given.height, output.height)),
        Box(x + given.width + between, y - output.height / 2, output.width, output.height),
    )


def stacked(network: Network, node: Node, room: Box) -> Middle:
    """One map below the other, as wide as they can be beside what is between them."""
    given, output = (
        map_box(network.shapes[layer][1:], room.width - RULE_NARROW)
        for layer in (network.before(node.layer), node.layer)
    )
    wide = max(given.width, output.width)
    below = room.y + given.height + LABELS
    return Middle(
        Box(room.x + (wide - given.width) / 2, room.y, given.width, given.height),
        Box(room.x + wide, room.y, room.width - wide, below + output.height - room.y),
        Box(room.x + (wide - output.width) / 2, below, output.width, output.height),
    )


def map_box(shape: tuple[int, ...], most: float) -> Box:
    """A map's box at the corner, at most so long: its cells are squares of whole pixels."""
    rows, cols = shape
    cell = max(1, int(clamp(most, MAP_LEAST, MAP_MOST) / max(rows, cols)))
    return Box(0, 0, float(cols * cell), float(rows * cell))


def side_most(height: float) -> float:
    """How long an enlarged map may be in a window of a height."""
    free = height - CHROME
    return clamp(max(MAP_SHARE * free, free - BELOW), MAP_LEAST, MAP_MOST)


def graph_and_note(
    network: Network, node: Node, left: float, right: float, top: float, size: tuple[int, int]
) -> tuple[Box | None, Box]:
    """The graph of a function of one number, if the layer is one, and words beside or below it."""
    if not isinstance(network.layer(node.layer), Relu):
        return None, note_box(left, right, top)
    graph = Box(left, top, *size)
    if right - graph.right < 0.8 * size[0]:
        return graph, note_box(left, right, graph.bottom + 8)
    return graph, note_box(graph.right + ASIDE, right, top)


def note_box(left: float, right: float, top: float) -> Box:
    """Words from left to right: the narrower, the higher."""
    return Box(left, top, right - left, NOTE_LEAST + NOTE_AREA / (right - left))


def picture_to(plan: Plan, x: float, y: float, side: float) -> Transform:
    """The whole picture, moved to a corner and enlarged or reduced to a side."""
    scale = side / plan.picture.width
    return Transform(x - plan.picture.x * scale, y - plan.picture.y * scale, scale)
