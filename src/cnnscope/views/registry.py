"""The registry of views: which views explain a layer's nodes, a line a view.

    view = view_of(network, Explained(Node("conv_1_2", 3)))
    view.name                      # 'convolution', as the page names what is open
    plan = view.lay_out(network, overview_plan, node)
    numbers = view.explain(network, trace, node)
    view.stage(model, numbers, plan)   # the drawing

A view's functions take the plan and the numbers that the view made itself. A new view is a folder
and a line in ``VIEWS``.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Element, Pose
from cnnscope.nn.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dense,
    Layer,
    MaxPool2d,
    Relu,
    SigmoidClasses,
    Softmax,
)
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.state.state import EVERY_NUMBER, FIRST_VIEW, SOFTMAX, Explained, Focus, Node, Place
from cnnscope.state.views import ViewFacts
from cnnscope.views.activation import drawing as activation_drawing
from cnnscope.views.activation import numbers as activation_numbers
from cnnscope.views.avg_pooling import drawing as avg_pooling_drawing
from cnnscope.views.avg_pooling import numbers as avg_pooling_numbers
from cnnscope.views.batch_norm import drawing as batch_norm_drawing
from cnnscope.views.batch_norm import numbers as batch_norm_numbers
from cnnscope.views.channelwise import layout as channelwise_layout
from cnnscope.views.convolution import drawing as convolution_drawing
from cnnscope.views.convolution import layout as convolution_layout
from cnnscope.views.convolution import numbers as convolution_numbers
from cnnscope.views.dense import drawing as dense_drawing
from cnnscope.views.dense import layouts as dense_layouts
from cnnscope.views.dense import numbers as dense_numbers
from cnnscope.views.map_contributions import drawing as map_contributions_drawing
from cnnscope.views.map_contributions import layout as map_contributions_layout
from cnnscope.views.map_contributions import numbers as map_contributions_numbers
from cnnscope.views.max_pooling import drawing as max_pooling_drawing
from cnnscope.views.max_pooling import numbers as max_pooling_numbers
from cnnscope.views.relu import drawing as relu_drawing
from cnnscope.views.relu import numbers as relu_numbers
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import Plan
from cnnscope.views.shared.sliding_window import cell_made
from cnnscope.views.sigmoid import drawing as sigmoid_drawing
from cnnscope.views.sigmoid import layout as sigmoid_layout
from cnnscope.views.sigmoid import numbers as sigmoid_numbers
from cnnscope.views.softmax import drawing as softmax_drawing
from cnnscope.views.softmax import layout as softmax_layout
from cnnscope.views.softmax import numbers as softmax_numbers
from cnnscope.views.weighted_sum import drawing as weighted_sum_drawing
from cnnscope.views.weighted_sum import layout as weighted_sum_layout
from cnnscope.views.weighted_sum import numbers as weighted_sum_numbers

PointedCell = Callable[[Model, Node], tuple[Node, Place] | None]
"""The node and the cell of its map that a view stands on."""


@dataclass(frozen=True)
class View:
    """One way to explain a node."""

    name: str  # as the page names what is open, and a frame what it shows
    layer: type[Layer]
    mode: str  # as a state names it
    section: str  # of the article
    pointed_cell: PointedCell
    facts: Callable[[Network, Node], ViewFacts | None]  # None for a node without such a view
    lay_out: Callable[[Network, Plan, Node], DetailLayout]
    explain: Callable[[Network, Trace, Node], Any]
    stage: Callable[[Model, Any, Any], Element]
    stage_pose: Callable[[Model, Any, Any], Pose]  # all that numbers, edits and window change
    window_pose: Callable[[Model, Any, Any], Pose]  # all that moves with the window
    stage_legends: Callable[[Model, Any], Iterable[Element]]
    stage_paintings: Callable[[Model, Any], Iterable[tuple[str, Rgba]]]
    said: Callable[[Model, Any], str]  # of the window's place, to a screen reader
    unfolded: Callable[[Network, Plan, Node], DetailLayout] | None = None  # with all that is folded
    arrangement: Callable[[Model, Any], Hashable] = lambda *_: None
    """What of the paintings follows the window."""


def view(
    name: str,
    layer: type[Layer],
    lay_out: Callable[[Network, Plan, Node], DetailLayout],
    numbers: ModuleType,
    drawing: ModuleType,
    *,
    mode: str = FIRST_VIEW,
    pointed_cell: PointedCell = cell_made,
    unfolded: Callable[[Network, Plan, Node], DetailLayout] | None = None,
) -> View:
    """A view whose numbers and drawing are modules with the functions of a view by their names."""
    return View(
        name=name,
        layer=layer,
        mode=mode,
        section=drawing.SECTION,
        pointed_cell=pointed_cell,
        facts=numbers.facts,
        lay_out=lay_out,
        explain=numbers.explain,
        stage=drawing.stage,
        stage_pose=drawing.stage_pose,
        window_pose=drawing.window_pose,
        stage_legends=drawing.stage_legends,
        stage_paintings=drawing.stage_paintings,
        said=drawing.said,
        unfolded=unfolded,
        arrangement=getattr(drawing, "arrangement", lambda *_: None),
    )


def no_cell(_model: Model, _node: Node) -> None:
    """Of a view that stands on no cell: a weighted sum sees the whole picture."""


def views_of_sums(layer: type[Layer]) -> tuple[View, ...]:
    """The views of a layer whose nodes are weighted sums, or stand for such sums."""
    return (
        view("flatten", layer, map_contributions_layout.lay_out_map_contributions,
             map_contributions_numbers, map_contributions_drawing, pointed_cell=no_cell,
             unfolded=map_contributions_layout.lay_out_all_map_contributions),
        view("flatten", layer, dense_layouts.lay_out_dense, dense_numbers, dense_drawing,
             mode=EVERY_NUMBER, pointed_cell=dense_numbers.feature_cell,
             unfolded=dense_layouts.lay_out_all_dense),
        view("dense", layer, weighted_sum_layout.lay_out_weighted_sum, weighted_sum_numbers,
             weighted_sum_drawing, pointed_cell=no_cell,
             unfolded=weighted_sum_layout.lay_out_whole_weighted_sum),
    )  # fmt: skip


CHANNELWISE = channelwise_layout.lay_out_channelwise

VIEWS: tuple[View, ...] = (
    view("convolution", Conv2d, convolution_layout.lay_out_convolution,
         convolution_numbers, convolution_drawing,
         unfolded=convolution_layout.lay_out_unfolded),
    view("relu", Relu, CHANNELWISE, relu_numbers, relu_drawing),
    view("pooling", MaxPool2d, CHANNELWISE, max_pooling_numbers, max_pooling_drawing),
    view("avg_pooling", AvgPool2d, CHANNELWISE, avg_pooling_numbers, avg_pooling_drawing),
    view("batch_norm", BatchNorm2d, CHANNELWISE, batch_norm_numbers, batch_norm_drawing),
    view("activation", Activation, CHANNELWISE, activation_numbers, activation_drawing),
    *views_of_sums(Dense),
    *views_of_sums(Softmax),
    *views_of_sums(SigmoidClasses),
    view("softmax", Softmax, softmax_layout.lay_out_softmax, softmax_numbers, softmax_drawing,
         mode=SOFTMAX, pointed_cell=no_cell, unfolded=softmax_layout.lay_out_every_class),
    view("sigmoid", SigmoidClasses, sigmoid_layout.lay_out_sigmoid, sigmoid_numbers,
         sigmoid_drawing, mode=SOFTMAX, pointed_cell=no_cell),
)  # fmt: skip
"""Every view; the first of a layer's is the one that opens."""

INPUT_SECTION = "input-layer"
"""The section of the article about the picture's channels."""


def view_of(network: Network, focus: Explained) -> View:
    """The view that explains a node. Raises KeyError for a node that has none."""
    layer = network.layer(focus.node.layer)
    for each in VIEWS:
        is_meant = each.layer is type(layer) and each.mode == focus.view
        if is_meant and each.facts(network, focus.node) is not None:
            return each
    raise KeyError(f"{layer.name}: no view explains it")


def view_facts(network: Network, node: Node) -> tuple[ViewFacts, ...]:
    """What a state must know of the views of a node, the first first; none for the input."""
    if node.layer == INPUT:
        return ()
    kind = type(network.layer(node.layer))
    views = [each for each in VIEWS if each.layer is kind]
    found = [(each, each.facts(network, node)) for each in views]
    return tuple(
        facts._replace(mode=each.mode, name=each.name) for each, facts in found if facts is not None
    )


def is_first_view(network: Network, focus: Focus) -> bool:
    """Whether an explained node has no view before the one that is open."""
    match focus:
        case Explained(node, view) if view != FIRST_VIEW:
            return view_facts(network, node)[0].mode == view
        case _:
            return False


def section_of(network: Network, layer: str) -> str | None:
    """The section of the article about a column of nodes, if there is one."""
    if layer == INPUT:
        return INPUT_SECTION
    kind = type(network.layer(layer))
    return next((each.section for each in reversed(VIEWS) if each.layer is kind), None)


def embeddable() -> tuple[str, ...]:
    """The names of all views that a page can show alone, in a frame."""
    return tuple(dict.fromkeys(each.name for each in VIEWS))
