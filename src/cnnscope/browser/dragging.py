"""Dragging over a picture: where a pointer that is down goes, told to who draws on it.

An element with ``data-drag`` holds a canvas whose cells are drawn on.

    dragging = Dragging(app.changes)
    dragging.pointerdown(event)
"""

from collections.abc import Callable
from typing import Any

from cnnscope.browser.dom import closest
from cnnscope.panels.changes.controller import ChangesPanel
from cnnscope.state.state import Place


class Dragging:
    """The pointer that draws; only one does at a time."""

    def __init__(self, panel: ChangesPanel) -> None:
        """Draw for a panel; nothing is pressed yet."""
        self.panel = panel
        self.pointer: int | None = None
        self.frame: Any = None

    def pointerdown(self, event: Any) -> None:
        """A button, a pen or a finger put down, perhaps on what is drawn on."""
        frame = closest(event.target, "[data-drag]")
        if frame is None or self.pointer is not None or event.button:
            return
        frame.setPointerCapture(event.pointerId)
        self.pointer, self.frame = event.pointerId, frame
        self.tell(self.panel.begin, event)

    def pointermove(self, event: Any) -> None:
        """A pointer that draws went on; or one over what is drawn on, which is not pressed."""
        if self.pointer is None and event.pointerType != "touch":
            frame = closest(event.target, "[data-drag]")
            self.panel.hover(None if frame is None else cell_under(event, frame))
        elif event.pointerId == self.pointer:
            self.tell(self.panel.move, event)

    def pointerup(self, event: Any) -> None:
        """A pointer lifted."""
        if event.pointerId == self.pointer:
            self.pointer = None
            self.panel.end()

    def pointercancel(self, event: Any) -> None:
        """A pointer that the browser took for something else."""
        self.pointerup(event)

    def tell(self, drawn: Callable[[Place], None], event: Any) -> None:
        """Tell of the cell under the pointer, unless the picture was taken away meanwhile."""
        if self.frame.isConnected:
            drawn(cell_under(event, self.frame))


def cell_under(event: Any, frame: Any) -> Place:
    """The cell of a frame's canvas under the pointer, or the nearest where it is outside."""
    canvas, box = frame.querySelector("canvas"), frame.getBoundingClientRect()
    row = int((event.clientY - box.top) * canvas.height // box.height)
    col = int((event.clientX - box.left) * canvas.width // box.width)
    return min(max(row, 0), canvas.height - 1), min(max(col, 0), canvas.width - 1)
