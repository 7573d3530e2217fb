"""Layout of channelwise views, as ReLU's and pooling's: where everything stands.

The map that is read and the map that is made stand enlarged side by side, with the rule that makes
one cell between them. The two columns of the layers keep their size, so that any other channel can
be opened; the other columns step aside in miniature.

    plan = lay_out_channelwise(network, overview_plan, Node("max_pool_1", 3))
    plan.given, plan.rule, plan.output   # boxes, from left to right
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.layers import Cell
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.channelwise.map_sizes import MAP_LEAST, MAP_MOST, maps, shapes_of
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    BAR,
    CLOSE,
    GAP,
    MAP_SHARE,
    MINI,
    MINI_APART,
    MINI_LEAST,
    NARROW_BELOW,
    NARROW_HEIGHT,
    PICTURE,
    PICTURE_SMALL,
    READOUT,
    WIDE_FROM,
    DetailLayout,
    Transform,
    across,
    aside_width,
    band,
    bar_below,
    below_miniatures,
    close_box,
    explained_right,
    legends_along,
    miniature_pitch,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    picture_transform,
    roomy_pitch,
)
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import CHROME, LABELS, LEGENDS, PAD, Plan
from cnnscope.views.shared.try_link import ways_width

# All in CSS pixels.
MAP_SHARE_ALONE = 0.52  # like MAP_SHARE, where no graph stands below
BELOW = 400  # what else stands one below the other in the window's height, with the graph
RULE_LEAST = 122  # between the two maps
RULE_MOST = 280
RULE_NARROW = 100
RULE_ROOM = 3.2  # room for both maps and the rule, in the least rule, from which it is no narrower
WIRE = 18  # from a node to its enlarged map, at least
ROOMY = 1600  # px from which miniatures stand apart
MINI_CLOSE = 12  # from one to the next in windows between
READOUT_GAP = 6  # from the maps to what the pointed cell is
READOUT_NARROW = 20  # more for it in a narrow window
TURN_GAP = 4  # above what leads to the other channels and below
GRAPH = (240, 172)
GRAPH_GAP = 12  # from the controls to the graph
GRAPH_NARROW = (210, 150)
NOTE_LEAST = 76  # height of the words below the controls, however wide they are set
NOTE_AREA = 49_000  # px²; what they need beside
NOTE_BESIDE = 0.8  # of the graph's width: with less room beside it they stand below
NOTE_GAP = 8  # from what stands above them
NARROW_LEGENDS = 12  # from the words to the legends
PICTURE_CAPTION = 26  # below the picture
NARROW_PICTURE = 16  # from the controls to the picture
STACKED_BELOW = 560  # px between the margins; in less, the maps stand one below the other


@dataclass(frozen=True, kw_only=True)
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
    is_narrow: bool = False

    @property
    def is_stacked(self) -> bool:
        """Whether the map that is made stands below that which is read, and the rule beside."""
        return self.output.y > self.given.bottom


class Middle(NamedTuple):
    """The enlarged maps and what is between them."""

    given: Box
    rule: Box
    output: Box


class Sides(NamedTuple):
    """What the enlarged maps stand between, and what steps aside beyond it."""

    source: Box  # the node that is read
    made: Box  # the node that is explained
    left_pitch: float  # from one miniature to the next
    right_pitch: float


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
    sides = make_sides(network, plan, left, right, node)
    room = sides.source.reaching(left=sides.source.right + GAP + WIRE, top=LABELS,
                                 right=sides.made.x - GAP - WIRE)  # fmt: skip
    share = MAP_SHARE if is_pointwise(network, node) else MAP_SHARE_ALONE
    middle = enlarged(network, node, room.sized(height=side_most(plan.viewport.height, share)))
    readout = room.reaching(bottom=middle.rule.bottom).below(READOUT_GAP, READOUT)
    bar = bar_below(readout)
    graph, note = graph_and_note(network, node, bar.below(GRAPH_GAP, 0), GRAPH)
    height = max(plan.height, *(each.bottom + LEGENDS for each in (note, graph) if each))
    apart = (min(sides.left_pitch, sides.right_pitch) - MINI_APART) / plan.node_size
    mini = min(MINI, middle.given.height / band(plan), apart)
    beyond = sides.made.right + GAP
    picture = picture_transform(plan, left, below_miniatures(plan, mini))
    if left and plan.viewport.width < WIDE_FROM:
        corner = Box(beyond, below_miniatures(plan, mini), CLOSE[0], CLOSE[0])
        picture = Transform.between(plan.picture, corner)
    return ChannelwiseLayout(
        node=node, sources=(), width=plan.width, height=height,
        transforms={
            plan.columns[-1].layer: Transform(0, 0),
            source.layer: across(plan, source, sides.source.x),
            node.layer: across(plan, node, sides.made.x),
            **miniatures(plan, left, PAD, sides.left_pitch, mini),
            **miniatures(plan, right, beyond, sides.right_pitch, mini),
        },
        picture=picture, source=sides.source, made=sides.made,
        given=middle.given, rule=middle.rule, output=middle.output, readout=readout, bar=bar,
        graph=graph, note=note, legends=legends_along(room.reaching(bottom=height)),
        turn=turn_above(middle.rule), close=close_box(explained_right(plan)),
    )  # fmt: skip


def make_sides(
    network: Network, plan: Plan, left: tuple[Column, ...], right: tuple[Column, ...], node: Node
) -> Sides:
    """Both nodes, moved apart as far as the miniatures beyond them let.

    Miniatures stand close, and are the smaller for it, where the middle needs the room.
    """
    is_wide = plan.viewport.width >= WIDE_FROM
    close = MINI_CLOSE if is_wide else MINI_LEAST
    pitch = roomy_pitch(plan) if plan.viewport.width >= ROOMY else close
    aside = aside_width(plan, left, pitch, least=PICTURE if is_wide else 0)
    beyond = max(ways_width(network, node), (len(right) - 1) * pitch + MINI * plan.node_size)
    made = plan.boxes[node]
    return Sides(
        source=plan.boxes[plan.sources[node][0]].at(x=PAD + aside),
        made=made.at(x=explained_right(plan) - beyond - GAP - made.width),
        left_pitch=miniature_pitch(plan, left, aside - ASIDE),
        right_pitch=miniature_pitch(plan, right, beyond),
    )


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """One below the other, for a window as narrow as a phone's."""
    source = plan.sources[node][0]
    line, transforms = narrow_miniatures(plan)
    room = line.below(LABELS, side_most(NARROW_HEIGHT))
    is_stacked = room.width < STACKED_BELOW
    middle = (stacked if is_stacked else enlarged)(network, node, room)
    readout = room.reaching(bottom=middle.rule.bottom).below(READOUT_GAP, READOUT + READOUT_NARROW)
    bar = readout.below(0, 2 * BAR)
    beside, picture = bar.below(NARROW_PICTURE, PICTURE_SMALL).split_right(PICTURE_SMALL, GAP)
    below = bar.below(NOTE_GAP, 0)
    rule, turn = middle.rule, turn_above(middle.rule)
    if is_stacked:
        picture = picture.at(y=room.y)
        rule = rule.reaching(top=picture.bottom + PICTURE_CAPTION)
    else:
        below = below.reaching(right=beside.right)
    graph, note = graph_and_note(network, node, below, GRAPH_NARROW)
    if graph is not None:
        note = note_box(room.at(y=graph.bottom + NOTE_GAP))
    legends = room.at(y=note.bottom + NARROW_LEGENDS).sized(height=LEGENDS)
    return ChannelwiseLayout(
        node=node, sources=(), width=plan.viewport.width, height=legends.bottom + plan.height,
        transforms=transforms | narrow_classes(plan, legends.bottom),
        picture=Transform.between(plan.picture, picture),
        source=transforms[source.layer].box(plan.boxes[source]),
        made=transforms[node.layer].box(plan.boxes[node]),
        given=middle.given, rule=rule, output=middle.output, readout=readout, bar=bar,
        graph=graph, note=note, legends=legends, turn=turn, close=close_box(line.right),
        is_narrow=True,
    )  # fmt: skip


def enlarged(network: Network, node: Node, room: Box) -> Middle:
    """Both maps at the same scale, their cells whole pixels, and what is between.

    The room's height is the most that a map may be high.
    """
    least = RULE_LEAST if room.width >= RULE_LEAST * RULE_ROOM else RULE_NARROW
    (_, cols), (_, made) = shapes_of(network, node)
    given, output = maps(network, node, room.height, (room.width - least) / (cols + made))
    between = clamp(room.width - given.width - output.width, least, RULE_MOST)
    whole = room.sized(given.width + between + output.width, max(given.height, output.height))
    whole = whole.centred_on(x=room.centre)
    given = given.at(x=whole.x).centred_on(y=whole.middle)
    rule = whole.at(x=given.right).sized(width=between)
    output = output.at(x=rule.right).centred_on(y=whole.middle)
    return Middle(given=given, rule=rule, output=output)


def stacked(network: Network, node: Node, room: Box) -> Middle:
    """One map below the other, as wide as they can be beside what is between them."""
    width = room.width - RULE_NARROW
    most = min(width / cols for _, cols in shapes_of(network, node))
    given, output = maps(network, node, width, most)
    column = room.sized(width=max(given.width, output.width))
    given = given.at(y=room.y).centred_on(x=column.centre)
    output = output.at(y=given.bottom + LABELS).centred_on(x=column.centre)
    rule = room.reaching(left=column.right, bottom=output.bottom)
    return Middle(given=given, rule=rule, output=output)


def side_most(height: float, share: float = MAP_SHARE) -> float:
    """How long an enlarged map may be in a window of a height: a share of it, or what is left."""
    free = height - CHROME
    return clamp(max(share * free, free - BELOW), MAP_LEAST, MAP_MOST)


def turn_above(rule: Box) -> Box:
    """What leads to the channel before and the next, among the labels above the rule."""
    return rule.above(TURN_GAP, LABELS - 2 * TURN_GAP)


def is_pointwise(network: Network, node: Node) -> bool:
    """Whether a layer is a function of one number: each cell is made from that in its place."""
    _, rows, cols = network.layer(node.layer).window(Cell(node.channel))
    shapes = network.shapes[node.layer], network.shapes[network.before(node.layer)]
    return len(rows) == len(cols) == 1 and shapes[0] == shapes[1]


def graph_and_note(
    network: Network, node: Node, room: Box, size: tuple[int, int]
) -> tuple[Box | None, Box]:
    """The graph of a function of one number, if the layer is one, and words beside or below it."""
    if not is_pointwise(network, node):
        return None, note_box(room)
    graph = room.sized(*size)
    if room.right - graph.right < NOTE_BESIDE * graph.width:
        return graph, note_box(room.at(y=graph.bottom + NOTE_GAP))
    return graph, note_box(room.reaching(left=graph.right + ASIDE))


def note_box(room: Box) -> Box:
    """Words as wide as there is room: the narrower, the higher."""
    return room.sized(height=NOTE_LEAST + NOTE_AREA / room.width)
