"""One view alone, for a slide or the page of a course: which states such a page can show.

framed(State(), "relu", network).focus          # Expanded(Node("relu_1_1", 0))
framed(State(focus=Overview()), "relu", network, before)   # stays where it was before
"""

from dataclasses import replace

from cnnscope.nn.layers import Conv2d, MaxPool2d, Relu, Softmax
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.state import Expanded, Focus, Node, Overview, State
from cnnscope.state.tour import go_to
from cnnscope.state.validation import has_tour, is_expandable

WHOLE = ("overview", "playground")
"""What shows no explanation of a node."""


def offered(embed: str | None, network: Network, pictures: tuple[str, ...]) -> str | None:
    """The kind of view that a page can show alone: the whole network where there is no tour."""
    return "overview" if embed == "tour" and not has_tour(network, pictures) else embed


def framed(state: State, embed: str | None, network: Network, before: State | None = None) -> State:
    """The state that a page shows that shows one kind of view alone; of any other page, the state.

    What does not belong there is as it was before, or the first node that has such a view.
    """
    if embed is None or kind_of(state.focus, network) == embed:
        return state if state.tour is None or embed in (None, "tour") else out_of_tour(state)
    if embed == "tour":
        return state if state.tour is not None else go_to(state, state.resume)
    if embed in WHOLE:
        return out_of_tour(replace(state, focus=Overview()) if is_explained(state) else state)
    if before is not None:
        return replace(before, picture=state.picture, tour=None)
    return out_of_tour(replace(state, focus=first(embed, network)))


def is_missing(embed: str | None, network: Network) -> bool:
    """Whether a page was to show a kind of view alone that no node of the network has."""
    is_view = embed is not None and embed not in (*WHOLE, "tour")
    return is_view and first(str(embed), network) == Overview()


def out_of_tour(state: State) -> State:
    """The state without the tour."""
    return replace(state, tour=None, guess=None)


def is_explained(state: State) -> bool:
    """Whether a node is explained."""
    return isinstance(state.focus, Expanded)


def kind_of(focus: Focus, network: Network) -> str:
    """What explains a node, as the page names its views; ``overview`` where none is explained."""
    match focus:
        case Expanded(_, _, is_normalised=True):
            return "softmax"
        case Expanded(node) if node.layer != INPUT:
            return kind_of_layer(network, node.layer)
        case _:
            return "overview"


def kind_of_layer(network: Network, name: str) -> str:
    """What explains the nodes of a layer; ``overview`` too for one that is not here."""
    match network.layer(name) if name in network.shapes else None:
        case Conv2d():
            return "convolution"
        case Relu():
            return "relu"
        case MaxPool2d():
            return "pooling"
        case Softmax():
            return "flatten"
        case _:
            return "overview"


def first(embed: str, network: Network) -> Focus:
    """The first node that has a kind of view, explained; the overview where no node has."""
    wanted = "flatten" if embed == "softmax" else embed
    nodes = (Node(layer.name, 0) for layer in network.layers)
    for node in nodes:
        if kind_of_layer(network, node.layer) == wanted and is_expandable(network, node):
            return Expanded(node, is_normalised=embed == "softmax")
    return Overview()
