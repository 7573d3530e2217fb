"""A sliding window's player: what its buttons and keys do, and its motion.

The state says where the window is and whether it slides; the player adds the clock. There is a
window over the node that is explained and one in the playground: each is a *track* to a player.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from cnnscope.drawing.timeline import CELLS_PER_SECOND, Slide
from cnnscope.panels.base import Explaining
from cnnscope.state.state import START, Expanded, Place, State, has_begun
from cnnscope.views.shared.node_numbers import Explained

GAP = 0.5  # seconds between two ticks: longer, and the page was not to be seen


class Track(Protocol):
    """What a player plays: the way of a window, and what the state says of it."""

    @property
    def prefix(self) -> str:
        """What the names of its actions begin with."""

    @property
    def clock(self) -> str:
        """Which of the page's clocks is its own."""

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""

    @property
    def window(self) -> Place | None:
        """Where the window was put."""

    @property
    def has_begun(self) -> bool:
        """Whether the window stands anywhere."""

    def is_sliding(self, state: State) -> bool:
        """Whether the window slides by itself."""

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""

    def say(self) -> None:
        """Say the value that the window makes."""


class Explanations:
    """The track of the node that is explained."""

    prefix = ""
    clock = "explainer"

    def __init__(self, app: Explaining) -> None:
        """Follow the windows of an application."""
        self.app = app

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""
        explained: Explained = self.app.explanation
        return explained.slide(CELLS_PER_SECOND[self.app.state.speed])

    @property
    def window(self) -> Place | None:
        """Where the window was put."""
        return self.app.state.window

    @property
    def has_begun(self) -> bool:
        """Whether the window stands anywhere."""
        return has_begun(self.app.state)

    def is_sliding(self, state: State) -> bool:
        """Whether the window slides by itself."""
        return state.playing and isinstance(state.focus, Expanded)

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""
        return state.speed, state.focus, state.playing

    def say(self) -> None:
        """Say the value that the window makes."""
        self.app.say_value()


class Player:
    """Plays the window of a track."""

    def __init__(self, app: Explaining, track: Track) -> None:
        """Play for an application."""
        self.app = app
        self.track = track
        self.last = 0.0  # seconds of the clock at the tick before
        self.began: tuple[float, Place] | None = None  # seconds, and where the window was then
        self.actions: Mapping[str, Callable[[], None]] = {
            "play": self.play,
            "pause": lambda: self.dispatch("pause"),
            "step": lambda: self.step(1),
            "back": lambda: self.step(-1),
            "skip": self.skip,
            "replay": self.replay,
        }

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""
        return self.track.slide

    @property
    def place(self) -> Place:
        """Where the window is."""
        return self.track.window or START

    def dispatch(self, name: str, *arguments: object) -> None:
        """Apply an action of the track."""
        self.app.dispatch(f"{self.track.prefix}{name}", *arguments)

    def play(self) -> None:
        """Slide on from where the window is; from the end, begin anew."""
        if self.place >= self.slide.last:
            self.replay()
        else:
            self.dispatch("play")

    def replay(self) -> None:
        """Begin anew, also while it slides."""
        self.began = None
        self.dispatch("replay")

    def step(self, by: int) -> None:
        """Move the window by so many cells in reading order, and stop it there."""
        slide = self.slide
        index = slide.index(self.place) + by
        self.put(slide.place(index if self.track.has_begun else 0))

    def skip(self) -> None:
        """Show the whole result at once, with the window at its end."""
        self.dispatch("window", *self.slide.last)
        self.dispatch("reveal")
        self.say()

    def put(self, place: Place) -> None:
        """Stop the window at a place and say what is computed there."""
        self.dispatch("window", *place)
        self.say()

    def scrub(self, text: str) -> None:
        """Stop the window at the cell of this number."""
        if text.isdecimal():
            self.dispatch("window", *self.slide.place(int(text)))

    def say(self) -> None:
        """Say the value that the window makes."""
        self.track.say()

    def begin(self) -> None:
        """Start by itself, unless a place is given or motion is unwelcome."""
        if self.track.window is not None:
            return
        if self.app.browser.is_still():
            self.dispatch("reveal")
        else:
            self.dispatch("play")

    def follow(self, old: State) -> None:
        """Start or stop the clock as a new state asks."""
        track, state = self.track, self.app.state
        is_sliding = track.is_sliding(state)
        if track.course(old) != track.course(state):
            self.began = None
        if is_sliding != track.is_sliding(old):
            self.app.browser.animate(self.tick if is_sliding else None, track.clock)

    def tick(self, seconds: float) -> None:
        """Move the window to where it is at this second of the clock."""
        if not self.track.is_sliding(self.app.state):
            return
        if self.began is None or seconds - self.last > GAP:
            self.began = seconds, self.place  # a page that was hidden goes on where it was
        self.last = seconds
        began, start = self.began
        slide = self.slide
        place = slide.at(start, seconds - began)
        if place != self.place or self.track.window is None:
            self.dispatch("slide", *place)
        if place == slide.last:
            self.dispatch("reveal")
