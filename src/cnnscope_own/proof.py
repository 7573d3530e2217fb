"""Proof of a guess: the visitor's notebook prints some numbers, and the page finds what gives them.

proof = Proof(desk, case_now, take)
proof.copy()                     # the lines for the notebook
proof.type("", "28x28 [...]")    # what they printed
proof.begin()                    # in slices, between which the page is drawn
"""

import time
from collections.abc import Callable, Iterator

from cnnscope.panels.base import Desk, language_of
from cnnscope_own.case import Case, proved
from cnnscope_own.words import words
from cnnscope_readers.architecture import PrintedError, Step, proof_lines, prove, read_printed

SLICE = 0.012
"""Seconds of trying before the page is drawn again."""

TOLD = "own.proof.told"
"""Key of the line that tells how the search stands."""


class Proof:
    """The search for the network that gives some printed numbers."""

    def __init__(
        self, desk: Desk, case_now: Callable[[], Case | None], take: Callable[[Case], None]
    ) -> None:
        """Search for a case, and have what is proved be taken."""
        self.desk = desk
        self.case_now = case_now
        self.take = take
        self.typed = ""
        self.running: Iterator[Step] | None = None

    def lines(self) -> str:
        """What the visitor copies into a notebook; it finds the size of pictures by itself."""
        case = self.case_now()
        return "" if case is None else proof_lines(None, case.channels)

    def copy(self) -> None:
        """Put the lines on the clipboard."""
        say = words(language_of(self.desk.model))

        def done(is_copied: bool) -> None:
            self.tell(say("own.proof.copied" if is_copied else "own.proof.not_copied"))

        self.desk.page.copy(self.lines(), done)

    def type(self, argument: str, value: str, *, is_final: bool) -> None:
        """Take over what was printed."""
        self.typed = value

    def begin(self) -> None:
        """Search, unless what was typed is none of such numbers."""
        case, say = self.case_now(), words(language_of(self.desk.model))
        if case is None:
            return
        try:
            self.running = prove(case.blocks, read_printed(self.typed), case.answers)
        except PrintedError as error:
            self.tell(say(f"own.printed.{error.reason}", **error.values))
            return
        self.show_running(True)
        self.step(self.running)

    def stop(self) -> None:
        """Search no further."""
        self.running = None
        self.show_running(False)
        self.tell("")

    def step(self, running: Iterator[Step]) -> None:
        """Try for a slice of time, then again after the page was drawn."""
        if running is not self.running:
            return
        until = time.perf_counter() + SLICE
        for step in running:
            if step.verdict in ("proved", "ambiguous", "none"):
                self.end(step)
                return
            if time.perf_counter() > until:
                self.progress(step)
                break
        self.desk.page.later(lambda: self.step(running))

    def progress(self, step: Step) -> None:
        """Tell how many were tried."""
        say = words(language_of(self.desk.model))
        pose = {"text": say("own.proof.tried", tried=step.tried, total=step.total)}
        self.desk.page.pose({"own.proof.tried": pose})

    def end(self, step: Step) -> None:
        """Tell the verdict, and take what is proved."""
        self.running = None
        self.show_running(False)
        case, say = self.case_now(), words(language_of(self.desk.model))
        if case is not None and step.verdict == "proved":
            self.take(proved(case, step.answers[0]))
        values = {"tried": step.tried, "count": len(step.answers)}
        self.tell(say(f"own.proof.{step.verdict}", **values))

    def tell(self, said: str) -> None:
        """Say how the search stands, to the eye and to a screen reader."""
        self.desk.page.pose({TOLD: {"text": said}, "own.proof.tried": {"text": ""}})

    def show_running(self, is_running: bool) -> None:
        """Offer what can be done now: to search, or to stop."""
        self.desk.page.pose(
            {"own.prove": {"hidden": is_running}, "own.stop": {"hidden": not is_running}}
        )
