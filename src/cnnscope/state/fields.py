"""URL keys: the table of what the address tells of a state, and what is a step for Back.

Every field of a state is in this table or in ``EPHEMERAL``; a test fails where one is in neither.

    scale = next(field for field in FIELDS if field.key == "scale")
    list(scale.write(state))       # ['module'], or nothing for the default
    scale.read(State(), ["module"]).reading.scale   # 'module'
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cnnscope.state.changes import UNCHANGED
from cnnscope.state.codecs import (
    read_changes,
    read_edit,
    read_kernel,
    read_logits,
    read_pages,
    read_paint,
    read_place,
    write_changes,
    write_edit,
    write_kernel,
    write_logits,
    write_pages,
    write_paint,
    write_place,
)
from cnnscope.state.figures import FIGURE_PATHS
from cnnscope.state.playground import UNTOUCHED, USUAL, Settings
from cnnscope.state.playground import structure as playground_structure
from cnnscope.state.state import (
    EVERY_NUMBER,
    FIRST_VIEW,
    PARTS,
    PHOTOS,
    SCALES,
    SOFTMAX,
    SPEEDS,
    Edit,
    State,
    is_own,
    parse_count,
)
from cnnscope.state.sweep import Sweep
from cnnscope.state.told_focus import (
    OVERVIEW,
    PICTURE,
    Texts,
    read_card,
    read_cell,
    read_feature,
    read_layer,
    read_view,
    step_of_view,
    write_card,
    write_cell,
    write_feature,
    write_layer,
    write_view,
)

__all__ = ["FIELDS", "OVERVIEW", "PICTURE", "Field"]

ALL_NUMBERS = "all"
"""What it says of the numbers behind a logit, where every one is shown and not each map's sum."""

EPHEMERAL = frozenset({
    "brought", "opened", "changes.stroke", "focus.cell",
    "focus.sweep.reached", "focus.sweep.is_whole",
    "focus.sweep.playing", "tour.guess", "tour.resume", "tour.folded", "playground.drafts",
    "playground.sweep.reached", "playground.sweep.is_whole", "playground.sweep.playing",
    *(f"figures.{name}" for name in FIGURE_PATHS),
    "pad.is_open", "pad.drawn", "pad.is_inking",
    "pointer.node", "pointer.cell", "pointer.tab_stop", "pointer.marked",
})  # fmt: skip
"""Fields that no address tells: what is pointed at, what plays, what is remembered for a while."""

BY_ITSELF = frozenset({"tour.stop"})
"""Told by an address, but not by this table: a stop of the tour stands for a whole screen."""


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


def view_key(key: str, view: str, word: str) -> Field:
    """A key that says which view of a node is open; a feature that is marked says so too."""

    def written(state: State) -> Iterator[str]:
        if get(state, "focus.view") == view and get(state, "focus.feature") is None:
            yield word

    def taken(state: State, texts: Texts) -> State:
        is_free = get(state, "focus.view") == FIRST_VIEW
        shown: State = put(state, "focus.view", view) if is_free and texts[-1] == word else state
        return shown

    return Field(key, ("focus.view",), written, taken)


def write_edits(state: State) -> Iterator[str]:
    """Every kernel that was changed; of the visitor's own network none: they hold its numbers."""
    return iter(()) if is_own(state.network) else map(write_edit, state.edits)


def read_edits(state: State, texts: Texts) -> State:
    """Changed kernels; of several for one kernel, the last."""
    found: dict[object, Edit] = {}
    for edit in map(read_edit, texts):
        if edit is not None:
            found[edit.node, edit.source] = edit
    return replace(state, edits=tuple(sorted(found.values())))


def write_changed(state: State) -> Iterator[str]:
    """What was done to the picture, but for what was painted."""
    if state.changes.named or state.changes.patch is not None:
        yield write_changes(state.changes)


def read_changed(state: State, texts: Texts) -> State:
    """What is to be done to the picture; what was painted stays."""
    changes = read_changes(texts[-1]) or UNCHANGED
    return replace(state, changes=replace(changes, paint=state.changes.paint))


def step_of_changes(state: State) -> object:
    """What is done to the picture, and by which stroke: wherever the patch goes is no step."""
    return state.changes.named, state.changes.patch is not None, state.changes.stroke


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


def write_network(state: State) -> Iterator[str]:
    """Which network, but for the first one; of the visitor's own an address says nothing."""
    if state.network != PHOTOS and not is_own(state.network):
        yield state.network


def read_network(state: State, texts: Texts) -> State:
    """A network by its name."""
    return replace(state, network=texts[-1])


FIELDS: tuple[Field, ...] = (
    Field("network", ("network",), write_network, read_network, lambda state: state.network),
    leaf("picture", "picture", itself, itself, step=itself),
    Field("change", ("changes.named", "changes.patch"), write_changed, read_changed,
          step_of_changes),
    leaf("paint", "changes.paint", write_paint, read_paint, default=(), step=bool),
    Field("view", ("focus", "focus.node"), write_view, read_view, step_of_view),
    Field("node", ("focus", "focus.node"), write_card, read_card),
    Field("layer", ("focus", "focus.layer"), write_layer, read_layer),
    view_key("softmax", SOFTMAX, "on"),
    view_key("numbers", EVERY_NUMBER, ALL_NUMBERS),
    leaf("map", "focus.marked_map", str, parse_count),
    leaf("channel", "focus.channel", str, parse_count),
    leaf("list", "focus.unfolded", lambda _: ALL_NUMBERS, lambda text: text == ALL_NUMBERS,
         default=False),
    leaf("page", "pages", write_pages, read_pages, default=()),
    Field("cell", ("focus.sweep.place",), write_cell, read_cell),
    Field("element", ("focus.feature",), write_feature, read_feature),
    leaf("rival", "focus.contrast", str, parse_count),
    leaf("logits", "focus.logits", write_logits, read_logits, default=()),
    leaf("lang", "reading.language", itself, itself, is_kept=True),
    leaf("scale", "reading.scale", itself, one_of(*SCALES), default="unit", step=itself),
    leaf("parts", "reading.parts", itself, one_of(*PARTS), default="own", step=itself),
    leaf("present", "reading.present", lambda _: "on", lambda text: text == "on",
         default=False, is_kept=True),
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
