"""What the pointer does over nodes and maps, by mouse, pen or finger."""

from cnnscope.panels.base import Explaining
from cnnscope.panels.playground.controller import PlaygroundController
from cnnscope.panels.playground.drawing import PREFIX
from cnnscope.state.state import Detail, Expanded, Node, Place
from cnnscope.state.validation import has_window
from cnnscope.views.dense.numbers import pointed_feature, weighed
from cnnscope.views.dense.selection import feature_under


class Pointer:
    """The pointer of one page."""

    def __init__(self, app: Explaining, playground: PlaygroundController) -> None:
        """Point for an application and its playground."""
        self.app = app
        self.playground = playground

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of a map: in the card, of what is explained, to play with."""
        if frame.startswith(PREFIX):
            self.playground.point(frame, row, col)
            return
        match self.app.state.focus:
            case Detail():
                if (row, col) != self.app.state.map_cell:
                    self.app.dispatch("cell", row, col)
            case Expanded() as focus if has_window(self.app.trained, focus):
                self.point_window(frame, row, col)
            case Expanded():
                self.point_element(frame, row, col)

    def point_window(self, frame: str, row: int, col: int) -> None:
        """Put the window where it makes an output cell, or where it is about an input cell."""
        place = (row, col)
        if frame == "input":
            place = self.app.explanation.place_over(row, col)
        if place != self.app.state.window or self.app.state.playing:
            self.app.dispatch("window", *place)

    def point_element(self, frame: str, row: int, col: int) -> None:
        """Mark the element of the flattened maps that a cell of a frame shows."""
        numbers = self.app.explanation
        numbers = weighed(self.app.context, numbers)
        now = pointed_feature(self.app.context, numbers)
        element = feature_under(self.app.trained, numbers, frame, (row, col), now)
        if element is not None and element != self.app.state.element:
            self.app.dispatch("element", element)

    def hover(self, node: Node | None, cell: Place | None) -> None:
        """The pointer over a node, or over none; over a source, the window goes there too."""
        self.app.dispatch("hover", node, cell)
        expansion = self.app.expansion
        if expansion is not None and node in expansion.sources and cell is not None:
            is_windowed = has_window(self.app.trained, self.app.state.focus)
            self.point("input" if is_windowed else f"map/{node.channel}", *cell)
