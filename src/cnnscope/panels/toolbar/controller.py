"""The controls over the network: what is pressed in them, and the picture brought through them.

chooser = Chooser(app)
chooser.draw()
chooser.read(True)       # a picture is being read
chooser.bring(pixels)    # it is shown
"""

from collections.abc import Mapping

from cnnscope.drawing.color import opaque
from cnnscope.drawing.element import Pose, fragment
from cnnscope.drawing.scale import percent
from cnnscope.panels.base import Showing
from cnnscope.panels.toolbar.drawing import controls, controls_pose
from cnnscope.pictures.resize import Pixels
from cnnscope.state.state import OWN_PICTURE, State, shown_picture


class Chooser:
    """The controls of one page."""

    def __init__(self, app: Showing) -> None:
        """Choose for an application; nothing is drawn before ``draw``."""
        self.app = app
        self.is_reading = False  # whether a picture is being read
        self.complaint: tuple[str, Mapping[str, object]] | None = None  # its key and values

    def draw(self) -> None:
        """Mount the controls, with what is pressed in them and what was last said there."""
        app, gallery = self.app, self.app.gallery
        _, *size = app.trained.input_shape
        markup = controls(
            app.text,
            app.state,
            gallery.samples,
            gallery.out_of_distribution,
            size=(size[0], size[1]),
        )
        app.browser.mount("controls", fragment(markup))
        app.browser.pose(self.pose())
        app.browser.pose({"edited.reset": {"text": app.text("edited.reset")}})
        app.browser.pose({"chooser.label": {"text": self.label}})
        if self.complaint is not None:
            key, values = self.complaint
            app.browser.alert(app.text(key, **values))
        if gallery.own is not None:
            app.browser.paint(OWN_PICTURE, opaque(gallery.own))

    def follow(self, old: State) -> None:
        """Draw what a new state changes."""
        if pressed(old) != pressed(self.app.state):
            self.app.browser.pose(self.pose())

    def pose(self) -> Pose:
        """What is pressed in the controls."""
        app, gallery = self.app, self.app.gallery
        answer = self.trained_answer() if app.state.edits else ""
        has_own = gallery.own is not None
        return controls_pose(app.text, app.state, gallery.samples, answer, has_own=has_own)

    def trained_answer(self) -> str:
        """The class that the network gives the picture with the kernels it was trained to."""
        app = self.app
        first, share = app.gallery.trained_answer(app.picture)
        name = app.text.named(app.classes[first])
        return app.text("announce.class", name=name, percent=percent(share))

    def draw_picture(self) -> None:
        """Draw the picture that is shown now, with the word there may be about it."""
        self.app.screen.draw_picture(self.app.context)
        self.app.browser.notice(self.app.word_about_picture())

    def read(self, is_reading: bool) -> None:
        """Say that a picture is being read, or no longer."""
        self.is_reading = is_reading
        self.app.browser.pose({"chooser.label": {"text": self.label}})
        if is_reading:
            self.app.browser.announce(self.label)

    @property
    def label(self) -> str:
        """What the chooser of a picture says."""
        return self.app.text("chooser.reading" if self.is_reading else "chooser")

    def bring(self, picture: Pixels, notice: str | None = None) -> None:
        """Show a picture that the visitor brought; replaces the one brought before.

        The notice, the key of a word about this picture, stays as long as the picture.
        """
        app = self.app
        app.gallery.bring(picture, notice)
        self.hush()
        app.browser.paint(OWN_PICTURE, opaque(picture))
        app.dispatch("bring")

    def complain(self, key: str, /, **values: object) -> None:
        """Say what went wrong, in the words of a key; what is on screen stays."""
        self.complaint = key, values
        self.app.browser.announce("")  # no longer reading; the alert speaks for itself
        self.app.browser.alert(self.app.text(key, **values))

    def hush(self) -> None:
        """Take away what was said to have gone wrong."""
        self.complaint = None
        self.app.browser.alert(None)


def pressed(state: State) -> tuple[object, ...]:
    """What the controls say of a state."""
    return shown_picture(state), state.scale, state.details, state.edits
