"""The state in the page's address, so that Back, Forward, reload and a pasted link work.

    state = expand_node(State(), Node("conv_1_1", 3))
    to_hash(state)               # 'view=conv_1_1/3'
    from_hash(to_hash(state))    # the same state

Some changes make a step that Back returns from, others only correct the address: see ``step``.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote

from cnnscope.state.actions import choose_scale, choose_speed
from cnnscope.state.playground import UNTOUCHED, USUAL, Playground, Settings
from cnnscope.state.playground import structure as playground_structure
from cnnscope.state.state import (
    END,
    START,
    Detail,
    Edit,
    Expanded,
    Original,
    Overview,
    Place,
    State,
    parse_count,
    parse_node,
)
from cnnscope.state.tour import STOPS, go_to, strayed

PICTURE = "picture"
"""What an address calls the view of the picture itself."""

OVERVIEW = "overview"
"""What it calls the whole network, which goes without saying unless on tour."""

OPEN = ("view", "node", "channel", "cell", "element", "softmax", "rival", "logits")
"""The keys that say which view is open, and what in it."""

DIGITS = 9  # significant ones of a number: float32 survives them
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
SAFE = "/,:;"  # signs that an address may hold as they are


def structure(state: State) -> State:
    """The state without its ephemeral part: two equal structures have the same address.

    Where a window is while it slides is ephemeral too, and so is which class softmax marks.
    """
    is_placed = isinstance(state.focus, Expanded) and not state.playing
    is_marked = isinstance(state.focus, Expanded) and not state.focus.is_normalised
    return replace(
        state,
        window=state.window if is_placed else None,
        element=state.element if is_marked else None,
        hover=None,
        cell=None,
        map_cell=None,
        cursor=None,
        reached=START,
        playing=False,
        playground=playground_structure(state.playground),
        guess=None,
        resume=State.resume,
        folded=False,
        brought=0,
    )


def step(state: State) -> State:
    """The part of the state whose change makes a step for Back: which picture, which view.

    Where a window stands or what a kernel holds changes too often to be one.
    """
    state = replace(structure(state), window=None, speed=State.speed, field=False, edits=())
    state = replace(state, rival=None, logits=(), element=None, language=None, playground=UNTOUCHED)
    match state.focus:
        case Expanded(node, int()):  # whichever channel: going through them is one step
            return replace(state, focus=Expanded(node, 0))
        case _:
            return state


def to_hash(state: State) -> str:
    """The structural state as a URL fragment without ``#``; defaults are left out."""
    return "&".join(f"{key}={quote(value, safe=SAFE)}" for key, value in fields(state))


def fields(state: State) -> Iterator[tuple[str, str]]:
    """Key and value of all that is not at its default; on tour, of what the stop does not say."""
    if state.tour is not None:
        yield "tour", str(state.tour)
        state = strayed(state)
    if state.picture is not None:
        yield "picture", state.picture
    match state.focus:
        case Overview() if state.tour is not None:
            yield "view", OVERVIEW
        case Original():
            yield "view", PICTURE
        case Detail(node):
            yield "node", str(node)
        case Expanded(node, channel, is_normalised):
            yield "view", str(node)
            if is_normalised:
                yield "softmax", "on"
            if channel is not None:
                yield "channel", str(channel)
            if state.window is not None and not state.playing:
                yield "cell", f"{state.window[0]},{state.window[1]}"
            if state.element is not None and not is_normalised:
                yield "element", str(state.element)
    if state.rival is not None:
        yield "rival", str(state.rival)
    if state.logits:
        yield "logits", ",".join(f"{k}:{value:.{DIGITS}g}" for k, value in state.logits)
    if state.language is not None:
        yield "lang", state.language
    if state.scale != State.scale:
        yield "scale", state.scale
    if state.speed != State.speed:
        yield "speed", state.speed
    if not state.details:
        yield "details", "off"
    if state.field:
        yield "field", "on"
    for edit in state.edits:
        values = ",".join(f"{value:.{DIGITS}g}" for value in edit.values)
        yield "kernel", f"{edit.node}/{edit.source}:{values}"
    yield from playground_fields(playground_structure(state.playground))


def playground_fields(playground: Playground) -> Iterator[tuple[str, str]]:
    """Key and value of what the playground has that is not at its default."""
    if playground.settings != USUAL:
        yield "play", ",".join(map(str, playground.settings))
    if playground.kernel != UNTOUCHED.kernel:
        is_preset = isinstance(playground.kernel, str)
        numbers = () if is_preset else (f"{value:.{DIGITS}g}" for value in playground.kernel)
        yield "play-kernel", str(playground.kernel) if is_preset else ",".join(numbers)
    if playground.window is not None:
        yield "play-cell", f"{playground.window[0]},{playground.window[1]}"


def from_hash(text: str) -> State:
    """The state a fragment describes; what cannot be understood is left at its default."""
    pairs = parse_qsl(text.removeprefix("#"))
    found = dict(pairs)
    tour = parse_count(found.get("tour", "")) or 0
    is_strayed = bool(found.keys() & {"view", "node"})
    state = State(
        picture=found.get("picture"),
        language=found.get("lang"),
        details=found.get("details") != "off",
        field=found.get("field") == "on",
        edits=read_edits([value for key, value in pairs if key == "kernel"]),
        playground=read_playground(found),
    )
    state = choose_speed(choose_scale(state, found.get("scale", "")), found.get("speed", ""))
    if 1 <= tour <= len(STOPS):
        at_stop = go_to(state, tour)
        if not is_strayed:
            return replace(at_stop, picture=state.picture or at_stop.picture)
        state = replace(state, tour=tour, resume=tour)
    if found.get("view") == PICTURE:
        return replace(state, focus=Original())
    node, view = parse_node(found.get("node", "")), parse_node(found.get("view", ""))
    if view is not None:
        window = read_place(found.get("cell", ""))
        is_normalised = found.get("softmax") == "on"
        focus = Expanded(view, parse_count(found.get("channel", "")), is_normalised)
        reached = START if window is None else END
        state = replace(state, focus=focus, window=window, reached=reached)
        element = None if is_normalised else parse_count(found.get("element", ""))
        rival, logits = parse_count(found.get("rival", "")), read_logits(found.get("logits", ""))
        return replace(state, rival=rival, logits=logits, element=element)
    return replace(state, focus=Overview() if node is None else Detail(node))


def names_no_view(text: str) -> bool:
    """Whether an address wants a view and names none that could be."""
    found = dict(parse_qsl(text.removeprefix("#")))
    named = [found[key] for key in ("view", "node") if key in found]
    return any(name not in (PICTURE, OVERVIEW) and parse_node(name) is None for name in named)


def merged(state: State, link: str) -> str:
    """The address of a state with what a link names in the place of what was open.

    All else stays, also what goes without saying at a stop of the tour.
    """
    tour = "" if state.tour is None else f"tour={state.tour}&"
    address = tour + to_hash(replace(state, tour=None))
    parts = link.split("&")
    replaced = {*OPEN, *(part.partition("=")[0] for part in parts)}
    kept = (part for part in address.split("&") if part.partition("=")[0] not in replaced)
    return "&".join(part for part in (*kept, *parts) if part)


def read_place(text: str) -> Place | None:
    """The place that ``12,7`` names, or None."""
    row, _, col = text.partition(",")
    place = parse_count(row), parse_count(col)
    return None if place[0] is None or place[1] is None else (place[0], place[1])


def read_edits(texts: Sequence[str]) -> tuple[Edit, ...]:
    """The edits that an address names; of several for one kernel, the last."""
    edits = {}
    for text in texts:
        kernel, _, numbers = text.partition(":")
        name, _, source = kernel.rpartition("/")
        node, channel = parse_node(name), parse_count(source)
        values = [read_number(number) for number in numbers.split(",")]
        kept = tuple(value for value in values if value is not None)
        if node is not None and channel is not None and len(kept) == len(values):
            edits[node, channel] = Edit(node, channel, kept)
    return tuple(sorted(edits.values()))


def read_playground(found: Mapping[str, str]) -> Playground:
    """The playground that an address describes."""
    values = [parse_count(part) for part in found.get("play", "").split(",")]
    known = [value for value in values if value is not None]
    settings = Settings(*known) if len(known) == len(values) == len(USUAL) else USUAL
    text = found.get("play-kernel", str(UNTOUCHED.kernel))
    numbers = [read_number(number) for number in text.split(",")]
    kept = tuple(number for number in numbers if number is not None)
    kernel = kept if len(kept) == len(numbers) else text
    window = read_place(found.get("play-cell", ""))
    return playground_structure(Playground(settings, kernel, window))


def read_logits(text: str) -> tuple[tuple[int, float], ...]:
    """The changed logits that an address names, by class."""
    found = {}
    for part in text.split(","):
        name, _, number = part.partition(":")
        channel, value = parse_count(name), read_number(number)
        if channel is not None and value is not None:
            found[channel] = value
    return tuple(sorted(found.items()))


def read_number(text: str) -> float | None:
    """A finite number as people write one, with a comma or a real minus sign; or None."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def canonical(value: float) -> float:
    """A number as it comes back from an address: one that reads the same is the same."""
    return float(f"{value:.{DIGITS}g}")
