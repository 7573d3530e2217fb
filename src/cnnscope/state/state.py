"""What the page shows, as one frozen value in parts; ``actions`` has the steps between states.

``url`` says of every field whether the address tells it. What it does not (what is pointed at,
what plays) is ephemeral.

    state = State(picture="pizza", focus=Card(parse_node("relu_1_1/3")))
    state.focus.node        # Node("relu_1_1", 3)
    str(state.focus.node)   # 'relu_1_1/3'
"""

from dataclasses import dataclass
from dataclasses import field as part
from typing import Literal, NamedTuple, get_args

from cnnscope.state.changes import UNCHANGED, Changes
from cnnscope.state.figures import Figures
from cnnscope.state.playground import UNTOUCHED, Playground
from cnnscope.state.sweep import START, Place, Sweep

__all__ = ["START", "Place", "Sweep"]

Scale = Literal["unit", "module", "global"]
SCALES: tuple[Scale, ...] = get_args(Scale)
Parts = Literal["own", "result"]
PARTS: tuple[Parts, ...] = get_args(Parts)
Speed = Literal["slow", "medium", "fast"]
SPEEDS: tuple[Speed, ...] = get_args(Speed)
OWN_PICTURE = "own"
"""Key of a picture that the visitor brought; the pixels themselves are never in the state."""

PHOTOS = "photos"
"""The network that the page starts with."""

NETWORKS = (PHOTOS, "digits")
"""All that the page is shipped with, by the names that addresses have for them."""

OWN_NETWORK = "own"
"""What the names of networks begin with that the visitor opened; what they are is never told."""

FIRST_VIEW = ""
"""The view that a node has at first; others are named."""

SOFTMAX = "softmax"
"""The view of a class that explains its probability; its first one explains its logit."""

EVERY_NUMBER = "numbers"
"""The view of a class that explains its logit by every element of the last maps."""


class Node(NamedTuple):
    """The drawn picture of one channel of a layer, zero-based."""

    layer: str
    channel: int

    def __str__(self) -> str:
        """As the page names it: ``conv_1_1/3``."""
        return f"{self.layer}/{self.channel}"


class Edit(NamedTuple):
    """A kernel that the visitor changed: from an input channel to a node of a convolution."""

    node: Node
    source: int
    values: tuple[float, ...]  # row by row


@dataclass(frozen=True)
class Overview:
    """The whole network."""


@dataclass(frozen=True)
class InputCard:
    """The picture itself, beside what the network sees of it."""


@dataclass(frozen=True)
class LayerCard:
    """What a layer does, under the heading of its column."""

    layer: str


@dataclass(frozen=True)
class Card:
    """One node enlarged, over the network."""

    node: Node
    cell: Place | None = None  # of the enlarged map, where its cursor stands


@dataclass(frozen=True)
class Explained:
    """One node with all that it is computed from, and the network stepped aside."""

    node: Node
    view: str = FIRST_VIEW
    sweep: Sweep = part(default_factory=Sweep)
    channel: int | None = None  # the input channel whose arithmetic is open
    marked_map: int | None = None  # of the maps whose contributions are shown, then all together
    feature: int | None = None  # the entry of the flattened maps that is marked
    contrast: int | None = None  # the class that the one explained is compared with
    unfolded: bool = False  # whether those are listed too that contribute little
    logits: tuple[tuple[int, float], ...] = ()  # those that the visitor changed, by class


Focus = Overview | InputCard | LayerCard | Card | Explained


@dataclass(frozen=True)
class Reading:
    """How the visitor likes to read: it stays from view to view, also on tour."""

    scale: Scale = "unit"
    parts: Parts = "own"  # the scale of what adds up to a result
    details: bool = True
    speed: Speed = "medium"  # of sliding windows
    present: bool = False  # whether all is larger, for a class, with nothing around the network
    language: str | None = None  # that was chosen; None for the one the page came in


@dataclass(frozen=True)
class Tour:
    """Where on the guided tour the visitor is."""

    stop: int | None = None  # from 1; None without the tour
    guess: int | None = None  # which of the answers to its question was chosen
    resume: int = 1  # the stop at which the tour goes on
    folded: bool = False  # whether only the head of its panel is to be seen


@dataclass(frozen=True)
class Pad:
    """The drawing pad; what is drawn on it is kept elsewhere, like every picture."""

    is_open: bool = False  # of networks that read one channel
    drawn: int = 0  # how often what is drawn became another
    is_inking: bool = False  # whether a pen is down, so that the next will come at once


@dataclass(frozen=True)
class Pointer:
    """What is pointed at, by mouse, pen, finger or keyboard."""

    node: Node | None = None
    cell: Place | None = None  # in the node's map
    tab_stop: Node | None = None  # the node last reached, where Tab comes back to
    marked: int | None = None  # the class whose numbers softmax marks


@dataclass(frozen=True)
class State:
    """Everything the page is a function of, beside the picture's pixels."""

    network: str = PHOTOS  # which network is shown, by its name
    opened: int = 0  # how many networks the visitor opened; the last is there to be shown
    picture: str | None = None  # key of a sample, OWN_PICTURE, or None for the first sample
    brought: int = 0  # how many pictures the visitor brought; the last is OWN_PICTURE
    changes: Changes = UNCHANGED  # of the picture that is shown
    focus: Focus = part(default_factory=Overview)
    edits: tuple[Edit, ...] = ()
    relu: bool = True  # whether the network's ReLUs cut; without, each passes its input on
    pages: tuple[tuple[str, int], ...] = ()  # by layer, a channel of the page that is drawn
    field: bool = False  # whether receptive fields are drawn on the picture
    reading: Reading = part(default_factory=Reading)
    tour: Tour = part(default_factory=Tour)
    playground: Playground = UNTOUCHED
    figures: Figures = part(default_factory=Figures)
    pad: Pad = part(default_factory=Pad)
    pointer: Pointer = part(default_factory=Pointer)


def shown_picture(state: State) -> tuple[str | None, int]:
    """Which picture is shown: another key, or another of those that the visitor brought."""
    return state.picture, state.brought if state.picture == OWN_PICTURE else 0


def own_network(number: int) -> str:
    """The name of a network that the visitor opened, counted from 1."""
    return f"{OWN_NETWORK}{number}"


def is_own(network: str) -> bool:
    """Whether a name is that of a network that the visitor opened."""
    return network.startswith(OWN_NETWORK)


def is_altered(state: State) -> bool:
    """Whether the network is not as it was trained: kernels are changed, or its ReLUs left out."""
    return bool(state.edits) or not state.relu


def explained(focus: Focus) -> Explained | None:
    """What is explained, whichever of its cards is open and wherever its window stands."""
    if not isinstance(focus, Explained):
        return None
    return Explained(focus.node, focus.view, unfolded=focus.unfolded)


def view_shown(focus: Focus) -> Focus:
    """Which view is open, and which of its cards; not what happens in it."""
    match focus:
        case Explained(node, view, channel=channel):
            return Explained(node, view, channel=channel)
        case Card(node):
            return Card(node)
        case _:
            return focus


def parse_node(text: str) -> Node | None:
    """The node that ``conv_1_1/3`` names, or None."""
    layer, _, channel = text.partition("/")
    number = parse_count(channel)
    return Node(layer, number) if layer and number is not None else None


def parse_count(text: str) -> int | None:
    """A count in plain digits, or None."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else None
