"""What every view is given, and small parts that several views share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import Domain, number, percent
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.pictures.gallery import Gallery
from cnnscope.state import validation
from cnnscope.state.state import Explained, Node, State, Sweep
from cnnscope.state.tour import covered
from cnnscope.state.views import ViewFacts
from cnnscope.text import Text
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.network_plan import Plan
from cnnscope.views.shared.scale_domains import domains

COLOURS = ("red", "green", "blue")
MAP = ("channels", "rows", "cols")
"""The axes of what is drawn as maps."""


@dataclass(frozen=True)
class Model:
    """All that a drawing may read: a state, and what follows from it. Nothing here is changed."""

    network: Network  # with the kernels that the visitor changed
    classes: Sequence[str]
    text: Text
    state: State
    trace: Trace
    plan: Plan
    detail: DetailLayout | None = None  # where the explanation stands, while there is one
    numbers: Any = None  # those behind what is explained, as its view makes them
    facts: ViewFacts | None = None  # of the view that explains it
    source: Gallery | None = None  # the pictures, and what the trained network makes of them

    @property
    def gallery(self) -> Gallery:
        """The pictures; there must be some, as on every live page."""
        assert self.source is not None
        return self.source

    @property
    def trained(self) -> Network:
        """The network with the kernels that training found."""
        return self.network if self.source is None else self.source.trained

    @property
    def picture(self) -> str:
        """Key of the picture that is shown."""
        return self.state.picture or self.gallery.samples[0]

    @property
    def is_swept(self) -> bool:
        """Whether a window slides in what is explained."""
        return self.facts is not None and self.facts.grid is not None

    @property
    def has_features(self) -> bool:
        """Whether features are pointed at and walked over in what is explained."""
        return self.facts is not None and self.facts.features > 0

    @property
    def has_units(self) -> bool:
        """Whether what is explained is one of the units of a layer."""
        return self.facts is not None and self.facts.units > 0

    @property
    def explained(self) -> Explained:
        """What is explained; there must be something."""
        assert isinstance(self.state.focus, Explained)
        return self.state.focus

    @property
    def sweep(self) -> Sweep:
        """The window of what is explained; one that is nowhere, while nothing is."""
        return self.explained.sweep if isinstance(self.state.focus, Explained) else Sweep()

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """The domain of colour of each layer of maps."""
        return domains(self.network, self.trace, self.state.reading.scale)

    @cached_property
    def names(self) -> Sequence[str]:
        """What the classes are called in the language of the page."""
        return [self.text.named(name) for name in self.classes]

    def values(self, node: Node) -> Array:
        """What the network computed for a node: (rows, cols), or a number for a class."""
        values: Array = self.trace[node.layer][node.channel]
        return values


def colour_name(model: Model, channel: int) -> str:
    """What an input channel of three holds: red, green or blue."""
    return model.text(f"channel.{COLOURS[channel]}")


def is_colour(model: Model, node: Node) -> bool:
    """Whether a node is the red, green or blue channel of a picture."""
    return node.layer == INPUT and model.network.input_shape[0] == len(COLOURS)


def node_title(model: Model, node: Node) -> str:
    """A node named in one line, as the read-out and the card head it."""
    if is_colour(model, node):
        colour = colour_name(model, node.channel)
        return model.text("readout.input", layer=INPUT, colour=colour)
    if is_class(model, node):
        name = model.names[node.channel]
        return model.text("readout.class", layer=node.layer, name=name)
    channels = model.network.shapes[node.layer][0]
    if node.layer == INPUT and channels == 1:
        return model.text("readout.grey", layer=INPUT)
    key = "readout.unit" if is_unit(model, node) else "readout.channel"
    return model.text(key, layer=node.layer, channel=node.channel + 1, channels=channels)


def node_name(model: Model, node: Node) -> str:
    """A node with its facts, for a screen reader; without them where the tour covers its map."""
    if node in covered(model.state):
        return model.text("said.of", what=node_title(model, node), line=model.text("tour.covered"))
    values = model.values(node)
    if is_class(model, node):
        name = model.names[node.channel]
        return model.text("node.name.output", name=name, percent=percent(float(values)))
    channels = model.network.shapes[node.layer][0]
    if is_unit(model, node):
        place = {"layer": node.layer, "channel": node.channel + 1, "channels": channels}
        return model.text("node.name.unit", value=number(float(values)), **place)
    facts = {"layer": node.layer, "low": number(values.min()), "high": number(values.max())}
    if is_colour(model, node):
        return model.text("node.name.input", colour=colour_name(model, node.channel), **facts)
    return model.text("node.name", channel=node.channel + 1, channels=channels, **facts)


def is_class(model: Model, node: Node) -> bool:
    """Whether a node is a class of the output and not a map."""
    return validation.is_class(model.network, node)


def is_unit(model: Model, node: Node) -> bool:
    """Whether a node is a unit of a hidden layer: one number."""
    return validation.is_unit(model.network, node)


def has_map(model: Model, node: Node) -> bool:
    """Whether a node has a map, and is neither a unit nor a class."""
    return len(model.network.shapes[node.layer]) == len(MAP)


def column_key(layer: str) -> str:
    """Key of a layer's column of nodes."""
    return f"column/{layer}"


@lru_cache(maxsize=2048)
def placed(box: Box) -> str:
    """A CSS style that puts an absolutely placed element into a box."""
    sides = (("left", box.x), ("top", box.y), ("width", box.width), ("height", box.height))
    return ";".join(f"{side}:{rem(value)}" for side, value in sides)


def canvas(key: str, rows: int, cols: int, width: float | None = None) -> Element:
    """A canvas that the browser paints under this key.

    Where it is drawn ``width`` px wide with more columns than that, it is marked, so that the
    style sheet can have it averaged instead of dropping columns.
    """
    is_many = width is not None and cols > width
    return element(
        "canvas", {"data-paint": key, "width": cols, "height": rows, "data-many": is_many}
    )
