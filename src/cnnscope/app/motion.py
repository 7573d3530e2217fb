"""Motion of the network: it steps aside for an explanation, and comes back.

Motion(frame_of).draw(model, page)   # on its way; what is said of its nodes waits for its end
"""

from collections.abc import Callable, Hashable

from cnnscope.panels.base import Same
from cnnscope.panels.browser_protocol import Page
from cnnscope.views.overview.transition import transition
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.sliding_window import merged

STEP_ASIDE = 0.65
"""Seconds in which the network steps aside or comes back, as the style sheet has it."""


class Motion:
    """What steps aside for an explanation, and comes back after it.

    On its way back it is marked: what is said of a node then waits for the node.
    """

    name = "network.transition"

    def __init__(self, frame_of: Callable[[Model], tuple[object, ...]]) -> None:
        """Nothing has stepped aside yet; ``frame_of`` is what the drawing stands and falls with."""
        self.frame_of = frame_of
        self.is_aside = False
        self.began: float | None = None  # in seconds, when it began to come back

    def depends(self, model: Model) -> Hashable:
        """What steps aside, and where to."""
        return *self.frame_of(model), Same(model.detail)

    def draw(self, model: Model, page: Page) -> None:
        """Set it on its way, and watch for its end."""
        was_aside, self.is_aside = self.is_aside, model.detail is not None
        comes_back = was_aside and not self.is_aside and not page.is_still()
        page.pose(merged(transition(model), {"network": {"data-returning": comes_back}}))
        self.began = None
        page.animate((lambda now: self.watch(page, now)) if comes_back else None, self.name)

    def watch(self, page: Page, now: float) -> None:
        """Take the mark away once everything stands in its place."""
        self.began = now if self.began is None else self.began
        if now - self.began >= STEP_ASIDE:
            page.pose({"network": {"data-returning": False}})
            page.animate(None, self.name)
