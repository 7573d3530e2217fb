"""The receptive field on the picture: what of it one value of a map can see."""

from cnnscope.drawing.element import Attributes, Pose
from cnnscope.nn.layers import Cell, Window
from cnnscope.nn.network import INPUT
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.state.state import Card, Explained, Node, Place
from cnnscope.views.registry import view_of
from cnnscope.views.shared.field_mark import ENLARGED, PICTURE
from cnnscope.views.shared.model import Model, is_class


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
    return pose


def shown_field(model: Model) -> Window | None:
    """The part of the picture that the cell pointed at can see, where fields are drawn at all."""
    if not model.state.field:
        return None
    found = pointed_cell(model)
    if found is None:
        return None
    node, (row, col) = found
    return receptive_field(model.network, node.layer, Cell(node.channel, row, col))


def pointed_cell(model: Model) -> tuple[Node, Place] | None:
    """The node and the cell of its map that is pointed at, else the one that a view stands on."""
    hovered, cell = model.state.pointer.node, model.state.pointer.cell
    if hovered is not None and cell is not None and not is_class(model, hovered):
        return hovered, cell
    match model.state.focus:
        case Explained() as focus:
            return view_of(model.network, focus).pointed_cell(model, focus.node)
        case Card(node, cell) if not is_class(model, node):
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
