"""The guide of the tour: goes from stop to stop, asks, and tells what is right."""

from collections.abc import Callable, Mapping

from cnnscope.nn.network import Trace
from cnnscope.panels.base import Explaining
from cnnscope.panels.tour.drawing import (
    OUTCOME,
    START,
    TITLE,
    answer_key,
    outcome,
    panel,
    panel_pose,
    start_button,
)
from cnnscope.panels.tour.questions import Question, ask
from cnnscope.panels.tour.viewport import SIDE_FROM
from cnnscope.state.state import State, shown_picture
from cnnscope.state.tour import STOPS, Stop, stop_of
from cnnscope.state.validation import has_tour

KEYS: Mapping[str, int] = {"n": 1, "N": 1, "ArrowRight": 1, "p": -1, "P": -1, "ArrowLeft": -1}
"""Keys that go on or back, with the focus in the panel."""

EDITS = {edit for stop in STOPS for edit in stop.shown.edits}
"""Kernels that the tour itself changes."""


class Guide:
    """The tour of one page."""

    def __init__(self, app: Explaining) -> None:
        """Guide through an application; nothing is drawn before ``draw``."""
        self.app = app
        self.asked: tuple[Trace, Stop, str, Question] | None = None
        self.actions: Mapping[str, Callable[[str], None]] = {
            "tour": lambda _: self.go(app.state.resume),
            "stop": lambda number: self.go(int(number)),
            "guess": lambda answer: self.guess(int(answer)),
            "again": lambda _: self.again(),
            "leave-tour": lambda _: self.leave("leave"),
            "finish-tour": lambda _: self.leave("finish"),
            "tour-link": lambda _: self.link(),
            "fold": lambda _: app.dispatch("fold"),
        }

    @property
    def question(self) -> Question:
        """The question of the stop that is shown, about the picture that it is about."""
        stop = stop_of(self.app.state)
        assert stop is not None
        trace = self.app.trained_trace(stop.shown.picture if stop.is_about_shown else None)
        known = self.asked
        text = self.app.text
        if known is None or known[0] is not trace or known[1:3] != (stop, text.language):
            question = ask(stop, self.app.trained, trace, self.app.context.names)
            known = self.asked = trace, stop, text.language, question
        return known[3]

    def draw(self) -> None:
        """Draw the panel, or take it away, and the button that starts the tour."""
        app, state = self.app, self.app.state
        if has_tour(app.trained, app.known_pictures):
            app.browser.mount("tour-start", str(start_button(app.context)))
        is_touring = state.tour is not None
        app.browser.mount("tour", str(panel(app.context, self.question)) if is_touring else "")
        self.mark()

    def mark(self) -> None:
        """Have the page leave room for the panel, as much as it takes."""
        state = self.app.state
        folded = "folded" if state.folded else ""
        self.app.browser.pose({"page": {"data-tour": None if state.tour is None else folded}})

    def follow(self, old: State) -> None:
        """Draw what a new state changes."""
        state = self.app.state
        if old.tour != state.tour:
            self.draw()
        elif state.tour is not None and shown_picture(old) != shown_picture(state):
            focused = self.app.browser.focused()
            self.draw()
            if focused.startswith("tour."):  # it may take its time until a picture is read
                self.app.browser.focus(focused)
        elif state.tour is not None:
            self.app.browser.pose(panel_pose(self.app.context, self.question))
            if old.folded != state.folded:
                self.mark()

    def go(self, number: int) -> None:
        """Go to a stop and read it out; beyond the ends there is none."""
        if not 1 <= number <= len(STOPS):
            return
        self.show("stop", number)
        self.arrive()
        self.app.begin()

    def show(self, name: str, *arguments: int) -> None:
        """Show another screen of the tour; say so where it is without the visitor's kernels."""
        app = self.app
        before, number = set(app.state.edits), app.state.tour
        app.dispatch(name, *arguments)
        if before - set(app.state.edits) <= EDITS:
            return
        has_step = number != app.state.tour and app.embed is None
        said = [app.word_about_picture() or "", app.text("tour.trained"),
                app.text("tour.trained.back") if has_step else ""]  # fmt: skip
        app.browser.notice(app.text.together(said))

    def arrive(self) -> None:
        """Have the keyboard and the window begin at the stop that is shown, and read it out.

        Without a stop the keyboard goes on from the button that starts the tour.
        """
        app = self.app
        stop = stop_of(app.state)
        if stop is None:
            app.browser.focus(START)
            return
        app.browser.focus(TITLE)
        self.show_network()
        said = app.text(f"tour.{stop.key}.text", **self.question.values)
        place = app.text("tour.place", stop=app.state.tour, stops=len(STOPS))
        app.browser.announce(app.text("said.of", what=place, line=said))

    def show_network(self) -> None:
        """Have the network at the top of the window, above a panel at its foot."""
        app = self.app
        is_foot = app.browser.viewport().width < SIDE_FROM
        if app.state.tour is not None and is_foot and app.embed is None:
            app.browser.reveal("explainer")

    def guess(self, answer: int) -> None:
        """Answer the question and tell what is right."""
        if self.app.state.tour is None:
            return
        self.show("guess", answer)
        self.app.browser.focus(answer_key(answer))
        self.app.browser.bring(OUTCOME)
        self.show_network()
        self.app.browser.announce(outcome(self.app.context, self.question))

    def again(self) -> None:
        """Come back to what the stop shows."""
        self.show("again")
        self.arrive()
        self.app.begin()

    def leave(self, way: str) -> None:
        """Leave the tour where it is, to resume it or for good."""
        self.app.dispatch(way)
        self.app.browser.focus(START)
        self.app.browser.announce(self.app.text("tour.left"))

    def link(self) -> None:
        """Copy the stop's address, and say whether that worked."""

        def tell(is_copied: bool) -> None:
            key = "tour.link.copied" if is_copied else "tour.link.failed"
            self.app.browser.announce(self.app.text(key))
            self.app.browser.notice(self.app.text(key))

        page = self.app.browser
        page.copy(page.link(f"tour={self.app.state.tour}"), tell)

    def press(self, key: str) -> bool:
        """A key pressed within the panel; returns whether it meant something there."""
        if key not in KEYS or self.app.state.tour is None:
            return False
        self.go(self.app.state.tour + KEYS[key])
        return True
