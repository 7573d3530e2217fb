"""What every part of the application is handed: the page, the model as it is now, and dispatch.

desk.dispatch("open", node)      # the state changes, and the page with it
desk.model.state.focus           # as it is now
desk.page.announce("...")

A panel is a part with actions of its own, ``actions``: by the name that an element's ``data-on``
has, what it does with the element's ``data-args``. It says by ``regions`` what it draws.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cnnscope.panels.browser_protocol import Page
from cnnscope.views.shared.model import Model

Action = Callable[[str], None]
"""What an element asks for; its argument is text."""


@dataclass(frozen=True)
class Desk:
    """All that a part of the application can see and ask for."""

    page: Page
    dispatch: Callable[..., None]  # an action's name and its arguments
    model_now: Callable[[], Model]

    @property
    def model(self) -> Model:
        """What follows from the state, as it is now."""
        return self.model_now()

    def announce(self, *said: str) -> None:
        """Have a screen reader say some sentences."""
        self.page.announce(self.model.text.together(said))


class Region(Protocol):
    """A part of the page that is drawn anew when what it depends on is another."""

    @property
    def name(self) -> str:
        """By which what was drawn is remembered."""

    def depends(self, model: Model) -> Hashable:
        """All that a model may change in it, as one value."""

    def draw(self, model: Model, page: Page) -> None:
        """Make the page show the model."""


@dataclass(frozen=True)
class Drawn:
    """A region made of two functions."""

    name: str
    depends: Callable[[Model], Hashable]
    draw: Callable[[Model, Page], None]


class Same:
    """Stands for a value that is equal to nothing but itself: an array, a plan."""

    def __init__(self, value: object) -> None:
        """Hold a value, so that no other takes its place in memory."""
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same value."""
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        """By identity."""
        return id(self.value)


class Panel(Protocol):
    """A part of the page beside the views, with regions and actions of its own."""

    @property
    def regions(self) -> Sequence[Region]:
        """What it draws."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """What its elements ask for, by name."""


def language_of(model: Model) -> str:
    """The language that is spoken; what holds words depends on it."""
    return model.text.language


def joined(tables: Iterable[Mapping[str, Action]]) -> dict[str, Action]:
    """One table of actions. Raises ValueError for a name that stands in two of them."""
    actions: dict[str, Action] = {}
    for table in tables:
        twice = actions.keys() & table.keys()
        if twice:
            raise ValueError(f"actions: expected each name once, got twice {sorted(twice)}")
        actions.update(table)
    return actions
