"""The store: the only writer of the state.

store = Store(State(), valid)
store.watchers.append(draw)      # told of every change, with the state before and after
store.dispatch(open_node, node)
"""

from collections.abc import Callable
from typing import Any

from cnnscope.state.state import State

Watcher = Callable[[State, State], None]


class Store:
    """Holds the state of one page, and tells who watches it."""

    def __init__(self, state: State, valid: Callable[[State, State | None], State]) -> None:
        """Begin with a state; ``valid`` makes one fit the page, given the one before."""
        self.valid = valid
        self.state = valid(state, None)
        self.watchers: list[Watcher] = []

    def dispatch(self, step: Callable[..., State], *arguments: Any) -> None:
        """Apply a step to the state."""
        self.replace(self.valid(step(self.state, *arguments), self.state))

    def replace(self, state: State) -> None:
        """Make a valid state the one that is shown."""
        old, self.state = self.state, state
        if old != state:
            for watcher in self.watchers:
                watcher(old, state)
