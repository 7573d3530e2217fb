"""The drawing pad: what pointers and keys draw on it goes through the network as it is drawn.

pad = PadPanel(desk)
pad.press_down((0.3, 0.2))    # a pointer was put down; places are 0..1 of the pad
pad.move((0.3, 0.8))
pad.lift()                    # the answer is said

All that is drawn between two frames is one picture. Bringing a picture is a step in the history
and sets off a wave; a line that is drawn is neither.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cnnscope.panels.base import Action, Desk, Region
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.pad.drawing import OPENER, PANEL, SURFACE, answer, pen_pose, sketch_pose
from cnnscope.panels.pad.pen import CENTRED, PLACINGS, THICKNESSES, Pen, moved
from cnnscope.panels.pad.place import is_beside, is_shown
from cnnscope.panels.pad.regions import pad_regions
from cnnscope.panels.pad.sketch import (
    Point,
    Sketch,
    begun,
    cleared,
    extended,
    redone,
    undone,
)
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.strokes import centred, rasterised, to_pixels
from cnnscope.state.state import OWN_PICTURE
from cnnscope.state.validation import takes_drawings
from cnnscope.views.shared.model import Model

PLACES = (PANEL, SURFACE)
"""Keys of the places where keys mean something to the pad."""

NETWORK = "explainer"
PRESS = (" ", "Enter")
DELETE = ("Delete", "Backspace")
LEAST = 0.006  # of the pad's side, that a pointer goes before it draws


class PadPanel:
    """The pad of one page."""

    def __init__(self, desk: Desk) -> None:
        """Stand at a desk; nothing is drawn yet."""
        self.desk = desk
        self.is_known = False  # whether the visitor was shown the pad already
        self.sketch = Sketch()
        self.drawn_for: Gallery | None = None  # whose picture the sketch is
        self.pen = Pen()
        self.at: Point | None = None  # where the pen last drew, perhaps off the pad
        self.wanted: list[tuple[Point, bool]] = []  # since the last frame: where, and if anew
        self.is_waiting = False  # for the next frame
        self.is_ending = False  # whether a line ends then
        self.actions: Mapping[str, Action] = {
            "pad.open": lambda _: self.close() if self.is_open else self.open(),
            "pad.close": lambda _: self.close(),
            "pad.undo": lambda _: self.change(undone),
            "pad.redo": lambda _: self.change(redone),
            "pad.clear": lambda _: self.change(cleared),
            "pad.thickness": self.take_pen,
            "pad.placing": self.place,
        }
        self.regions: Sequence[Region] = pad_regions(self.draw_sketch)

    @property
    def is_open(self) -> bool:
        """Whether the pad is on the page."""
        model = self.desk.model
        return is_shown(model.state, model.trained)

    def open(self) -> None:
        """Lay the pad beside the network, with the keyboard on it."""
        model, page = self.desk.model, self.desk.page
        if not takes_drawings(model.trained):
            return
        self.show()
        if page.viewport().is_strip:
            page.reveal(NETWORK)
        page.focus(SURFACE)

    def show(self) -> None:
        """Lay the pad beside the network; over one at the foot, have all of the network in sight.

        On a phone that is not to be had, and what was pressed stays in sight.
        """
        self.is_known = True
        self.desk.dispatch("pad", True)
        window = self.desk.page.viewport()
        if not (window.is_strip or is_beside(window)):
            self.desk.page.reveal(NETWORK)

    def welcome(self) -> None:
        """A network was chosen: one that reads drawings brings the pad, the first time."""
        if not self.is_known and takes_drawings(self.desk.model.trained):
            self.show()

    def close(self) -> None:
        """Take the pad away; the keyboard goes on from what opens it, or from the network."""
        if self.desk.model.state.pad.is_inking:
            self.give()  # as at the end of a line
        self.pen = replace(self.pen, is_down=False)
        self.desk.dispatch("pad", False)
        model, page = self.desk.model, self.desk.page
        page.focus(OPENER)
        if page.focused() != OPENER:
            page.focus(str(model.plan.tab_stop(model.state.pointer.tab_stop)))

    def draw_sketch(self, model: Model, page: Page) -> None:
        """Show what is drawn, and the pen."""
        if is_shown(model.state, model.trained):
            self.settle(model)
            page.pose(sketch_pose(self.sketch))
            page.pose(pen_pose(self.pen))

    def settle(self, model: Model) -> None:
        """Begin with an empty pad where another picture took the place of what was drawn."""
        gallery = model.gallery
        if gallery is not self.drawn_for or not gallery.is_drawn:
            self.sketch, self.drawn_for = Sketch(), gallery

    def press_down(self, place: Point) -> None:
        """A pen was set down on the pad, while none is by keys."""
        self.pen = replace(self.pen, is_down=False)
        self.is_ending = False  # of a line that ended in this very frame, no more is said
        self.wanted.append((place, True))
        self.soon()

    def move(self, place: Point) -> None:
        """The pen went on."""
        self.wanted.append((place, False))
        self.soon()

    def lift(self) -> None:
        """The pen was lifted."""
        self.is_ending = True
        self.soon()

    def soon(self) -> None:
        """Show what is drawn before the next frame."""
        if not self.is_waiting:
            self.is_waiting = True
            self.desk.page.later(self.catch_up)

    def catch_up(self) -> None:
        """Have the network read all that was drawn since the last frame."""
        self.is_waiting = False
        wanted, self.wanted = self.wanted, []
        is_ending, self.is_ending = self.is_ending, False
        if not self.is_open:
            return
        self.settle(self.desk.model)
        before = self.sketch
        for place, is_new in wanted:
            self.draw_to(place, is_new)
        if self.sketch is not before or is_ending:
            self.give(is_inking=not is_ending)
        if is_ending:
            self.at = None
            self.desk.announce(answer(self.desk.model))

    def draw_to(self, place: Point, is_new: bool) -> None:
        """Draw a line on to a place; at first, set the pen down there."""
        if is_new or self.at is None:
            self.sketch = begun(self.sketch, place)
        elif max(abs(place[0] - self.at[0]), abs(place[1] - self.at[1])) < LEAST:
            return
        else:
            self.sketch = extended(self.sketch, self.at, place)
        self.at = place

    def give(self, *, is_inking: bool = False) -> None:
        """Give the network what is drawn; an empty pad only in place of a drawing."""
        model = self.desk.model
        if not (self.sketch.lines or model.gallery.is_drawn):
            self.show_pen()
            return
        is_new = not model.gallery.is_drawn
        model.gallery.take_up(self.picture(model), is_drawn=True)
        self.desk.dispatch("ink", is_inking, is_new)

    def picture(self, model: Model) -> Pixels:
        """What is drawn, as a picture; dark on light for a network that takes the negative."""
        _, rows, cols = model.trained.input_shape
        make = centred if self.pen.placing == CENTRED else rasterised
        ink = make(self.sketch.lines, self.pen.width, rows, cols)
        return to_pixels(1 - ink if model.trained.scale.is_inverted else ink)

    def change(self, step: Callable[[Sketch], Sketch]) -> None:
        """Take a stroke back, draw it again, or wipe the pad; say the answer then."""
        self.raise_pen()
        self.settle(self.desk.model)
        before, self.sketch = self.sketch, step(self.sketch)
        if self.sketch is not before:
            self.give()
            empty = "" if self.sketch.lines else self.desk.model.text("pad.is_empty")
            self.desk.announce(empty, answer(self.desk.model))

    def take_pen(self, thickness: str) -> None:
        """Have all lines be as thick as another pen would have made them."""
        if thickness in THICKNESSES:
            self.use(replace(self.pen, thickness=thickness))

    def place(self, placing: str) -> None:
        """Give the network the drawing as it stands, or as MNIST's digits are."""
        if placing in PLACINGS:
            self.use(replace(self.pen, placing=placing))

    def use(self, pen: Pen) -> None:
        """Draw with another pen; say the answer, if that changes what is shown."""
        self.pen = pen
        if self.desk.model.picture != OWN_PICTURE:
            self.show_pen()
            return
        self.settle(self.desk.model)
        self.give()
        if self.sketch.lines:
            self.desk.announce(answer(self.desk.model))

    def show_pen(self) -> None:
        """Show the pen as it is now."""
        self.desk.page.pose(pen_pose(self.pen))

    def press(self, key: str, place: str) -> bool:
        """A key on the pad; whether it means something there."""
        if key == "Escape":
            self.leave()
            return True
        if key in DELETE:
            self.change(undone)
            return True
        return place == SURFACE and self.press_on_surface(key)

    def press_on_surface(self, key: str) -> bool:
        """A key that moves the pen, sets it down or lifts it."""
        if key in PRESS:
            self.toggle_pen()
            return True
        pen = moved(self.pen, key)
        if pen is None:
            return False
        self.pen = pen
        self.show_pen()
        row, col = pen.row_col
        self.desk.announce(self.desk.model.text("brush.at", row=row, col=col))
        if pen.is_down:
            self.move(pen.place)
        return True

    def toggle_pen(self) -> None:
        """Set the pen down by a key, or lift it."""
        if self.pen.is_down:
            self.raise_pen()
            return
        self.press_down(self.pen.place)
        self.pen = replace(self.pen, is_down=True)
        self.show_pen()
        self.desk.announce(self.desk.model.text("pad.down"))

    def raise_pen(self) -> None:
        """Lift the pen that a key set down, if it is."""
        if self.pen.is_down:
            self.pen = replace(self.pen, is_down=False)
            self.show_pen()
            self.lift()

    def leave(self) -> None:
        """Go one level up: lift the pen, else close the pad."""
        if self.pen.is_down:
            self.raise_pen()
        else:
            self.close()
