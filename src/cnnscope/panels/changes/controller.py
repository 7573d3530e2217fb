"""Changing the picture: buttons, the patch that is dragged over it, the brush.

changes = ChangesPanel(desk)
changes.begin((20, 14))    # a pointer was put down on the picture
changes.move((22, 14))
changes.end()

While something is dragged, only its newest place is worked out, once a frame.
"""

from collections.abc import Hashable, Mapping, Sequence

from cnnscope.drawing.element import fragment
from cnnscope.panels.base import Action, Desk, Drawn, Region, Same, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.changes.drawing import (
    CHANGED,
    answer_pose,
    patch_size,
    said,
    summary,
    tool_pose,
    tools,
)
from cnnscope.panels.changes.tool import SIZES, Tool
from cnnscope.state.changes import ERASER, PALETTE, line
from cnnscope.state.state import Explained, InputCard, Place, shown_picture
from cnnscope.views.overview.input_card import CHANGES
from cnnscope.views.shared.key_targets import ARROWS, cell_target
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.player_controls import OUTPUT

STRIDE = 2  # cells that an arrow key moves the patch
PRESS = (" ", "Enter")
DELETE = ("Delete", "Backspace")


class ChangesPanel:
    """What the picture of one page is changed with."""

    def __init__(self, desk: Desk) -> None:
        """Stand at a desk, with no brush in hand."""
        self.desk = desk
        self.tool = Tool()
        self.strokes = 0  # of the brush, counted
        self.grip = (0, 0)  # where the patch is held, from its corner
        self.last: Place | None = None  # where the brush was
        self.wanted: list[Place] = []  # where the pointer or the keys went since the last frame
        self.is_waiting = False  # for the next frame
        self.is_spoken = False  # whether the answer is to be said then
        self.actions: Mapping[str, Action] = {
            "change": self.change,
            "change.patch": lambda _: self.toggle_patch(),
            "change.brush": self.take,
            "change.size": self.resize,
            "change.undo": self.undo,
        }
        self.regions: Sequence[Region] = (
            Drawn("changes", card_shown, self.draw),
            Drawn("changes.answer", answer_shown, fill_in),
            Drawn("changes.mark", mark_shown, draw_mark),
        )

    @property
    def is_open(self) -> bool:
        """Whether the picture's card is open."""
        return isinstance(self.desk.model.state.focus, InputCard)

    def draw(self, model: Model, page: Page) -> None:
        """Mount the tools in the picture's card, if it is open."""
        if self.is_open:
            page.mount(CHANGES, fragment(tools(model)))
            self.show_tool()

    def change(self, name: str) -> None:
        """Change the whole picture in some way, or no longer."""
        self.dispatch("change", name)

    def dispatch(self, name: str, *arguments: object) -> None:
        """Apply a step, and say what the network answers then."""
        self.desk.dispatch(name, *arguments)
        self.speak()

    def speak(self) -> None:
        """Say what the network answers."""
        self.desk.announce(said(self.desk.model))

    def toggle_patch(self) -> None:
        """Lay the patch on the picture's middle, or take it away."""
        model = self.desk.model
        is_there = model.state.changes.patch is not None
        if not is_there:
            self.tool = Tool(size=self.tool.size)
            self.show_tool()
        self.hold()
        self.dispatch("patch", None if is_there else self.held(middle(model)))

    def take(self, colour: str) -> None:
        """Take the brush in a colour, or the eraser; or put it down again."""
        if colour == ERASER or colour in PALETTE:
            self.tool = self.tool.taken(colour)
            self.show_tool()

    def resize(self, size: str) -> None:
        """Make the brush wider or narrower."""
        if size.isdecimal() and int(size) in SIZES:
            self.tool = Tool(self.tool.brush, int(size), self.tool.cursor)
            self.show_tool()

    def show_tool(self) -> None:
        """Show which tool is in hand, and where."""
        self.desk.page.pose(tool_pose(self.desk.model, self.tool))

    def undo(self, where: str) -> None:
        """Give the picture back as it is; what was pressed outside of the card then goes."""
        if not self.desk.model.state.changes:
            return
        self.dispatch("unchange")
        if where:
            return
        model, page = self.desk.model, self.desk.page
        page.focus(OUTPUT if isinstance(model.state.focus, Explained) else "picture")

    def begin(self, place: Place) -> None:
        """A pointer was put down on the picture."""
        self.strokes, self.last = self.strokes + 1, None
        self.hold(place)
        self.move(place)

    def hold(self, place: Place | None = None) -> None:
        """Hold the patch at a place if it lies there, else in its middle."""
        corner, side = self.desk.model.state.changes.patch, patch_size(self.desk.model)
        self.grip = side // 2, side // 2
        if corner is not None and place is not None:
            row, col = place[0] - corner[0], place[1] - corner[1]
            if 0 <= row < side and 0 <= col < side:
                self.grip = row, col

    def move(self, place: Place) -> None:
        """The pointer went on."""
        self.wanted.append(place)
        self.soon()

    def hover(self, place: Place | None) -> None:
        """The pointer over the picture, not pressed."""
        if self.tool.brush is not None and self.tool.cursor != place:
            self.tool = self.tool.at(place)
            self.show_tool()

    def end(self) -> None:
        """The pointer was lifted."""
        self.is_spoken = True
        self.soon()

    def soon(self) -> None:
        """Work out what is wanted before the next frame."""
        if not self.is_waiting:
            self.is_waiting = True
            self.desk.page.later(self.catch_up)

    def catch_up(self) -> None:
        """Have the picture changed by all that the pointer did since the last frame."""
        self.is_waiting = False
        wanted, self.wanted = self.wanted, []
        if not self.is_open:
            return
        if wanted and self.tool.brush is None:
            self.desk.dispatch("patch", self.held(wanted[-1]))
        elif wanted:
            self.paint(wanted)
        if self.is_spoken:
            self.is_spoken = False
            self.speak()

    def paint(self, wanted: Sequence[Place]) -> None:
        """Draw the brush over some places and what is between them."""
        places = []
        for place in wanted:
            places += line(self.last or place, place)
            self.last = place
        self.tool = self.tool.at(wanted[-1])
        self.show_tool()
        self.desk.dispatch("brush", self.strokes, places, self.tool.size, self.tool.brush)

    def held(self, place: Place) -> Place:
        """The patch's corner where it is held at a place, within the picture."""
        _, rows, cols = self.desk.model.network.input_shape
        side = patch_size(self.desk.model)
        row, col = place[0] - self.grip[0], place[1] - self.grip[1]
        return max(0, min(row, rows - side)), max(0, min(col, cols - side))

    def press(self, key: str) -> bool:
        """A key on the picture; whether it means something there."""
        if not self.is_open:
            return False
        return self.press_patch(key) if self.tool.brush is None else self.press_brush(key)

    def press_patch(self, key: str) -> bool:
        """A key that lays the patch there, moves it or takes it away."""
        corner = self.desk.model.state.changes.patch
        if key in PRESS or (key in DELETE and corner is not None):
            self.toggle_patch()
            return True
        if key not in ARROWS:
            return False
        if corner is None:
            self.toggle_patch()
            return True
        across, down = ARROWS[key]
        self.grip = 0, 0
        row, col = self.wanted[-1] if self.wanted else corner
        self.move(self.held((row + STRIDE * down, col + STRIDE * across)))
        self.is_spoken = True
        return True

    def press_brush(self, key: str) -> bool:
        """A key that moves the brush, or paints where it is."""
        model = self.desk.model
        _, rows, cols = model.network.input_shape
        here = self.tool.cursor or middle(model)
        if key in PRESS:
            self.begin(here)
            self.end()
            return True
        target = cell_target(key, here, rows, cols)
        if target is not None:
            self.hover(target)
            row, col = target
            self.desk.announce(model.text("brush.at", row=row + 1, col=col + 1))
        return target is not None


def middle(model: Model) -> Place:
    """The cell in the picture's middle."""
    _, rows, cols = model.network.input_shape
    return rows // 2, cols // 2


def card_shown(model: Model) -> Hashable:
    """Of which picture the card is that the tools stand in; None while it is closed."""
    if not isinstance(model.state.focus, InputCard):
        return None
    return language_of(model), Same(model.plan.boxes), shown_picture(model.state)


def answer_shown(model: Model) -> Hashable:
    """What is changed, and what the network makes of it."""
    shown = card_shown(model)
    return shown if shown is None else (shown, model.state.changes, Same(model.trace))


def fill_in(model: Model, page: Page) -> None:
    """Write the answers, and show what is pressed."""
    if isinstance(model.state.focus, InputCard):
        page.pose(answer_pose(model))


def mark_shown(model: Model) -> Hashable:
    """What is told of the changes wherever the visitor is."""
    changes, state = model.state.changes, model.state
    if not changes:
        return language_of(model)
    told = changes.named, bool(changes.paint), changes.patch is not None
    is_open = isinstance(state.focus, InputCard)
    drawn = language_of(model), Same(model.plan.boxes)  # with the network, which is marked
    return drawn, told, is_open, shown_picture(state), state.edits


def draw_mark(model: Model, page: Page) -> None:
    """Mark the picture as changed, and say so, unless its card does."""
    changes, text = model.state.changes, model.text
    page.pose({
        CHANGED: {"hidden": not changes or isinstance(model.state.focus, InputCard)},
        f"{CHANGED}.text": {"text": summary(model) if changes else ""},
        f"{CHANGED}.undo": {"text": text("changes.undo")},
        "picture": {"data-edited": bool(changes),
                    "aria-describedby": f"{CHANGED}-text" if changes else None},
    })  # fmt: skip
