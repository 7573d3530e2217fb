"""Where everything stands while softmax is explained: a pure function, like ``layout``.

The maps step aside in miniature beside the picture; the classes stay, and each has a row that
ends at its node: its logit, that logit's exponential, its probability.

    plan = lay_out_softmax(network, overview_plan, Node("output", 6))
    plan.rows[6]   # Box(...), at the height of the class
"""

from dataclasses import dataclass
from math import ceil

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    MINI,
    NARROW_BELOW,
    DetailLayout,
    Transform,
    band,
    close_box,
    info_box,
    miniatures,
)
from cnnscope.views.shared.network_plan import OUTPUT_WIDTH, PAD, Column, Plan

# All in CSS pixels.
PANEL_SHARE = 0.3  # of the page's width: formula, controls and words, left of the rows
PANEL = (280, 400)
PANEL_HEIGHT = 434  # without the formula's sum
TERM = (104, 22)  # an exponential in that sum
BETWEEN = 28  # the panel and the rows
TOP = 10
ASIDE_SHARE = 0.14  # of the drawing's height: the miniatures and the picture
CAPTION = 26  # below the picture
HEAD = 14
FOOT = 56
ROW = 38  # height of what a row shows
BACK = 96
NARROW_ASIDE = 96
NARROW_ROW = (40, 47)  # height, and from one to the next
NARROW_FOOT = 96  # sums in several lines
WORDS = 134  # of the panel's height, where its words stand in it
WORDS_AREA = 60_000  # px²; what they need below the rows


@dataclass(frozen=True)
class SoftmaxLayout(DetailLayout):
    """The place of everything while softmax is explained."""

    rows: tuple[Box, ...]  # by class
    head: Box
    foot: Box
    panel: Box
    back: Box
    close: Box
    words: Box | None = None  # below the rows, where they would part them from the formula

    @property
    def is_narrow(self) -> bool:
        """Whether everything stands one below the other."""
        return self.words is not None


def lay_out_softmax(network: Network, plan: Plan, node: Node) -> SoftmaxLayout:
    """The plan of the numbers of a class's probability."""
    if plan.viewport.width < NARROW_BELOW:
        return lay_out_narrow(plan, node)
    return lay_out_wide(plan, node)


def lay_out_wide(plan: Plan, node: Node) -> SoftmaxLayout:
    """Side by side, each row at the height of its class."""
    maps, classes = plan.columns[:-1], plan.columns[-1]
    places = [plan.boxes[each] for each in classes.nodes]
    width = clamp(PANEL_SHARE * plan.width, *PANEL)
    x, right = PAD + width + BETWEEN, places[0].x - ASIDE
    rows = tuple(Box(x, place.middle - ROW / 2, right - x, ROW) for place in places)
    picture = Box(PAD, TOP, ASIDE_SHARE * plan.height, ASIDE_SHARE * plan.height)
    panel = Box(PAD, picture.bottom + CAPTION, width, panel_height(len(rows), width))
    foot = Box(x, places[-1].bottom + 4, right - x, FOOT)
    close = close_box(right)
    return SoftmaxLayout(
        node,
        (),
        plan.width,
        max(plan.height, panel.bottom, foot.bottom),
        {classes.layer: Transform(0, 0), **beside(plan, maps, picture, width)},
        enlarged(plan, picture),
        rows,
        Box(x, close.bottom + 1, right - x, HEAD),
        foot,
        panel,
        back_box(close),
        close,
    )


def lay_out_narrow(plan: Plan, node: Node) -> SoftmaxLayout:
    """One below the other, for a window as narrow as a phone's."""
    maps, classes = plan.columns[:-1], plan.columns[-1]
    page, width = plan.viewport.width, plan.viewport.width - 2 * PAD
    close = close_box(page - PAD)
    picture = Box(PAD, close.bottom + 12, NARROW_ASIDE, NARROW_ASIDE)
    count = len(classes.nodes)
    panel = Box(PAD, picture.bottom + CAPTION, width, panel_height(count, width) - WORDS)
    head = Box(PAD, panel.bottom + 12, width, HEAD)
    high, pitch = NARROW_ROW
    rows = tuple(Box(PAD, head.bottom + 6 + k * pitch, width, high) for k in range(count))
    foot = Box(PAD, rows[-1].bottom + 6, width, NARROW_FOOT)
    words = Box(PAD, foot.bottom, width, WORDS_AREA / width)
    middle = (page - OUTPUT_WIDTH) / 2 - plan.boxes[classes.nodes[0]].x
    return SoftmaxLayout(
        node,
        (),
        page,
        words.bottom + plan.height,
        {classes.layer: Transform(middle, words.bottom), **beside(plan, maps, picture, width)},
        enlarged(plan, picture),
        rows,
        head,
        foot,
        panel,
        back_box(close),
        close,
        words,
    )


def back_box(close: Box) -> Box:
    """The way back to the logit, beside the way out and the way to the article."""
    return Box(info_box(close).x - BACK - 8, close.y, BACK, close.height)


def panel_height(classes: int, width: float) -> float:
    """How much room formula, controls and words need."""
    across = max(1, int(width / TERM[0]))
    return PANEL_HEIGHT + TERM[1] * ceil(classes / across)


def beside(
    plan: Plan, maps: tuple[Column, ...], picture: Box, width: float
) -> dict[str, Transform]:
    """The maps in miniature, right of the picture and at most as high."""
    x = picture.right + ASIDE
    pitch = (PAD + width - x) / len(maps)
    scale = min(MINI, (pitch - 2) / plan.node_size, picture.height / band(plan))
    return miniatures(plan, maps, x, pitch, scale, picture.middle - scale * band(plan) / 2)


def enlarged(plan: Plan, box: Box) -> Transform:
    """The picture, put into a box."""
    scale = box.width / plan.picture.width
    return Transform(box.x - scale * plan.picture.x, box.y - scale * plan.picture.y, scale)
