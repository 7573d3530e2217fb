"""The guided tour: goes from stop to stop, asks, and tells what is right."""

from collections.abc import Mapping, Sequence

from cnnscope.nn.network import Trace
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.tour.drawing import (
    OUTCOME,
    SAYS,
    START,
    TITLE,
    answer_key,
    outcome,
    panel,
    panel_pose,
    start_button,
)
from cnnscope.panels.tour.questions import Question, ask
from cnnscope.panels.tour.subject import NETWORK, subject
from cnnscope.panels.tour.viewport import SIDE_FROM
from cnnscope.state.state import is_altered, shown_picture
from cnnscope.state.tour import STOPS, Stop, is_at_stop, stop_of, tells_of_picture
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import STRIP_BELOW

KEYS: Mapping[str, int] = {"n": 1, "N": 1, "ArrowRight": 1, "p": -1, "P": -1, "ArrowLeft": -1}
"""Keys that go on or back, with the focus in the panel."""

EDITS = {edit for stop in STOPS for edit in stop.shown.edits}
"""Kernels that the tour itself changes."""


class TourPanel:
    """The tour of one page."""

    def __init__(self, desk: Desk, begin: Action, *, is_framed: bool, has_tour: bool) -> None:
        """Guide at a desk; ``begin`` has the window of a stop begin."""
        self.desk = desk
        self.begin = begin
        self.is_framed = is_framed
        self.asked: tuple[Trace, Stop, str, Question] | None = None
        self.actions: Mapping[str, Action] = {
            "tour": lambda _: self.go(desk.model.state.tour.resume),
            "stop": lambda number: self.go(int(number)),
            "guess": lambda answer: self.guess(int(answer)),
            "again": lambda _: self.again(),
            "leave-tour": lambda _: self.leave("leave"),
            "finish-tour": lambda _: self.leave("finish"),
            "tour-link": self.copy_link,
            "tour-picture": lambda _: self.offer_picture(),
            "fold": lambda _: desk.dispatch("fold"),
        }
        start = (Drawn("tour.start", start_shown, draw_start),) if has_tour else ()
        self.regions: Sequence[Region] = (
            *start,
            Drawn("tour", panel_shown, self.draw),
            Drawn("tour.pose", pose_shown, self.pose),
            Drawn("tour.mark", mark_shown, mark),
        )

    def question_of(self, model: Model) -> Question:
        """The question of the stop that is shown, about the picture that it is about."""
        stop = stop_of(model.state)
        assert stop is not None
        key = stop.shown.picture if stop.is_about_shown else None
        trace = trained_trace(model, key or model.picture)
        known = self.asked
        language = language_of(model)
        if known is None or known[0] is not trace or known[1:3] != (stop, language):
            question = ask(stop, model.trained, trace, model.names)
            known = self.asked = trace, stop, language, question
        return known[3]

    def draw(self, model: Model, page: Page) -> None:
        """Draw the panel, or take it away; the keyboard goes on from where it was in it."""
        if model.state.tour.stop is None:
            page.mount("tour", "")
            return
        focused = page.focused()
        page.mount("tour", str(panel(model, self.question_of(model))))
        if focused.startswith("tour."):
            page.focus(focused)

    def pose(self, model: Model, page: Page) -> None:
        """Draw what an answer, straying and folding change."""
        if model.state.tour.stop is not None:
            page.pose(panel_pose(model, self.question_of(model)))

    def go(self, number: int) -> None:
        """Go to a stop and read it out; beyond the ends there is none."""
        if not 1 <= number <= len(STOPS):
            return
        self.show("stop", number)
        self.arrive()
        self.begin("")

    def show(self, name: str, *arguments: int) -> None:
        """Show another screen of the tour; say so where it is without the visitor's kernels."""
        before = self.desk.model.state
        self.desk.dispatch(name, *arguments)
        model = self.desk.model
        if set(before.edits) - set(model.state.edits) <= EDITS:
            return
        has_step = before.tour.stop != model.state.tour.stop and not self.is_framed
        text = model.text
        of_picture = model.gallery.notice_of(model.picture, text)
        said = ["" if tells_of_picture(model.state) else of_picture or "", text("tour.trained"),
                text("tour.trained.back") if has_step else ""]  # fmt: skip
        self.desk.page.notice(text.together(said))

    def arrive(self) -> None:
        """Have the keyboard and the window begin at the stop that is shown, and read it out.

        Without a stop the keyboard goes on from the button that starts the tour.
        """
        model, page = self.desk.model, self.desk.page
        stop = stop_of(model.state)
        if stop is None:
            page.focus(START)
            return
        page.focus(TITLE)
        self.show_network()
        said = model.text(f"tour.{stop.key}.text", **self.question_of(model).values)
        place = model.text("tour.place", stop=model.state.tour.stop, stops=len(STOPS))
        page.announce(model.text("said.of", what=place, line=said))

    def show_network(self) -> None:
        """Have what the stop is about at the top of the window, above a panel at its foot."""
        state, page = self.desk.model.state, self.desk.page
        if state.tour.stop is None or self.is_framed:
            return
        width = page.viewport().width
        if width < SIDE_FROM:
            page.reveal(NETWORK)
        if width < STRIP_BELOW:
            page.reveal(subject(state))

    def guess(self, answer: int) -> None:
        """Answer the question and tell what is right."""
        stop = stop_of(self.desk.model.state)
        if stop is None or not stop.asks:
            return
        self.show("guess", answer)
        model, page = self.desk.model, self.desk.page
        page.focus(answer_key(answer))
        page.scroll_into_view(OUTCOME)
        self.show_network()
        page.announce(outcome(model, self.question_of(model)))

    def again(self) -> None:
        """Come back to what the stop shows."""
        self.show("again")
        self.arrive()
        self.begin("")

    def leave(self, way: str) -> None:
        """Leave the tour where it is, to resume it or for good, with the network in sight."""
        self.desk.dispatch(way)
        self.desk.page.focus(START)
        self.desk.page.scroll_into_view(NETWORK)
        self.desk.announce(self.desk.model.text("tour.left"))

    def offer_picture(self) -> None:
        """Have the keyboard at the chooser of pictures, and say how else one is brought."""
        text = self.desk.model.text
        self.desk.page.focus("chooser")
        self.desk.page.notice(text("tour.end.picture.how", chooser=text("chooser")))

    def copy_link(self, stop: str) -> None:
        """Copy the address of a stop, or of the one that is shown; say whether that worked."""

        def tell(is_copied: bool) -> None:
            key = "tour.link.copied" if is_copied else "tour.link.failed"
            self.desk.announce(self.desk.model.text(key))
            self.desk.page.notice(self.desk.model.text(key))

        page = self.desk.page
        page.copy(page.link(f"tour={stop or self.desk.model.state.tour.stop}"), tell)

    def press(self, key: str) -> bool:
        """A key pressed within the panel; returns whether it meant something there."""
        stop = self.desk.model.state.tour.stop
        if key not in KEYS or stop is None:
            return False
        self.go(stop + KEYS[key])
        return True


def trained_trace(model: Model, picture: str) -> Trace:
    """What the network as it was trained computes for a picture."""
    is_plain = not is_altered(model.state) and not model.state.changes
    is_shown = is_plain and picture == model.picture
    return model.trace if is_shown else model.gallery.trained_trace(picture)


def start_shown(model: Model) -> tuple[object, ...]:
    """What the button says that starts the tour."""
    tour = model.state.tour
    return language_of(model), tour.stop, tour.resume


def draw_start(model: Model, page: Page) -> None:
    """Take up the button that starts the tour, or draw another."""
    button = start_button(model)
    if page.holds(START, SAYS, str(button.attributes[SAYS])):
        page.pose({START: {"disabled": False}})
    else:
        page.mount("tour-start", str(button))


def panel_shown(model: Model) -> tuple[object, ...]:
    """Which stop the panel is of, and which picture its question is about."""
    stop = model.state.tour.stop
    return (stop,) if stop is None else (language_of(model), stop, shown_picture(model.state))


def pose_shown(model: Model) -> tuple[object, ...]:
    """What the panel says of a guess, and of where one is."""
    return panel_shown(model), model.state.tour, is_at_stop(model.state)


def mark_shown(model: Model) -> tuple[object, ...]:
    """How much room the panel takes."""
    return model.state.tour.stop is None, model.state.tour.folded


def mark(model: Model, page: Page) -> None:
    """Have the page leave room for the panel, as much as it takes."""
    tour = model.state.tour
    folded = "folded" if tour.folded else ""
    page.pose({"page": {"data-tour": None if tour.stop is None else folded}})
