"""How the network steps aside for an explanation, and comes back: by poses alone.

The motion itself is the style sheet's, so that it can be interrupted and turned back anywhere.
"""

from cnnscope.drawing.element import Attributes, Pose
from cnnscope.views.overview.drawing import PICTURE, network_style
from cnnscope.views.shared.context import Context, column_key, placed
from cnnscope.views.shared.detail_layout import Shift


def stepping(context: Context) -> Pose:
    """Where each column, the picture and the drawing's edge are to go."""
    plan, expansion = context.plan, context.expansion
    pose: dict[str, Attributes] = {
        "network": {"style": network_style(context), "data-stage": expansion is not None}
    }
    for column in plan.columns:
        shift = Shift(0, 0) if expansion is None else expansion.shifts[column.layer]
        pose[column_key(column.layer)] = {
            "style": moved(shift),
            "data-aside": shift.scale != 1,
        }
    shift = Shift(0, 0) if expansion is None else expansion.picture
    box = shift.box(plan.picture)
    own = Shift(box.x - plan.picture.x, box.y - plan.picture.y, shift.scale)
    name = "picture.name" if expansion is None else "picture.name.explained"
    _, rows, cols = context.network.input_shape
    pose[PICTURE] = {
        "aria-label": context.text(name, rows=rows, cols=cols),
        "style": f"{placed(plan.picture)};--scale:{shift.scale:.4f};{moved(own)}",
    }
    return pose


def moved(shift: Shift) -> str:
    """A shift as a style; nothing for none."""
    if shift == Shift(0, 0):
        return ""
    return f"transform:translate({shift.x:.2f}px,{shift.y:.2f}px) scale({shift.scale:.4f})"
