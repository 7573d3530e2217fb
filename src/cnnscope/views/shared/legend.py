"""Legends: a bar of the very ramp that paints the maps, with ticks at the very domain."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, PROBABILITY, channel_ramp
from cnnscope.drawing.element import LITERAL, Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import DECIMALS, NO_BREAK, Domain, number, ticks
from cnnscope.nn.network import INPUT
from cnnscope.state.state import Node
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.network_plan import LABELS, Plan
from cnnscope.views.shared.painting import ramp_of
from cnnscope.views.shared.scale_domains import groups

WIDE = 420  # px; a legend at least this wide has five ticks instead of three
NARROW = 110  # px; one narrower than this has room for its two ends only


def legends(model: Model) -> Iterator[Element]:
    """The legend of the picture, one for each group that shares colours, and the output's."""
    yield input_legend(model)
    for group in groups(model.network, model.state.reading.scale):
        domain = model.domains[group[0]]
        box = model.plan.span(group)
        count = 5 if box.width >= WIDE else 2 if box.width < NARROW else 3
        yield legend(model, ", ".join(group), [ACTIVATION.gradient()], domain, box, count)
    yield output_legend(model)


def legend(
    model: Model,
    layers: str,
    gradients: list[str],
    domain: Domain,
    box: Box,
    count: int,
    decimals: int = DECIMALS,
) -> Element:
    """A bar of one stripe for each gradient over evenly spread ticks, put into a box."""
    low, high = number(domain.low), number(domain.high)
    return element(
        "div",
        {
            "class": "legend",
            "role": "img",
            "aria-label": model.text("legend.name", layers=layers, low=low, high=high),
            "style": placed(box),
        },
        *bar_and_ticks(gradients, [number(value, decimals) for value in ticks(domain, count)]),
        zero_in_words(model) if has_halves(layers, domain) else None,
    )


def has_halves(layers: str, domain: Domain) -> bool:
    """Whether colours tell what is below zero from what is above, as those of a picture do not."""
    return layers != INPUT and domain.low < 0


def zero_in_words(model: Model) -> Element:
    """Under signed values, which half is which; shown where there is room for the words."""
    halves = (element("span", {}, model.text(f"legend.{half}")) for half in ("below", "above"))
    return element("div", {"class": "legend-words", "aria-hidden": "true"}, *halves)


def legend_bar(model: Model, node: Node) -> Element:
    """The legend of a single map, as wide as its place."""
    domain = model.domains[node.layer]
    values = [number(value) for value in ticks(domain, 3)]
    gradients = [ramp_of(model, node).gradient()]
    words = zero_in_words(model) if has_halves(node.layer, domain) else None
    return element("div", {"class": "legend"}, *bar_and_ticks(gradients, values), words)


def bar_and_ticks(gradients: list[str], values: list[str]) -> Iterator[Element]:
    """The stripes, and under them the values at evenly spread places."""
    stripes = (element("span", {"style": f"background:{gradient}"}) for gradient in gradients)
    yield element("div", {"class": "legend-bar"}, *stripes)
    yield element(
        "div", {"class": "legend-ticks", **LITERAL}, *(element("span", {}, v) for v in values)
    )


def input_legend(model: Model) -> Element:
    """The legend of the picture's channels: a stripe for each."""
    channels = model.network.input_shape[0]
    gradients = [channel_ramp(channel, channels).gradient() for channel in range(channels)]
    box = model.plan.span([INPUT])
    domain = model.domains[INPUT]
    is_whole = domain.low.is_integer() and domain.high.is_integer()
    return legend(model, INPUT, gradients, domain, box, 2, 0 if is_whole else DECIMALS)


def output_legend(model: Model) -> Element:
    """The axis of the probability bars: always 0 to 100 %."""
    box = model.plan.span([model.plan.columns[-1].layer])
    return element(
        "div",
        {"class": "legend legend-output", "aria-hidden": "true", "style": placed(box)},
        *bar_and_ticks([PROBABILITY], [f"{share}{NO_BREAK}%" for share in (0, 50, 100)]),
    )


def label_box(plan: Plan, layer: str) -> Box:
    """The place of a column's label: as wide as the distance to the next column, or the page."""
    box = plan.column_box(layer)
    width = min(box.width + plan.unit, 2 * box.centre, 2 * (plan.width - box.centre))
    return Box(box.centre - width / 2, 0, width, LABELS)
