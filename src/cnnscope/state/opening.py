"""Steps that open and leave views and cards, pure.

state = open_node(State(), Node("relu_1_1", 3))
back(state)    # the overview
"""

from dataclasses import replace

from cnnscope.state.state import (
    EVERY_NUMBER,
    FIRST_VIEW,
    SOFTMAX,
    Card,
    Explained,
    Focus,
    InputCard,
    LayerCard,
    Node,
    Overview,
    Pointer,
    State,
)


def open_node(state: State, node: Node) -> State:
    """Enlarge a node; the one that is enlarged already is closed."""
    match state.focus:
        case Card(open_already) if open_already == node:
            return back(state)
    return enter(state, Card(node), node)


def open_input(state: State) -> State:
    """Show the picture itself; where it is shown already, close it."""
    focus = Overview() if isinstance(state.focus, InputCard) else InputCard()
    return enter(state, focus, state.pointer.tab_stop)


def open_layer(state: State, layer: str) -> State:
    """Tell what a layer does; of the one that is told of already, no longer."""
    if state.focus == LayerCard(layer):
        return show_overview(state)
    return enter(state, LayerCard(layer), state.pointer.tab_stop)


def explain_node(state: State, node: Node) -> State:
    """Show how a node is computed; the one that is shown already is closed."""
    match state.focus:
        case Explained(open_already) if open_already == node:
            return enter(state, Overview(), node)
        case Explained(Node(layer), view) as focus if view and layer == node.layer:
            pointer = replace(state.pointer, tab_stop=node)
            return replace(state, focus=replace(focus, node=node), pointer=pointer)
    return enter(state, Explained(node), node)


def turn_to_node(state: State, node: Node) -> State:
    """Explain another node of the layer that is explained; the window stays where it is."""
    turned = explain_node(state, node)
    match state.focus, turned.focus:
        case Explained(sweep=sweep), Explained() as focus:
            return replace(turned, focus=replace(focus, sweep=sweep))
        case _:
            return turned


def enter(state: State, focus: Focus, tab_stop: Node | None) -> State:
    """Another view, with nothing pointed at in it."""
    return replace(state, focus=focus, pointer=Pointer(tab_stop=tab_stop))


def open_channel(state: State, channel: int) -> State:
    """Show the arithmetic of one input channel; that which is shown already is closed."""
    match state.focus:
        case Explained(channel=already) as focus:
            focus = replace(focus, channel=None if already == channel else channel)
            pointer = replace(state.pointer, node=None, cell=None)
            return replace(state, focus=focus, pointer=pointer)
        case _:
            return state


def show_view(state: State, view: str) -> State:
    """Go on to another view of the node that is explained; what it is compared with stays."""
    match state.focus:
        case Explained(node, contrast=contrast):
            return enter(state, Explained(node, view, contrast=contrast), node)
        case _:
            return state


def show_softmax(state: State) -> State:
    """Go on from a class's logit to its probability."""
    return show_view(state, SOFTMAX)


def show_sum(state: State, channel: int) -> State:
    """Go back from the probabilities to the sum that is the logit of a class."""
    match state.focus:
        case Explained(Node(layer)):
            node = Node(layer, channel)
            return enter(state, Explained(node), node)
        case _:
            return state


def show_every_number(state: State) -> State:
    """Go on from what each map adds to a class's logit to what each of its elements adds."""
    return show_view(state, EVERY_NUMBER)


def show_maps(state: State) -> State:
    """Go back to what each map adds to a class's logit."""
    return show_view(state, FIRST_VIEW)


def back(state: State) -> State:
    """Leave the innermost view; at the overview, do nothing."""
    match state.focus:
        case Explained(channel=int()) as focus:
            return replace(state, focus=replace(focus, channel=None))
        case Explained(view=view) if view != FIRST_VIEW:
            return show_view(state, FIRST_VIEW)
        case _:
            return show_overview(state)


def show_overview(state: State) -> State:
    """Leave whatever is open."""
    match state.focus:
        case Explained(node) | Card(node):
            return enter(state, Overview(), node)
        case InputCard() | LayerCard():
            return enter(state, Overview(), state.pointer.tab_stop)
        case _:
            return state
