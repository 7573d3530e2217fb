"""Regions of an explanation: what is mounted, posed and painted again when what changes."""

from collections.abc import Hashable, Sequence
from itertools import islice

from cnnscope.app.network_regions import frame_of
from cnnscope.drawing.element import fragment
from cnnscope.panels.base import Drawn, Region, Same
from cnnscope.panels.browser_protocol import Page
from cnnscope.state.state import explained
from cnnscope.views.registry import View, view_of
from cnnscope.views.shared.model import Model


class Detail:
    """The place over the network where a node is explained."""

    def __init__(self) -> None:
        """Nothing is explained yet."""
        self.latest: Model | None = None  # what is to be shown
        self.filled: Model | None = None  # what its numbers are of
        self.titled: Model | None = None  # what its legends are of
        self.is_pending = False  # whether what is mounted still waits for its numbers
        self.frame: Hashable = None  # the network's drawing that it was mounted over

    @property
    def regions(self) -> Sequence[Region]:
        """What is mounted, its numbers and what moves in it: each is drawn after the other."""
        return (
            Drawn("detail", mounted, self.mount),
            Drawn("detail.numbers", numbers_shown, self.refresh),
            Drawn("detail.window", window_shown, self.move),
        )

    def mount(self, model: Model, page: Page) -> None:
        """Mount the explanation, or let it fade away."""
        before, self.latest = self.latest, model
        is_left_over, self.frame = self.frame != frame_of(model), frame_of(model)
        if model.detail is None:
            self.is_pending = False
            if is_left_over:  # it is as wide as another window was, or in another language
                page.mount("stage", "")
            page.pose({"explainer": {"data-view": "overview"},
                       "stage.frame": {"data-open": False, "inert": True}})  # fmt: skip
            return
        view = shown_view(model)
        page.pose({"stage.frame": {"data-entering": is_moving(before, model)}})
        page.mount("stage", str(view.stage(model, model.numbers, model.detail)))
        self.titled = model
        self.is_pending = True
        for key, rgba in islice(view.stage_paintings(model, model.numbers), 1):
            page.paint(key, rgba)  # the enlarged map, which is seen to grow
        if not page.is_still():
            page.later(lambda: self.fill(page))  # not to be seen yet, and the motion can begin
        page.flush_layout()  # so that it comes from where it is, and not from nowhere
        page.pose({"explainer": {"data-view": view.name},
                   "stage.frame": {"data-open": True, "inert": False}})  # fmt: skip

    def refresh(self, model: Model, page: Page) -> None:
        """Draw what other numbers or other colours change."""
        self.latest = model
        if model.detail is None:
            return
        if self.is_pending and not page.is_still():
            return  # the numbers come with the next frame
        self.is_pending = True
        self.fill(page)

    def fill(self, page: Page) -> None:
        """Fill what was mounted with the latest numbers and maps, unless that is done already."""
        model = self.latest
        if model is None or model.detail is None or not self.is_pending:
            return
        self.is_pending, self.filled = False, model
        view = shown_view(model)
        if self.titled is not model:
            self.titled = model
            page.mount("stage.legends", fragment(view.stage_legends(model, model.numbers)))
        page.pose(view.stage_pose(model, model.numbers, model.detail))
        for key, rgba in view.stage_paintings(model, model.numbers):
            page.paint(key, rgba)

    def move(self, model: Model, page: Page) -> None:
        """Draw what the window's place, its playing and its speed change."""
        self.latest = model
        is_filled = self.is_pending or self.filled is model
        if model.detail is not None and not is_filled:
            page.pose(shown_view(model).window_pose(model, model.numbers, model.detail))


def is_moving(before: Model | None, model: Model) -> bool:
    """Whether the network moves as an explanation opens, which then waits for it to be read."""
    assert model.detail is not None
    was = None if before is None or before.detail is None else before.detail
    return was is None or was.transforms != model.detail.transforms


def mounted(model: Model) -> Hashable:
    """What is explained, and where it stands."""
    return frame_of(model), explained(model.state.focus), Same(model.detail)


def numbers_shown(model: Model) -> Hashable:
    """Its numbers, their colours, what they are compared with, and in which order they stand."""
    if model.detail is None:
        return None
    reading, order = model.state.reading, shown_view(model).arrangement(model, model.numbers)
    return (mounted(model), Same(model.trace), reading.scale, reading.parts, model.state.edits,
            model.explained.contrast, order)  # fmt: skip


def window_shown(model: Model) -> Hashable:
    """What it shows beside its numbers."""
    if model.detail is None:
        return None
    focus, state = model.explained, model.state
    return (numbers_shown(model), focus.sweep, focus.channel, focus.logits, focus.feature,
            focus.marked_map, state.reading.speed, state.field, state.pointer.marked)  # fmt: skip


def shown_view(model: Model) -> View:
    """The view of the node that is explained."""
    return view_of(model.network, model.explained)


def rehearse(model: Model) -> None:
    """Work an explanation out and show nothing: the first is then no slower than others."""
    assert model.detail is not None
    view = shown_view(model)
    str(view.stage(model, model.numbers, model.detail))
    view.stage_pose(model, model.numbers, model.detail)
    list(view.stage_paintings(model, model.numbers))
