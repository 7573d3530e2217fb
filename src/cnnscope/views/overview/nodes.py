"""Nodes of the overview: a map, a unit of a hidden layer, or a class with its probability.

``node_button`` gives one as an element; ``nodes_pose`` gives, as a pose, all that another picture
changes in some columns of them.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import ACTIVATION, PROBABILITY
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.nn.network import INPUT
from cnnscope.state.state import Explained, Node
from cnnscope.state.tour import covered
from cnnscope.views.registry import view_facts
from cnnscope.views.shared.field_mark import field_mark
from cnnscope.views.shared.model import (
    COLOURS,
    Model,
    canvas,
    colour_name,
    is_class,
    is_colour,
    node_name,
    placed,
)
from cnnscope.views.shared.network_columns import Column


def node_button(model: Model, column: Column, node: Node, slot: int) -> Element:
    """A node in a slot of its column: its map, a unit, or a class with its probability."""
    is_tab_stop = node == model.plan.tab_stop(model.state.pointer.tab_stop)
    attributes: Attributes = {
        "type": "button",
        "class": "node",
        "data-node": str(node),
        "data-key": str(node),
        "data-keys": True,
        "data-on": "open",
        "data-args": str(node),
        **opening(model, node),
        "tabindex": 0 if is_tab_stop else -1,
        "style": node_style(model, column, node, slot),
        **node_attributes(model, node),
    }
    if is_class(model, node):
        return element("button", attributes, *class_parts(model, node))
    if column.is_cells:
        return element("button", attributes)
    caption = None
    if is_colour(model, node):
        ink = {"class": "caption", "data-colour": COLOURS[node.channel]}
        caption = element("span", ink, colour_name(model, node.channel))
    _, rows, cols = model.network.shapes[node.layer]
    return element(
        "button",
        attributes,
        canvas(str(node), rows, cols),
        field_mark(str(node)) if node.layer == INPUT else None,
        caption,
    )


def opening(model: Model, node: Node) -> Attributes:
    """What a node opens: a card, or in place all that it is computed from."""
    if not view_facts(model.network, node):
        return {"aria-haspopup": "dialog"}
    match model.state.focus:
        case Explained(explained) if explained == node:
            return {"aria-expanded": "true"}
        case _:
            return {"aria-expanded": "false"}


def class_parts(model: Model, node: Node) -> Iterator[Element]:
    """A class's name, its bar on a scale from 0 to 100 %, and its percentage."""
    share = float(model.values(node))
    key = str(node)
    yield element("span", {"class": "class-name"}, model.names[node.channel])
    yield element("span", {"class": "percent", **LITERAL, "data-key": f"{key}.percent"},
                  percent(share))  # fmt: skip
    fill = element("span", {"data-key": f"{key}.bar", "style": bar_style(share)})
    yield element("span", {"class": "bar"}, fill)


def bar_style(share: float) -> str:
    """A bar's length and colour; drawn by scaling, which costs the browser no layout."""
    return f"transform:scaleX({share:.5f});background:{PROBABILITY}"


def node_attributes(model: Model, node: Node) -> Attributes:
    """The attributes of a node that depend on the picture."""
    attributes: Attributes = {
        "aria-label": node_name(model, node),
        "data-covered": node in covered(model.state),
        "data-edited": any(edit.node == node for edit in model.state.edits),
    }
    if not is_class(model, node):
        return attributes
    probabilities = model.trace[node.layer]
    return {
        **attributes,
        "data-class": model.classes[node.channel],
        "data-probability": f"{float(probabilities[node.channel]):.9g}",
        "data-first": int(probabilities.argmax()) == node.channel,
    }


def nodes_pose(model: Model, columns: Sequence[Column], *, is_seen_only: bool = False) -> Pose:
    """All attributes of the nodes in some columns that other numbers change.

    While a picture is being drawn, those that are not seen can wait for the end of its line.
    """
    cells = [column for column in columns if column.is_cells]
    styles = {
        key: {"style": style} for column in cells for key, style in unit_styles(model, column)
    }
    if is_seen_only:
        columns = [column for column in columns if column.is_classes]
    pose: dict[str, Attributes] = {**styles}
    for node in (node for column in columns for node in column.nodes):
        pose[str(node)] = {**node_attributes(model, node), **styles.get(str(node), {})}
        if is_class(model, node):
            share = float(model.values(node))
            pose[f"{node}.bar"] = {"style": bar_style(share)}
            pose[f"{node}.percent"] = {"text": percent(share)}
    return pose


def node_style(model: Model, column: Column, node: Node, slot: int) -> str:
    """A node's place; a unit's colour too."""
    if column.is_cells:
        (color,) = ACTIVATION.colors([float(model.values(node))], model.domains[node.layer])
        return unit_style(model, node, color)
    return f"--place:{slot}" if column.is_plain else placed(model.plan.boxes[node])


def unit_styles(model: Model, column: Column) -> Iterator[tuple[str, str]]:
    """Key and style of each unit of a column: its place, and its number as a colour."""
    values = model.trace[column.layer][[node.channel for node in column.nodes]]
    colors = ACTIVATION.colors(values.tolist(), model.domains[column.layer])
    for node, color in zip(column.nodes, colors, strict=True):
        yield str(node), unit_style(model, node, color)


def unit_style(model: Model, node: Node, color: str) -> str:
    """A unit's place and colour."""
    return f"{placed(model.plan.boxes[node])};background:{color}"
