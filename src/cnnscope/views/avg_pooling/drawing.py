"""Average pooling, drawn: the values of a window, their sum, their mean.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.rounding import thousandths
from cnnscope.drawing.scale import count
from cnnscope.views.avg_pooling.numbers import AvgPoolNumbers
from cnnscope.views.channelwise.drawing import (
    channelwise_pose,
    channelwise_stage,
    given_window,
    grounded,
    said_of_place,
    share_bar,
    share_style,
    stage_legends,
    stage_paintings,
)
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.overlays import window_grid
from cnnscope.views.channelwise.pooling_words import at_the_edges, explained
from cnnscope.views.channelwise.value_grid import grid_box, grid_pose, value_grid, window_box
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of, signed, written

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "pooling"
"""Of the article."""


def stage(model: Model, numbers: AvgPoolNumbers, plan: ChannelwiseLayout) -> Element:
    """The numbers in the network's coordinates."""
    layer = numbers.layer
    mark = given_window(numbers, plan, layer.size, layer.stride, layer.sliding.start)
    rule = value_grid(model, model.text("avg.rule"), plan, layer.size)
    below = [note(model, numbers, plan)]
    return channelwise_stage(
        model, numbers, plan, SECTION, [*window_grid(numbers, plan), mark], rule, below
    )


def note(model: Model, numbers: AvgPoolNumbers, plan: ChannelwiseLayout) -> Element:
    """In words, what is averaged, and what of it is padding."""
    text = model.text
    padded = "avg.padding" if numbers.layer.count_include_pad else "avg.padding.left_out"
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        explained(model, numbers, "avg"),
        *at_the_edges(model, numbers, padded),
        share_bar(numbers.share),
        element("p", {"data-key": "channelwise.figure"}),
        element("p", {"class": "soft"}, text("channelwise.hint")),
    )  # fmt: skip


def stage_pose(model: Model, numbers: AvgPoolNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    made, cells = count(numbers.output.size), count(numbers.given.size)
    return {
        "channelwise.figure": {"text": model.text("avg.share", made=made, cells=cells)},
        "channelwise.share": {"style": share_style(numbers.share)},
        **window_pose(model, numbers, plan),
    }


def window_pose(model: Model, numbers: AvgPoolNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that moves with the window: its places, its values, their mean."""
    place = place_of(model)
    window = window_box(numbers, plan, numbers.window(place))
    box = grid_box(plan, numbers.layer.size)
    mean = thousandths(float(numbers.output[place]))
    return {
        **channelwise_pose(model, numbers, plan, how_line(model, numbers)),
        "stage.zoom": {"d": zoom_path(plan, numbers, window, box, place)},
        "rule.after": grounded(model, numbers.node, mean),
        **grid_pose(
            model,
            plan,
            numbers.source,
            numbers.layer.size,
            numbers.sum_at(place).terms,
            numbers.is_left_out(place),
        ),
    }


def how_line(model: Model, numbers: AvgPoolNumbers) -> str:
    """What the values add up to, and by how much that is divided."""
    place = place_of(model)
    added = numbers.sum_at(place)
    return model.text(
        "avg.mean.rounded" if added.rounding else "avg.mean",
        sum=written(added.total), count=numbers.divisor(place), rounding=signed(added.rounding),
        mean=written(thousandths(float(numbers.output[place]))),
    )  # fmt: skip


def said(model: Model, numbers: AvgPoolNumbers) -> str:
    """What a screen reader is told of the window's place."""
    return said_of_place(model, numbers, how_line(model, numbers))
