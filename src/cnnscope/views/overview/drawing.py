"""The whole network: every channel of every layer as a node, and what feeds what.

``overview`` gives the structure once for a plan; ``refresh`` gives, as a pose, all that another
picture changes in it, so that a new picture neither rebuilds the page nor loses the focus.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.lengths import drawing_size, rem, size_style
from cnnscope.drawing.scale import percent
from cnnscope.state.state import State
from cnnscope.views.overview.column_label import column_label
from cnnscope.views.overview.nodes import node_button, nodes_pose
from cnnscope.views.overview.pages import others_pose, others_row, pager
from cnnscope.views.shared.field_mark import field_mark
from cnnscope.views.shared.key_targets import label_key
from cnnscope.views.shared.legend import label_box
from cnnscope.views.shared.links import all_links
from cnnscope.views.shared.model import Model, canvas, column_key, placed
from cnnscope.views.shared.network_columns import Column, has_tile
from cnnscope.views.shared.network_plan import Plan

PICTURE = "picture"
"""Key under which the whole picture is painted, above its channels."""
SHAPE_LEAST = 68
"""Px from one shape to the next, from which on they are told from each other."""
STILL = "data-still"
"""Marks a drawing whose maps were painted when the page was built; the style sheet shows them."""


def overview(model: Model) -> Element:
    """The network's drawing, in its own coordinates."""
    plan = model.plan
    return element(
        "div",
        {
            "class": "network",
            "data-key": "network",
            "data-ground": True,
            "data-language": model.text.language,
            "role": "group",
            "aria-label": model.text("network.name", columns=len(plan.columns)),
            "data-details": details_attribute(model.state),
        },
        element("svg", {"class": "links", "data-key": "links", "aria-hidden": "true"}),
        picture_tile(model),
        *(column_of_nodes(model, place) for place in range(len(plan.columns))),
        element("svg", {"class": "rings", "data-key": "network.rings", "aria-hidden": "true"},
                element("path", {"data-key": "rings", "d": ""}),
                *(element("path", {"class": key.replace(".", "-"), "data-key": key, "d": ""})
                  for key in ("cone.halo", "cone"))),
        element("div", {"data-key": "legends", "class": "legends"}),
    )  # fmt: skip


def links(model: Model) -> Iterator[Element]:
    """The lines between the nodes, and those to what is pointed at."""
    yield from all_links(model.plan)
    yield element("path", {"class": "fed", "data-key": "fed", "d": ""})
    yield element("path", {"class": "lit", "data-key": "lit", "d": ""})


def network_style(model: Model) -> str:
    """The drawing's size, the plan's or the explanation's, and what every node's place needs.

    The style sheet places a node by these lengths, and by how many of them come before it.
    """
    plan, expansion = model.plan, model.detail
    width, height = (plan.width, plan.height)
    if expansion is not None:
        width, height = (expansion.width, expansion.height)
    lengths = {"node": plan.node_size, "unit": plan.unit, "band": plan.band}
    own = "".join(f";--{name}:{rem(length, 4)}" for name, length in lengths.items())
    return f"{size_style(width, height)}{own}"


def placing(model: Model) -> Pose:
    """What the style sheet cannot place: the sizes of the lines' drawings, and the labels."""
    plan = model.plan
    svg = drawing_size(plan.width, plan.height)
    labels = {
        label_key(column.layer): {"style": placed(label_box(plan, column.layer))}
        for column in plan.columns
    }
    close = {"data-close": have_close_labels(plan)}
    return {"links": svg, "network.rings": svg, "network": close, **labels}


def have_close_labels(plan: Plan) -> bool:
    """Whether whole shapes would read as one over columns of maps; channels are left out then."""
    maps = (column for column in plan.columns if not column.is_cells and not column.is_classes)
    return min(label_box(plan, column.layer).width for column in maps) < SHAPE_LEAST


def column_style(column: Column, place: int) -> str:
    """How many nodes and gaps stand before a column, and among how many slots its nodes are."""
    return (
        f"--column:{place};--nodes:{column.nodes_before};"
        f"--units:{column.units_before:g};--slots:{column.slots}"
    )


def details_attribute(state: State) -> str:
    """Value of the attribute that shows or hides names, shapes and legends."""
    return "on" if state.reading.details else "off"


def picture_tile(model: Model) -> Element:
    """The picture as the network sees it, over its channels."""
    _, rows, cols = model.network.input_shape
    name = model.text("picture.name", rows=rows, cols=cols)
    return element(
        "button",
        {"type": "button", "class": "picture", "aria-label": name, "data-key": "picture",
         "data-on": "original", "data-keys": True, "aria-haspopup": "dialog",
         "data-twin": not has_tile(model.network),
         "style": picture_style(model.plan)},
        canvas(PICTURE, rows, cols),
        field_mark(PICTURE),
        element("span", {"class": "caption", "aria-hidden": "true", "data-key": "picture.caption"},
                model.text("picture.caption")),
    )  # fmt: skip


def picture_style(plan: Plan) -> str:
    """The picture's place: the first slot of the first column, which the inputs share."""
    return f"{column_style(plan.columns[0], 0)};--place:0"


def told_as(column: Column) -> str:
    """Key of what a screen reader is told of a column."""
    if column.is_cells:
        return "column.units"
    return "column.grey" if column.is_input and column.total == 1 else f"column.{column.kind}"


def column_of_nodes(model: Model, place: int) -> Element:
    """A layer: its label and its nodes."""
    column = model.plan.columns[place]
    start = column.is_input * (column.slots - column.total)
    shape = model.network.shapes[column.layer]
    channels, rows, cols = shape if len(shape) == 3 else (*shape, 1, 1)
    sizes = {"channels": channels, "rows": rows, "cols": cols}
    name = model.text(told_as(column), layer=column.layer, **sizes)
    return element(
        "div",
        {
            "class": "column",
            "data-kind": column.kind,
            "data-cells": column.is_cells,
            "data-key": column_key(column.layer),
            "role": "group",
            "aria-label": name,
            "style": column_style(column, place),
        },
        column_label(model, column, (rows, cols, channels)),
        *(node_button(model, column, node, slot) for slot, node in enumerate(column.nodes, start)),
        *pager(model, column),
        *(others_row(model) if column.others else ()),
    )


def refresh(model: Model, columns: Sequence[Column]) -> Pose:
    """All attributes of what stands in some columns that other numbers change."""
    is_seen_only = model.state.pad.is_inking
    return {**nodes_pose(model, columns, is_seen_only=is_seen_only), **others_pose(model)}


def announcement(model: Model) -> str:
    """The network's answer in a sentence: the first and the second class."""
    probabilities = model.trace[model.plan.columns[-1].layer]
    first, second = (
        model.text(
            "announce.class",
            name=model.names[channel],
            percent=percent(float(probabilities[channel])),
        )
        for channel in probabilities.argsort()[::-1][:2]
    )
    return model.text("announce.answer", first=first, second=second)
