"""The guided tour: stops from the picture to the answer, each a screen and a question.

A stop is a pure value: the state it shows, and the state that shows the answer to its question.

    state = go_to(State(), 3)
    state.focus          # Explained(Node("conv_1_1", 9))
    state = guess(state, 1)
    state.edits          # what the answer is seen by
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cnnscope.state.state import (
    FIRST_VIEW,
    SOFTMAX,
    Card,
    Edit,
    Explained,
    Focus,
    Node,
    Pointer,
    State,
    Tour,
)
from cnnscope.state.sweep import Place, Sweep

ANSWERS = 3
"""How many answers each question offers."""

SHOWN = -1
"""The guess of a visitor who has the answer shown without guessing."""


@dataclass(frozen=True)
class Stop:
    """One stop: what it shows, and what it shows once its question is answered."""

    key: str  # of its sentences in the catalogue, and of its question
    screen: State
    shown: State
    is_about_shown: bool = False  # whether the question is about the picture shown afterwards
    covers: tuple[Node, ...] = ()  # nodes whose maps are not to be seen before the answer
    asks: bool = True  # the last one looks back and asks nothing


def stop(key: str, screen: State, **shown: object) -> Stop:
    """A stop whose answer is seen by what changes on its screen."""
    return Stop(key, screen, replace(screen, **shown))  # type: ignore[arg-type]


def explaining(node: Node, place: Place | None = None, view: str = FIRST_VIEW) -> Explained:
    """A node explained, its window at a place of a result that is revealed."""
    sweep = Sweep() if place is None else Sweep(place, is_whole=True)
    return Explained(node, view, sweep)


BASE = State(picture="bell_pepper")
SLID = Node("conv_1_1", 7)  # its kernel for red is negative on the left, positive on the right
EDGE: Place = (15, 32)  # there red is dark on the left and bright on the right
SUMMED = Node("conv_1_1", 9)  # its kernels for red and for green speak against each other
EDGES = 5  # a map of edges, blue where it turns brighter; ReLU cuts much of it
ANSWER = Node("output", 3)  # the class that BASE's picture shows
RIVAL_LOGIT = 1.469  # of the class that comes second there
PROBABILITY = explaining(ANSWER, (0, 9), SOFTMAX)  # with all classes in its sum

TRIED = replace(BASE, focus=replace(explaining(SLID, EDGE), channel=0))
"""A kernel on screen, to be changed."""

STOPS: tuple[Stop, ...] = (
    stop("pixels", replace(BASE, pointer=Pointer(Node("input", 0)))),
    stop(
        "kernel",
        TRIED,
        focus=replace(explaining(SLID, (EDGE[0], EDGE[1] + 1)), channel=0),
    ),
    stop(
        "channels",
        replace(BASE, focus=explaining(SUMMED, (30, 45))),
        edits=(Edit(SUMMED, 1, (0.0,) * 9),),
    ),
    Stop(
        "maps",
        replace(BASE, pointer=Pointer(Node("conv_1_1", EDGES))),
        replace(BASE, focus=explaining(Node("conv_1_1", EDGES), (30, 30))),
        covers=(Node("conv_1_1", EDGES), Node("relu_1_1", EDGES)),
    ),
    stop(
        "relu",
        replace(BASE, focus=explaining(Node("conv_1_1", EDGES), (30, 30))),
        focus=explaining(Node("relu_1_1", EDGES), (30, 30)),
    ),
    stop("pooling", replace(BASE, focus=explaining(Node("max_pool_1", 6), (14, 10)))),
    stop(
        "field",
        replace(BASE, focus=explaining(Node("conv_2_2", 3), (12, 12))),
        field=True,
    ),
    stop("flatten", replace(BASE, focus=explaining(ANSWER))),
    stop(
        "softmax",
        replace(BASE, focus=replace(PROBABILITY, logits=((ANSWER.channel, RIVAL_LOGIT),))),
        focus=PROBABILITY,
    ),
    Stop("limits", BASE, replace(BASE, picture="house"), is_about_shown=True),
    stop("linear", BASE, relu=False),
    Stop("end", BASE, BASE, asks=False),
)
"""Their numbers are in addresses: another is added behind, before the one that looks back."""


def stop_of(state: State) -> Stop | None:
    """The stop that is shown, or None without the tour."""
    return None if state.tour.stop is None else STOPS[state.tour.stop - 1]


def covered(state: State) -> tuple[Node, ...]:
    """The nodes whose maps the stop covers until its question is answered."""
    here = stop_of(state)
    return () if here is None or state.tour.guess is not None else here.covers


def tells_of_picture(state: State) -> bool:
    """Whether the stop itself says what there is to be said of the picture on screen."""
    here = stop_of(state)
    return here is not None and here.is_about_shown and state.picture == here.shown.picture


def go_to(state: State, number: int) -> State:
    """Show a stop, whatever is on screen; a number beyond the first or last stop changes nothing.

    How the visitor likes to read stays, and the playground.
    """
    if not 1 <= number <= len(STOPS):
        return state
    state = replace(state, tour=Tour(stop=number, resume=number))
    return on_screen(state, STOPS[number - 1].screen)


def guess(state: State, answer: int) -> State:
    """Answer the stop's question, or have it answered (``SHOWN``), and see what is right.

    A question is about the picture on screen, which stays, unless the stop's is about another.
    """
    here = stop_of(state)
    if here is None or not here.asks or not SHOWN <= answer < ANSWERS:
        return state
    is_first = state.tour.guess is None
    picture = here.shown.picture if here.is_about_shown else state.picture
    state = replace(state, tour=replace(state.tour, guess=answer))
    return on_screen(state, replace(here.shown, picture=picture)) if is_first else state


def again(state: State) -> State:
    """Show what the stop shows, after the visitor looked at something else."""
    here = stop_of(state)
    if here is None:
        return state
    return on_screen(state, here.screen if state.tour.guess is None else here.shown)


def leave(state: State) -> State:
    """Leave the tour; what is on screen stays, for the visitor to go on from there."""
    return replace(state, tour=replace(state.tour, stop=None, guess=None))


def finish(state: State) -> State:
    """Leave the tour at its end: another begins at the first stop."""
    return replace(state, tour=Tour(folded=state.tour.folded))


def fold(state: State) -> State:
    """Show only the head of the panel, or all of it again."""
    return replace(state, tour=replace(state.tour, folded=not state.tour.folded))


def on_screen(state: State, screen: State) -> State:
    """Another screen; the tour and how the visitor likes to read stay."""
    tab_stop = node_of(screen) or state.pointer.tab_stop
    return replace(
        with_taste(screen, state),
        tour=state.tour,
        brought=state.brought,
        opened=state.opened,
        pointer=replace(screen.pointer, tab_stop=tab_stop),
    )


def with_taste(screen: State, state: State) -> State:
    """A screen as the visitor of a state reads it, with the article's figures as they are."""
    return replace(
        screen, reading=state.reading, playground=state.playground, figures=state.figures
    )


def node_of(screen: State) -> Node | None:
    """The node that a screen is about."""
    match screen.focus:
        case Explained(node) | Card(node):
            return node
        case _:
            return screen.pointer.node


def is_at_stop(state: State) -> bool:
    """Whether the screen is the stop's, before or after its answer, and not one strayed to.

    Where a window slides by itself, it may stand anywhere.
    """
    return any(is_same(state, each) for each in screens(state))


def screens(state: State) -> tuple[State, ...]:
    """What a stop shows; once its question is answered, also what its answer shows."""
    here = stop_of(state)
    if here is None:
        return ()
    return (here.screen,) if state.tour.guess is None else (here.screen, here.shown)


def is_same(state: State, screen: State) -> bool:
    """Whether a state shows a screen."""
    placed = place_of(screen)
    if placed is not None and placed != place_of(state):
        return False
    one, other = replace(state, focus=told(state)), replace(screen, focus=told(screen))
    return (one.picture, one.changes, one.focus, one.edits, one.relu, one.field) == (
        other.picture, other.changes, other.focus, other.edits, other.relu, other.field
    )  # fmt: skip


def told(state: State) -> Focus:
    """What a screen shows, wherever its window stands and whatever map or feature is marked."""
    match state.focus:
        case Explained() as focus:
            return replace(focus, sweep=Sweep(), marked_map=None, feature=None)
        case Card(node):
            return Card(node)
        case focus:
            return focus


def place_of(state: State) -> Place | None:
    """Where the window was put."""
    return state.focus.sweep.place if isinstance(state.focus, Explained) else None


ACTIONS: Mapping[str, Callable[..., State]] = {
    "stop": go_to,
    "guess": guess,
    "again": again,
    "leave": leave,
    "finish": finish,
    "fold": fold,
}
