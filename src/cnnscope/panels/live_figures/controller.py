"""A live figure on the page: drawn when it comes near, played for as long as it is seen.

figure = LiveFigure(desk, "sliding", DRAWINGS["sliding"])
figure.actions["sliding.near"]("")     # drawn
figure.actions["sliding.seen"]("")     # plays
figure.actions["sliding.gone"]("")     # waits
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from cnnscope.drawing.timeline import Slide
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.live_figures.registry import Drawing
from cnnscope.panels.live_figures.sheet import speed_of
from cnnscope.panels.player import Player
from cnnscope.panels.playground.messages import cell_line, size_line
from cnnscope.panels.playground.numbers import numbers_for
from cnnscope.state.figures import CHOICES
from cnnscope.state.playground import Playground, read_setting
from cnnscope.state.state import State, Sweep
from cnnscope.views.shared.model import Model


class LiveFigure:
    """One figure of a page; it is the track that its own player plays."""

    def __init__(self, desk: Desk, name: str, drawing: Drawing) -> None:
        """Stand at a desk; nothing is drawn before it comes near."""
        self.desk = desk
        self.clock = name
        self.prefix = f"{name}."
        self.drawing = drawing
        self.on_sight: Literal["replay", "play"] | None = "replay"  # what it does when seen
        self.player = Player(desk, self)
        self.actions: Mapping[str, Action] = {
            **self.player.actions,
            f"{name}.near": lambda _: desk.dispatch("near", name),
            f"{name}.seen": lambda _: self.see(),
            f"{name}.gone": lambda _: self.leave(),
            f"{name}.choose": self.choose,
        }
        self.regions: Sequence[Region] = (
            Drawn(name, self.depends, self.draw),
            Drawn(f"{name}.window", self.depends_on_window, self.move),
        )

    # The track.

    def slide(self, model: Model) -> Slide:
        """The way of the window at the chosen speed."""
        return numbers_for(self.shown(model.state)).slide(speed_of(model.state.reading.speed))

    def sweep(self, state: State) -> Sweep:
        """The window."""
        return self.shown(state).sweep

    def plays_by_itself(self, _model: Model) -> bool:
        """It does where it is seen, not where the page begins."""
        return False

    def has_begun(self, _model: Model) -> bool:
        """There is always a window."""
        return True

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""
        return self.shown(state).settings, self.sweep(state).playing, state.reading.speed

    def announce(self) -> None:
        """Say what the window makes."""
        self.desk.announce(cell_line(self.desk.model.text, self.shown(self.desk.model.state)))

    # What is done to it.

    def shown(self, state: State) -> Playground:
        """What it shows."""
        found: Playground = getattr(state.figures, self.clock)
        return found

    def see(self) -> None:
        """Begin, or go on; not where motion is unwelcome."""
        if self.on_sight is not None and not self.desk.page.is_still():
            begin, self.on_sight = self.on_sight, None
            self.player.dispatch(begin)

    def leave(self) -> None:
        """Wait until it is seen again."""
        if self.sweep(self.desk.model.state).playing:
            self.on_sight = "play"
            self.player.dispatch("pause")

    def choose(self, argument: str) -> None:
        """Choose a value of a hyper-parameter."""
        name, _, typed = argument.partition(",")
        value = read_setting(name, typed) if name in CHOICES else None
        if value is None or value not in CHOICES[name]:
            return
        self.player.dispatch("choose", name, value)
        self.desk.page.focus(f"{self.prefix}{name}/{value}")  # the button is another
        self.desk.announce(size_line(self.desk.model.text, self.shown(self.desk.model.state)))

    # How it is drawn.

    def depends(self, model: Model) -> tuple[object, ...] | None:
        """What it is made of; None until it is near."""
        if self.clock not in model.state.figures.near:
            return None
        return language_of(model), self.shown(model.state).settings

    def draw(self, model: Model, page: Page) -> None:
        """Mount it in its place in the article."""
        if self.depends(model) is not None:
            page.mount(self.clock, str(self.drawing.figure(model.text, self.shown(model.state))))

    def depends_on_window(self, model: Model) -> object:
        """Where its window is."""
        made_of = self.depends(model)
        return made_of and (made_of, self.sweep(model.state))

    def move(self, model: Model, page: Page) -> None:
        """Write what changes as the window moves."""
        if self.depends(model) is not None:
            page.pose(self.drawing.pose(model.text, self.shown(model.state)))
