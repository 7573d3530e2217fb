"""What every view is given, and small parts that several views share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import Domain, number, percent
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.state import validation
from cnnscope.state.state import Node, State
from cnnscope.text import Text
from cnnscope.views.shared.color_scales import domains
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.network_plan import Plan

COLOURS = ("red", "green", "blue")


@dataclass(frozen=True)
class Context:
    """All that a view is a function of."""

    network: Network
    classes: Sequence[str]
    text: Text
    state: State
    trace: Trace
    plan: Plan
    expansion: DetailLayout | None = None  # where the explanation stands, while there is one

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """The domain of colour of each layer of maps."""
        return domains(self.network, self.trace, self.state.scale)

    @cached_property
    def names(self) -> Sequence[str]:
        """What the classes are called in the language of the page."""
        return [self.text.named(name) for name in self.classes]

    def values(self, node: Node) -> Array:
        """What the network computed for a node: (rows, cols), or a number for a class."""
        values: Array = self.trace[node.layer][node.channel]
        return values


def colour_name(context: Context, channel: int) -> str:
    """What an input channel of three holds: red, green or blue."""
    return context.text(f"channel.{COLOURS[channel]}")


def is_colour(context: Context, node: Node) -> bool:
    """Whether a node is the red, green or blue channel of a picture."""
    return node.layer == INPUT and context.network.input_shape[0] == len(COLOURS)


def node_title(context: Context, node: Node) -> str:
    """A node named in one line, as the read-out and the card head it."""
    if is_colour(context, node):
        colour = colour_name(context, node.channel)
        return context.text("readout.input", layer=INPUT, colour=colour)
    if is_class(context, node):
        name = context.names[node.channel]
        return context.text("readout.class", layer=node.layer, name=name)
    channels = context.network.shapes[node.layer][0]
    return context.text(
        "readout.channel", layer=node.layer, channel=node.channel + 1, channels=channels
    )


def node_name(context: Context, node: Node) -> str:
    """A node with its facts, for a screen reader."""
    values = context.values(node)
    if is_class(context, node):
        name = context.names[node.channel]
        return context.text("node.name.output", name=name, percent=percent(float(values)))
    facts = {"layer": node.layer, "low": number(values.min()), "high": number(values.max())}
    if is_colour(context, node):
        return context.text("node.name.input", colour=colour_name(context, node.channel), **facts)
    channels = context.network.shapes[node.layer][0]
    return context.text("node.name", channel=node.channel + 1, channels=channels, **facts)


def is_class(context: Context, node: Node) -> bool:
    """Whether a node is a class of the output and not a map."""
    return validation.is_class(context.network, node)


def column_key(layer: str) -> str:
    """Key of a layer's column of nodes."""
    return f"column/{layer}"


def placed(box: Box) -> str:
    """A CSS style that puts an absolutely placed element into a box."""
    sides = (("left", box.x), ("top", box.y), ("width", box.width), ("height", box.height))
    return ";".join(f"{side}:{value:.2f}px" for side, value in sides)


def canvas(key: str, rows: int, cols: int, width: float | None = None) -> Element:
    """A canvas that the browser paints under this key.

    Where it is drawn ``width`` px wide with more columns than that, it is marked, so that the
    style sheet can have it averaged instead of dropping columns.
    """
    is_many = width is not None and cols > width
    return element(
        "canvas", {"data-paint": key, "width": cols, "height": rows, "data-many": is_many}
    )
