"""Pages of a layer's channels, and the classes that are not drawn one by one.

``pager`` stands below a column of which there is more; ``others_row`` is the last of many classes.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.nn.ops import Array
from cnnscope.views.overview.nodes import bar_style
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.network_columns import Column, paged_with

OTHERS = "output.others"
"""Key of the row of all classes that are not drawn."""

TURNS = {-1: ("previous", "\u2039"), 1: ("next", "\u203a")}


def page_key(layer: str, by: int) -> str:
    """Key of the button to the channels of a layer before those that are drawn, or after them."""
    return f"page/{layer}/{TURNS[by][0]}"


def pager(model: Model, column: Column) -> Iterator[Element]:
    """Which channels of a layer are drawn, over the ways to the ones before and after.

    Layers that are made of it one by one show the same page.
    """
    if not column.is_paged or paged_with(model.network, column.layer) != column.layer:
        return
    first, last = column.nodes[0].channel + 1, column.nodes[-1].channel + 1
    place = {"first": first, "last": last, "channels": column.total}
    yield element(
        "div",
        {"class": "pager", "role": "group", "style": placed(model.plan.pager(column.layer)),
         "aria-label": model.text("column.page.name", layer=column.layer, **place)},
        element("span", LITERAL, model.text("column.page", **place)),
        *(turn(model, column, by) for by in TURNS),
    )  # fmt: skip


def turn(model: Model, column: Column, by: int) -> Element:
    """The way to the channels before or after; after the last come the first."""
    name, sign = TURNS[by]
    said = model.text(f"column.page.{name}", layer=column.layer)
    target = f"{column.layer}/{page_reached(column, by)}"
    return element(
        "button",
        {"type": "button", "data-on": "page", "data-args": target,
         "data-key": page_key(column.layer, by), "aria-label": said, "title": said},
        sign,
    )  # fmt: skip


def page_reached(column: Column, by: int) -> int:
    """A channel of the page before or after the one that is drawn."""
    first, last = column.nodes[0].channel, column.nodes[-1].channel
    return (first + by if by < 0 else last + by) % column.total


def others_row(model: Model) -> Iterator[Element]:
    """How probable all the classes together are that are not drawn."""
    assert model.plan.others is not None
    yield element(
        "p", {"class": "others", "data-key": OTHERS, "style": placed(model.plan.others)},
        element("span", {"class": "class-name"},
                model.text("column.others", count=model.plan.columns[-1].others)),
        element("span", {"class": "percent", "data-key": f"{OTHERS}.percent", **LITERAL},
                percent(rest(model))),
        element("span", {"class": "bar"},
                element("span", {"data-key": f"{OTHERS}.bar", "style": bar_style(rest(model))})),
    )  # fmt: skip


def rest(model: Model) -> float:
    """The probability of all classes that are not drawn."""
    column = model.plan.columns[-1]
    shares: Array = model.trace[column.layer]
    drawn = [node.channel for node in column.nodes]
    return max(0.0, 1.0 - float(shares[drawn].sum(dtype="float64")))


def others_pose(model: Model) -> Pose:
    """What another picture changes in that row."""
    if not model.plan.columns[-1].others:
        return {}
    share: Attributes = {"style": bar_style(rest(model))}
    return {f"{OTHERS}.bar": share, f"{OTHERS}.percent": {"text": percent(rest(model))}}
