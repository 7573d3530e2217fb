"""URL keys: the table of what the address tells of a state, and what is a step for Back.

Every field of a state is in this table or in ``EPHEMERAL``; a test fails where one is in neither.

    scale = next(field for field in FIELDS if field.key == "scale")
    list(scale.write(state))       # ['module'], or nothing for the default
    scale.read(State(), ["module"]).reading.scale   # 'module'
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cnnscope.state.codecs import (
    read_edit,
    read_kernel,
    read_logits,
    read_place,
    write_edit,
    write_kernel,
    write_logits,
    write_place,
)
from cnnscope.state.playground import UNTOUCHED, USUAL, Settings
from cnnscope.state.playground import structure as playground_structure
from cnnscope.state.state import (
    FIRST_VIEW,
    SCALES,
    SOFTMAX,
    SPEEDS,
    Card,
    Edit,
    Explained,
    InputCard,
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

EPHEMERAL = frozenset({
    "brought", "focus.cell", "focus.sweep.reached", "focus.sweep.is_whole",
    "focus.sweep.playing", "tour.guess", "tour.resume", "tour.folded", "playground.drafts",
    "playground.sweep.reached", "playground.sweep.is_whole", "playground.sweep.playing",
    "pointer.node", "pointer.cell", "pointer.tab_stop", "pointer.marked",
})  # fmt: skip
"""Fields that no address tells: what is pointed at, what plays, what is remembered for a while."""

BY_ITSELF = frozenset({"tour.stop"})
"""Told by an address, but not by this table: a stop of the tour stands for a whole screen."""

Texts = Sequence[str]


@dataclass(frozen=True)
class Field:
    """A key of the address, and the fields of the state that it tells."""

    key: str
    at: tuple[str, ...]  # dotted paths in State
    write: Callable[[State], Iterator[str]]  # nothing for the default
    read: Callable[[State, Texts], State]  # the values that an address gives the key, in order
    step: Callable[[State], object] | None = None  # whose change Back returns from
    is_kept: bool = False  # whether Back leaves it as it is, and so does the tour

    @property
    def is_of_focus(self) -> bool:
        """Whether it says which view is open, or what in it."""
        return self.at[0].startswith("focus")


def get(state: Any, path: str) -> Any:
    """The field at a dotted path; None where there is none, as in another view."""
    for name in path.split("."):
        state = getattr(state, name, None)
    return state


def put(state: Any, path: str, value: Any) -> Any:
    """A state with another value at a dotted path."""
    name, _, rest = path.partition(".")
    return replace(state, **{name: put(getattr(state, name), rest, value) if rest else value})


def leaf(
    key: str,
    at: str,
    write: Callable[[Any], str],
    read: Callable[[str], Any],
    *,
    default: Any = None,
    step: Callable[[Any], object] | None = None,
    is_kept: bool = False,
) -> Field:
    """A key that tells one field; what reads as None is left at its default."""

    def written(state: State) -> Iterator[str]:
        value = get(state, at)
        if value is not None and value != default:
            yield write(value)

    def taken(state: State, texts: Texts) -> State:
        value = read(texts[-1])
        parent, _, name = at.rpartition(".")
        owner = get(state, parent) if parent else state
        is_there = value is not None and hasattr(owner, name)
        taken_over: State = put(state, at, value) if is_there else state
        return taken_over

    stepped = None if step is None else lambda state: step(get(state, at))
    return Field(key, (at,), written, taken, stepped, is_kept)


def itself(value: Any) -> Any:
    """The value."""
    return value


def one_of(*choices: str) -> Callable[[str], str | None]:
    """Reads one of some words."""
    return lambda text: text if text in choices else None


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
        case Explained(view=view, feature=int(feature)) if view == FIRST_VIEW:
            yield str(feature)


def read_feature(state: State, texts: Texts) -> State:
    """A feature marked."""
    match state.focus:
        case Explained(view=view) as focus if view == FIRST_VIEW:
            return replace(state, focus=replace(focus, feature=parse_count(texts[-1])))
        case _:
            return state


def write_edits(state: State) -> Iterator[str]:
    """Every kernel that was changed."""
    return map(write_edit, state.edits)


def read_edits(state: State, texts: Texts) -> State:
    """Changed kernels; of several for one kernel, the last."""
    found: dict[object, Edit] = {}
    for edit in map(read_edit, texts):
        if edit is not None:
            found[edit.node, edit.source] = edit
    return replace(state, edits=tuple(sorted(found.values())))


def read_settings(text: str) -> Settings | None:
    """Five hyper-parameters, or None."""
    values = [parse_count(part) for part in text.split(",")]
    known = [value for value in values if value is not None]
    return Settings(*known) if len(known) == len(values) == len(USUAL) else None


def write_playground_cell(state: State) -> Iterator[str]:
    """Where the playground's window was put."""
    place = playground_structure(state.playground).sweep.place
    if place is not None:
        yield write_place(place)


def read_playground_cell(state: State, texts: Texts) -> State:
    """The playground's window at a place."""
    sweep = Sweep(read_place(texts[-1]))
    return replace(state, playground=replace(state.playground, sweep=sweep))


FIELDS: tuple[Field, ...] = (
    leaf("picture", "picture", itself, itself, step=itself),
    Field("view", ("focus", "focus.node"), write_view, read_view, step_of_view),
    Field("node", ("focus", "focus.node"), write_card, read_card),
    leaf("softmax", "focus.view", lambda _: "on", lambda text: SOFTMAX if text == "on" else None,
         default=FIRST_VIEW),
    leaf("channel", "focus.channel", str, parse_count),
    Field("cell", ("focus.sweep.place",), write_cell, read_cell),
    Field("element", ("focus.feature",), write_feature, read_feature),
    leaf("rival", "focus.contrast", str, parse_count),
    leaf("logits", "focus.logits", write_logits, read_logits, default=()),
    leaf("lang", "reading.language", itself, itself, is_kept=True),
    leaf("scale", "reading.scale", itself, one_of(*SCALES), default="unit", step=itself),
    leaf("speed", "reading.speed", itself, one_of(*SPEEDS), default="medium", is_kept=True),
    leaf("details", "reading.details", lambda _: "off",
         lambda text: False if text == "off" else None, default=True, step=itself),
    leaf("field", "field", lambda _: "on", lambda text: text == "on", default=False),
    Field("kernel", ("edits",), write_edits, read_edits),
    leaf("relu", "relu", lambda _: "off", lambda text: False if text == "off" else None,
         default=True, step=itself),
    leaf("play", "playground.settings", lambda value: ",".join(map(str, value)), read_settings,
         default=USUAL, is_kept=True),
    leaf("play-kernel", "playground.kernel", write_kernel, read_kernel,
         default=UNTOUCHED.kernel, is_kept=True),
    Field("play-cell", ("playground.sweep.place",), write_playground_cell, read_playground_cell,
          is_kept=True),
)  # fmt: skip
"""In the order in which an address tells them."""
