"""Regions of the network: its drawing, its maps, its legends, what is pointed at.

``network_regions()`` are its regions, in the order in which they are drawn; over all else come
``pointing_regions()``.
"""

from collections.abc import Hashable, Sequence

from cnnscope.app.motion import Motion
from cnnscope.drawing.element import fragment
from cnnscope.panels.base import Drawn, Region, Same, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.state.state import (
    OWN_NETWORK,
    PHOTOS,
    Card,
    Explained,
    Node,
    Overview,
    Reading,
    explained,
    is_altered,
    is_own,
    shown_picture,
    view_shown,
)
from cnnscope.state.tour import covered
from cnnscope.views.convolution.rows import opened_row
from cnnscope.views.overview.drawing import (
    PICTURE,
    STILL,
    details_attribute,
    links,
    overview,
    placing,
    refresh,
)
from cnnscope.views.overview.receptive_field import field_pose, framed_cell
from cnnscope.views.overview.story import story_pose
from cnnscope.views.overview.tooltip import pointing, readout
from cnnscope.views.shared.legend import legends
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.painting import paintings, whole_picture

CAN_WAIT = ("network.links", "network.maps", "network.picture", "network.legends")
"""Regions that a page shows as it was built, or that it can lack for a moment."""


def network_regions() -> Sequence[Region]:
    """The regions of the network's drawing."""
    drawing = Drawing()
    return (
        drawing,
        Drawn("network.links", frame_of, draw_links),
        Motion(frame_of),
        Maps(drawing),
        Drawn("network.wave", lambda m: (m.state.network, shown_picture(m.state)), Wave().draw),
        Drawn("network.picture", picture_shown, paint_picture),
        Drawn("network.legends", legends_shown, draw_legends),
        Drawn("network.details", details_shown, draw_details),
        TabStop(),
        Opened(),
        Drawn("story", story_shown, lambda model, page: page.pose(story_pose(model))),
    )


def pointing_regions() -> Sequence[Region]:
    """What is pointed at, marked wherever it is drawn: after all else."""
    return (
        Drawn("network.pointing", pointing_shown, lambda m, page: page.pose(pointing(m))),
        Drawn("network.field", field_shown, lambda m, page: page.pose(field_pose(m))),
    )


def frame_of(model: Model) -> tuple[object, ...]:
    """What the network's drawing stands and falls with: its places, names and language."""
    return language_of(model), model.state.network, Same(model.plan.boxes)


def shows_built(model: Model, page: Page) -> bool:
    """Whether the drawing that stands on the page is the one it was built with, and is right."""
    state = model.state
    is_plain = not is_altered(state) and not state.changes
    is_first = state.picture is None and state.network == PHOTOS and is_plain
    is_usual = state.reading.scale == Reading().scale
    is_bare = state.focus == Overview()
    return is_first and is_usual and is_bare and page.holds("network", STILL, model.text.language)


class Drawing:
    """The network's drawing: places, names, and what is said of its nodes when it is made."""

    name = "network"

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.said: Hashable = None

    def depends(self, model: Model) -> Hashable:
        """Places, and the language."""
        return frame_of(model)

    def draw(self, model: Model, page: Page) -> None:
        """Mount it, or take up what a page has from the start, unless something is explained."""
        is_first, self.said = self.said is None, numbers_of(model)
        network = model.state.network
        page.pose({"explainer": {"data-network": OWN_NETWORK if is_own(network) else network}})
        is_built = model.state.network == PHOTOS
        is_there = is_built and page.holds("network", "data-language", model.text.language)
        if is_first and is_there and model.detail is None:
            columns = model.plan.columns
            said = refresh(model, columns[-1:] if shows_built(model, page) else columns)
            page.pose({"network": {"inert": None}, **said})
        else:
            page.mount("network", str(overview(model)) + str(readout()))


def numbers_of(model: Model) -> Hashable:
    """What is said of the nodes, but for the language."""
    return Same(model.trace), model.state.edits, covered(model.state)


def draw_links(model: Model, page: Page) -> None:
    """Put in their places what the style sheet cannot: lines and labels."""
    page.mount("links", fragment(links(model)))
    page.pose(placing(model))


class Maps:
    """The nodes of every column: their maps, and what is said of them."""

    name = "network.maps"

    def __init__(self, drawing: Drawing) -> None:
        """Nothing is painted yet; ``drawing`` says of its nodes what it is made with."""
        self.drawing = drawing
        self.frame: Hashable = None
        self.known: dict[str, Hashable] = {}  # by layer

    def depends(self, model: Model) -> Hashable:
        """The numbers, their colours, which kernels are marked as changed, which maps covered."""
        return frame_of(model), numbers_of(model), model.state.reading.scale

    def draw(self, model: Model, page: Page) -> None:
        """Paint the columns that look different, and write what is said of their nodes."""
        is_new = self.frame != frame_of(model)
        if is_new:
            self.frame, self.known = frame_of(model), {}
        changed = []
        for column in model.plan.columns:
            key = column_shown(model, column)
            if self.known.get(column.layer) != key:
                self.known[column.layer] = key
                changed.append(column)
        for paint_key, rgba in paintings(model, changed):
            page.paint(paint_key, rgba)
        page.pose({"network": {STILL: None}})
        if not is_new or self.drawing.said != numbers_of(model):
            page.pose(refresh(model, changed))


def column_shown(model: Model, column: Column) -> Hashable:
    """The numbers of a column, their colours, its changed kernels and its covered maps."""
    edits = tuple(edit for edit in model.state.edits if edit.node.layer == column.layer)
    nodes = tuple(node for node in covered(model.state) if node.layer == column.layer)
    return Same(model.trace[column.layer]), model.domains.get(column.layer), edits, nodes


class Wave:
    """Another picture goes through the network layer after layer."""

    def __init__(self) -> None:
        """No picture was shown yet."""
        self.waves = -1
        self.drawn = 0  # how often what is drawn on the pad had become another

    def draw(self, model: Model, page: Page) -> None:
        """Begin a wave, unless it is the first picture, or one that is being drawn."""
        before, self.drawn = self.drawn, model.state.pad.drawn
        if self.waves >= 0 and self.drawn != before:
            return
        self.waves += 1
        if self.waves:
            page.pose({"network": {"data-wave": "even" if self.waves % 2 else "odd"}})


def picture_shown(model: Model) -> Hashable:
    """The picture as the network reads it."""
    return frame_of(model), Same(model.trace["input"])


def paint_picture(model: Model, page: Page) -> None:
    """Paint the whole picture over its channels."""
    page.paint(PICTURE, whole_picture(model))


def legends_shown(model: Model) -> Hashable:
    """The scales, and between which values they run."""
    return frame_of(model), model.state.reading.scale, tuple(model.domains.values())


def draw_legends(model: Model, page: Page) -> None:
    """Mount the legends of the network."""
    page.mount("legends", fragment(legends(model)))


def details_shown(model: Model) -> Hashable:
    """Whether names, shapes and legends are shown."""
    return frame_of(model), model.state.reading.details


def draw_details(model: Model, page: Page) -> None:
    """Show or hide names, shapes and legends."""
    page.pose({"network": {"data-details": details_attribute(model.state)}})


class TabStop:
    """The network's one tab stop: the node last reached."""

    name = "network.tab_stop"

    def __init__(self) -> None:
        """The first node."""
        self.shown: Node | None = None

    def depends(self, model: Model) -> Hashable:
        """The node."""
        return frame_of(model), model.state.pointer.tab_stop

    def draw(self, model: Model, page: Page) -> None:
        """Move it from the node that had it."""
        now = model.plan.tab_stop(model.state.pointer.tab_stop)
        if self.shown is not None:
            page.pose({str(self.shown): {"tabindex": -1}})
        page.pose({str(now): {"tabindex": 0}})
        self.shown = now


class Opened:
    """Which node, and which of its rows, says that it is expanded."""

    name = "network.opened"

    def __init__(self) -> None:
        """None."""
        self.shown: tuple[str, ...] = ()

    def depends(self, model: Model) -> Hashable:
        """What is explained, and with which channel."""
        return frame_of(model), view_shown(model.state.focus), opened_row(model)

    def draw(self, model: Model, page: Page) -> None:
        """Say so, and no longer of others."""
        now: tuple[str, ...] = ()
        match model.state.focus:
            case Explained(node):
                row = opened_row(model)
                now = (str(node), *(() if row is None else (row,)))
        page.pose({key: {"aria-expanded": "false"} for key in self.shown if key not in now})
        page.pose({key: {"aria-expanded": "true"} for key in now})
        self.shown = now


def story_shown(model: Model) -> Hashable:
    """The probabilities, what is explained, and the language they are told in."""
    said = language_of(model), explained(model.state.focus)
    return *said, Same(model.trace[model.plan.columns[-1].layer])


def pointing_shown(model: Model) -> Hashable:
    """What is pointed at, and where it stands now."""
    focus = model.state.focus
    enlarged = focus.node if isinstance(focus, Card) else None
    pointer = model.state.pointer
    return (frame_of(model), pointer.node, pointer.cell, enlarged, explained(focus),
            Same(model.trace), Same(model.detail), covered(model.state))  # fmt: skip


def field_shown(model: Model) -> Hashable:
    """The receptive field that is drawn, and on which pictures."""
    return frame_of(model), Same(model.detail), framed_cell(model)
