"""Play and pause of a sliding window: what its buttons and keys do, and its motion.

The state says where the window is and whether it slides; the player adds the clock. There is a
window over the node that is explained and one in the playground: each is a *track* to a player.
"""

from collections.abc import Mapping
from typing import Protocol

from cnnscope.drawing.timeline import PACES, Slide
from cnnscope.panels.base import Action, Desk
from cnnscope.state.state import START, Explained, Place, State, Sweep, view_shown
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.node_numbers import NodeNumbers

GAP = 0.5  # seconds between two ticks: longer, and the page was not to be seen


class Track(Protocol):
    """What a player plays: the way of a window, and what a model says of it."""

    @property
    def prefix(self) -> str:
        """What the names of its actions begin with."""

    @property
    def clock(self) -> str:
        """Which of the page's clocks is its own."""

    def slide(self, model: Model) -> Slide:
        """The way of the window at the chosen speed."""

    def sweep(self, state: State) -> Sweep | None:
        """The window; None where there is none."""

    def plays_by_itself(self, model: Model) -> bool:
        """Whether the window slides when it is first seen."""

    def has_begun(self, model: Model) -> bool:
        """Whether the window stands anywhere."""

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""

    def announce(self) -> None:
        """Say the value that the window makes."""


class ExplainedTrack:
    """The track of the node that is explained."""

    prefix = ""
    clock = "explainer"

    def __init__(self, desk: Desk, announce: Action) -> None:
        """Follow the window at a desk; ``announce`` says its value."""
        self.desk = desk
        self.say = announce

    def slide(self, model: Model) -> Slide:
        """The way of the window at the chosen speed."""
        numbers: NodeNumbers = model.numbers
        return numbers.slide(PACES[model.state.reading.speed])

    def sweep(self, state: State) -> Sweep | None:
        """The window; None where nothing is explained."""
        return state.focus.sweep if isinstance(state.focus, Explained) else None

    def plays_by_itself(self, model: Model) -> bool:
        """Whether the window slides when it is first seen: the view says so."""
        return model.facts is not None and model.facts.plays

    def has_begun(self, model: Model) -> bool:
        """Whether the window stands anywhere: over a map always, elsewhere once it was put."""
        facts = model.facts
        is_over_map = facts is None or not facts.features
        return is_over_map or model.sweep.place is not None

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""
        sweep = self.sweep(state)
        return state.reading.speed, view_shown(state.focus), sweep is not None and sweep.playing

    def announce(self) -> None:
        """Say the value that the window makes."""
        self.say("")


class Player:
    """Plays the window of a track."""

    def __init__(self, desk: Desk, track: Track) -> None:
        """Play at a desk."""
        self.desk = desk
        self.track = track
        self.last = 0.0  # seconds of the clock at the tick before
        self.began: tuple[float, Place] | None = None  # seconds, and where the window was then
        prefix = track.prefix
        self.actions: Mapping[str, Action] = {
            f"{prefix}{name}": self.if_there(action)
            for name, action in {
                "play": lambda _: self.play(),
                "pause": lambda _: self.dispatch("pause"),
                "step": lambda _: self.step(1),
                "back": lambda _: self.step(-1),
                "skip": lambda _: self.skip(),
                "replay": lambda _: self.replay(),
            }.items()
        }

    def if_there(self, action: Action) -> Action:
        """An action that does nothing where no window can slide."""

        def act(argument: str) -> None:
            if self.is_there:
                action(argument)

        return act

    @property
    def is_there(self) -> bool:
        """Whether there is a window, and cells to slide over."""
        model = self.desk.model
        is_swept = self.track.sweep(model.state) is not None and model.is_swept
        return (is_swept or bool(self.track.prefix)) and self.slide.rows > 0

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""
        return self.track.slide(self.desk.model)

    @property
    def sweep(self) -> Sweep:
        """The window as it is."""
        return self.track.sweep(self.desk.model.state) or Sweep()

    @property
    def place(self) -> Place:
        """Where the window is."""
        return self.sweep.place or START

    def dispatch(self, name: str, *arguments: object) -> None:
        """Apply an action of the track."""
        self.desk.dispatch(f"{self.track.prefix}{name}", *arguments)

    def play(self) -> None:
        """Slide on from where the window is; from the end, or of what opened whole, begin anew."""
        is_untouched = self.sweep.is_whole and self.sweep.place is None
        if is_untouched or self.place >= self.slide.last:
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
        self.put(slide.place(index if self.track.has_begun(self.desk.model) else 0))

    def skip(self) -> None:
        """Show the whole result at once, with the window at its end."""
        self.dispatch("window", *self.slide.last)
        self.dispatch("reveal")
        self.track.announce()

    def put(self, place: Place) -> None:
        """Stop the window at a place and say what is computed there."""
        self.dispatch("window", *place)
        self.track.announce()

    def scrub(self, text: str, *, is_final: bool) -> None:
        """Stop the window at the cell of this number; say what is there at last."""
        if text.isdecimal() and self.is_there:
            self.dispatch("window", *self.slide.place(int(text)))
            if is_final:
                self.track.announce()

    def begin(self) -> None:
        """Start by itself where that is meant, unless a place is given or motion is unwelcome."""
        if not self.is_there or self.sweep.place is not None:
            return
        plays = self.track.plays_by_itself(self.desk.model)
        self.dispatch("play" if plays and not self.desk.page.is_still() else "reveal")

    def follow(self, old: State, new: State) -> None:
        """Start or stop the clock as a new state asks."""
        track = self.track
        if track.course(old) != track.course(new):
            self.began = None
        was_sliding, is_sliding = self.is_sliding(old), self.is_sliding(new)
        if was_sliding != is_sliding:
            self.desk.page.animate(self.tick if is_sliding else None, track.clock)

    def is_sliding(self, state: State) -> bool:
        """Whether the window slides by itself."""
        sweep = self.track.sweep(state)
        return sweep is not None and sweep.playing

    def tick(self, seconds: float) -> None:
        """Move the window to where it is at this second of the clock."""
        if not self.is_sliding(self.desk.model.state):
            return
        if self.began is None or seconds - self.last > GAP:
            self.began = seconds, self.place  # a page that was hidden goes on where it was
        self.last = seconds
        began, start = self.began
        slide = self.slide
        place = slide.at(start, seconds - began)
        if place != self.place or self.sweep.place is None:
            self.dispatch("slide", *place)
        if place == slide.last:
            self.dispatch("reveal")
