"""What a state must know of the views that a node has, to be a state that can be shown.

The registry of views, which lies above, tells it: see ``views.registry.view_facts``.
"""

from collections.abc import Callable
from typing import NamedTuple

from cnnscope.nn.network import Network
from cnnscope.state.state import FIRST_VIEW, Node
from cnnscope.state.sweep import Place


class ViewFacts(NamedTuple):
    """One view of a node: how far what is chosen in it can go, and how it is named.

    The names are the registry's.
    """

    grid: Place | None = None  # rows and columns over which a window sweeps, if one does
    plays: bool = False  # whether the window slides by itself when the view opens
    is_built_up: bool = False  # whether nothing is shown of the result before the sweep begins
    channels: int = 0  # input channels with arithmetic of their own
    maps: int = 0  # whose contributions can be laid over the picture, and all together
    features: int = 0  # that can be marked
    units: int = 0  # of the node's layer, if it is one of units: arrow keys lead to those beside
    classes: int = 0  # that can be compared with
    folds: bool = False  # whether those that contribute little are told as one sum
    has_logits: bool = False  # whether logits can be changed in it
    mode: str = FIRST_VIEW  # as a state names it
    name: str = ""  # as the page names what is open, and a frame what it shows


FactsOf = Callable[[Network, Node], tuple[ViewFacts, ...]]
"""The views of a node, the first first; none for one that cannot be explained."""
