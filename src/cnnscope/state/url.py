"""The URL hash of a state, so that Back, Forward, reload and a pasted link work.

    state = explain_node(State(), Node("conv_1_1", 3))
    to_hash(state)               # 'view=conv_1_1/3'
    from_hash(to_hash(state))    # the same state

``fields.FIELDS`` says what is told and what makes a step that Back returns from.
"""

from dataclasses import replace
from urllib.parse import parse_qsl, quote

from cnnscope.state.actions import show_network
from cnnscope.state.fields import EPHEMERAL, FIELDS, get, put
from cnnscope.state.state import State, parse_count
from cnnscope.state.tour import STOPS, go_to, on_screen, screens, stop_of, with_taste

__all__ = ["EPHEMERAL", "FIELDS", "from_hash", "to_hash"]

OPEN = tuple(field.key for field in FIELDS if field.is_of_focus)
"""The keys that say which view is open, and what in it."""

OF_NETWORK = ("network", "picture", "tour", "kernel", "relu", "change", "paint", "page", *OPEN)
"""The keys of what one network has and another has not."""

SAFE = "/,:;"  # signs that an address may hold as they are

Pairs = tuple[tuple[str, str], ...]


def structure(state: State) -> Pairs:
    """Key and value of all of a state that an address tells; two equal ones have one address."""
    found = [(field.key, text) for field in FIELDS for text in field.write(state)]
    stop = state.tour.stop
    return tuple(found if stop is None else [("tour", str(stop)), *found])


def step(state: State) -> tuple[object, ...]:
    """The part of the state whose change makes a step for Back: which picture, which view.

    Where a window stands or what a kernel holds changes too often to be one.
    """
    return (state.tour.stop, *(field.step(state) for field in FIELDS if field.step is not None))


def to_hash(state: State) -> str:
    """The structural state as a URL fragment without ``#``; defaults are left out.

    On tour it says what the stop does not.
    """
    pairs = structure(state)
    if state.tour.stop is not None:
        told = structure(strayed(state))
        pairs = (pairs[0], *(pair for pair in told if pair[0] != "tour"))
    return "&".join(f"{key}={quote(value, safe=SAFE)}" for key, value in pairs)


def strayed(state: State) -> State:
    """What of a state on tour is not said by its stop: what an address has to tell.

    At the stop, the visitor's taste; with another picture there, that too; elsewhere everything.
    """
    taste = with_taste(State(), state)
    if any(is_told(state, each) for each in screens(state)):
        return taste
    is_named = state.picture is not None
    pictured = (replace(each, picture=state.picture) for each in screens(state))
    if is_named and any(is_told(state, each) for each in pictured):
        return replace(taste, picture=state.picture)
    return state


def is_told(state: State, screen: State) -> bool:
    """Whether a stop's number tells all of its screen that an address can tell of a state."""
    return structure(state) == structure(replace(with_taste(screen, state), tour=state.tour))


def resumed(wanted: State, kept: State) -> State:
    """A stop that an address names, as one left it who is at it already: answered, folded."""
    here, was = stop_of(wanted), kept.tour
    if here is None or wanted.tour.stop != was.stop:
        return wanted
    wanted = replace(wanted, tour=replace(wanted.tour, guess=was.guess, folded=was.folded))
    if was.guess is None or not is_told(wanted, replace(here.screen, picture=wanted.picture)):
        return wanted
    is_own = wanted.picture == here.screen.picture
    picture = here.shown.picture if is_own else wanted.picture
    return on_screen(wanted, replace(here.shown, picture=picture))


def from_hash(text: str) -> State:
    """The state a fragment describes; what cannot be understood is left at its default."""
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl(text.removeprefix("#")):
        found.setdefault(key, []).append(value)
    state = State()
    for field in FIELDS:
        if field.key in found:
            state = field.read(state, found[field.key])
    number = parse_count(found.get("tour", [""])[-1]) or 0
    if not 1 <= number <= len(STOPS):
        return state
    at_stop = go_to(state, number)
    if found.keys() & {"view", "node", "layer"}:  # strayed from the stop
        return replace(state, tour=at_stop.tour)
    return replace(at_stop, picture=state.picture or at_stop.picture)


def keeps_network(link: str) -> bool:
    """Whether a link leaves the network that is shown: it names nothing of another."""
    return not {part.partition("=")[0] for part in link.split("&")}.intersection(OF_NETWORK)


def merged(state: State, link: str) -> str:
    """The address of a state with what a link names in the place of what was open.

    All else stays, also what goes without saying at a stop of the tour; what is open stays where
    the link names no view. A picture or view is of the network named with it, or of the photos'.
    """
    parts = link.split("&")
    named = {part.partition("=")[0] for part in parts}
    if named.intersection(OF_NETWORK):
        state = show_network(state, from_hash(link).network)
    stop = state.tour.stop
    tour = "" if stop is None else f"tour={stop}&"
    address = tour + to_hash(replace(state, tour=replace(state.tour, stop=None)))
    replaced = {*OPEN, *named} if named.intersection(OPEN) else named
    if "section" in named:  # of the article, over which the card about a layer would lie
        replaced = {*replaced, "layer"}
    if "picture" in replaced:  # another one, which is changed as the link says
        replaced = {*replaced, "change", "paint"}
    kept = (part for part in address.split("&") if part.partition("=")[0] not in replaced)
    return "&".join(part for part in (*kept, *parts) if part)


def kept_by_back(wanted: State, kept: State) -> State:
    """A state to step back to, with what is no step itself: kernels, speed, the playground.

    On tour kernels and receptive fields are the stop's.
    """
    is_touring = (wanted.tour.stop, kept.tour.stop) != (None, None)
    for field in FIELDS:
        is_own = field.step is None and not field.is_of_focus
        if is_own and (field.is_kept or not is_touring):
            for path in field.at:
                wanted = put(wanted, path, get(kept, path))
    return replace(wanted, playground=kept.playground)  # with what is typed and played
