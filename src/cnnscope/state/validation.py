"""Validation: a state from elsewhere (an address, an old link) made to fit what this page has.

validated(State(focus=Card(Node("conv_1_1", 99))), network, pictures, facts_of)   # the overview
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from cnnscope.drawing.rounding import DECIMALS
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.nn.kernels import LIMIT, LOGIT_LIMIT, without_relu
from cnnscope.nn.layers import AvgPool2d, Conv2d, Flatten, MaxPool2d
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.changes import UNCHANGED, fitting
from cnnscope.state.playground import PRESETS, Playground, in_range
from cnnscope.state.state import (
    OWN_PICTURE,
    Card,
    Edit,
    Explained,
    Focus,
    LayerCard,
    Node,
    Overview,
    State,
    Tour,
)
from cnnscope.state.sweep import Place, Sweep
from cnnscope.state.tour import STOPS, node_of
from cnnscope.state.views import FactsOf, ViewFacts

COLOURS = 3
"""Channels of a picture in colour."""

GREY = 1
"""Channels of a picture that has none: what a pen draws is one."""

POOLED = (2, 2)
"""Rows and columns of a pooling window that the tour can tell of."""


def validated(state: State, network: Network, pictures: Sequence[str], facts_of: FactsOf) -> State:
    """The state with what does not exist here (a picture, a node, a cell) left at its default.

    The first picture is the default itself, so that one screen has one state and one address.
    """
    is_gone = state.picture == OWN_PICTURE not in pictures  # with what was changed in it
    state = replace(
        state,
        changes=UNCHANGED if is_gone else fitting(state.changes, network.input_shape),
        picture=state.picture if state.picture in pictures[1:] else None,
        focus=validated_focus(state.focus, network, facts_of),
        edits=tuple(edit for edit in state.edits if fits(edit, network)),
        relu=state.relu or not without_relu(network),
        pages=tuple(page for page in state.pages if has_node(network, Node(*page))),
        playground=validated_playground(state.playground),
    )
    if state.tour.stop is not None and not has_tour(network, tuple(pictures), facts_of):
        state = replace(state, tour=Tour(resume=state.tour.resume, folded=state.tour.folded))
    return state


@lru_cache(maxsize=4)
def has_tour(network: Network, pictures: tuple[str, ...], facts_of: FactsOf) -> bool:
    """Whether the tour's stops are all here: its pictures, nodes, cells and kernels."""
    if network.input_shape[0] != COLOURS:
        return False
    screens = [screen for stop in STOPS for screen in (stop.screen, stop.shown)]
    nodes = [node for node in map(node_of, screens) if node is not None]
    return (
        all(node.layer in network.shapes and has_node(network, node) for node in nodes)
        and all(validated(each, network, pictures, facts_of) == each for each in screens)
        and all(is_fourfold(network, node) for node in nodes)
    )


def is_fourfold(network: Network, node: Node) -> bool:
    """Whether a node that pools has windows of four values, which the tour names one by one."""
    layer = None if node.layer == INPUT else network.layer(node.layer)
    return not isinstance(layer, MaxPool2d | AvgPool2d) or layer.size == POOLED


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
    sweep = clipped(playground.sweep, (count, count)) if count else Sweep()
    return replace(playground, settings=settings, kernel=kernel, sweep=sweep)


def validated_focus(focus: Focus, network: Network, facts_of: FactsOf) -> Focus:
    """The view of a node that is here, of a kind that the node has."""
    match focus:
        case Card(node) | Explained(node) if not has_node(network, node):
            return Overview()
        case LayerCard(layer) if not has_node(network, Node(layer, 0)):
            return Overview()
        case Card(node) if facts_of(network, node):
            return Explained(node)
        case Explained(node, view) as wanted:
            facts = facts_of(network, node)
            if not facts:
                return Card(node)
            named = (each for each in facts if each.mode == view)
            return validated_explained(wanted, next(named, facts[0]))
        case _:
            return focus


def validated_explained(focus: Explained, facts: ViewFacts) -> Explained:
    """A view with nothing chosen in it that is not there."""
    logits = tuple(
        (channel, logit)
        for channel, logit in focus.logits
        if facts.has_logits and channel < facts.classes and abs(logit) <= LOGIT_LIMIT
    )
    contrast = within(focus.contrast, facts.classes)
    return replace(
        focus,
        view=facts.mode,
        sweep=Sweep() if facts.grid is None else validated_sweep(focus.sweep, facts),
        channel=within(focus.channel, facts.channels),
        marked_map=within(focus.marked_map, facts.maps),
        feature=within(focus.feature, facts.features),
        unfolded=focus.unfolded and facts.folds,
        contrast=None if contrast == focus.node.channel else contrast,
        logits=logits,
    )


def validated_sweep(sweep: Sweep, facts: ViewFacts) -> Sweep:
    """A window within its grid; where all was built up, at its end."""
    assert facts.grid is not None
    rows, cols = facts.grid
    if facts.is_built_up and sweep.is_whole and sweep.place is None:
        sweep = replace(sweep, place=(rows - 1, cols - 1))
    return clipped(sweep, facts.grid)


def within(chosen: int | None, count: int) -> int | None:
    """What was chosen of so many, or nothing."""
    return chosen if chosen is not None and chosen < count else None


def clipped(sweep: Sweep, grid: Place) -> Sweep:
    """A window kept within a grid of so many rows and columns."""
    if sweep.place is None:
        return sweep
    (row, col), (rows, cols) = sweep.place, grid
    return replace(sweep, place=(min(row, rows - 1), min(col, cols - 1)))


def takes_drawings(network: Network) -> bool:
    """Whether a network reads what a pen draws."""
    return network.input_shape[0] == GREY


def has_node(network: Network, node: Node) -> bool:
    """Whether a node is drawn: a channel of a map, a unit of a hidden layer, or a class."""
    is_here = node.layer in network.shapes and is_drawn(network, node.layer)
    return is_here and node.channel < network.shapes[node.layer][0]


def is_drawn(network: Network, name: str) -> bool:
    """Whether a layer is drawn: neither flattened maps nor logits are, which others show."""
    if len(network.shapes[name]) == 3:
        return True
    *before, last = network.layers
    if name == last.name:
        return True
    return name != before[-1].name and not isinstance(network.layer(name), Flatten)


def is_class(network: Network, node: Node) -> bool:
    """Whether a node is a class and not a map or a unit."""
    return node.layer == network.layers[-1].name


def is_unit(network: Network, node: Node) -> bool:
    """Whether a node is a unit of a hidden layer: a single number, and no class."""
    return len(network.shapes[node.layer]) == 1 and not is_class(network, node)


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
