"""Embeds (``?embed=``): which states a page can show that has one view alone, for a slide.

framed(State(), "relu", network, facts_of).focus       # Explained(Node("relu_1_1", 0))
framed(State(focus=Overview()), "relu", network, facts_of, before)   # stays where it was before
"""

from dataclasses import replace

from cnnscope.nn.network import Network
from cnnscope.state.state import Explained, Focus, Node, Overview, State
from cnnscope.state.tour import go_to, leave
from cnnscope.state.validation import has_node, has_tour
from cnnscope.state.views import FactsOf

WHOLE = ("overview", "playground")
"""Embeds of no node; ``views.registry.embeddable`` has all that there are."""

TOUR = "tour"


def offered(
    embed: str | None, network: Network, pictures: tuple[str, ...], facts_of: FactsOf
) -> str | None:
    """The kind of view that a page can show alone: the whole network where there is no tour."""
    is_untoured = embed == TOUR and not has_tour(network, pictures, facts_of)
    return "overview" if is_untoured else embed


def framed(
    state: State,
    embed: str | None,
    network: Network,
    facts_of: FactsOf,
    before: State | None = None,
) -> State:
    """The state that a page shows that shows one kind of view alone; of any other page, the state.

    What does not belong there is as it was before, or the first node that has such a view.
    """
    if embed is None or kind_of(state.focus, network, facts_of) == embed:
        return state if embed in (None, TOUR) else leave(state)
    if embed == TOUR:
        return state if state.tour.stop is not None else go_to(state, state.tour.resume)
    if embed in WHOLE:
        is_explained = isinstance(state.focus, Explained)
        return leave(replace(state, focus=Overview()) if is_explained else state)
    if before is not None and before.network == state.network:
        return leave(
            replace(before, picture=state.picture, brought=state.brought, changes=state.changes)
        )
    return leave(replace(state, focus=first(embed, network, facts_of)))


def is_missing(embed: str | None, network: Network, facts_of: FactsOf) -> bool:
    """Whether a page was to show a kind of view alone that no node of the network has."""
    is_view = embed is not None and embed not in (*WHOLE, TOUR)
    return is_view and first(str(embed), network, facts_of) == Overview()


def kind_of(focus: Focus, network: Network, facts_of: FactsOf) -> str:
    """What explains a node, as the page names its views; ``overview`` where none is explained."""
    match focus:
        case Explained(node, view) if has_node(network, node):
            names = {facts.mode: facts.name for facts in facts_of(network, node)}
            return names.get(view, "overview")
        case _:
            return "overview"


def first(embed: str, network: Network, facts_of: FactsOf) -> Focus:
    """The first node that has a kind of view, explained; the overview where no node has."""
    nodes = (Node(layer.name, 0) for layer in network.layers)
    for node in nodes:
        if has_node(network, node):
            for facts in facts_of(network, node):
                if facts.name == embed:
                    return Explained(node, facts.mode)
    return Overview()
