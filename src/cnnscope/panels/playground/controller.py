"""The playground on the page: what is typed, pressed, pointed at and played in it.

playground = PlaygroundController(app)
playground.draw()                 # also after the article around it was replaced
playground.type("stride", "2")
"""

from collections.abc import Callable, Mapping

from cnnscope.drawing.rounding import DECIMALS
from cnnscope.drawing.timeline import STEPS_PER_SECOND, Slide
from cnnscope.nn.kernels import LIMIT
from cnnscope.panels.base import Explaining
from cnnscope.panels.player import Player
from cnnscope.panels.playground.code import LINES
from cnnscope.panels.playground.drawing import (
    PLAYGROUND,
    PREFIX,
    fields_pose,
    moving_pose,
    playground,
    playground_pose,
    regions,
    said,
    weights_region,
)
from cnnscope.panels.playground.grids import GIVEN, MADE, paintings, weights_pose
from cnnscope.panels.playground.messages import place_of, size_line
from cnnscope.panels.playground.numbers import named, numbers_for, plain
from cnnscope.state.playground import RANGES, Playground, read_setting
from cnnscope.state.state import Place, State
from cnnscope.state.url import read_number
from cnnscope.views.shared.arrow_keys import cell_target

NUDGE = 0.1  # what an arrow key adds to a number of the kernel
ARROWS: Mapping[str, int] = {"ArrowUp": 1, "ArrowDown": -1}
LEAP = 3  # steps that Page Up and Page Down take at once


class PlaygroundController:
    """The playground of one page; it is the track that its own player plays."""

    prefix = PREFIX
    clock = PLAYGROUND

    def __init__(self, app: Explaining) -> None:
        """Tune for an application."""
        self.app = app
        self.player = Player(app, self)
        self.actions: Mapping[str, Callable[[str], None]] = {
            "pad": self.pad,
            "preset": lambda preset: self.change("preset", preset),
            "remedy": self.remedy,
            "reset": lambda _: self.change("reset"),
            "copy": self.copy,
        }

    @property
    def playground(self) -> Playground:
        """What is set."""
        return self.app.state.playground

    # The track.

    @property
    def slide(self) -> Slide:
        """The way of the window at the chosen speed."""
        return numbers_for(self.playground).slide(STEPS_PER_SECOND[self.app.state.speed])

    @property
    def window(self) -> Place | None:
        """Where the window was put."""
        return self.playground.window

    @property
    def has_begun(self) -> bool:
        """There is always a window."""
        return True

    def is_sliding(self, state: State) -> bool:
        """Whether the window slides by itself."""
        return state.playground.playing

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""
        return state.playground.settings, state.playground.playing, state.speed

    def say(self) -> None:
        """Say what the window makes."""
        self.app.browser.announce(said(self.app.text, self.playground))

    # What is drawn.

    def draw(self) -> None:
        """Mount the playground where the article has a place for it."""
        text, browser = self.app.text, self.app.browser
        browser.mount(PLAYGROUND, str(playground(text, self.app.state.speed)))
        browser.mount("playground.weights", weights_region(text, self.playground))
        self.draw_grids()

    def draw_grids(self) -> None:
        """Mount and fill what other settings change."""
        text, browser = self.app.text, self.app.browser
        for region, markup in regions(text, self.playground):
            browser.mount(region, markup)
        self.fill()
        for key, rgba in paintings(numbers_for(self.playground)):
            browser.paint(key, rgba)

    def fill(self) -> None:
        """Write everything that changes with the state."""
        state = self.app.state
        self.app.browser.pose(playground_pose(self.app.text, state.playground, state.speed))

    def tidy(self) -> None:
        """Have the fields show how what was typed into them is read."""
        made = numbers_for(self.playground)
        fields = fields_pose(self.app.text, self.playground)
        self.app.browser.pose({**fields, **weights_pose(self.playground, made)})

    def follow(self, old: State) -> None:
        """Draw what a new state changes."""
        state, was, now = self.app.state, old.playground, self.playground
        if was.settings.kernel != now.settings.kernel:
            self.app.browser.mount("playground.weights", weights_region(self.app.text, now))
        if (was.settings, was.kernel) != (now.settings, now.kernel):
            self.draw_grids()
        elif was.drafts != now.drafts:
            self.fill()
        elif (was, old.speed) != (now, state.speed):
            self.app.browser.pose(moving_pose(self.app.text, now, state.speed))
        self.player.follow(old)

    # What is done to it.

    def act(self, name: str, argument: str) -> None:
        """Do what an element of the playground asks for, named without the prefix."""
        if name in self.actions:
            self.actions[name](argument)
        elif name in self.player.actions and self.slide.rows:
            self.player.actions[name]()

    def change(self, name: str, *arguments: object) -> None:
        """Apply an action, and say what size the output has now."""
        self.app.dispatch(f"{PREFIX}{name}", *arguments)
        self.app.browser.announce(size_line(self.app.text, self.playground))

    def type(self, field: str, typed: str) -> None:
        """Take over what is typed or slid; what cannot be used is kept beside the picture."""
        kind, _, position = field.partition("/")
        if kind == "weight":
            self.weigh(field, int(position), typed)
            return
        value = read_setting(field, typed)
        if value is None:
            self.app.dispatch(f"{PREFIX}refuse", field, typed)
        else:
            self.change("choose", field, value)

    def weigh(self, field: str, position: int, typed: str) -> None:
        """Take over a number of the kernel."""
        size = self.playground.settings.kernel
        value = read_number(typed)
        if position >= size * size:
            return
        if value is None or abs(value) > LIMIT:
            self.app.dispatch(f"{PREFIX}refuse", field, typed)
            return
        numbers = (numbers_for(self.playground).kernel / 10**DECIMALS).ravel().tolist()
        numbers[position] = round(value, DECIMALS) + 0.0  # no negative zero
        self.app.dispatch(f"{PREFIX}weigh", position, named(tuple(numbers), size))
        self.say()

    @staticmethod
    def steps(field: str, key: str) -> int:
        """By how many steps a key changes the number in a field; 0 where it does not.

        In a number of a kernel, Home and End move the cursor, as in any text.
        """
        if key in ARROWS or field not in RANGES:
            return ARROWS.get(key, 0)
        whole = len(RANGES[field])
        return {"PageUp": LEAP, "PageDown": -LEAP, "End": whole, "Home": -whole}.get(key, 0)

    def nudge(self, field: str, typed: str, by: int) -> None:
        """Make the number in a field larger or smaller by a step for each ``by``."""
        if field in RANGES:
            allowed = RANGES[field]
            now: int = getattr(self.playground.settings, field)
            self.type(field, str(max(allowed[0], min(allowed[-1], now + by))))
        else:
            value = read_number(typed)
            if value is not None:
                changed = max(-LIMIT, min(LIMIT, value + by * NUDGE))
                self.type(field, plain(round(changed * 10**DECIMALS)))
        self.tidy()

    def is_refused(self, field: str) -> bool:
        """Whether what a field holds cannot be used."""
        return field in dict(self.playground.drafts)

    def drop(self, field: str) -> None:
        """Forget what cannot be used in a field."""
        self.app.dispatch(f"{PREFIX}forget", field)

    def pad(self, preset: str) -> None:
        """Pad as a preset says: none, or as much as the window reaches beyond its middle."""
        geometry = numbers_for(self.playground).geometry
        wanted = (geometry.span - 1) // 2 if preset == "same" else 0
        self.change("choose", "padding", min(wanted, RANGES["padding"][-1]))

    def remedy(self, argument: str) -> None:
        """Change what stands in the way of an output."""
        field, _, value = argument.partition(",")
        if field in RANGES and read_setting(field, value) is not None:
            self.change("choose", field, int(value))
            self.app.browser.focus(MADE)  # the button that was pressed is gone

    def copy(self, library: str) -> None:
        """Put a line of code on the clipboard, and say so."""
        if library not in LINES:
            return
        line = LINES[library](numbers_for(self.playground).geometry)

        def copied(is_done: bool) -> None:
            key = "playground.copied" if is_done else "playground.copied.not"
            self.app.browser.pose({"playground.code.note": {"text": self.app.text(key)}})
            self.app.browser.announce(self.app.text(key))

        self.app.browser.copy(line, copied)

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of the input or of the output."""
        made = numbers_for(self.playground)
        if not made.geometry.count:
            return
        place = made.place_over(row, col) if frame == GIVEN else (row, col)
        if place != place_of(self.playground) or self.playground.playing:
            self.app.dispatch(f"{PREFIX}window", *place)

    def press(self, key: str, place: str) -> bool:
        """A key pressed on a grid; returns whether it meant something there."""
        count = self.slide.rows
        if not count or place not in (GIVEN, MADE):
            return False
        if key == " ":
            self.act("pause" if self.playground.playing else "play", "")
            return True
        cell = cell_target(key, place_of(self.playground), count, count)
        if cell is not None:
            self.app.dispatch(f"{PREFIX}window", *cell)
            self.say()
        return cell is not None
