"""What the visitor points at, by mouse, pen or finger: nodes, cells of maps, classes.

An element says in its markup what it is to the pointer:

    data-node="conv_1_1/3"   a node; on a canvas in it, the cell counts too
    data-map="output"        a frame around a canvas whose cells are pointed at
    data-mark="4"            stands for the class of this number

    pointing = Pointing(app.pointer, lambda: app.state)
    pointing.rest(event)         # a press opened something, which may now lie under the pointer
    pointing.mark(element)       # the same by the keyboard's focus
"""

from collections.abc import Callable
from typing import Any

from cnnscope.app.pointer import Pointer
from cnnscope.browser.dom import closest
from cnnscope.state.state import Node, Place, State, parse_node

REST = 40  # px that a pointer moves before it is meant
SHAKE = 4  # px that a hand moves while it presses


class Pointing:
    """The pointer of one page: where it was, and what it is over."""

    def __init__(self, pointer: Pointer, shown: Callable[[], State]) -> None:
        """Tell an application's pointer what is pointed at, where that is not what is shown."""
        self.pointer = pointer
        self.shown = shown
        self.last: tuple[float, float] | None = None  # where it was, on the screen
        self.pressed_at: tuple[float, float] | None = None
        self.rested: tuple[float, float] | None = None
        """Where it was when it opened a view, which it is over now."""

    def rest(self, event: Any) -> None:
        """A press that may bring something else under the pointer."""
        self.rested = place_on_screen(event)

    def pointerdown(self, event: Any) -> None:
        """A finger put down, which has not moved there."""
        self.pressed_at = place_on_screen(event)
        self.pointermove(event)

    def pointermove(self, event: Any) -> None:
        """The pointer over a node, over a map, or over neither."""
        if event.type == "pointermove" and not self.has_moved(event):
            return  # what is under it moved, not the pointer
        self.mark(event.target)
        frame = closest(event.target, "[data-map]")
        if frame is not None:
            if not self.is_at_rest(event):
                place = place_in(event, frame.querySelector("canvas"))
                self.pointer.point(frame.dataset.map, *place)
            return
        node, cell = pointed_at(event)
        pointer = self.shown().pointer
        if (node, cell) != (pointer.node, pointer.cell):
            self.pointer.hover(node, cell)

    def pointerleave(self, event: Any) -> None:
        """The pointer left the window; a finger that lifts leaves what it pointed at."""
        if event.pointerType != "touch":
            self.pointer.hover(None, None)

    def mark(self, target: Any) -> None:
        """Something pointed at or focused, which may stand for a class."""
        element = closest(target, "[data-mark]")
        channel = None if element is None else int(element.dataset.mark)
        if channel != self.shown().pointer.marked:
            self.pointer.mark(channel)

    def is_at_rest(self, event: Any) -> bool:
        """Whether the pointer is still about where it opened the view that is under it now."""
        if self.rested is None or event.type != "pointermove":
            return False
        x, y = self.rested
        if abs(event.screenX - x) + abs(event.screenY - y) > REST:
            self.rested = None
        return self.rested is not None

    def has_dragged(self, event: Any) -> bool:
        """Whether a press ends elsewhere than it began: it may have marked what is to be copied."""
        if self.pressed_at is None or not event.detail:  # a key
            return False
        x, y = self.pressed_at
        return bool(abs(event.screenX - x) + abs(event.screenY - y) > SHAKE)

    def has_moved(self, event: Any) -> bool:
        """Whether the pointer is elsewhere than when it was last heard of."""
        before, self.last = self.last, place_on_screen(event)
        return before != self.last


def place_on_screen(event: Any) -> tuple[float, float]:
    """Where the pointer is, px."""
    return event.screenX, event.screenY


def pointed_at(event: Any) -> tuple[Node | None, Place | None]:
    """(node, (row, col)) under the pointer; the cell is None outside a map."""
    target = closest(event.target, "[data-node]")
    if target is None:
        return None, None
    is_map = event.target.tagName == "CANVAS"
    return parse_node(target.dataset.node), place_in(event, event.target) if is_map else None


def place_in(event: Any, canvas: Any) -> Place:
    """The cell under the pointer, on a canvas that has one pixel a cell."""
    row = int(event.offsetY * canvas.height / canvas.clientHeight)
    col = int(event.offsetX * canvas.width / canvas.clientWidth)
    return min(max(row, 0), canvas.height - 1), min(max(col, 0), canvas.width - 1)
