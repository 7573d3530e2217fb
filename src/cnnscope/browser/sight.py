"""Sight: figures of the article are told when they come near what is to be seen, and are seen.

sight = Sight(app.act, guarded)
sight.watch()      # again, where the article is another

A place for a figure says its name in ``data-live``; the figure's actions begin with it.
"""

from collections.abc import Callable
from typing import Any

from js import IntersectionObserver, Object, document
from pyodide.ffi import to_js
from pyscript.ffi import create_proxy

NEAR = "100% 0px"
"""As far below and above the window as that is high."""

HALF = 0.5  # of a figure that has to be in the window, to be seen

Handler = Callable[[Any], None]


class Sight:
    """Watches the places of live figures."""

    def __init__(
        self, act: Callable[[str], None], guarded: Callable[[Callable[[Any], object]], Handler]
    ) -> None:
        """Tell figures by their actions; a failure is told of like any handler's."""
        self.act = act
        self.observers = [
            observer(guarded(self.approach), rootMargin=NEAR),
            observer(guarded(self.look), threshold=HALF),
        ]

    def watch(self, _event: Any = None) -> None:
        """Watch the places that are on the page now, and no others."""
        for each in self.observers:
            each.disconnect()
            for place in document.querySelectorAll("[data-live]"):
                each.observe(place)

    def approach(self, entries: Any) -> None:
        """Places that came near."""
        for entry in entries:
            if entry.isIntersecting:
                self.act(f"{entry.target.dataset.live}.near")

    def look(self, entries: Any) -> None:
        """Places that are seen, or no longer."""
        for entry in entries:
            name = "seen" if entry.isIntersecting else "gone"
            self.act(f"{entry.target.dataset.live}.{name}")


def observer(handle: Handler, **options: str | float) -> Any:
    """An observer that hands on what it observes."""
    settings = to_js(options, dict_converter=Object.fromEntries)
    return IntersectionObserver.new(create_proxy(lambda entries, _: handle(entries)), settings)
