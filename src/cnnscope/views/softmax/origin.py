"""Where softmax's logits come from: the one vector that each of them is a sum of.

``origin`` gives it as a strip with a line to each class, ``stage_paintings`` its values in colours.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, Rgba
from cnnscope.drawing.element import Element, element
from cnnscope.drawing.lengths import drawing_size
from cnnscope.drawing.scale import count, symmetric
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
    """The vector as a strip, and a line from it to each logit; that of the class stands out."""
    box, chosen = plan.vector, numbers.node.channel
    size = drawing_size(plan.width, plan.height)
    lines = (
        element("path", {"class": "chosen" if k == chosen else None, "d": line(plan, k)})
        for k in range(len(plan.rows))
    )  # fmt: skip
    yield element("svg", {"class": "fan", "aria-hidden": "true", **size}, *lines)
    values = model.trace[model.network.before(numbers.source)].size
    name = model.text("softmax.origin", values=count(values), classes=len(plan.rows))
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


def line(plan: SoftmaxLayout, channel: int) -> str:
    """From the middle of the vector to a class's row."""
    start, row = plan.vector.end, plan.rows[channel]
    return f"M{start.x:.1f} {start.y:.1f}L{row.x - TIP:.1f} {row.middle:.1f}"


def stage_paintings(model: Model, numbers: SoftmaxNumbers) -> Iterator[tuple[str, Rgba]]:
    """The vector, in the colours of the maps that it was."""
    layer = model.network.before(numbers.source)
    domain = symmetric(model.trace.extent(layer))
    yield VECTOR, ACTIVATION.paint(model.trace[layer].reshape(-1, 1), domain)
