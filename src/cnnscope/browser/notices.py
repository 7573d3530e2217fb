"""Words about what is on screen: one at a time, each for as long as it takes to read.

notices = Notices(clock)
notices.show("Two files were given; the first is used.", "This picture moves.")
notices.show()    # what they were about is gone
"""

from typing import Any

from js import document
from pyscript import when

from cnnscope.app.reading_time import reading_seconds
from cnnscope.browser.clock import Clock

LINGER = 1500  # ms until it is asked again whether somebody is at it
HELD = ":hover, :focus-within"
"""A notice that somebody points at, or has the keyboard in, stays."""


class Notices:
    """The notices of one page, which wait for each other."""

    def __init__(self, clock: Clock) -> None:
        """Nothing is said yet; the clock tells when it is time to go."""
        self.clock = clock
        self.place: Any = document.getElementById("notice")
        self.box: Any = self.place.parentElement
        self.waiting: list[str] = []
        self.turn = 0  # of the notice that stands there: one that is over has no say any more
        when("click", self.box.querySelector("button"))(lambda _event: self.close())

    def show(self, *said: str | None) -> None:
        """Say these one after the other, in place of what was said before; empty ones are none."""
        self.waiting = [each for each in said if each]
        self.go_on()

    def go_on(self) -> None:
        """Say the next one, or nothing more."""
        self.turn += 1
        self.box.hidden = True
        self.place.textContent = said = self.waiting.pop(0) if self.waiting else ""
        if said:
            document.body.offsetWidth  # noqa: B018 - so that the same word, said again, is seen
            self.box.hidden = False
            self.wait(round(1000 * reading_seconds(said)))

    def wait(self, milliseconds: int) -> None:
        """Let the notice stand so long, and longer while somebody is at it."""
        turn = self.turn

        def over() -> None:
            if turn != self.turn:
                return
            if self.box.matches(HELD) or document.hidden:
                self.wait(LINGER)
            else:
                self.go_on()

        self.clock.after(milliseconds, over)

    def close(self) -> None:
        """Say the next one now; the keyboard goes on from the pictures to choose from."""
        if self.box.contains(document.activeElement):
            document.getElementById("chooser").focus()
        self.go_on()
