"""How the network steps aside for an explanation: what the plans of all explanations share.

Columns go to the side in miniature, the picture below them; the ways out and to the article are in
the same place whatever is explained.

    transforms = miniatures(plan, plan.columns[:3], PAD, pitch=26, scale=MINI)
    transforms["input"].box(plan.boxes[Node("input", 0)])   # Box(...), where the node comes to be
    picture_transform(plan, plan.columns[:3], y=300)        # Transform(x=..., y=..., scale=...)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cnnscope.drawing.geometry import Box
from cnnscope.state.state import Node
from cnnscope.views.shared.network_plan import LABELS, LEGENDS, PAD, Column, Plan

# All in CSS pixels.
MINI = 0.4  # scale of a column that stepped aside
MINI_GAP = 6
MINI_LEAST = 10  # from one miniature to the next where they overlap like cards
PICTURE = 128  # side of the picture below the miniatures
VALUE = 62  # a number beside a contribution
GAP = 20
PLUS = 26
ASIDE = 20  # between the explanation and what stepped aside
READOUT = 54  # the enlarged output's value and how it adds up
BAR = 52  # controls of the sliding window, in one line
BAR_WIDE = 600  # px that one line needs
CLOSE = (84, 36)
INFO_GAP = 8  # from the way to the article to the way out
WAYS = CLOSE[0] + INFO_GAP + CLOSE[1]  # width of both
CLOSE_TOP = 6
NARROW_BELOW = 900  # px; narrower windows have everything one below the other
NARROW_MINI = 0.2


@dataclass(frozen=True)
class Transform:
    """How something moves from its place in the overview: scaled about (0, 0), then moved."""

    x: float
    y: float
    scale: float = 1.0

    def box(self, box: Box) -> Box:
        """Where a box of the overview comes to be."""
        k = self.scale
        return Box(box.x * k + self.x, box.y * k + self.y, box.width * k, box.height * k)


@dataclass(frozen=True)
class DetailLayout:
    """How the network steps aside for the explanation of a node; the corner is the overview's."""

    node: Node
    sources: tuple[Node, ...]  # whose maps are part of the explanation
    width: float
    height: float
    transforms: Mapping[str, Transform]  # by layer
    picture: Transform


def miniatures(
    plan: Plan,
    columns: tuple[Column, ...],
    x: float,
    pitch: float,
    scale: float,
    top: float = LABELS,
) -> dict[str, Transform]:
    """Columns in miniature, ``pitch`` apart, their nodes' band beginning at ``top``."""
    return {
        column.layer: Transform(
            x + k * pitch - scale * plan.boxes[column.nodes[0]].x, top - scale * LABELS, scale
        )
        for k, column in enumerate(columns)
    }


def picture_transform(plan: Plan, left: tuple[Column, ...], y: float) -> Transform:
    """The whole picture: enlarged below the miniatures, or in its own place without any."""
    if not left:
        return Transform(PAD - plan.picture.x, 0)
    scale = PICTURE / plan.picture.width
    return Transform(PAD - scale * plan.picture.x, y - scale * plan.picture.y, scale)


def band(plan: Plan) -> float:
    """Height of the columns of nodes, without labels and legends."""
    return plan.height - LABELS - LEGENDS


def close_box(right: float) -> Box:
    """The way out, which is in the same place in every view: right above what is explained."""
    return Box(right - CLOSE[0], CLOSE_TOP, *CLOSE)


def info_box(close: Box) -> Box:
    """The way to the article, beside the way out."""
    return Box(close.x - close.height - INFO_GAP, close.y, close.height, close.height)
