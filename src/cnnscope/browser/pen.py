"""Drawing with a pen, a finger or a mouse: where it goes on the pad, told to the pad.

An element with ``data-pen`` is drawn on. A line that leaves it goes on outside and comes back.

    pen = Pen(app.pad)
    pen.pointerdown(event)
"""

from collections.abc import Callable
from typing import Any

from cnnscope.browser.dom import closest
from cnnscope.panels.pad.controller import PadPanel
from cnnscope.panels.pad.sketch import Point


class Pen:
    """The pointer that draws; only one does at a time."""

    def __init__(self, pad: PadPanel) -> None:
        """Draw on a pad; nothing is pressed yet."""
        self.pad = pad
        self.pointer: int | None = None
        self.surface: Any = None

    def pointerdown(self, event: Any) -> None:
        """A button, a pen or a finger put down, perhaps on the pad."""
        surface = closest(event.target, "[data-pen]")
        if surface is None or self.pointer is not None or event.button:
            return
        surface.setPointerCapture(event.pointerId)
        self.pointer, self.surface = event.pointerId, surface
        self.tell(self.pad.press_down, (event,))

    def pointermove(self, event: Any) -> None:
        """The pointer that draws went on, perhaps over more places than one in a frame."""
        if event.pointerId != self.pointer:
            return
        several = getattr(event, "getCoalescedEvents", None)
        between = tuple(several()) if several is not None else ()
        self.tell(self.pad.move, between or (event,))

    def pointerup(self, event: Any) -> None:
        """A pointer lifted."""
        if event.pointerId == self.pointer:
            self.pointer = None
            self.pad.lift()

    def pointercancel(self, event: Any) -> None:
        """A pointer that the browser took for something else."""
        self.pointerup(event)

    def tell(self, drawn: Callable[[Point], None], events: tuple[Any, ...]) -> None:
        """Tell of the places of some events, unless the pad was taken away meanwhile."""
        if self.surface.isConnected:
            box = self.surface.getBoundingClientRect()
            for each in events:
                drawn(((each.clientX - box.left) / box.width,
                       (each.clientY - box.top) / box.height))  # fmt: skip
