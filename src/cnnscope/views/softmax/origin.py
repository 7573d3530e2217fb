"""Where softmax's logits come from: the one vector that each of them is a sum of, or a part.

``origin`` gives it as a strip with a line to each class, ``stage_paintings`` its values in colours.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, Rgba
from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size
from cnnscope.drawing.scale import count, symmetric
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.layers import Flatten
from cnnscope.state.state import Node
from cnnscope.state.validation import has_node
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.softmax.layout import SoftmaxLayout
from cnnscope.views.softmax.numbers import SoftmaxNumbers

VECTOR = "stage.vector"
"""Under which the vector is painted."""

CAPTION = (50, 30)  # px: of the strip, in two lines
CAPTION_GAP = 4
CAPTION_OUT = 8  # px left of the strip, where the panel ends
TIP = 8  # px from a row to the end of its line: the frame of the chosen one


def origin(model: Model, numbers: SoftmaxNumbers, plan: SoftmaxLayout) -> Iterator[Element]:
    """The vector as a strip, and a line from it to each logit; that of the class stands out.

    Where the logits are no sums, the vector is that of the logits themselves.
    """
    box, chosen = plan.vector, numbers.node.channel
    size = drawing_size(plan.width, plan.height)
    rows = dict(zip(plan.channels, plan.rows, strict=True))
    lines = [
        element("path", {"class": "chosen" if k == chosen else None, "d": line(plan, row)})
        for k, row in rows.items()
    ]  # fmt: skip
    if plan.others is not None:
        lines.append(element("path", {"d": line(plan, plan.others)}))
    yield element("svg", {"class": "fan", "aria-hidden": "true", **size}, *lines)
    values = model.trace[layer_of(model, numbers)].size
    key = "softmax.origin" if are_sums(model, numbers) else "softmax.origin.cells"
    name = model.text(
        key, values=count(values), classes=len(numbers.logits), layer=layer_of(model, numbers)
    )
    strip = element("canvas", {"data-paint": VECTOR, "width": 1, "height": values})
    yield element(
        "div", {"class": "vector", "role": "img", "aria-label": name, "title": name,
                "style": placed(box)},
        strip,
    )  # fmt: skip
    if not plan.is_narrow:
        below = placed(box.below(CAPTION_GAP, CAPTION[1], CAPTION[0]).moved(dx=-CAPTION_OUT))
        words = model.text("softmax.origin.values", values=count(values))
        yield element(
            "p", {"class": "vector-caption", "aria-hidden": "true", "style": below}, words
        )


def are_sums(model: Model, numbers: SoftmaxNumbers) -> bool:
    """Whether each logit is a weighted sum, and not a cell or a unit of the layer before."""
    return dense_stage(model.network, numbers.node.layer) is not None


def layer_of(model: Model, numbers: SoftmaxNumbers) -> str:
    """Name of the layer whose values are weighed, or are the logits: that which is drawn."""
    network, layer = model.network, numbers.source
    if are_sums(model, numbers):
        return network.before(layer)
    return network.before(layer) if isinstance(network.layer(layer), Flatten) else layer


def cell_of(model: Model, numbers: SoftmaxNumbers, channel: int) -> Node | None:
    """The map or the unit that a logit is, where it is one that is drawn."""
    if are_sums(model, numbers):
        return None
    layer = layer_of(model, numbers)
    shape = (*model.network.shapes[layer], 1, 1)
    node = Node(layer, channel // (shape[1] * shape[2]))
    return node if has_node(model.network, node) else None


def line(plan: SoftmaxLayout, row: Box) -> str:
    """From the middle of the vector to a class's row."""
    start = plan.vector.end
    return f"M{start.x:.1f} {start.y:.1f}L{row.x - TIP:.1f} {row.middle:.1f}"


def stage_paintings(model: Model, numbers: SoftmaxNumbers) -> Iterator[tuple[str, Rgba]]:
    """The vector, in the colours of the maps that it was."""
    layer = layer_of(model, numbers)
    domain = symmetric(model.trace.extent(layer))
    yield VECTOR, ACTIVATION.paint(model.trace[layer].reshape(-1, 1), domain)
