"""The playground on the page: what is typed, pressed, pointed at and played in it.

playground = PlaygroundPanel(desk)
playground.type("stride", "2")
"""

from collections.abc import Mapping, Sequence

from cnnscope.drawing.rounding import DECIMALS
from cnnscope.drawing.timeline import STEPS_PER_SECOND, Slide
from cnnscope.nn.kernels import LIMIT
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
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
from cnnscope.state.codecs import read_number
from cnnscope.state.playground import RANGES, Playground, read_setting
from cnnscope.state.state import State, Sweep
from cnnscope.views.shared.key_targets import cell_target
from cnnscope.views.shared.model import Model

NUDGE = 0.1  # what an arrow key adds to a number of the kernel
ARROWS: Mapping[str, int] = {"ArrowUp": 1, "ArrowDown": -1}
LEAP = 3  # steps that Page Up and Page Down take at once


class PlaygroundPanel:
    """The playground of one page; it is the track that its own player plays."""

    prefix = PREFIX
    clock = PLAYGROUND

    def __init__(self, desk: Desk) -> None:
        """Stand at a desk."""
        self.desk = desk
        self.player = Player(desk, self)
        self.actions: Mapping[str, Action] = {
            **self.player.actions,
            f"{PREFIX}pad": self.pad,
            f"{PREFIX}preset": lambda preset: self.change("preset", preset),
            f"{PREFIX}remedy": self.remedy,
            f"{PREFIX}reset": lambda _: self.change("reset"),
            f"{PREFIX}copy": self.copy,
        }
        self.regions: Sequence[Region] = (
            Drawn(PLAYGROUND, language_of, draw_panel),
            Drawn(f"{PREFIX}weights", weights_shown, draw_weights),
            Drawn(f"{PREFIX}grids", grids_shown, draw_grids),
            Drawn(f"{PREFIX}fields", fields_shown, fill),
            Drawn(f"{PREFIX}window", window_shown, move),
        )

    @property
    def playground(self) -> Playground:
        """What is set."""
        return self.desk.model.state.playground

    # The track.

    def slide(self, model: Model) -> Slide:
        """The way of the window at the chosen speed."""
        speed = STEPS_PER_SECOND[model.state.reading.speed]
        return numbers_for(model.state.playground).slide(speed)

    def sweep(self, state: State) -> Sweep:
        """The window."""
        return state.playground.sweep

    def plays_by_itself(self, _model: Model) -> bool:
        """It is the reader's."""
        return False

    def has_begun(self, _model: Model) -> bool:
        """There is always a window."""
        return True

    def course(self, state: State) -> object:
        """What another way or another speed comes of."""
        playground = state.playground
        return playground.settings, playground.sweep.playing, state.reading.speed

    def announce(self) -> None:
        """Say what the window makes."""
        self.desk.announce(said(self.desk.model.text, self.playground))

    # What is done to it.

    def tidy(self) -> None:
        """Have the fields show how what was typed into them is read."""
        made, text = numbers_for(self.playground), self.desk.model.text
        fields = fields_pose(text, self.playground)
        self.desk.page.pose({**fields, **weights_pose(self.playground, made)})

    def change(self, name: str, *arguments: object) -> None:
        """Apply an action, and say what size the output has now."""
        self.desk.dispatch(f"{PREFIX}{name}", *arguments)
        self.desk.announce(size_line(self.desk.model.text, self.playground))

    def type(self, field: str, typed: str) -> None:
        """Take over what is typed or slid; what cannot be used is kept beside the picture."""
        kind, _, position = field.partition("/")
        if kind == "weight":
            self.weigh(field, int(position), typed)
            return
        value = read_setting(field, typed)
        if value is None:
            self.desk.dispatch(f"{PREFIX}refuse", field, typed)
        else:
            self.change("choose", field, value)

    def weigh(self, field: str, position: int, typed: str) -> None:
        """Take over a number of the kernel."""
        size = self.playground.settings.kernel
        value = read_number(typed)
        if position >= size * size:
            return
        if value is None or abs(value) > LIMIT:
            self.desk.dispatch(f"{PREFIX}refuse", field, typed)
            return
        numbers = (numbers_for(self.playground).kernel / 10**DECIMALS).ravel().tolist()
        numbers[position] = round(value, DECIMALS) + 0.0  # no negative zero
        self.desk.dispatch(f"{PREFIX}weigh", position, named(tuple(numbers), size))
        self.announce()

    @staticmethod
    def steps(field: str, key: str) -> int:
        """By how many steps a key changes the number in a field; 0 where it does not.

        In a number of a kernel, Home and End move the cursor, as in any text.
        """
        if key in ARROWS or field not in RANGES:
            return ARROWS.get(key, 0)
        whole = len(RANGES[field])
        return {"PageUp": LEAP, "PageDown": -LEAP, "End": whole, "Home": -whole}.get(key, 0)

    def nudge(self, field: str, typed: str, key: str) -> bool:
        """Make the number in a field larger or smaller by a step; whether the key does that."""
        by = self.steps(field, key)
        if by and field in RANGES:
            allowed = RANGES[field]
            now: int = getattr(self.playground.settings, field)
            self.type(field, str(max(allowed[0], min(allowed[-1], now + by))))
        elif by:
            value = read_number(typed)
            if value is not None:
                changed = max(-LIMIT, min(LIMIT, value + by * NUDGE))
                self.type(field, plain(round(changed * 10**DECIMALS)))
        if by:
            self.tidy()
        return bool(by)

    def restore(self, field: str) -> bool:
        """Forget what cannot be used in a field; whether there was such a thing."""
        if field not in dict(self.playground.drafts):
            return False
        self.desk.dispatch(f"{PREFIX}forget", field)
        self.tidy()
        return True

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
            self.desk.page.focus(MADE)  # the button that was pressed is gone

    def copy(self, library: str) -> None:
        """Put a line of code on the clipboard, and say so."""
        if library not in LINES:
            return
        line = LINES[library](numbers_for(self.playground).geometry)

        def copied(is_done: bool) -> None:
            key = "playground.copied" if is_done else "playground.copied.not"
            self.desk.page.pose({"playground.code.note": {"text": self.desk.model.text(key)}})
            self.desk.announce(self.desk.model.text(key))

        self.desk.page.copy(line, copied)

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of the input or of the output."""
        made = numbers_for(self.playground)
        if not made.geometry.count:
            return
        place = made.place_over(row, col) if frame == GIVEN else (row, col)
        if place != place_of(self.playground) or self.playground.sweep.playing:
            self.desk.dispatch(f"{PREFIX}window", *place)

    def press(self, key: str, place: str) -> bool:
        """A key pressed on a grid; returns whether it meant something there."""
        count = self.player.slide.rows
        if not count or place not in (GIVEN, MADE):
            return False
        if key == " ":
            name = "pause" if self.playground.sweep.playing else "play"
            self.actions[f"{PREFIX}{name}"]("")
            return True
        cell = cell_target(key, place_of(self.playground), count, count)
        if cell is not None:
            self.desk.dispatch(f"{PREFIX}window", *cell)
            self.announce()
        return cell is not None


def draw_panel(model: Model, page: Page) -> None:
    """Mount the playground where the article has a place for it."""
    page.mount(PLAYGROUND, str(playground(model.text, model.state.reading.speed)))


def weights_shown(model: Model) -> tuple[object, ...]:
    """How many numbers the kernel has."""
    return language_of(model), model.state.playground.settings.kernel


def draw_weights(model: Model, page: Page) -> None:
    """Mount the kernel's fields."""
    page.mount(f"{PREFIX}weights", weights_region(model.text, model.state.playground))


def grids_shown(model: Model) -> tuple[object, ...]:
    """What the grids and the formulas show."""
    playground = model.state.playground
    return language_of(model), playground.settings, playground.kernel


def draw_grids(model: Model, page: Page) -> None:
    """Mount and paint what other settings change."""
    for region, markup in regions(model.text, model.state.playground):
        page.mount(region, markup)
    for key, rgba in paintings(numbers_for(model.state.playground)):
        page.paint(key, rgba)


def fields_shown(model: Model) -> tuple[object, ...]:
    """What the fields hold and what is said of it."""
    return *grids_shown(model), model.state.playground.drafts


def fill(model: Model, page: Page) -> None:
    """Write everything that changes with the settings."""
    page.pose(playground_pose(model.text, model.state.playground, model.state.reading.speed))


def window_shown(model: Model) -> tuple[object, ...]:
    """Where the window stands and how it slides."""
    return *grids_shown(model), model.state.playground.sweep, model.state.reading.speed


def move(model: Model, page: Page) -> None:
    """Write what changes as the window moves."""
    page.pose(moving_pose(model.text, model.state.playground, model.state.reading.speed))
