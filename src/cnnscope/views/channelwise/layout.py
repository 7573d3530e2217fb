"""Layout of channelwise views, as ReLU's and pooling's: where everything stands.

The map that is read and the map that is made stand enlarged side by side, with the rule that makes
one cell between them. The two columns of the layers keep their size, so that any other channel can
be opened; the other columns step aside in miniature. So do both where they are too wide for that.

    plan = lay_out_channelwise(network, overview_plan, Node("max_pool_1", 3))
    plan.given, plan.rule, plan.output   # boxes, from left to right
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.channelwise.map_sizes import MAP_LEAST, MAP_MOST
from cnnscope.views.channelwise.middle import (
    NOTE_GAP,
    enlarged,
    graph_and_note,
    is_pointwise,
    note_area,
    note_box,
    stacked,
    turn_above,
)
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
    breadth,
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
WIRE = 18  # from a node to its enlarged map, at least
ROOMY = 1600  # px from which miniatures stand apart
MINI_CLOSE = 12  # from one to the next in windows between
ASIDE_SHARE = 0.25  # of the drawing's width that wide columns take on the left, at most
BEYOND_SHARE = 0.15  # and on the right
READOUT_GAP = 6  # from the maps to what the pointed cell is
READOUT_NARROW = 20  # more for it in a narrow window
UNITS = 104  # height of all units of a layer, before and after
GRAPH_GAP = 12  # from the controls to the graph
NARROW_LEGENDS = 12  # from the words to the legends
PICTURE_CAPTION = 26  # below the picture
NARROW_PICTURE = 16  # from the controls to the picture
STACKED_BELOW = 560  # px between the margins; in less, the maps stand one below the other


@dataclass(frozen=True, kw_only=True)
class ChannelwiseLayout(DetailLayout):
    """The place of everything while a layer that works channel by channel is explained."""

    source: Box | None  # the node that is read, where it stands now; None where it is aside
    made: Box | None  # the node that is explained
    framed: Box  # the map that is read with the padding around it
    given: Box  # the enlarged map that is read
    rule: Box
    output: Box  # the enlarged map that is made
    readout: Box
    bar: Box | None  # of maps, over which a window slides
    units: Box | None  # of a layer of units
    graph: Box | None
    note: Box
    legends: Box
    turn: Box  # to the channel before and the next
    is_narrow: bool = False

    @property
    def is_stacked(self) -> bool:
        """Whether the map that is made stands below that which is read, and the rule beside."""
        return self.output.y > self.given.bottom


class Sides(NamedTuple):
    """What the enlarged maps stand between, and what steps aside beyond it."""

    source: Box | None  # the node that is read, unless it is aside too
    made: Box | None  # the node that is explained
    middle: Box  # room for the enlarged maps
    left: tuple[Column, ...]  # columns that step aside
    right: tuple[Column, ...]
    left_pitch: float  # from one miniature to the next, for each node's width
    right_pitch: float
    beyond: float  # px where the right ones begin


def lay_out_channelwise(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """The plan of the numbers of a node that reads one channel.

    Raises KeyError for a node whose layer is not drawn.
    """
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(network, plan, node)
    return lay_out_wide(network, plan, node)


def lay_out_wide(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """Between the two columns, as the network itself; or beside them."""
    sides = alone(network, plan, node) if is_alone(plan, node) else between(network, plan, node)
    left, room = sides.left, sides.middle
    share = MAP_SHARE if is_pointwise(network, node) else MAP_SHARE_ALONE
    middle = enlarged(network, node, room.sized(height=side_most(plan.viewport.height, share)))
    readout = room.reaching(bottom=middle.rule.bottom).below(READOUT_GAP, READOUT)
    is_unit = len(network.shapes[node.layer]) == 1
    below = readout.below(0, UNITS) if is_unit else bar_below(readout)
    graph, note = graph_and_note(network, node, below.below(GRAPH_GAP, 0))
    height = max(plan.height, *(each.bottom + LEGENDS for each in (note, graph) if each))
    apart = (min(sides.left_pitch, sides.right_pitch) - MINI_APART) / plan.node_size
    mini = min(MINI, middle.given.height / band(plan), apart)
    picture = picture_transform(plan, left, below_miniatures(plan, mini))
    if left and plan.viewport.width < WIDE_FROM:
        corner = Box(sides.beyond, below_miniatures(plan, mini), CLOSE[0], CLOSE[0])
        picture = Transform.between(plan.picture, corner)
    return ChannelwiseLayout(
        node=node, sources=(), width=plan.width, height=height,
        transforms={
            plan.columns[-1].layer: Transform(0, 0),
            **pair_transforms(plan, node, sides),
            **miniatures(plan, left, PAD, sides.left_pitch, mini),
            **miniatures(plan, sides.right, sides.beyond, sides.right_pitch, mini),
        },
        picture=picture, source=sides.source, made=sides.made, framed=middle.framed,
        given=middle.given, rule=middle.rule, output=middle.output, readout=readout,
        bar=None if is_unit else below, units=below if is_unit else None,
        graph=graph, note=note, legends=legends_along(room.reaching(bottom=height)),
        turn=turn_above(middle.rule), close=close_box(explained_right(plan)),
    )  # fmt: skip


def is_alone(plan: Plan, node: Node) -> bool:
    """Whether the enlarged maps stand beside the columns of the network and not between two."""
    place = plan.columns.index(plan.column_of[node.layer])
    pair = plan.columns[place - 1 : place + 1]
    is_drawn = len(plan.sources.get(node, ())) == 1
    return not is_drawn or any(column.is_spread for column in pair)


def between(network: Network, plan: Plan, node: Node) -> Sides:
    """Both nodes, moved apart as far as the miniatures beyond them let.

    Miniatures stand close, and are the smaller for it, where the middle needs the room.
    """
    place = plan.columns.index(plan.column_of[node.layer])
    left, right = plan.columns[: place - 1], plan.columns[place + 1 : -1]
    pitch = mini_pitch(plan)
    aside, beyond = aside_of(plan, left, pitch), beyond_of(network, plan, right, pitch, node)
    end = explained_right(plan)
    source, made = plan.boxes[plan.sources[node][0]], plan.boxes[node]
    source, made = source.at(x=PAD + aside), made.at(x=end - beyond - GAP - made.width)
    return Sides(
        source, made,
        Box(source.right + GAP + WIRE, LABELS, 0, 0).reaching(right=made.x - GAP - WIRE),
        left, right, miniature_pitch(plan, left, aside - ASIDE),
        miniature_pitch(plan, right, beyond), end - beyond,
    )  # fmt: skip


def alone(network: Network, plan: Plan, node: Node) -> Sides:
    """The room beside the columns, all of which step aside."""
    place = plan.columns.index(plan.column_of[node.layer])
    left, right = plan.columns[: place + 1], plan.columns[place + 1 : -1]
    pitch = min(mini_pitch(plan), ASIDE_SHARE * plan.width / breadth(plan, left))
    aside = aside_of(plan, left, pitch)
    after = min(mini_pitch(plan), BEYOND_SHARE * plan.width / max(1.0, breadth(plan, right)))
    beyond = beyond_of(network, plan, right, after, node)
    end = explained_right(plan)
    middle = Box(PAD + aside, LABELS, 0, 0).reaching(right=end - beyond - GAP)
    return Sides(
        None, None, middle, left, right, miniature_pitch(plan, left, aside - ASIDE),
        miniature_pitch(plan, right, beyond), end - beyond,
    )  # fmt: skip


def mini_pitch(plan: Plan) -> float:
    """From one miniature to the next, for each node's width."""
    if plan.viewport.width >= ROOMY:
        return roomy_pitch(plan)
    return MINI_CLOSE if plan.viewport.width >= WIDE_FROM else MINI_LEAST


def aside_of(plan: Plan, left: tuple[Column, ...], pitch: float) -> float:
    """How wide what steps aside on the left is."""
    return aside_width(plan, left, pitch, PICTURE if plan.viewport.width >= WIDE_FROM else 0)


def beyond_of(
    network: Network, plan: Plan, right: tuple[Column, ...], pitch: float, node: Node
) -> float:
    """How wide what steps aside on the right is, and the ways out over it."""
    wide = (breadth(plan, right) - 1) * pitch + MINI * plan.node_size
    return max(ways_width(network, node), wide)


def pair_transforms(plan: Plan, node: Node, sides: Sides) -> dict[str, Transform]:
    """The columns of the two nodes, unless they are aside too."""
    if sides.source is None or sides.made is None:
        return {}
    source = plan.sources[node][0]
    return {
        source.layer: across(plan, source, sides.source.x),
        node.layer: across(plan, node, sides.made.x),
    }


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> ChannelwiseLayout:
    """One below the other, for a window as narrow as a phone's."""
    line, transforms = narrow_miniatures(plan)
    room = line.below(LABELS, side_most(NARROW_HEIGHT))
    is_unit = len(network.shapes[node.layer]) == 1
    is_stacked = room.width < STACKED_BELOW and not is_unit
    middle = (stacked if is_stacked else enlarged)(network, node, room)
    readout = room.reaching(bottom=middle.rule.bottom).below(READOUT_GAP, READOUT + READOUT_NARROW)
    bar = readout.below(0, UNITS if is_unit else 2 * BAR)
    beside, picture = bar.below(NARROW_PICTURE, PICTURE_SMALL).split_right(PICTURE_SMALL, GAP)
    below = bar.below(NOTE_GAP, 0)
    rule, turn = middle.rule, turn_above(middle.rule)
    if is_stacked:
        picture = picture.at(y=room.y)
        rule = rule.reaching(top=picture.bottom + PICTURE_CAPTION)
    else:
        below = below.reaching(right=beside.right)
    graph, note = graph_and_note(network, node, below, is_narrow=True)
    if graph is not None:
        note = note_box(room.at(y=graph.bottom + NOTE_GAP), note_area(network, node))
    legends = room.at(y=note.bottom + NARROW_LEGENDS).sized(height=LEGENDS)
    return ChannelwiseLayout(
        node=node, sources=(), width=plan.viewport.width, height=legends.bottom + plan.height,
        transforms=transforms | narrow_classes(plan, legends.bottom),
        picture=Transform.between(plan.picture, picture), source=None, made=None,
        framed=middle.framed, given=middle.given, rule=rule, output=middle.output,
        readout=readout, bar=None if is_unit else bar, units=bar if is_unit else None,
        graph=graph, note=note, legends=legends, turn=turn, close=close_box(line.right),
        is_narrow=True,
    )  # fmt: skip


def side_most(height: float, share: float = MAP_SHARE) -> float:
    """How long an enlarged map may be in a window of a height: a share of it, or what is left."""
    free = height - CHROME
    return clamp(max(share * free, free - BELOW), MAP_LEAST, MAP_MOST)
