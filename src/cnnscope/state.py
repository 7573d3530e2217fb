"""What the page shows, as one frozen value, and the pure steps from one to the next.

The structural part (picture, focus, scale, details) is mirrored by the URL hash, so that Back,
Forward, reload and a pasted link work. The ephemeral part (what is pointed at) is not.

    state = open_node(State(), Node("conv_1_1", 3))
    to_hash(state)               # 'node=conv_1_1/3'
    from_hash(to_hash(state))    # the same state
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import parse_qsl, quote

Scale = Literal["unit", "module", "global"]
SCALES: tuple[Scale, ...] = get_args(Scale)
OWN_PICTURE = "own"
"""Key of a picture that the visitor brought; the pixels themselves are never in the state."""


class Node(NamedTuple):
    """The drawn picture of one channel of a layer, zero-based."""

    layer: str
    channel: int

    def __str__(self) -> str:
        """As the page names it: ``conv_1_1/3``."""
        return f"{self.layer}/{self.channel}"


Place = tuple[int, int]
"""(row, col) of a map, zero-based."""


@dataclass(frozen=True)
class Overview:
    """The whole network."""


@dataclass(frozen=True)
class Detail:
    """One node enlarged, over the network."""

    node: Node


Focus = Overview | Detail


@dataclass(frozen=True)
class State:
    """Everything the page is a function of, beside the picture's pixels."""

    picture: str | None = None  # key of a sample, OWN_PICTURE, or None for the first sample
    focus: Focus = Overview()
    scale: Scale = "unit"
    details: bool = True
    hover: Node | None = None
    cell: Place | None = None  # in the map of the node that is hovered
    map_cell: Place | None = None  # in the enlarged map, where its cursor stands
    cursor: Node | None = None  # the node last reached, where Tab comes back to


def choose_picture(state: State, key: str) -> State:
    """Show another picture; what is open stays open."""
    return replace(state, picture=key)


def open_node(state: State, node: Node) -> State:
    """Enlarge a node; the one that is enlarged already is closed."""
    if state.focus == Detail(node):
        return back(state)
    return replace(state, focus=Detail(node), hover=None, cell=None, map_cell=None, cursor=node)


def back(state: State) -> State:
    """Leave the innermost view; at the overview, do nothing."""
    match state.focus:
        case Detail():
            return replace(state, focus=Overview(), map_cell=None)
        case _:
            return state


def choose_scale(state: State, scale: str) -> State:
    """Share colours within units, modules or the whole network; others are ignored."""
    return replace(state, scale=scale) if scale in SCALES else state


def toggle_details(state: State) -> State:
    """Show or hide full names, shapes and legends."""
    return replace(state, details=not state.details)


def hover(state: State, node: Node | None, cell: Place | None = None) -> State:
    """Point at a node, and at a cell of its map where the place is known."""
    return replace(state, hover=node, cell=cell)


def focus_node(state: State, node: Node) -> State:
    """Point at a node by keyboard, which also remembers it."""
    return replace(hover(state, node), cursor=node)


def point_at_cell(state: State, row: int, col: int) -> State:
    """Put the cursor of the enlarged map on a cell."""
    return replace(state, map_cell=(row, col), hover=None, cell=None)


ACTIONS: Mapping[str, Callable[..., State]] = {
    "picture": choose_picture,
    "open": open_node,
    "close": back,
    "scale": choose_scale,
    "details": toggle_details,
    "hover": hover,
    "focus": focus_node,
    "cell": point_at_cell,
}


def settled(state: State, first: str, pictures: Collection[str], nodes: Collection[Node]) -> State:
    """The state with what does not exist here (a picture, a node) left at its default.

    The first picture is the default itself, so that one screen has one state and one address.
    """
    if state.picture == first or state.picture not in pictures:
        state = replace(state, picture=None)
    match state.focus:
        case Detail(node) if node not in nodes:
            state = replace(state, focus=Overview())
    return state


def structure(state: State) -> State:
    """The state without its ephemeral part: two equal structures have the same URL."""
    return replace(state, hover=None, cell=None, map_cell=None, cursor=None)


def to_hash(state: State) -> str:
    """The structural state as a URL fragment without ``#``; defaults are left out."""
    fields: dict[str, str] = {}
    if state.picture is not None:
        fields["picture"] = state.picture
    match state.focus:
        case Detail(node):
            fields["node"] = str(node)
    if state.scale != State.scale:
        fields["scale"] = state.scale
    if not state.details:
        fields["details"] = "off"
    return "&".join(f"{key}={quote(value, safe='/')}" for key, value in fields.items())


def from_hash(text: str) -> State:
    """The state a fragment describes; what cannot be understood is left at its default."""
    fields: dict[str, Any] = dict(parse_qsl(text.removeprefix("#")))
    state = State(picture=fields.get("picture"), details=fields.get("details") != "off")
    state = choose_scale(state, fields.get("scale", State.scale))
    node = parse_node(fields.get("node", ""))
    return state if node is None else replace(state, focus=Detail(node))


def parse_node(text: str) -> Node | None:
    """The node that ``conv_1_1/3`` names, or None."""
    layer, _, channel = text.partition("/")
    if not (layer and channel.isdecimal() and channel.isascii() and len(channel) < 6):
        return None
    return Node(layer, int(channel))
