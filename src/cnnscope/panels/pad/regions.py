"""Regions of the pad: itself, what is drawn on it, what the network reads of that, and its answer.

pad_regions(draw_sketch)   # in the order in which they are drawn
"""

from collections.abc import Callable, Hashable, Sequence

from cnnscope.panels.base import Drawn, Region, Same, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.pad.drawing import OPENER, SEEN, answer_pose, is_on_show, panel
from cnnscope.panels.pad.place import is_shown
from cnnscope.state.validation import takes_drawings
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.painting import whole_picture


def pad_regions(draw_sketch: Callable[[Model, Page], None]) -> Sequence[Region]:
    """The regions; the panel draws what it keeps of the drawing itself."""
    return (
        Drawn("pad", panel_shown, draw_panel),
        Drawn("pad.sketch", sketch_shown, draw_sketch),
        Drawn("pad.seen", seen_shown, paint_seen),
        Drawn("pad.answer", answer_shown, fill_in),
    )


def panel_shown(model: Model) -> Hashable:
    """Of which network the pad is; None while there is none."""
    if not is_shown(model.state, model.trained):
        return takes_drawings(model.trained) and (language_of(model), model.state.network)
    return language_of(model), Same(model.gallery)


def draw_panel(model: Model, page: Page) -> None:
    """Mount the pad, or take it away."""
    is_open = is_shown(model.state, model.trained)
    page.mount("pad", str(panel(model)) if is_open else "")
    page.pose({
        "page": {"data-pad": is_open},
        OPENER: {"aria-expanded": "true" if is_open else "false"},
    })  # fmt: skip


def sketch_shown(model: Model) -> Hashable:
    """What is drawn, and on which pad."""
    return panel_shown(model), model.state.pad.drawn, model.state.brought


def seen_shown(model: Model) -> Hashable:
    """What the network reads."""
    return panel_shown(model), Same(model.trace["input"])


def paint_seen(model: Model, page: Page) -> None:
    """Paint what the network reads, on an open pad."""
    if is_shown(model.state, model.trained):
        page.paint(SEEN, whole_picture(model))


def answer_shown(model: Model) -> Hashable:
    """The probabilities, and on which pad they are told."""
    answer = Same(model.trace[model.network.layers[-1].name])
    return panel_shown(model), answer, is_on_show(model)


def fill_in(model: Model, page: Page) -> None:
    """Write the answer, on an open pad."""
    if is_shown(model.state, model.trained):
        page.pose(answer_pose(model))
