"""How an address tells which view or card is open, and what in it; read back leniently.

list(write_view(state))                       # ['conv_1_2/3']
read_view(State(), ["conv_1_2/3"]).focus      # Explained(Node("conv_1_2", 3))
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cnnscope.state.codecs import read_place, write_place
from cnnscope.state.state import (
    EVERY_NUMBER,
    FIRST_VIEW,
    Card,
    Explained,
    InputCard,
    LayerCard,
    Overview,
    State,
    parse_count,
    parse_node,
)
from cnnscope.state.sweep import Sweep

PICTURE = "picture"
"""What an address calls the view of the picture itself."""

OVERVIEW = "overview"
"""What it calls the whole network, which goes without saying unless on tour."""

Texts = Sequence[str]
"""The values that an address gives a key, in order."""


def write_view(state: State) -> Iterator[str]:
    """The node that is explained, the picture itself; on tour the whole network too."""
    match state.focus:
        case Explained(node):
            yield str(node)
        case InputCard():
            yield PICTURE
        case Overview() if state.tour.stop is not None:
            yield OVERVIEW


def read_view(state: State, texts: Texts) -> State:
    """What is explained, or the picture itself."""
    node = parse_node(texts[-1])
    if texts[-1] == PICTURE:
        return replace(state, focus=InputCard())
    return state if node is None else replace(state, focus=Explained(node))


def step_of_view(state: State) -> object:
    """Which view of which node: going through the channels of one is a single step."""
    match state.focus:
        case Explained(node, view, channel=channel):
            return node, view, channel is not None
        case Card(node):
            return node
        case focus:
            return focus


def write_card(state: State) -> Iterator[str]:
    """The node that is enlarged."""
    if isinstance(state.focus, Card):
        yield str(state.focus.node)


def read_card(state: State, texts: Texts) -> State:
    """A node enlarged, unless a view is named too."""
    node = parse_node(texts[-1])
    is_free = node is not None and isinstance(state.focus, Overview)
    return replace(state, focus=Card(node)) if node is not None and is_free else state


def write_layer(state: State) -> Iterator[str]:
    """The layer that is told of."""
    if isinstance(state.focus, LayerCard):
        yield state.focus.layer


def read_layer(state: State, texts: Texts) -> State:
    """A layer told of, unless a view or a node is named too."""
    is_free = isinstance(state.focus, Overview)
    return replace(state, focus=LayerCard(texts[-1])) if is_free else state


def write_cell(state: State) -> Iterator[str]:
    """Where the window was put; where it is while it slides is told by no address."""
    match state.focus:
        case Explained(sweep=Sweep(place, playing=False)) if place is not None:
            yield write_place(place)


def read_cell(state: State, texts: Texts) -> State:
    """A window at a place, its result revealed."""
    place = read_place(texts[-1])
    match state.focus:
        case Explained() as focus if place is not None:
            return replace(state, focus=replace(focus, sweep=Sweep(place, is_whole=True)))
        case _:
            return state


def write_feature(state: State) -> Iterator[str]:
    """The feature that is marked, where one can be."""
    match state.focus:
        case Explained(view=view, feature=int(feature)) if view == EVERY_NUMBER:
            yield str(feature)


def read_feature(state: State, texts: Texts) -> State:
    """A feature marked, among every number."""
    match state.focus:
        case Explained(view=view) as focus if view in (FIRST_VIEW, EVERY_NUMBER):
            feature = parse_count(texts[-1])
            return replace(state, focus=replace(focus, view=EVERY_NUMBER, feature=feature))
        case _:
            return state
