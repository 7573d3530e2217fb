"""Transition from the network to an explanation and back: by poses alone.

The motion itself is the style sheet's, so that it can be interrupted and turned back anywhere.
"""

from cnnscope.drawing.element import Attributes, Pose
from cnnscope.drawing.lengths import rem
from cnnscope.nn.network import INPUT
from cnnscope.views.overview.drawing import PICTURE, column_style, network_style, picture_style
from cnnscope.views.shared.detail_layout import Transform
from cnnscope.views.shared.model import Model, column_key, placed
from cnnscope.views.shared.network_columns import has_tile

CAPTIONED_FROM = 36  # px; a caption is wider than a smaller picture, and would lie on its channels


def transition(model: Model) -> Pose:
    """Where each column, the picture and the drawing's edge are to go."""
    plan, expansion = model.plan, model.detail
    pose: dict[str, Attributes] = {
        "network": {"style": network_style(model), "data-stage": expansion is not None}
    }
    for place, column in enumerate(plan.columns):
        transform = Transform(0, 0) if expansion is None else expansion.transforms[column.layer]
        pose[column_key(column.layer)] = {
            "style": f"{column_style(column, place)};{moved(transform)}",
            "data-aside": transform.scale != 1,
            "data-many": is_many(model, column.layer),
        }
    style = f"{picture_style(plan)};{placed(plan.picture)}"
    transform = Transform(0, 0) if expansion is None else expansion.picture
    box = transform.box(plan.picture)
    own = Transform(box.x - plan.picture.x, box.y - plan.picture.y, transform.scale)
    name = "picture.name" if expansion is None else "picture.name.explained"
    _, rows, cols = model.network.input_shape
    pose[PICTURE] = {
        "aria-label": model.text(name, rows=rows, cols=cols),
        "data-many": is_many(model, INPUT),
        "data-uncaptioned": box.width < CAPTIONED_FROM and not has_tile(model.network),
        "style": f"{style};--scale:{transform.scale:.4f};{moved(own)}",
    }
    return pose


def is_many(model: Model, layer: str) -> bool:
    """Whether a layer's maps have more columns than a node has pixels, and must be averaged."""
    return model.network.shapes[layer][-1] > model.plan.node_size


def moved(transform: Transform) -> str:
    """A transform as a style; nothing for none."""
    if transform == Transform(0, 0):
        return ""
    return (
        f"transform:translate({rem(transform.x)},{rem(transform.y)}) scale({transform.scale:.4f})"
    )
