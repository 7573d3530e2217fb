"""A state from elsewhere (an address, an old link) made to fit what this page has.

validated(State(focus=Detail(Node("conv_1_1", 99))), network, pictures)   # the overview
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import prod

from cnnscope.drawing.rounding import DECIMALS
from cnnscope.nn.classifier_head import classifier_head
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.nn.kernels import LIMIT, LOGIT_LIMIT
from cnnscope.nn.layers import Conv2d, Layer, MaxPool2d, Relu, Softmax
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.playground import PRESETS, Playground, in_range
from cnnscope.state.state import (
    END,
    START,
    Detail,
    Edit,
    Expanded,
    Focus,
    Node,
    Overview,
    Place,
    State,
)
from cnnscope.state.tour import STOPS, node_of

COLOURS = 3
"""Channels of a picture in colour."""

POOLED = 2
"""Rows and columns of a pooling window that the tour can tell of."""


def validated(state: State, network: Network, pictures: Sequence[str]) -> State:
    """The state with what does not exist here (a picture, a node, a cell) left at its default.

    The first picture is the default itself, so that one screen has one state and one address.
    """
    picture = state.picture if state.picture in pictures[1:] else None
    focus = validated_focus(state.focus, network)
    edits = tuple(edit for edit in state.edits if fits(edit, network))
    playground = validated_playground(state.playground)
    state = replace(state, picture=picture, focus=focus, edits=edits, playground=playground)
    if state.tour is not None and not has_tour(network, tuple(pictures)):
        state = replace(state, tour=None, guess=None)
    if not has_window(network, focus):
        state = replace(state, reached=START, playing=False)
    match focus:
        case Expanded(node) if is_class(network, node):
            return validated_class(state, focus, network)
        case Expanded(node):
            window = clipped(state.window, network.shapes[node.layer])
            return replace(state, window=window, rival=None, logits=(), element=None)
        case _:
            return replace(state, window=None, rival=None, logits=(), element=None)


@lru_cache(maxsize=4)
def has_tour(network: Network, pictures: tuple[str, ...]) -> bool:
    """Whether the tour's stops are all here: its pictures, nodes, cells and kernels."""
    if network.input_shape[0] != COLOURS:
        return False
    screens = [screen for stop in STOPS for screen in (stop.screen, stop.shown)]
    nodes = [node for node in map(node_of, screens) if node is not None]
    return (
        all(node.layer in network.shapes and has_node(network, node) for node in nodes)
        and all(validated(screen, network, pictures) == screen for screen in screens)
        and all(is_fourfold(network, node) for node in nodes)
    )


def is_fourfold(network: Network, node: Node) -> bool:
    """Whether a node that pools has windows of four values, which the tour names one by one."""
    layer = None if node.layer == INPUT else network.layer(node.layer)
    return not isinstance(layer, MaxPool2d) or layer.size == POOLED


def validated_playground(playground: Playground) -> Playground:
    """The playground with nothing in it that cannot be used, its window within the output."""
    settings, kernel = in_range(playground.settings), playground.kernel
    if isinstance(kernel, str):
        kernel = kernel if kernel in PRESETS else PRESETS[0]
    elif len(kernel) != settings.kernel**2 or max(map(abs, kernel)) > LIMIT:
        kernel = PRESETS[0]
    else:
        kernel = tuple(round(value, DECIMALS) for value in kernel)
    count = ConvGeometry(*settings).count
    window = clipped(playground.window, (1, count, count)) if count else None
    playing = playground.playing and count > 0
    return replace(playground, settings=settings, kernel=kernel, window=window, playing=playing)


def validated_class(state: State, focus: Expanded, network: Network) -> State:
    """The state of a view of a class, with no class in it that is not here."""
    (classes,) = network.shapes[focus.node.layer]
    rival = state.rival
    if rival == focus.node.channel or (rival or 0) >= classes:
        rival = None
    kept = tuple(
        (channel, logit)
        for channel, logit in state.logits
        if focus.is_normalised and channel < classes and abs(logit) <= LOGIT_LIMIT
    )
    window = state.window
    if window is None and state.reached >= END:  # the last class to join the sum
        window = (0, classes - 1)
    window = clipped(window, (1, 1, classes)) if focus.is_normalised else None
    head = classifier_head(network)
    elements = classes if focus.is_normalised or head is None else prod(head.shape)
    element = None if (state.element or 0) >= elements else state.element
    return replace(state, rival=rival, logits=kept, window=window, element=element)


def has_window(network: Network, focus: Focus) -> bool:
    """Whether a window slides in a view: over a map, or over the classes that softmax weighs."""
    match focus:
        case Expanded(node, _, is_normalised):
            return is_normalised or not is_class(network, node)
        case _:
            return False


def validated_focus(focus: Focus, network: Network) -> Focus:
    """The view of a node that is here, of the kind that its layer has."""
    match focus:
        case Detail(node) | Expanded(node) if not has_node(network, node):
            return Overview()
        case Detail(node) if is_expandable(network, node):
            return Expanded(node)
        case Expanded(node, _, is_normalised=True) if is_class(network, node):
            return replace(focus, channel=None)
        case Expanded(node) if not is_expandable(network, node):
            return Detail(node)
        case Expanded(node, int(channel)) if channel >= channels(network, node):
            return Expanded(node)
        case Expanded(node, _, is_normalised=True) if not is_class(network, node):
            return Expanded(node)
        case _:
            return focus


def has_node(network: Network, node: Node) -> bool:
    """Whether a node is drawn: a channel of a map, or a class."""
    shape = network.shapes.get(node.layer, ())
    is_drawn = len(shape) == 3 or node.layer == network.layers[-1].name
    return is_drawn and node.channel < shape[0]


EXPLAINED: tuple[type[Layer], ...] = (Conv2d, Relu, MaxPool2d)
"""Layers whose nodes can be shown with all that they are computed from."""


def is_expandable(network: Network, node: Node) -> bool:
    """Whether a node can be shown with all that it is computed from."""
    if node.layer == INPUT:
        return False
    layer = network.layer(node.layer)
    is_weighed = isinstance(layer, Softmax) and classifier_head(network) is not None
    return is_weighed or isinstance(layer, EXPLAINED)


def is_class(network: Network, node: Node) -> bool:
    """Whether a node is a class and not a map."""
    return len(network.shapes[node.layer]) == 1


def channels(network: Network, node: Node) -> int:
    """How many input channels of a node have arithmetic of their own."""
    match network.layer(node.layer):
        case Conv2d(kernel=kernel):
            return int(kernel.shape[1])
        case _:
            return 0


def clipped(place: Place | None, shape: tuple[int, ...]) -> Place | None:
    """A place kept within a map."""
    if place is None:
        return None
    _, rows, cols = shape
    return min(place[0], rows - 1), min(place[1], cols - 1)


def fits(edit: Edit, network: Network) -> bool:
    """Whether there is such a kernel, and its numbers can be computed with."""
    if edit.node.layer not in network.shapes or edit.node.layer == INPUT:
        return False
    layer = network.layer(edit.node.layer)
    if not isinstance(layer, Conv2d):
        return False
    out, channels, rows, cols = layer.kernel.shape
    is_there = edit.node.channel < out and edit.source < channels
    is_whole = len(edit.values) == rows * cols
    return bool(is_there and is_whole and max(map(abs, edit.values)) <= LIMIT)
