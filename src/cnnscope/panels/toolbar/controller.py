"""The toolbar over the network: what is pressed in it, and the picture brought through it.

toolbar = Toolbar(desk)
toolbar.show_reading(True)     # a picture is being read
toolbar.bring(pixels)          # it is shown
"""

from collections.abc import Mapping, Sequence

from cnnscope.drawing.color import from_channels, opaque
from cnnscope.drawing.element import fragment
from cnnscope.drawing.scale import percent
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.toolbar.drawing import controls, controls_pose, enabling
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.ground import has_light_ground
from cnnscope.pictures.resize import Pixels
from cnnscope.state.state import (
    OWN_PICTURE,
    PHOTOS,
    State,
    is_altered,
    is_own,
    shown_picture,
)
from cnnscope.state.validation import takes_drawings
from cnnscope.views.shared.model import Model

GROUND = "picture.notice.ground"


class Toolbar:
    """The controls of one page."""

    def __init__(self, desk: Desk) -> None:
        """Stand at a desk."""
        self.desk = desk
        self.is_reading = False  # whether a picture is being read
        self.is_opening = False  # whether a network is
        self.error: tuple[str, Mapping[str, object]] | None = None  # its key and values
        self.actions: Mapping[str, Action] = {"dismiss": lambda _: self.dismiss()}
        self.regions: Sequence[Region] = (
            Drawn("toolbar", offered_in, self.draw),
            Drawn("toolbar.samples", offered_in, paint_samples),
            Drawn("toolbar.pressed", pressed_in, self.press),
            Drawn("toolbar.own", own_picture, self.paint_own),
        )

    @property
    def gallery(self) -> Gallery:
        """The network that is shown, with its pictures."""
        return self.desk.model.gallery

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of what the network reads, to which a picture is resized."""
        _, rows, cols = self.desk.model.network.input_shape
        return rows, cols

    def draw(self, model: Model, page: Page) -> None:
        """Take up or mount the controls, with what was last said there."""
        text, gallery = model.text, model.gallery
        is_first = model.state.network == PHOTOS and not model.state.opened
        is_built = is_first and page.holds("samples", "data-of", PHOTOS)
        if is_built and page.holds("samples", "data-language", text.language):
            page.pose(enabling(gallery.samples))
        else:
            strangers, (_, rows, cols) = gallery.out_of_distribution, model.trained.input_shape
            markup = controls(text, model.state, gallery.samples, strangers, size=(rows, cols),
                              can_draw=takes_drawings(model.trained))  # fmt: skip
            focused = page.focused()
            page.mount("controls", fragment(markup))
            if page.focused() != focused:
                page.focus(focused)
        page.pose({"edited.reset": {"text": model.text("edited.reset")}})
        page.pose({"chooser.label": {"text": self.label}})
        self.show_opening(self.is_opening)
        if self.error is not None:
            key, values = self.error
            page.alert(model.text(key, **values))

    def press(self, model: Model, page: Page) -> None:
        """Show what is pressed, and that kernels are changed."""
        answer = trained_answer(model) if is_altered(model.state) else ""
        page.pose(
            controls_pose(
                model.text, model.state, model.gallery.samples, answer,
                has_own=model.gallery.own is not None,
            )
        )  # fmt: skip

    def paint_own(self, model: Model, page: Page) -> None:
        """Paint the tile of the visitor's own picture."""
        if model.gallery.own is not None:
            page.paint(OWN_PICTURE, opaque(model.gallery.own))

    def show_reading(self, is_reading: bool) -> None:
        """Say that a picture is being read, or no longer."""
        self.is_reading = is_reading
        self.desk.page.pose({"chooser.label": {"text": self.label}})
        if is_reading:
            self.desk.page.announce(self.label)

    def show_opening(self, is_opening: bool) -> None:
        """Say that a network is being opened, or no longer."""
        is_new, self.is_opening = is_opening and not self.is_opening, is_opening
        said = self.desk.model.text("network.opening")
        busy = {"aria-busy": "true" if is_opening else None}
        self.desk.page.pose({"network.open.label": busy})
        if is_new:
            self.desk.page.announce(said)

    @property
    def label(self) -> str:
        """What the chooser of a picture says."""
        return self.desk.model.text("chooser.reading" if self.is_reading else "chooser")

    def bring(self, picture: Pixels, notices: Sequence[str] = ()) -> None:
        """Show a picture that the visitor brought; replaces the one brought before.

        The notices, keys of words about this picture, stay as long as the picture.
        """
        network, is_known = self.desk.model.trained, not is_own(self.desk.model.state.network)
        is_other = has_light_ground(picture) != network.scale.is_inverted
        if is_known and takes_drawings(network) and is_other:
            notices = (GROUND, *notices)
        self.desk.model.gallery.take_up(picture, notices)
        self.clear_error()
        self.desk.dispatch("bring")

    @property
    def drop_hint(self) -> str:
        """What the page says while a file is held over it."""
        return self.desk.model.text("drop.here")

    def show_error(self, key: str, /, **values: object) -> None:
        """Say what went wrong, in the words of a key; what is on screen stays."""
        self.error = key, values
        self.desk.page.announce("")  # no longer reading; the alert speaks for itself
        self.desk.page.alert(self.desk.model.text(key, **values))

    def clear_error(self) -> None:
        """Take away what was said to have gone wrong."""
        self.error = None
        self.desk.page.alert(None)

    def dismiss(self) -> None:
        """Take a message away and have the keyboard go on from the chooser."""
        self.clear_error()
        self.desk.page.focus("chooser")


def offered_in(model: Model) -> tuple[object, ...]:
    """What the controls offer."""
    offered = len(model.gallery.samples)
    return language_of(model), model.state.network, model.state.opened, offered


def paint_samples(model: Model, page: Page) -> None:
    """Paint the tiles of samples that come with another network than the page was built with."""
    if model.state.network != PHOTOS:
        for key in model.gallery.samples:
            page.paint(f"sample/{key}", from_channels(model.gallery.pixels(key)))


def trained_answer(model: Model) -> str:
    """The class that the network gives the picture with the kernels it was trained to."""
    first, share = model.gallery.trained_answer(model.picture, model.state.changes)
    name = model.text.named(model.classes[first])
    return model.text("announce.class", name=name, percent=percent(share))


def pressed_in(model: Model) -> tuple[object, ...]:
    """What the controls say of a model."""
    state = model.state
    reading = state.reading
    return (*offered_in(model), shown_picture(state), state.brought, reading.scale,
            reading.details, state.edits, state.relu,
            answered_in(state) if is_altered(state) else None)  # fmt: skip


def answered_in(state: State) -> object:
    """What the answer of the trained network depends on, told once a line is drawn."""
    return state.changes, None if state.pad.is_inking else state.pad.drawn


def own_picture(model: Model) -> tuple[object, ...]:
    """Which own picture the tile shows."""
    state = model.state
    return *offered_in(model), state.brought, state.pad.drawn, model.gallery.own is not None
