"""Max pooling, drawn: the values of a window, the largest, what is thrown away.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import count, proportion
from cnnscope.views.channelwise.drawing import (
    channelwise_pose,
    channelwise_stage,
    given_window,
    grounded,
    said_of_place,
    share_bar,
    share_style,
    stage_legends,
)
from cnnscope.views.channelwise.drawing import stage_paintings as channelwise_paintings
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.overlays import cell_side, dots, fading, over, overlay, window_grid
from cnnscope.views.channelwise.pooling_words import at_the_edges, explained
from cnnscope.views.channelwise.value_grid import (
    cell_size,
    grid_box,
    grid_pose,
    has_cells,
    value_grid,
    window_box,
)
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.max_pooling.numbers import MaxPoolNumbers
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "pooling"
"""Of the article."""

WINNERS = "stage.winners"
"""Under which it is painted which cells win, over the map that is read."""

WINNERS_MOST = 49  # of one window that are marked, where many are as large
MARKED_LEAST = 5  # px: a cell with a mark of its own
DOT = 6  # px: the mark of the largest value, at least
DOT_SHARE = 0.6  # of a cell


def stage(model: Model, numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> Element:
    """The numbers in the network's coordinates."""
    layer = numbers.layer
    marked = winners_most(numbers)
    seen = (
        [overlay(WINNERS, numbers.given_rows_cols, plan.given)] if has_marks(numbers, plan) else []
    )
    marks = [
        *seen,
        *window_grid(numbers, plan),
        given_window(numbers, plan, layer.size, layer.stride, layer.sliding.start),
        *(element("span", {"class": "winner", "data-key": f"winner/{i}"}) for i in range(marked)),
    ]
    below = [note(model, numbers, plan)]
    return channelwise_stage(
        model, numbers, plan, SECTION, marks, value_grid(model, "max", plan, layer.size), below
    )


def stage_paintings(model: Model, numbers: MaxPoolNumbers) -> Iterator[tuple[str, Rgba]]:
    """Both maps in colours, and over the first which cells win and which do not."""
    yield from channelwise_paintings(model, numbers)
    assert isinstance(model.detail, ChannelwiseLayout)
    if has_marks(numbers, model.detail):
        side, (has_won, has_lost) = given_side(numbers, model.detail), numbers.outcomes
        yield WINNERS, over(fading(has_lost, side), dots(has_won, side))


def has_marks(numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> bool:
    """Whether cells are large enough for a mark in each."""
    return given_side(numbers, plan) >= MARKED_LEAST


def given_side(numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> int:
    """How many pixels a cell of the map that is read is wide and high."""
    return cell_side(numbers.given_rows_cols, plan.given)


def note(model: Model, numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> Element:
    """In words, what is kept and what is thrown away."""
    text = model.text
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        explained(model, numbers, "pool"),
        *at_the_edges(model, numbers, "pool.padding"),
        share_bar(numbers.share),
        element("p", {"data-key": "channelwise.figure"}),
        *left_over(model, numbers),
        element("p", {"class": "soft"}, text("pool.dots") if has_marks(numbers, plan) else None,
                " ", text("channelwise.hint")),
    )  # fmt: skip


def left_over(model: Model, numbers: MaxPoolNumbers) -> Iterator[Element]:
    """That rows or columns are in no window, where some are."""
    rows, cols = numbers.left_over
    if rows or cols:
        yield element("p", {}, model.text("pool.left_over", rows=rows, cols=cols))


def stage_pose(model: Model, numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    before, after = numbers.given.size, numbers.output.size
    figure = model.text(
        "pool.share.overlapping" if numbers.is_overlapping else "pool.share",
        kept=count(after),
        cells=count(before),
        percent=proportion(after, before),
        lost=count(before - after),
        rest=proportion(before - after, before),
    )
    return {
        "channelwise.figure": {"text": figure},
        "channelwise.share": {"style": share_style(numbers.share)},
        **window_pose(model, numbers, plan),
    }


def window_pose(model: Model, numbers: MaxPoolNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that moves with the window: its places, its values, which is the largest."""
    place = place_of(model)
    wide, high = cell_size(numbers, plan)
    window = window_box(numbers, plan, numbers.window(place))
    zoom = zoom_path(plan, numbers, window, grid_box(plan, numbers.layer.size), place)
    values = numbers.values(place)
    return {
        **channelwise_pose(model, numbers, plan, how_line(model, numbers)),
        "stage.zoom": {"d": zoom},
        "rule.after": grounded(model, numbers.node, max(values)),
        **values_pose(model, numbers, plan, values),
        **winners_pose(model, numbers, wide, high),
    }


def values_pose(
    model: Model, numbers: MaxPoolNumbers, plan: ChannelwiseLayout, values: tuple[int, ...]
) -> Pose:
    """The window's values, and which of them are the largest."""
    place = place_of(model)
    _, rows, cols = numbers.window(place)
    winners = numbers.winners(place)
    pose = dict(grid_pose(
        model, plan, numbers.source, numbers.layer.size, values, numbers.is_left_out(place)
    ))  # fmt: skip
    cells = range(len(values)) if has_cells(plan, numbers.layer.size) else ()
    for i in cells:
        row, col = divmod(i, numbers.layer.size[1])
        is_winner = (rows[row], cols[col]) in winners
        pose[f"value.frame/{i}"] = {"data-winner": is_winner}
    return pose


def winners_pose(model: Model, numbers: MaxPoolNumbers, wide: float, high: float) -> Pose:
    """The marks where the largest value lies on the map that is read, whose cells are so large."""
    side = max(DOT, DOT_SHARE * min(wide, high))
    winners = numbers.winners(place_of(model))
    marked = range(winners_most(numbers))
    pose: dict[str, Attributes] = {f"winner/{i}": {"hidden": True} for i in marked}
    for i, (row, col) in zip(marked, winners, strict=False):
        left, top = (col + 0.5) * wide - side / 2, (row + 0.5) * high - side / 2
        sides = (("left", left), ("top", top), ("width", side), ("height", side))
        style = ";".join(f"{name}:{rem(length, 1)}" for name, length in sides)
        pose[f"winner/{i}"] = {"hidden": False, "style": style}
    return pose


def winners_most(numbers: MaxPoolNumbers) -> int:
    """How many of a window's largest values have a mark, at most."""
    rows, cols = numbers.layer.size
    return min(rows * cols, WINNERS_MOST)


def how_line(model: Model, numbers: MaxPoolNumbers) -> str:
    """Which value was kept, and what if several are as large."""
    place = place_of(model)
    winners, values = numbers.winners(place), numbers.values(place)
    row, col = winners[0]
    key = "pool.kept"
    if len(winners) == len(values) > 1:
        key = "pool.tie.all"
    elif len(winners) > 1:
        key = "pool.tie"
    elif values.count(max(values)) > 1:
        key = "pool.close"
    return model.text(
        key,
        count=len(values), tied=len(winners), row=row + 1, col=col + 1,
        layer=numbers.source.layer,
    )  # fmt: skip


def said(model: Model, numbers: MaxPoolNumbers) -> str:
    """What a screen reader is told of the window's place."""
    return said_of_place(model, numbers, how_line(model, numbers))
