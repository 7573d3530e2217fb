"""The sliding window's player: what its buttons and keys do, and its motion.

The state says where the window is and whether it slides; the player adds the clock.
"""

from collections.abc import Callable, Mapping

from cnnscope.explaining import Explaining
from cnnscope.scene.timeline import CELLS_PER_SECOND, Slide
from cnnscope.state import Expanded, Place, State, has_begun
from cnnscope.views.explained import Explained
from cnnscope.views.windowed import place_of

GAP = 0.5  # seconds between two ticks: longer, and the page was not to be seen


class Player:
    """Plays the window of the node that is explained."""

    def __init__(self, app: Explaining) -> None:
        """Play for an application."""
        self.app = app
        self.last = 0.0  # seconds of the clock at the tick before
        self.began: tuple[float, Place] | None = None  # seconds, and where the window was then
        self.actions: Mapping[str, Callable[[], None]] = {
            "play": self.play,
            "pause": lambda: app.dispatch("pause"),
            "step": lambda: self.step(1),
            "back": lambda: self.step(-1),
            "skip": self.skip,
            "replay": self.replay,
        }

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""
        explained: Explained = self.app.explanation
        return explained.slide(CELLS_PER_SECOND[self.app.state.speed])

    @property
    def place(self) -> Place:
        """Where the window is."""
        return place_of(self.app.context)

    def play(self) -> None:
        """Slide on from where the window is; from the end, begin anew."""
        if self.place >= self.slide.last:
            self.replay()
        else:
            self.app.dispatch("play")

    def replay(self) -> None:
        """Begin anew, also while it slides."""
        self.began = None
        self.app.dispatch("replay")

    def step(self, by: int) -> None:
        """Move the window by so many cells in reading order, and stop it there."""
        slide = self.slide
        index = slide.index(self.place) + by
        self.put(slide.place(index if has_begun(self.app.state) else 0))

    def skip(self) -> None:
        """Show the whole result at once, with the window at its end."""
        self.app.dispatch("window", *self.slide.last)
        self.app.dispatch("reveal")
        self.say()

    def put(self, place: Place) -> None:
        """Stop the window at a place and say what is computed there."""
        self.app.dispatch("window", *place)
        self.say()

    def scrub(self, text: str) -> None:
        """Stop the window at the cell of this number."""
        if text.isdecimal():
            self.app.dispatch("window", *self.slide.place(int(text)))

    def say(self) -> None:
        """Say the value that the window makes."""
        self.app.say_value()

    def begin(self) -> None:
        """Start by itself, unless a place is given or motion is unwelcome."""
        state = self.app.state
        if state.window is not None:
            return
        if self.app.browser.is_still():
            self.app.dispatch("reveal")
        else:
            self.app.dispatch("play")

    def follow(self, old: State) -> None:
        """Start or stop the clock as a new state asks."""
        state = self.app.state
        is_sliding = state.playing and isinstance(state.focus, Expanded)
        was_sliding = old.playing and isinstance(old.focus, Expanded)
        if (old.speed, old.focus, old.playing) != (state.speed, state.focus, state.playing):
            self.began = None
        if is_sliding != was_sliding:
            self.app.browser.animate(self.tick if is_sliding else None)

    def tick(self, seconds: float) -> None:
        """Move the window to where it is at this second of the clock."""
        if not self.app.state.playing:
            return
        if self.began is None or seconds - self.last > GAP:
            self.began = seconds, self.place  # a page that was hidden goes on where it was
        self.last = seconds
        began, start = self.began
        slide = self.slide
        place = slide.at(start, seconds - began)
        if place != self.place or self.app.state.window is None:
            self.app.dispatch("slide", *place)
        if place == slide.last:
            self.app.dispatch("reveal")
