"""The receptive field: what one value of a map sees of the maps before it, and of the picture."""

from cnnscope.drawing.element import Attributes, Pose
from cnnscope.nn.layers import Cell, Window
from cnnscope.nn.network import INPUT
from cnnscope.nn.receptive_field import receptive_field, seen_before
from cnnscope.state.state import Card, Explained, Node, Place
from cnnscope.views.registry import view_of
from cnnscope.views.shared.field_mark import ENLARGED, PICTURE
from cnnscope.views.shared.model import Model, has_map

CONE = ("cone", "cone.halo")
"""Keys of the path of all frames on maps, and of the light one under it."""


def field_pose(model: Model) -> Pose:
    """The frames on the picture and on its channels, and the field's size in words."""
    field = shown_field(model)
    keys = [PICTURE, *ENLARGED, *(f"{INPUT}/{k}" for k in range(model.network.input_shape[0]))]
    frame: Attributes = {"hidden": True, "style": None}
    caption = model.text("picture.caption")
    if field is not None:
        frame = {"hidden": False, "style": frame_style(field, model.network.input_shape)}
        caption = model.text("field.caption", rows=len(field.rows), cols=len(field.cols))
    pose: dict[str, Attributes] = {f"field/{key}": frame for key in keys}
    pose["picture.caption"] = {"text": caption}
    seen = cone(model)
    pose |= {key: {"d": seen} for key in CONE}
    return pose


def cone(model: Model) -> str:
    """Path data of a frame on every map that the cell pointed at sees something of.

    They grow from column to column, back to the picture, which has frames of its own.
    """
    found = hovered_cell(model)
    if found is None:
        return ""
    node, place = found
    seen = seen_before(model.network, node.layer, Cell(node.channel, *place))
    return "".join(
        frames(model, layer, window)
        for layer, window in seen
        if layer != INPUT and layer in model.plan.column_of
    )


def frames(model: Model, layer: str, window: Window) -> str:
    """Path data of the same frame on several maps of a layer."""
    plan, (_, rows, cols) = model.plan, model.network.shapes[layer]
    across, down = plan.node_size / cols, plan.node_size / rows
    x, y = window.cols.start * across, window.rows.start * down
    width, height = len(window.cols) * across, len(window.rows) * down
    outline = f"h{width:.1f}v{height:.1f}h{-width:.1f}z"
    nodes = (Node(layer, channel) for channel in window.channels)
    boxes = (plan.boxes[node] for node in nodes if node in plan.boxes)
    return "".join(f"M{box.x + x:.1f} {box.y + y:.1f}{outline}" for box in boxes)


def shown_field(model: Model) -> Window | None:
    """The part of the picture that the cell pointed at can see, where fields are drawn at all."""
    found = framed_cell(model)
    if found is None:
        return None
    node, (row, col) = found
    return receptive_field(model.network, node.layer, Cell(node.channel, row, col))


def framed_cell(model: Model) -> tuple[Node, Place] | None:
    """The cell whose field is drawn: over the network any, elsewhere where that is asked for."""
    return hovered_cell(model) or (pointed_cell(model) if model.state.field else None)


def hovered_cell(model: Model) -> tuple[Node, Place] | None:
    """The cell pointed at in the whole network; with the keyboard, the middle of the map."""
    node, cell = model.state.pointer.node, model.state.pointer.cell
    if model.detail is not None or node is None or node not in model.plan.boxes:
        return None
    if node.layer == INPUT or not has_map(model, node):
        return None
    _, rows, cols = model.network.shapes[node.layer]
    return node, cell or (rows // 2, cols // 2)


def pointed_cell(model: Model) -> tuple[Node, Place] | None:
    """The node and the cell of its map that is pointed at, else the one that a view stands on."""
    hovered, cell = model.state.pointer.node, model.state.pointer.cell
    if hovered is not None and cell is not None and has_map(model, hovered):
        return hovered, cell
    match model.state.focus:
        case Explained() as focus:
            return view_of(model.network, focus).pointed_cell(model, focus.node)
        case Card(node, cell) if has_map(model, node):
            _, rows, cols = model.network.shapes[node.layer]
            return node, cell or (rows // 2, cols // 2)
        case _:
            return None


def frame_style(field: Window, shape: tuple[int, ...]) -> str:
    """Where a field lies on the picture, in shares of it."""
    _, rows, cols = shape
    return (
        f"left:{100 * field.cols.start / cols:.3f}%;top:{100 * field.rows.start / rows:.3f}%;"
        f"width:{100 * len(field.cols) / cols:.3f}%;height:{100 * len(field.rows) / rows:.3f}%"
    )


def field_line(model: Model) -> str:
    """The field in words, rows and columns counted from one; empty without one."""
    field = shown_field(model)
    if field is None:
        return ""
    return model.text(
        "field.line",
        top=field.rows.start + 1, bottom=field.rows.stop,
        left=field.cols.start + 1, right=field.cols.stop,
    )  # fmt: skip
