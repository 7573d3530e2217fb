"""Layout of softmax: where everything stands, a pure function, like ``network_plan``.

The maps step aside in miniature beside the picture; the classes stay, and each has a row that
ends at its node: its logit, that logit's exponential, its probability.

    plan = lay_out_softmax(network, overview_plan, Node("output", 6))
    plan.rows[6]   # Box(...), at the height of the class
"""

from dataclasses import dataclass
from math import ceil

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.layers import Softmax
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    ASIDE,
    INFO_GAP,
    MINI,
    MINI_APART,
    NARROW_BELOW,
    NARROW_GAP,
    PICTURE_SMALL,
    DetailLayout,
    Transform,
    band,
    breadth,
    close_box,
    explained_right,
    info_box,
    miniatures,
    narrow_classes,
)
from cnnscope.views.shared.network_plan import PAD, Plan

# All in CSS pixels.
PANEL_SHARE = 0.3  # of the page's width: formula, controls and words, left of the rows
PANEL = (280, 400)
PANEL_HEIGHT = 434  # without the formula's sum
TERM = (104, 22)  # an exponential in that sum
VECTOR = 10  # width of the vector that the logits come from
VECTOR_GAP = 12  # from the panel to it
FAN = 34  # from it to the rows
TOP = 10
ASIDE_SHARE = 0.14  # of the drawing's height: the miniatures and the picture
CAPTION = 26  # below the picture
HEAD = 15
HEAD_GAP = 5  # from the way out to the heads of the rows, and from them to the first
ROW = 38  # height of what a row shows
FOOT = 56
FOOT_GAP = 4  # from the last class
BACK = 96
NARROW_ROW = (40, 47)  # height, and from one to the next
NARROW_ROW_GAP = 6  # above the rows and below
NARROW_VECTOR = (6, 20)  # width of the vector, and of it with its lines to the rows
NARROW_FOOT = 96  # sums in several lines
NARROW_FOOT_AREA = 33_600  # px²; what they need where it is narrower still
REST_PITCH = 44  # from one row to the next of those that no drawn class stands beside
GIVEN = 44  # what the network itself ends in, where that is something else
WORDS = 134  # of the panel's height, where its words stand in it
WORDS_AREA = 60_000  # px²; what they need below the rows


@dataclass(frozen=True, kw_only=True)
class SoftmaxLayout(DetailLayout):
    """The place of everything while softmax is explained."""

    rows: tuple[Box, ...]  # of the classes listed
    channels: tuple[int, ...]  # which they are, in the order of the rows
    others: Box | None  # the row of all other classes together
    head: Box
    vector: Box  # the one vector that all logits are sums of
    foot: Box
    panel: Box
    back: Box
    words: Box | None = None  # below the rows, where they would part them from the formula

    @property
    def is_narrow(self) -> bool:
        """Whether everything stands one below the other."""
        return self.words is not None


def lay_out_softmax(network: Network, plan: Plan, node: Node) -> SoftmaxLayout:
    """The plan of the numbers of a class's probability; of many, the most probable have rows."""
    return lay_out_rows(network, plan, node, unfolded=False)


def lay_out_every_class(network: Network, plan: Plan, node: Node) -> SoftmaxLayout:
    """The same with a row for each class, also where they are many."""
    return lay_out_rows(network, plan, node, unfolded=True)


def lay_out_rows(network: Network, plan: Plan, node: Node, *, unfolded: bool) -> SoftmaxLayout:
    """The plan with all classes or with as many as are drawn."""
    listed = tuple(each.channel for each in plan.columns[-1].nodes)
    classes = network.shapes[node.layer][0] if unfolded else 0
    rest = tuple(each for each in range(classes) if each not in listed)
    is_sum = dense_stage(network, node.layer) is not None
    more = GIVEN * (is_other_ending(network) + (not is_sum))
    arrange = lay_out_narrow if plan.viewport.width < NARROW_BELOW else lay_out_wide
    return arrange(plan, node, listed, rest, more)


def is_other_ending(network: Network) -> bool:
    """Whether the network itself ends otherwise than in probabilities."""
    last = network.layers[-1]
    return isinstance(last, Softmax) and last.given != "softmax"


def lay_out_wide(
    plan: Plan, node: Node, listed: tuple[int, ...], rest: tuple[int, ...], more: float
) -> SoftmaxLayout:
    """Side by side, each row at the height of its class.

    The classes make room for the heads of the rows where those would lie on the first.
    """
    classes = plan.columns[-1]
    close = close_box(explained_right(plan))
    head = close.below(HEAD_GAP, HEAD)
    stay = [plan.boxes[each] for each in classes.nodes]
    down = max(0.0, head.bottom + HEAD_GAP + ROW / 2 - stay[0].middle)
    places = [place.moved(dy=down) for place in stay]
    width, right = clamp(PANEL_SHARE * plan.width, *PANEL), explained_right(plan)
    picture = Box(PAD, TOP, ASIDE_SHARE * plan.height, ASIDE_SHARE * plan.height)
    terms = len(places) + (plan.others is not None)
    panel = picture.below(CAPTION, panel_height(terms, width) + more, width)
    row = Box(panel.right + VECTOR_GAP + VECTOR + FAN, 0, 0, ROW).reaching(right=right)
    rows = tuple(row.centred_on(y=place.middle) for place in places)
    last = places[-1] if plan.others is None else plan.others.moved(dy=down)
    others = None if plan.others is None else row.centred_on(y=last.middle)
    if rest:
        first = row.at(y=last.bottom + FOOT_GAP)
        rows = (*rows, *(first.moved(dy=k * REST_PITCH) for k in range(len(rest))))
        last = rows[-1]
    foot = row.at(y=last.bottom + FOOT_GAP).sized(height=FOOT)
    return SoftmaxLayout(
        node=node, sources=(), width=plan.width,
        height=max(plan.height, panel.bottom, foot.bottom),
        transforms={classes.layer: Transform(0, down), **beside(plan, picture, panel.right)},
        picture=Transform.between(plan.picture, picture),
        rows=rows, channels=(*listed, *rest), others=others,
        head=row.at(y=head.y).sized(height=HEAD),
        vector=vector_beside(rows[: len(listed)], VECTOR, VECTOR + FAN), foot=foot, panel=panel,
        back=back_box(close), close=close,
    )  # fmt: skip


def lay_out_narrow(
    plan: Plan, node: Node, listed: tuple[int, ...], rest: tuple[int, ...], more: float
) -> SoftmaxLayout:
    """One below the other, for a window as narrow as a phone's."""
    count, width = len(listed), plan.viewport.width - 2 * PAD
    has_others = plan.others is not None
    close = close_box(PAD + width)
    picture = close.below(NARROW_GAP, PICTURE_SMALL, PICTURE_SMALL).at(x=PAD)
    panel = picture.below(CAPTION, panel_height(count + has_others, width) - WORDS, width)
    wide, inset = NARROW_VECTOR
    head = panel.below(NARROW_GAP, HEAD).reaching(left=panel.x + inset)
    high, pitch = NARROW_ROW
    first = head.below(NARROW_ROW_GAP, high)
    places = [first.moved(dy=k * pitch) for k in range(count + has_others + len(rest))]
    others = places[count] if has_others else None
    rows = (*places[:count], *places[count + has_others :])
    foot = places[-1].below(NARROW_ROW_GAP, max(NARROW_FOOT, NARROW_FOOT_AREA / width))
    words = foot.below(0, WORDS_AREA / width + more).reaching(left=panel.x)
    return SoftmaxLayout(
        node=node, sources=(), width=plan.viewport.width, height=words.bottom + plan.height,
        transforms={**narrow_classes(plan, words.bottom), **beside(plan, picture, panel.right)},
        picture=Transform.between(plan.picture, picture),
        rows=rows, channels=(*listed, *rest), others=others, head=head,
        vector=vector_beside(rows[:count], wide, inset), foot=foot, panel=panel,
        back=back_box(close), close=close,
        words=words,
    )  # fmt: skip


def vector_beside(rows: tuple[Box, ...], width: float, inset: float) -> Box:
    """The vector, left of the rows, and as high as all of them."""
    return rows[0].union(rows[-1]).at(x=rows[0].x - inset).sized(width=width)


def back_box(close: Box) -> Box:
    """The way back to the logit, beside the way out and the way to the article."""
    return info_box(close).left_of(INFO_GAP, BACK)


def panel_height(classes: int, width: float) -> float:
    """How much room formula, controls and words need."""
    across = max(1, int(width / TERM[0]))
    return PANEL_HEIGHT + TERM[1] * ceil(classes / across)


def beside(plan: Plan, picture: Box, right: float) -> dict[str, Transform]:
    """The maps in miniature, between the picture and ``right`` and at most as high."""
    maps, x = plan.columns[:-1], picture.right + ASIDE
    pitch = (right - x) / breadth(plan, maps)
    scale = min(MINI, (pitch - MINI_APART) / plan.node_size, picture.height / band(plan))
    return miniatures(plan, maps, x, pitch, scale, picture.middle - scale * band(plan) / 2)
