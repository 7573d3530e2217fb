"""The guided tour: stops from the picture to the answer, each a screen and a question.

A stop is a pure value: the state it shows, and the state that shows the answer to its question.

    state = go_to(State(), 3)
    state.focus          # Expanded(Node("conv_1_1", 9))
    state = guess(state, 1)
    state.edits          # what the answer is seen by
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cnnscope.state.state import END, START, Detail, Edit, Expanded, Node, State

ANSWERS = 3
"""How many answers each question offers."""

SHOWN = -1
"""The guess of a visitor who has the answer shown without guessing."""

SCREEN = ("picture", "focus", "field", "edits", "rival", "logits")
"""What of a state makes up a stop's screen, beside the window."""

TASTE = ("details", "scale", "speed", "language", "playground")
"""What the visitor set for reading: it stays from screen to screen."""


@dataclass(frozen=True)
class Stop:
    """One stop: what it shows, and what it shows once its question is answered."""

    key: str  # of its sentences in the catalogue, and of its question
    screen: State
    shown: State
    is_about_shown: bool = False  # whether the question is about the picture shown afterwards


def stop(key: str, screen: State, **shown: object) -> Stop:
    """A stop whose answer is seen by what changes on its screen."""
    return Stop(key, screen, replace(screen, **shown))  # type: ignore[arg-type]


BASE = State(picture="bell_pepper")
EDGES = Node("conv_1_1", 7)  # its kernels hold negative numbers on the left, positive on the right
SUMMED = Node("conv_1_1", 9)  # its kernels for red and for green speak against each other
CUT = 5  # a channel of which ReLU cuts much
ANSWER = Node("output", 3)  # the class that BASE's picture shows

STOPS: tuple[Stop, ...] = (
    stop("pixels", replace(BASE, hover=Node("input", 0))),
    stop("kernel", replace(BASE, focus=Expanded(EDGES)), window=(0, 61)),  # its row's last place
    stop(
        "channels",
        replace(BASE, focus=Expanded(SUMMED), window=(30, 45)),
        edits=(Edit(SUMMED, 1, (0.0,) * 9),),
    ),
    stop("maps", replace(BASE, hover=EDGES), focus=Expanded(EDGES), window=(30, 30), hover=None),
    stop(
        "relu",
        replace(BASE, focus=Expanded(Node("conv_1_1", CUT)), window=(30, 30)),
        focus=Expanded(Node("relu_1_1", CUT)),
    ),
    stop(
        "pooling",
        replace(BASE, focus=Expanded(Node("relu_1_2", 6)), window=(28, 20)),
        focus=Expanded(Node("max_pool_1", 6)),
        window=(14, 10),
    ),
    stop("field", replace(BASE, focus=Expanded(Node("conv_2_2", 3)), window=(12, 12)), field=True),
    stop("flatten", replace(BASE, focus=Expanded(ANSWER))),
    stop(
        "softmax",
        replace(BASE, focus=Expanded(ANSWER)),
        focus=Expanded(ANSWER, is_normalised=True),
        window=(0, 9),
    ),
    Stop("limits", BASE, replace(BASE, picture="house"), is_about_shown=True),
)


def stop_of(state: State) -> Stop | None:
    """The stop that is shown, or None without the tour."""
    return None if state.tour is None else STOPS[state.tour - 1]


def go_to(state: State, number: int) -> State:
    """Show a stop, whatever is on screen; a number beyond the first or last stop changes nothing.

    What the visitor set for reading stays: details, colours, speed, language, playground.
    """
    if not 1 <= number <= len(STOPS):
        return state
    state = replace(state, tour=number, resume=number, guess=None, folded=False)
    return on_screen(state, STOPS[number - 1].screen)


def guess(state: State, answer: int) -> State:
    """Answer the stop's question, or have it answered (``SHOWN``), and see what is right.

    A question is about the picture on screen, which stays, unless the stop's is about another.
    """
    here = stop_of(state)
    if here is None or not SHOWN <= answer < ANSWERS:
        return state
    is_first = state.guess is None
    picture = here.shown.picture if here.is_about_shown else state.picture
    state = replace(state, guess=answer)
    return on_screen(state, replace(here.shown, picture=picture)) if is_first else state


def again(state: State) -> State:
    """Show what the stop shows, after the visitor looked at something else."""
    here = stop_of(state)
    if here is None:
        return state
    return on_screen(state, here.screen if state.guess is None else here.shown)


def resumed(wanted: State, kept: State) -> State:
    """A stop that an address names, as one left it who is at it already: answered, folded."""
    here = stop_of(wanted)
    if here is None or wanted.tour != kept.tour:
        return wanted
    wanted = replace(wanted, guess=kept.guess, folded=kept.folded)
    if kept.guess is None or not is_same(wanted, replace(here.screen, picture=wanted.picture)):
        return wanted
    is_own = wanted.picture == here.screen.picture
    picture = here.shown.picture if is_own else wanted.picture
    return on_screen(wanted, replace(here.shown, picture=picture))


def leave(state: State) -> State:
    """Leave the tour; what is on screen stays, for the visitor to go on from there."""
    return replace(state, tour=None, guess=None)


def finish(state: State) -> State:
    """Leave the tour at its end: another begins at the first stop."""
    return replace(leave(state), resume=State.resume)


def fold(state: State) -> State:
    """Show only the head of the panel, or all of it again."""
    return replace(state, folded=not state.folded)


def on_screen(state: State, screen: State) -> State:
    """Another screen; the tour and what the visitor set for reading stay."""
    return replace(
        with_taste(screen, state),
        tour=state.tour,
        guess=state.guess,
        resume=state.resume,
        folded=state.folded,
        brought=state.brought,
        cursor=node_of(screen) or state.cursor,
        reached=START if screen.window is None else END,
    )


def with_taste(screen: State, state: State) -> State:
    """A screen as the visitor of a state reads it."""
    return replace(screen, **{name: getattr(state, name) for name in TASTE})


def node_of(screen: State) -> Node | None:
    """The node that a screen is about."""
    match screen.focus:
        case Expanded(node) | Detail(node):
            return node
        case _:
            return screen.hover


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
    return (here.screen,) if state.guess is None else (here.screen, here.shown)


def is_same(state: State, screen: State) -> bool:
    """Whether a state shows a screen."""
    is_placed = screen.window is None or screen.window == state.window
    return is_placed and all(getattr(state, name) == getattr(screen, name) for name in SCREEN)


def is_told(state: State, screen: State) -> bool:
    """Whether a stop's number tells all of a screen: not where the visitor put a sliding window."""
    is_sliding = state.window is None or state.playing
    return is_same(state, screen) and (screen.window is not None or is_sliding)


def strayed(state: State) -> State:
    """What of a state on tour is not said by its stop: what an address has to tell.

    At the stop, the visitor's taste; with another picture there, that too; elsewhere everything.
    """
    taste, here = with_taste(State(), state), stop_of(state)
    if here is None:
        return state
    if any(is_told(state, each) for each in screens(state)):
        return taste
    is_named = state.picture is not None
    pictured = (replace(each, picture=state.picture) for each in screens(state))
    if is_named and any(is_told(state, each) for each in pictured):
        return replace(taste, picture=state.picture)
    return state


ACTIONS: Mapping[str, Callable[..., State]] = {
    "stop": go_to,
    "guess": guess,
    "again": again,
    "leave": leave,
    "finish": finish,
    "fold": fold,
}
