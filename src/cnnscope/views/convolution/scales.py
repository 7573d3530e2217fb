"""Scales of a convolution's colours, and its legends.

What each input channel contributes has a scale of its own, as contributions are much smaller than
their sum; a reader who compares them with the result can have the same scale for both.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, WEIGHT
from cnnscope.drawing.element import Element, element, literal
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import Domain, number, symmetric, ticks
from cnnscope.state.state import Node
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.painting import ramp_of

LEGEND_ROOMY = 124  # px that a bar with three ticks needs
SWITCH = "stage.parts"


def is_shared(model: Model) -> bool:
    """Whether the contributions have the scale of the result."""
    return model.state.reading.parts == "result"


def result_domain(model: Model, numbers: ConvNumbers) -> Domain:
    """Of the enlarged output: its layer's, or wider where contributions share it and need it."""
    own = model.domains[numbers.node.layer]
    return symmetric(max(own.high, numbers.extent)) if is_shared(model) else own


def contribution_domain(model: Model, numbers: ConvNumbers) -> Domain:
    """Of all contributions, so that they can be compared with each other."""
    return result_domain(model, numbers) if is_shared(model) else numbers.contribution_domain


def scale_switch(model: Model, box: Box) -> Element:
    """Which scale the contributions have."""
    return element(
        "button",
        {"type": "button", "class": "tick", "data-on": "parts", "data-key": SWITCH,
         "aria-pressed": pressed(is_shared(model)), "style": placed(box)},
        model.text("stage.parts"),
    )  # fmt: skip


def stage_legends(model: Model, numbers: ConvNumbers) -> Iterator[Element]:
    """The bars of the very colours drawn: of the inputs, the contributions, the kernels."""
    assert isinstance(model.detail, ConvolutionLayout)
    text, detail = model.text, model.detail
    is_roomy = detail.legends.width >= 3 * LEGEND_ROOMY
    for name, colours, domain in (
        (numbers.source, source_gradients(model, numbers), model.domains[numbers.source]),
        (text("stage.contributions"), [ACTIVATION.gradient()],
         contribution_domain(model, numbers)),
        (text("stage.kernels"), [WEIGHT.gradient()], numbers.weight_domain),
    ):  # fmt: skip
        values = [number(value) for value in ticks(domain, 3 if is_roomy else 2)]
        yield element(
            "div",
            {"class": "legend"},
            element("span", {"class": "legend-name", **literal(name)}, name),
            *bar_and_ticks(colours, values),
        )
    if detail.scale is not None:
        yield upright_scale(model, numbers, detail.scale, detail.legends)


def upright_scale(model: Model, numbers: ConvNumbers, box: Box, frame: Box) -> Element:
    """The colours of the result, upright beside it; its box is put among the legends' own."""
    domain = result_domain(model, numbers)
    values = [number(value) for value in reversed(ticks(domain, 3))]
    style = (
        f"left:{rem(box.x - frame.x)};top:{rem(box.y - frame.y)};"
        f"width:{rem(box.width)};height:{rem(box.height)}"
    )
    return element(
        "div",
        {"class": "legend upright", "style": style},
        *bar_and_ticks([ACTIVATION.gradient().replace("to right", "to top")], values),
    )


def source_gradients(model: Model, numbers: ConvNumbers) -> list[str]:
    """The ramps of the inputs: one, or that of each colour of a picture."""
    source = Node(numbers.source, 0)
    if ramp_of(model, source) is ACTIVATION:
        return [ACTIVATION.gradient()]
    channels = range(model.network.input_shape[0])
    return [ramp_of(model, Node(numbers.source, each)).gradient() for each in channels]
