"""Layout of the dense layer: where everything stands, a pure function, like ``network_plan``.

The last maps move beside the flattened vector, a line of it for each map; beside that line the
heat map of what it contributes; on the right how all of it adds up to the class's logit.
``layouts`` chooses between this and one for maps that cannot move.
"""

from dataclasses import dataclass
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.dense.picture_layout import (
    BETWEEN,
    HEADING,
    PICTURES,
    abreast,
    legend_below,
    wide_pictures,
)
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    CONTROL,
    MINI,
    PLUS,
    VALUE,
    VALUE_GAP,
    WIDE_FROM,
    DetailLayout,
    Transform,
    across,
    below_miniatures,
    breadth,
    close_box,
    explained_right,
    legends_along,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    plus_before,
    switch_box,
    value_beside,
)
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
MINI_SHARE = 0.13  # of the window's width, for what stepped aside
MINI_WIDTHS = (112, 190)
MINI_LANE = 4  # px between columns of miniatures, at least
MINI_LEAST_SCALE = 0.05
STRIP_GAP = 14  # from a map to its line and on to the heat map
STRIP_GAP_NARROW = 6
STRIP_MOST = 520
STRIP_LEAST = 96
STRIP_SHARE = 0.72  # of a map's height
STRIP_STEP = 11  # its height is a multiple of
BIAS = 22  # height
BIAS_OVER = 20  # how far it reaches under the heat maps
BIAS_GAP = 8  # from the last map
BIAS_GAP_NARROW = 10
LINKS = (20, 44)  # from the numbers to the sum, and in wide windows
PLUS_GAP = 6  # from the sum to the bias beside it, in a narrow window
PANEL_LEAST = 300
PANEL_ROOMY = 400  # from which what is said needs fewer lines
TOTAL = (126, 88, 70)  # how the contributions add up: in a slim panel, in wider ones
CHOOSE_LEAST = 236  # px that the choice of a rival needs
SWITCH = 140
ONWARD = 112
AWAY = 6  # from the panel to the line that leads on from it
POINT = (174, 92, 92)  # the element that is pointed at: in a slim panel, in wider ones
PLAYING = (84, CONTROL)  # the buttons that unroll a map: in a slim panel, in wider ones
PLAYING_LEAST = 450  # px in which they stand in one line
POINT_LEAST = 250  # px in which its product stands in one line
ITEM = 26  # one of the largest contributions
ITEM_LEAST = 224
RANKED = 5  # of those that add most, and of those that take most
RANKING_GAP = 16  # from the bias to them, in a narrow window
LISTING = 22  # over either list
PICTURES_NARROW = 60  # at least, in a narrow window
LEGENDS_SHORT = 24  # by how much the legends end before the heat maps
HINT_NARROW = 150


@dataclass(frozen=True)
class Line:
    """One map's way: the map, its line of the vector, what it contributes, that as a number."""

    source: Box
    strip: Box
    heat: Box
    value: Box
    name: Box | None = None  # where the map is drawn anew, which of them it is


@dataclass(frozen=True, kw_only=True)
class DenseLayout(DetailLayout):
    """The place of everything while a class is explained."""

    lines: tuple[Line, ...]
    others: Line | None = None  # what those maps add together that have no line
    bias: Box
    plus: Box
    total: Box
    choose: Box  # the rival
    switch: Box
    onward: Box  # to softmax
    playing: Box  # the buttons that unroll a map
    back: Box  # to what each map adds
    point: Box
    ranking: Box
    pictures: tuple[Box, Box]  # with all channels' heat map over it, with one channel's
    picture_legend: Box
    hint: Box
    legends: Box
    fold: Box | None = None  # what lists all maps, or fewer, where they are many
    is_narrow: bool = False

    @property
    def is_spread(self) -> bool:
        """Whether the maps are drawn anew at the heads of their lines."""
        return self.lines[0].name is not None

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        first, *rest = self.lines
        return rest[0].source.y - first.source.y if rest else 0.0

    @property
    def abreast(self) -> int:
        """How many lists of the largest contributions stand beside each other."""
        return lists_abreast(self.ranking.width)


class Panel(NamedTuple):
    """What stands one below the other: the sum, what is chosen and pressed, the largest."""

    total: Box
    choose: Box
    switch: Box
    onward: Box
    playing: Box
    point: Box
    ranking: Box


def lay_out_wide(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """Side by side, as the network itself."""
    left, sources = plan.columns[:-2], plan.sources[node]
    size, end = float(plan.node_size), explained_right(plan)
    aside = clamp(MINI_SHARE * plan.width, *MINI_WIDTHS) if left else 0.0
    x = PAD + (aside + ASIDE if left else 0.0)
    links = LINKS[plan.width >= WIDE_FROM]
    fixed = width_beside_strip(size, STRIP_GAP) + links + PLUS + BETWEEN + PANEL_LEAST
    wide = strip_width(cells(network, sources), end - x - fixed)
    moved = across(plan, sources[0], x)
    lines = tuple(make_line(moved.box(plan.boxes[each]), wide, STRIP_GAP) for each in sources)
    room = lines[0].value.right_of(links + PLUS + BETWEEN, 0, 0).reaching(right=end)
    panel = make_panel(room.at(y=LABELS))
    pitch = aside / breadth(plan, left) if left else 0.0
    scale = min(MINI, max(MINI_LEAST_SCALE, (pitch - MINI_LANE) / size))
    minis = miniatures(plan, left, PAD, pitch, scale)
    maps = lines[0].source.reaching(bottom=plan.height)
    area = maps.reaching(right=end, bottom=max(plan.height, panel.ranking.bottom + BETWEEN))
    below = Box(PAD, below_miniatures(plan, scale), aside, 0)
    shown = wide_pictures(plan, left, minis, panel.ranking, below, area)
    return DenseLayout(
        node=node, sources=sources, width=plan.width,
        height=max(area.bottom, shown.bottom),
        transforms={plan.columns[-1].layer: Transform(0, 0), sources[0].layer: moved, **minis},
        picture=shown.picture, lines=lines, bias=bias_box(lines[-1], BIAS_GAP),
        plus=plus_before(panel.total, BETWEEN), total=panel.total, choose=panel.choose,
        switch=panel.switch, onward=panel.onward, playing=panel.playing, point=panel.point,
        ranking=panel.ranking, back=switch_box(close_box(end)),
        pictures=shown.pictures, picture_legend=shown.legend, hint=shown.hint,
        legends=legends_along(maps.reaching(right=lines[0].heat.right - LEGENDS_SHORT)),
        close=close_box(end),
    )  # fmt: skip


def lay_out_narrow(network: Network, plan: Plan, node: Node) -> DenseLayout:
    """One below the other, for a window as narrow as a phone's."""
    maps, sources, size = plan.columns[:-1], plan.sources[node], float(plan.node_size)
    line, minis = narrow_miniatures(plan)
    panel = narrow_panel(line)
    beside = width_beside_strip(size, STRIP_GAP_NARROW)
    wide = strip_width(cells(network, sources), line.width - beside)
    first = plan.boxes[sources[0]]
    row = panel.point.below(BETWEEN + LABELS, size, beside + wide).centred_on(x=line.centre)
    moved = Transform.between(first, first.at(row.x, row.y))
    lines = tuple(
        make_line(moved.box(plan.boxes[each]), wide, STRIP_GAP_NARROW) for each in sources
    )
    bias = bias_box(lines[-1], BIAS_GAP_NARROW)
    ranking = line.at(y=bias.bottom + RANKING_GAP).sized(height=ranked_height(line.width))
    side = clamp((line.width - BETWEEN) / 2, PICTURES_NARROW, PICTURES[1])
    pictures = abreast(ranking.below(BETWEEN + HEADING, side, side))
    legend = legend_below(pictures)
    legends = line.at(y=legend.bottom + BETWEEN).sized(height=LEGENDS)
    hint = legends.below(0, HINT_NARROW)
    return DenseLayout(
        node=node, sources=sources, width=plan.viewport.width, height=hint.bottom + plan.height,
        transforms={**minis, sources[0].layer: moved, **narrow_classes(plan, hint.bottom)},
        picture=minis[maps[0].layer] if len(maps) > 1 else moved, lines=lines, bias=bias,
        plus=plus_before(bias, PLUS_GAP), total=panel.total, choose=panel.choose,
        switch=panel.switch, onward=panel.onward, playing=panel.playing, point=panel.point,
        ranking=ranking, back=switch_box(close_box(line.right)),
        pictures=pictures, picture_legend=legend, hint=hint, legends=legends,
        close=close_box(line.right), is_narrow=True,
    )  # fmt: skip


def make_panel(room: Box, *, has_choice: bool = True) -> Panel:
    """One below the other from the top of a room as wide as that.

    Choice and switch stand beside each other where there is room; a unit has no rival to choose.
    """
    is_roomy = room.width >= PANEL_ROOMY
    total = room.sized(height=TOTAL[(room.width >= PANEL_LEAST) + is_roomy])
    choose = total.below(BETWEEN, CONTROL) if has_choice else total.below(0, 0)
    switch = choose.below(BETWEEN, CONTROL, SWITCH)
    if has_choice and room.width >= CHOOSE_LEAST + BETWEEN + SWITCH:
        choose, switch = choose.split_right(SWITCH, BETWEEN)
    onward = switch.below(BETWEEN, CONTROL, ONWARD).at(x=room.x)
    playing = onward.below(BETWEEN, PLAYING[room.width >= PLAYING_LEAST], room.width)
    point = playing.below(BETWEEN, POINT[(room.width >= POINT_LEAST) + is_roomy])
    ranking = point.below(BETWEEN, ranked_height(room.width))
    return Panel(
        total=total, choose=choose, switch=switch, onward=onward, playing=playing, point=point,
        ranking=ranking,
    )  # fmt: skip


def narrow_panel(miniatures: Box, *, has_choice: bool = True) -> Panel:
    """Below the miniatures, with one row for the switch and the way on: no line leads from here."""
    panel = make_panel(miniatures.below(BETWEEN, 0), has_choice=has_choice)
    if panel.switch.y == panel.choose.y:
        return panel
    _, onward = miniatures.at(y=panel.switch.y).sized(height=CONTROL).split_right(ONWARD)
    playing = panel.playing.at(y=panel.onward.y)
    return panel._replace(
        onward=onward, playing=playing, point=panel.point.at(y=playing.bottom + BETWEEN)
    )


def ranked_height(width: float) -> float:
    """Height of the two lists of the largest contributions."""
    return HEADING + (LISTING + ITEM * RANKED) * 2 / lists_abreast(width)


def lists_abreast(width: float) -> int:
    """How many of the two lists stand beside each other."""
    return 2 if width >= 2 * ITEM_LEAST else 1


def make_line(source: Box, wide: float, gap: float) -> Line:
    """What stands beside a map."""
    high = max(float(STRIP_STEP), STRIP_SHARE * source.height // STRIP_STEP * STRIP_STEP)
    strip = source.right_of(gap, wide, high).centred_on(y=source.middle)
    heat = source.at(x=strip.right + gap)
    return Line(source=source, strip=strip, heat=heat, value=value_beside(heat))


def width_beside_strip(size: float, gap: float) -> float:
    """Width of a line but for the strip."""
    return size + gap + gap + size + VALUE_GAP + VALUE[0]


def bias_box(last: Line, gap: float) -> Box:
    """The bias, below the numbers that it is added to."""
    return last.heat.union(last.value).below(gap, BIAS).reaching(left=last.heat.right - BIAS_OVER)


def strip_width(count: int, room: float) -> float:
    """Width of a map's line: whole pixels for each element, where there is room for that."""
    room = clamp(room, STRIP_LEAST, STRIP_MOST)
    return float(room // count * count) if room >= count else max(room, min(count, STRIP_MOST))


def cells(network: Network, sources: tuple[Node, ...]) -> int:
    """How many elements each map becomes."""
    _, rows, cols = network.shapes[sources[0].layer]
    return rows * cols
