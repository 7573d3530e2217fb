"""What every view of a node has, and which view a node has.

    view = view_of(network, Expanded(Node("conv_1_2", 3)))
    view.name                      # 'convolution', as the page names what is open
    plan = view.lay_out(network, overview_plan, node)
    numbers = view.explain(network, trace, node)
    view.stage(context, numbers, plan)   # the drawing

A view's functions take the plan and the numbers that the view made itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Element, Pose
from cnnscope.nn.layers import Conv2d, MaxPool2d, Relu, Softmax
from cnnscope.nn.network import Network, Trace
from cnnscope.state.state import Expanded, Node
from cnnscope.views.channelwise.layout import lay_out_channelwise
from cnnscope.views.convolution import drawing as convolution
from cnnscope.views.convolution import numbers as explanation
from cnnscope.views.convolution.layout import lay_out_convolution
from cnnscope.views.dense import drawing as flatten
from cnnscope.views.dense import layout as flattening
from cnnscope.views.dense import numbers as flattened
from cnnscope.views.max_pooling import drawing as pooling
from cnnscope.views.max_pooling import numbers as max_pool_numbers
from cnnscope.views.relu import drawing as relu
from cnnscope.views.relu import numbers as relu_numbers
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.network_plan import Plan
from cnnscope.views.softmax import drawing as softmax
from cnnscope.views.softmax import numbers as probabilities
from cnnscope.views.softmax.layout import lay_out_softmax


@dataclass(frozen=True)
class View:
    """One way to explain a node."""

    name: str
    lay_out: Callable[[Network, Plan, Node], DetailLayout]
    explain: Callable[[Network, Trace, Node], Any]
    stage: Callable[[Context, Any, Any], Element]
    stage_pose: Callable[[Context, Any, Any], Pose]  # all that numbers, edits and window change
    window_pose: Callable[[Context, Any, Any], Pose]  # all that moves with the window
    stage_legends: Callable[[Context, Any], Iterable[Element]]
    stage_paintings: Callable[[Context, Any], Iterable[tuple[str, Rgba]]]
    said: Callable[[Context, Any], str]  # of the window's place, to a screen reader


def view(
    name: str,
    lay_out: Callable[[Network, Plan, Node], DetailLayout],
    explain: Callable[[Network, Trace, Node], Any],
    drawing: ModuleType,
) -> View:
    """A view whose drawing is a module that has the functions of a view under their names."""
    return View(
        name,
        lay_out,
        explain,
        drawing.stage,
        drawing.stage_pose,
        drawing.window_pose,
        drawing.stage_legends,
        drawing.stage_paintings,
        drawing.said,
    )


CONVOLUTION = view("convolution", lay_out_convolution, explanation.explain, convolution)
RELU = view("relu", lay_out_channelwise, relu_numbers.explain, relu)
POOLING = view("pooling", lay_out_channelwise, max_pool_numbers.explain, pooling)
FLATTEN = view("flatten", flattening.lay_out_dense, flattened.explain, flatten)
SOFTMAX = view("softmax", lay_out_softmax, probabilities.explain, softmax)


def view_of(network: Network, focus: Expanded) -> View:
    """The view that explains a node. Raises KeyError for a node that has none."""
    match network.layer(focus.node.layer):
        case Conv2d():
            return CONVOLUTION
        case Relu():
            return RELU
        case MaxPool2d():
            return POOLING
        case Softmax() if focus.is_normalised:
            return SOFTMAX
        case Softmax():
            return FLATTEN
        case layer:
            raise KeyError(f"{layer.name}: no view explains it")
