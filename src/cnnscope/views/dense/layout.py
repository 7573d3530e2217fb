"""Where everything stands while a class is explained: a pure function, like ``expansion``.

The last maps move beside the flattened vector, a line of it for each map; beside that line the
heat map of what it contributes; on the right how all of it adds up to the class's logit.

    plan = lay_out_dense(network, overview_plan, Node("output", 6))
    plan.lines[2].strip   # Box(...)
"""

from dataclasses import dataclass

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    CLOSE,
    MINI,
    NARROW_BELOW,
    NARROW_MINI,
    PLUS,
    VALUE,
    DetailLayout,
    Transform,
    band,
    close_box,
    miniatures,
    picture_transform,
)
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, OUTPUT_WIDTH, PAD, Plan

# All in CSS pixels.
MINI_SHARE = 0.13  # of the window's width, for what stepped aside
MINI_WIDTHS = (112, 190)
MINI_GAP = 4
GAP = 14
GAP_NARROW = 6
LINKS = (20, 44)  # least and most from the numbers to the sum
PANEL_LEAST = 300
PANEL_ROOMY = 400  # from which what is said needs fewer lines
STRIP_MOST = 520
STRIP_LEAST = 96
STRIP_SHARE = 0.72  # of a map's height
TOTAL = (126, 88, 70)  # how the contributions add up: in a slim panel, in wider ones
CONTROL = 36  # height of what is chosen or pressed
CHOOSE_LEAST = 236  # px that the choice of a rival needs
SWITCH = 140
ONWARD = 112
AWAY = 6  # from the panel to the line that leads on from it
POINT = (90, 76)  # the element that is pointed at
ITEM = 26  # one of the largest contributions
ITEM_LEAST = 150
RANKED = 5  # of those that add most, and of those that take most
HEADING = 24
LISTING = 22  # over either list
PICTURES = (120, 230)  # side of the pictures with heat maps over them
BESIDE = 220  # side from which they stand in the panel, and not under the miniatures
BETWEEN = 10
HINT = 56
HINT_HIGH = 124  # where it is written in many lines
HINT_TALL = 270  # the same in many more
HINT_NARROW = 150


@dataclass(frozen=True)
class Line:
    """One map's way: the map, its line of the vector, what it contributes, that as a number."""

    source: Box
    strip: Box
    heat: Box
    value: Box


@dataclass(frozen=True)
class DenseLayout(DetailLayout):
    """The place of everything while a class is explained."""

    lines: tuple[Line, ...]
    bias: Box
    plus: Box
    total: Box
    choose: Box  # the rival
    switch: Box
    onward: Box  # to softmax
    point: Box
    ranking: Box
    pictures: tuple[Box, Box]  # with all channels' heat map over it, with one channel's
    picture_legend: Box
    hint: Box
    legends: Box
    close: Box
    is_narrow: bool = False

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        first, *rest = self.lines
        return rest[0].source.y - first.source.y if rest else 0.0

    @property
    def abreast(self) -> int:
        """How many lists of the largest contributions stand beside each other."""
        return lists_abreast(self.ranking.width)


def lay_out_dense(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """The plan of the explanation of a class."""
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(network, plan, node)
    return lay_out_wide(network, plan, node)


def lay_out_wide(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """Side by side, as the network itself."""
    left, classes = plan.columns[:-2], plan.boxes[plan.columns[-1].nodes[0]].x
    sources, size = plan.sources[node], float(plan.node_size)
    aside = clamp(MINI_SHARE * plan.width, *MINI_WIDTHS) if left else 0.0
    x = PAD + (aside + ASIDE if left else 0.0)
    end = classes - ASIDE
    links = LINKS[1] if plan.width >= 1200 else LINKS[0]
    fixed = 2 * size + 2 * GAP + 6 + VALUE[0] + links + PLUS + BETWEEN + PANEL_LEAST
    wide = strip_width(cells(network, sources), end - x - fixed)
    moved = Transform(x - plan.boxes[sources[0]].x, 0)
    lines = tuple(line(moved.box(plan.boxes[each]), wide, GAP) for each in sources)
    plus_x = lines[0].value.right + links
    panel = Box(plus_x + PLUS + BETWEEN, LABELS, end - plus_x - PLUS - BETWEEN, 0)
    total, choose, switch, onward, point, ranking = stacked(panel)
    pitch = aside / len(left) if left else 0.0
    scale = min(MINI, max(0.05, (pitch - MINI_GAP) / size))
    top = LABELS + scale * band(plan) + ASIDE
    height = max(plan.height, ranking.bottom + BETWEEN)
    room = min(plan.height - ranking.bottom - BETWEEN - HEADING - LEGENDS,
               (panel.width - 2 * BETWEEN) / 2)  # fmt: skip
    is_beside = room >= BESIDE or not left
    transforms = miniatures(plan, left, PAD, pitch, scale)
    if is_beside:
        pictures = abreast(panel.x, ranking.bottom + BETWEEN + HEADING, clamp(room, *PICTURES))
        picture = picture_transform(plan, left, top)
        hint = Box(PAD, picture.box(plan.picture).bottom + 40, aside, HINT_TALL)
        if not left:
            hint = Box(panel.x, pictures[0].bottom + LEGENDS + BETWEEN, panel.width, HINT)
    else:
        side = clamp((plan.height - top - LEGENDS) / 2 - HEADING - BETWEEN, PICTURES[0], aside)
        pictures = stack(PAD, top + HEADING, side)
        picture = transforms[left[0].layer]
        hint = Box(panel.x, ranking.bottom + BETWEEN, panel.width, HINT_HIGH)
        if hint.bottom > height:
            hint = Box(x, height, end - x, HINT)
            height += HINT
    legend = Box(pictures[0].x, pictures[1].bottom + 6,
                 pictures[1].right - pictures[0].x, LEGENDS - 10)  # fmt: skip
    last = lines[-1]
    return DenseLayout(
        node, sources, plan.width, max(height, legend.bottom),
        {plan.columns[-1].layer: Transform(0, 0), sources[0].layer: moved, **transforms}, picture, lines,
        bias_box(last, 8),
        Box(plus_x, total.middle - PLUS / 2, PLUS, PLUS),
        total, choose, switch, onward, point, ranking, pictures, legend, hint,
        Box(x, plan.height - LEGENDS + 4, last.heat.right - 24 - x, LEGENDS - 4),
        close_box(end),
    )  # fmt: skip


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """One below the other, for a window as narrow as a phone's."""
    width, sources, size = plan.viewport.width, plan.sources[node], float(plan.node_size)
    maps, classes = plan.columns[:-1], plan.columns[-1]
    room = width - 2 * PAD
    pitch = room / len(maps)
    scale = min(NARROW_MINI, 0.8 * pitch / size)
    top = CLOSE[1] + 12
    panel = Box(PAD, top + scale * band(plan) + BETWEEN, room, 0)
    total, choose, switch, onward, point, _ = stacked(panel)
    if switch.y > choose.y:  # no line leads on from here: one row for both
        point = Box(PAD, onward.y, room, point.height)
        onward = Box(PAD + room - ONWARD, switch.y, ONWARD, CONTROL)
    wide = strip_width(cells(network, sources), room - 2 * size - 2 * GAP_NARROW - 6 - VALUE[0])
    used = 2 * size + 2 * GAP_NARROW + 6 + VALUE[0] + wide
    moved = Transform(
        (width - used) / 2 - plan.boxes[sources[0]].x,
        point.bottom + BETWEEN + LABELS - plan.boxes[sources[0]].y,
    )
    lines = tuple(line(moved.box(plan.boxes[each]), wide, GAP_NARROW) for each in sources)
    last = lines[-1]
    bias = bias_box(last, 10)
    ranking = Box(PAD, bias.bottom + 16, room, ranked_height(room))
    side = clamp((room - BETWEEN) / 2, 60, PICTURES[1])
    pictures = abreast(PAD, ranking.bottom + BETWEEN + HEADING, side)
    legend = Box(PAD, pictures[0].bottom + 6, pictures[1].right - PAD, LEGENDS - 10)
    legends = Box(PAD, legend.bottom + BETWEEN, room, LEGENDS)
    hint = Box(PAD, legends.bottom, room, HINT_NARROW)
    middle = (width - OUTPUT_WIDTH) / 2 - plan.boxes[classes.nodes[0]].x
    transforms = miniatures(plan, maps, PAD, pitch, scale, top)
    return DenseLayout(
        node, sources, width, hint.bottom + plan.height,
        {**transforms, sources[0].layer: moved, classes.layer: Transform(middle, hint.bottom)},
        transforms[maps[0].layer] if len(maps) > 1 else moved,
        lines, bias, Box(bias.x - PLUS - 6, bias.middle - PLUS / 2, PLUS, PLUS),
        total, choose, switch, onward, point, ranking, pictures, legend, hint, legends,
        close_box(width - PAD), is_narrow=True,
    )  # fmt: skip


def stacked(panel: Box) -> tuple[Box, Box, Box, Box, Box, Box]:
    """One below the other: how all adds up, choice, switch, the way on, the element, the largest.

    Choice and switch stand beside each other where there is room.
    """
    x, room = panel.x, panel.width
    is_roomy = room >= PANEL_ROOMY
    total = Box(x, panel.y, room, TOTAL[(room >= PANEL_LEAST) + is_roomy])
    choose = Box(x, total.bottom + BETWEEN, room, CONTROL)
    switch = Box(x, choose.bottom + BETWEEN, SWITCH, CONTROL)
    if room >= CHOOSE_LEAST + BETWEEN + SWITCH:
        choose = Box(x, choose.y, room - SWITCH - BETWEEN, CONTROL)
        switch = Box(choose.right + BETWEEN, choose.y, SWITCH, CONTROL)
    onward = Box(x, switch.bottom + BETWEEN, ONWARD, CONTROL)
    point = Box(x, onward.bottom + BETWEEN, room, POINT[is_roomy])
    ranking = Box(x, point.bottom + BETWEEN, room, ranked_height(room))
    return total, choose, switch, onward, point, ranking


def ranked_height(width: float) -> float:
    """Height of the two lists of the largest contributions."""
    return HEADING + (LISTING + ITEM * RANKED) * 2 / lists_abreast(width)


def lists_abreast(width: float) -> int:
    """How many of the two lists stand beside each other."""
    return 2 if width >= 2 * ITEM_LEAST else 1


def abreast(x: float, y: float, side: float) -> tuple[Box, Box]:
    """Two pictures beside each other."""
    return Box(x, y, side, side), Box(x + side + BETWEEN, y, side, side)


def stack(x: float, y: float, side: float) -> tuple[Box, Box]:
    """Two pictures one below the other, each with a heading."""
    return Box(x, y, side, side), Box(x, y + side + BETWEEN + HEADING, side, side)


def line(source: Box, wide: float, gap: float) -> Line:
    """What stands beside a map."""
    high = max(11.0, STRIP_SHARE * source.height // 11 * 11)
    strip = Box(source.right + gap, source.middle - high / 2, wide, high)
    heat = Box(strip.right + gap, source.y, source.width, source.height)
    return Line(source, strip, heat, Box(heat.right + 6, source.middle - 11, *VALUE))


def bias_box(last: Line, gap: float) -> Box:
    """The bias, below the numbers that it is added to."""
    x = last.heat.right - 20
    return Box(x, last.source.bottom + gap, last.value.right - x, 22)


def strip_width(count: int, room: float) -> float:
    """Width of a map's line: whole pixels for each element, where there is room for that."""
    room = clamp(room, STRIP_LEAST, STRIP_MOST)
    return float(room // count * count) if room >= count else max(room, min(count, STRIP_MOST))


def cells(network: Network, sources: tuple[Node, ...]) -> int:
    """How many elements each map becomes."""
    _, rows, cols = network.shapes[sources[0].layer]
    return rows * cols
