"""Presentation: for a class, everything half as large again and nothing around the network.

P, or a button, goes there and back. Page Up and Page Down, which a presenter's remote control
sends, walk through the columns, and so do the arrow keys where nothing has the focus.
"""

from collections.abc import Hashable, Mapping, Sequence

from cnnscope.drawing.element import Element, element
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.state.state import Explained, Node, Overview
from cnnscope.views.registry import view_facts
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import neighbour

KEYS = ("p", "P")
"""Keys that go there and back."""

START, END = "present", "present.end"
"""Keys of the buttons."""

PLACE = "presentation"
"""Where the way back is mounted."""

WALK: Mapping[str, int] = {"PageDown": 1, "PageUp": -1}
"""Keys to columns further right."""

ARROWS: Mapping[str, int] = {"ArrowRight": 1, "ArrowLeft": -1}
"""The same where nothing has the focus."""


class Presentation:
    """The presentation of one page."""

    def __init__(self, desk: Desk) -> None:
        """Present at a desk."""
        self.desk = desk
        self.regions: Sequence[Region] = (Drawn("presentation", shown, draw),)
        self.actions: Mapping[str, Action] = {"present": lambda _: self.toggle()}

    @property
    def is_on(self) -> bool:
        """Whether the page is being presented."""
        return self.desk.model.state.reading.present

    def toggle(self) -> None:
        """Begin or end, and say so."""
        self.desk.dispatch("present")
        self.desk.announce(self.desk.model.text("present.on" if self.is_on else "present.off"))

    def press(self, key: str, place: str) -> bool:
        """A key while the page is presented; whether it meant something."""
        by = WALK.get(key, 0) or (0 if place else ARROWS.get(key, 0))
        if not (self.is_on and by):
            return False
        match self.desk.model.state.focus:
            case Explained(node):
                self.explain(node, by)
            case Overview():
                self.point(by)
            case _:
                return False
        return True

    def point(self, by: int) -> None:
        """Go to a node of the column beside that of the node reached last, or to the first."""
        model = self.desk.model
        reached = model.state.pointer.tab_stop
        first = model.plan.columns[0].nodes[0]
        node = first if reached is None else neighbour(model.plan, reached, by, 0)
        self.desk.page.focus(str(node))
        self.desk.dispatch("focus", node)

    def explain(self, node: Node, by: int) -> None:
        """Explain the same channel of the next column that has something to explain."""
        model = self.desk.model
        columns = model.plan.columns
        place = columns.index(model.plan.column_of[node.layer])
        for column in columns[place + by :: by] if place + by >= 0 else ():
            other = column.nodes[min(node.channel, len(column.nodes) - 1)]
            if view_facts(model.trained, other):
                self.desk.dispatch("expand", other)
                return


def shown(model: Model) -> Hashable:
    """Whether the page is presented, and the language of the way back."""
    return model.state.reading.present, language_of(model)


def draw(model: Model, page: Page) -> None:
    """Have the page be as large, with a way back."""
    is_on = model.state.reading.present
    page.pose({"page": {"data-present": is_on}})
    page.mount(PLACE, str(way_back(model)) if is_on else "")


def way_back(model: Model) -> Element:
    """The button that ends it."""
    name = model.text("present.end")
    return element(
        "button",
        {"type": "button", "class": "present-end", "data-on": "present", "title": name,
         "aria-label": name, "data-key": END}, "×",
    )  # fmt: skip
