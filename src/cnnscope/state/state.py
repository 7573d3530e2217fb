"""What the page shows, as one frozen value; ``actions`` has the steps from one to the next.

The structural part (picture, focus, scale, details, edits...) is mirrored by the URL, see
``address``. The ephemeral part (what is pointed at, what plays) is not.

    state = State(picture="pizza", focus=Detail(parse_node("relu_1_1/3")))
    state.focus.node        # Node("relu_1_1", 3)
    str(state.focus.node)   # 'relu_1_1/3'
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from cnnscope.state.playground import UNTOUCHED, Playground

Scale = Literal["unit", "module", "global"]
SCALES: tuple[Scale, ...] = get_args(Scale)
Speed = Literal["slow", "medium", "fast"]
SPEEDS: tuple[Speed, ...] = get_args(Speed)
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
"""(row, col) of a map, zero-based; places compare in the order in which a map is read."""

START: Place = (0, 0)
END: Place = (1_000_000, 0)
"""Beyond the last place of any map."""


class Edit(NamedTuple):
    """A kernel that the visitor changed: from an input channel to a node of a convolution."""

    node: Node
    source: int
    values: tuple[float, ...]  # row by row


@dataclass(frozen=True)
class Overview:
    """The whole network."""


@dataclass(frozen=True)
class Detail:
    """One node enlarged, over the network."""

    node: Node


@dataclass(frozen=True)
class Expanded:
    """One node with all that it is computed from, and the network stepped aside."""

    node: Node
    channel: int | None = None  # the input channel whose arithmetic is open
    is_normalised: bool = False  # of a class: whether its probability is explained, not its logit


@dataclass(frozen=True)
class Original:
    """The picture itself, beside what the network sees of it."""


Focus = Overview | Original | Detail | Expanded


@dataclass(frozen=True)
class State:
    """Everything the page is a function of, beside the picture's pixels."""

    picture: str | None = None  # key of a sample, OWN_PICTURE, or None for the first sample
    focus: Focus = Overview()
    language: str | None = None  # that the visitor chose; None for the one the page came in
    scale: Scale = "unit"
    details: bool = True
    window: Place | None = None  # the output cell that the window of the expanded node makes
    speed: Speed = "medium"  # of the sliding window
    field: bool = False  # whether receptive fields are drawn on the picture
    edits: tuple[Edit, ...] = ()
    rival: int | None = None  # the class that the one explained is compared with
    logits: tuple[tuple[int, float], ...] = ()  # those that the visitor changed, by class
    playground: Playground = UNTOUCHED  # of the playground
    element: int | None = None  # of the flattened maps, pointed at
    tour: int | None = None  # the stop of the tour that is shown, from 1
    guess: int | None = None  # which of the answers to its question was chosen
    resume: int = 1  # the stop at which the tour goes on
    folded: bool = False  # whether only the head of the tour's panel is to be seen
    brought: int = 0  # how many pictures the visitor brought; the last is OWN_PICTURE
    hover: Node | None = None
    cell: Place | None = None  # in the map of the node that is hovered
    map_cell: Place | None = None  # in the enlarged map, where its cursor stands
    cursor: Node | None = None  # the node last reached, where Tab comes back to
    reached: Place = START  # how far the window has revealed the expanded node's maps
    playing: bool = False  # whether the window slides by itself


def shown_picture(state: State) -> tuple[str | None, int]:
    """Which picture is shown: another key, or another of those that the visitor brought."""
    return state.picture, state.brought if state.picture == OWN_PICTURE else 0


def has_begun(state: State) -> bool:
    """Whether a window stands anywhere: over a map always, over classes once the first joined."""
    match state.focus:
        case Expanded(is_normalised=True):
            return state.window is not None
        case _:
            return True


def parse_node(text: str) -> Node | None:
    """The node that ``conv_1_1/3`` names, or None."""
    layer, _, channel = text.partition("/")
    number = parse_count(channel)
    return Node(layer, number) if layer and number is not None else None


def parse_count(text: str) -> int | None:
    """A count in plain digits, or None."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else None
