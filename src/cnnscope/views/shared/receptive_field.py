"""The receptive field on the picture: what of it one value of a map can see."""

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.nn.layers import Cell, Window
from cnnscope.nn.network import INPUT
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.state.state import START, Detail, Expanded, Node, Place
from cnnscope.views.dense.numbers import feature_cell
from cnnscope.views.shared.context import Context, is_class

PICTURE = "picture"
ENLARGED = ("all", "one")
"""Keys of the pictures that a class's heat maps lie over."""


def field_mark(key: str) -> Element:
    """A frame on a picture or on one of its channels, hidden until there is a field to show."""
    return element("span", {"class": "field", "data-key": f"field/{key}", "hidden": True})


def field_pose(context: Context) -> Pose:
    """The frames on the picture and on its channels, and the field's size in words."""
    field = shown_field(context)
    keys = [PICTURE, *ENLARGED, *(f"{INPUT}/{k}" for k in range(context.network.input_shape[0]))]
    frame: Attributes = {"hidden": True, "style": None}
    caption = context.text("picture.caption")
    if field is not None:
        frame = {"hidden": False, "style": frame_style(field, context.network.input_shape)}
        caption = context.text("field.caption", rows=len(field.rows), cols=len(field.cols))
    pose: dict[str, Attributes] = {f"field/{key}": frame for key in keys}
    pose["picture.caption"] = {"text": caption}
    return pose


def shown_field(context: Context) -> Window | None:
    """The part of the picture that the cell pointed at can see, where fields are drawn at all."""
    if not context.state.field:
        return None
    found = pointed_cell(context)
    if found is None:
        return None
    node, (row, col) = found
    return receptive_field(context.network, node.layer, Cell(node.channel, row, col))


def pointed_cell(context: Context) -> tuple[Node, Place] | None:
    """The node and the cell of its map that is pointed at, else the one that a view stands on."""
    state = context.state
    if state.hover is not None and state.cell is not None and not is_class(context, state.hover):
        return state.hover, state.cell
    match state.focus:
        case Expanded(node, _, is_normalised) if is_class(context, node):
            return None if is_normalised else feature_cell(context, node)
        case Expanded(node):
            return node, state.window or START
        case Detail(node) if not is_class(context, node):
            _, rows, cols = context.network.shapes[node.layer]
            return node, state.map_cell or (rows // 2, cols // 2)
        case _:
            return None


def frame_style(field: Window, shape: tuple[int, ...]) -> str:
    """Where a field lies on the picture, in shares of it."""
    _, rows, cols = shape
    return (
        f"left:{100 * field.cols.start / cols:.3f}%;top:{100 * field.rows.start / rows:.3f}%;"
        f"width:{100 * len(field.cols) / cols:.3f}%;height:{100 * len(field.rows) / rows:.3f}%"
    )


def field_line(context: Context) -> str:
    """The field in words, rows and columns counted from one; empty without one."""
    field = shown_field(context)
    if field is None:
        return ""
    return context.text(
        "field.line",
        top=field.rows.start + 1, bottom=field.rows.stop,
        left=field.cols.start + 1, right=field.cols.stop,
    )  # fmt: skip
