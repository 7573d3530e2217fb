"""Layout that explanations share: breakpoints, and the network that steps aside.

Columns go to the side in miniature, the picture below them; the ways out and to the article are in
the same place whatever is explained.

    transforms = miniatures(plan, plan.columns[:3], PAD, pitch=26, scale=MINI)
    transforms["input"].box(plan.boxes[Node("input", 0)])   # Box(...), where the node comes to be
    picture_transform(plan, plan.columns[:3], y=300)        # Transform(x=..., y=..., scale=...)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cnnscope.drawing.geometry import Box
from cnnscope.state.state import Node
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
ASIDE = 20  # between the explanation and what stepped aside
GAP = 20  # between what stands beside each other in one line
MINI = 0.4  # scale of a column that stepped aside
MINI_GAP = 6
MINI_APART = 2  # px between columns of miniatures, at least
MINI_LEAST = 10  # from one miniature to the next where they overlap like cards
PICTURE = 128  # side of the picture below the miniatures
PICTURE_SMALL = 96  # side of the picture in a narrow window
MAP_SHARE = 0.42  # of the window's height below the controls, for an enlarged map
VALUE = (62, 22)  # a number beside a contribution
VALUE_GAP = 6
PLUS = 26
READOUT = 54  # the enlarged output's value and how it adds up
BAR = 52  # controls of the sliding window, in one line
BAR_WIDE = 600  # px that one line needs
DETAIL_LEGENDS_GAP = 4  # like LEGENDS_GAP, below what is explained
CONTROL = 36  # height of what is chosen or pressed
CLOSE = (84, CONTROL)
CLOSE_TOP = 6
INFO_GAP = 8  # from the way to the article to the way out
LAYER = 132  # the way to the other layer of an explanation
WAYS = CLOSE[0] + INFO_GAP + CONTROL  # width of both
TRY = 46  # width of the way to the playground, where there is one
WAYS_TRIED = WAYS + TRY
WIDE_FROM = 1200  # px; in narrower windows everything stands closer
NARROW_BELOW = 900  # px; narrower windows have everything one below the other
NARROW_HEIGHT = 700  # of the window that decides how large maps are drawn, where it is narrow
NARROW_GAP = 12  # below the ways out
NARROW_TOP = CLOSE[1] + NARROW_GAP  # of the miniatures in a narrow window
NARROW_MINI = 0.2
NARROW_MINI_SHARE = 0.8  # of the way from one to the next, at most


@dataclass(frozen=True)
class Transform:
    """How something moves from its place in the overview: scaled about (0, 0), then moved."""

    x: float
    y: float
    scale: float = 1.0

    @classmethod
    def between(cls, here: Box, there: Box) -> "Transform":
        """What brings a box of the overview to the corner of another and makes it as wide."""
        scale = there.width / here.width
        return cls(there.x - scale * here.x, there.y - scale * here.y, scale)

    def box(self, box: Box) -> Box:
        """Where a box of the overview comes to be."""
        k = self.scale
        return Box(box.x * k + self.x, box.y * k + self.y, box.width * k, box.height * k)


@dataclass(frozen=True, kw_only=True)
class DetailLayout:
    """How the network steps aside for the explanation of a node; the corner is the overview's."""

    node: Node
    sources: tuple[Node, ...]  # whose maps are part of the explanation
    width: float
    height: float
    transforms: Mapping[str, Transform]  # by layer
    picture: Transform
    close: Box  # the way out


def explained_right(plan: Plan) -> float:
    """Where an explanation beside the classes ends."""
    return plan.boxes[plan.columns[-1].nodes[0]].x - ASIDE


def across(plan: Plan, node: Node, x: float) -> Transform:
    """A node's column at its size and height, its left edge at ``x``."""
    return Transform.between(plan.boxes[node], plan.boxes[node].at(x=x))


def band(plan: Plan) -> float:
    """Height of the columns of nodes, without labels and legends."""
    return plan.band


def breadth(plan: Plan, columns: Iterable[Column]) -> float:
    """How many nodes' widths columns are wide together."""
    return sum(column.breadth(plan.node_size) for column in columns)


def miniatures(
    plan: Plan,
    columns: tuple[Column, ...],
    x: float,
    pitch: float,
    scale: float,
    top: float = LABELS,
) -> dict[str, Transform]:
    """Columns in miniature, ``pitch`` for each node's width, their band beginning at ``top``."""
    return {
        column.layer: Transform(
            x + breadth(plan, columns[:k]) * pitch - scale * plan.column_box(column.layer).x,
            top - scale * LABELS,
            scale,
        )
        for k, column in enumerate(columns)
    }


def miniature_pitch(plan: Plan, columns: tuple[Column, ...], width: float) -> float:
    """From one miniature to the next, for each node's width, where together they are so wide."""
    return (width + MINI_GAP) / breadth(plan, columns) if columns else float(plan.node_size)


def miniature_scale(
    plan: Plan, columns: Iterable[Column], pitch: float, most: float = MINI
) -> float:
    """Scale of miniatures so far apart, at most ``most``.

    Only columns of one node's width may lie over each other like cards.
    """
    is_spread = any(column.is_spread for column in columns)
    return min(most, (pitch - MINI_APART) / plan.node_size) if is_spread else most


def roomy_pitch(plan: Plan) -> float:
    """From one miniature to the next, where none lies over another."""
    return MINI * plan.node_size + MINI_GAP


def aside_width(
    plan: Plan, left: tuple[Column, ...], pitch: float, least: float = PICTURE
) -> float:
    """What the columns on the left take up in miniature, with the gap to the explanation."""
    return max(least, breadth(plan, left) * pitch) + ASIDE if left else 0.0


def below_miniatures(plan: Plan, scale: float) -> float:
    """Y of what stands below miniatures of a scale."""
    return LABELS + scale * band(plan) + ASIDE


def narrow_miniatures(plan: Plan) -> tuple[Box, dict[str, Transform]]:
    """The line at the head of a narrow window with all columns but the classes in miniature."""
    columns = plan.columns[:-1]
    line = Box(PAD, NARROW_TOP, plan.viewport.width - 2 * PAD, 0)
    pitch = line.width / breadth(plan, columns)
    scale = min(NARROW_MINI, NARROW_MINI_SHARE * pitch / plan.node_size)
    moved = miniatures(plan, columns, line.x, pitch, scale, line.y)
    return line.sized(height=scale * band(plan)), moved


def narrow_classes(plan: Plan, y: float) -> dict[str, Transform]:
    """The classes in the middle of a narrow window, the corner of the overview at ``y``."""
    first = plan.boxes[plan.columns[-1].nodes[0]]
    middle = first.centred_on(x=plan.viewport.width / 2)
    return {plan.columns[-1].layer: Transform(middle.x - first.x, y)}


def picture_transform(
    plan: Plan, left: tuple[Column, ...], y: float, side: float = PICTURE
) -> Transform:
    """The whole picture: enlarged below the miniatures, or in its own place without any."""
    if not left:
        return Transform(PAD - plan.picture.x, 0)
    return Transform.between(plan.picture, Box(PAD, y, side, side))


def value_beside(contribution: Box) -> Box:
    """What a contribution is as a number, right of it."""
    return contribution.right_of(VALUE_GAP, *VALUE).centred_on(y=contribution.middle)


def plus_before(total: Box, gap: float) -> Box:
    """The sign of the sum, left of what it makes."""
    return total.left_of(gap, PLUS, PLUS).centred_on(y=total.middle)


def bar_below(readout: Box) -> Box:
    """The controls of the sliding window: in one line, or in two where that is too long."""
    return readout.below(0, BAR if readout.width >= BAR_WIDE else 2 * BAR)


def legends_along(foot: Box) -> Box:
    """Legends at the foot of what they are about."""
    return foot.foot(LEGENDS - DETAIL_LEGENDS_GAP)


def close_box(right: float) -> Box:
    """The way out, which is in the same place in every view: right above what is explained."""
    return Box(right - CLOSE[0], CLOSE_TOP, *CLOSE)


def info_box(close: Box) -> Box:
    """The way to the article, beside the way out."""
    return close.left_of(INFO_GAP, close.height)


def switch_box(close: Box) -> Box:
    """The way to the other layer of the explanation, beside the way out."""
    return info_box(close).left_of(INFO_GAP, LAYER)


def try_box(close: Box) -> Box:
    """The way to the playground, beside that to the article."""
    return info_box(close).left_of(0, TRY, close.height)
