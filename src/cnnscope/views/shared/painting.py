"""Maps in colours, ready to be put on canvases.

for key, rgba in paintings(model, model.plan.columns):
    page.paint(key, rgba)
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import ACTIVATION, Ramp, Rgba, channel_ramp, from_channels
from cnnscope.nn.network import INPUT
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import Column


def paintings(model: Model, columns: Sequence[Column]) -> Iterator[tuple[str, Rgba]]:
    """Every map of some columns in colours, by node; a whole layer is coloured at once."""
    for column in columns:
        if column.is_classes or column.is_cells:
            continue
        if column.kind == "input":
            yield from ((str(node), painted(model, node)) for node in column.nodes)
            continue
        domain = model.domains[column.layer]
        layer = ACTIVATION.paint(model.trace[column.layer], domain)
        yield from ((str(node), layer[node.channel]) for node in column.nodes)


def whole_picture(model: Model) -> Rgba:
    """The picture of which the network reads the numbers, all channels at once."""
    return from_channels(pixels(model))


def pixels(model: Model) -> Array:
    """The pixels of which the network reads the numbers: (channels, rows, cols), 0..1."""
    return model.network.scale.pixels(model.trace[INPUT])


def painted(model: Model, node: Node) -> Rgba:
    """One map in colours: (rows, cols, 4) uint8."""
    return coloured(model, node, model.values(node))


def coloured(model: Model, node: Node, values: Array) -> Rgba:
    """Values of a node's layer in the node's colours: (...) -> (..., 4) uint8."""
    return ramp_of(model, node).paint(values, model.domains[node.layer])


def ramp_of(model: Model, node: Node) -> Ramp:
    """The colours of a node's map."""
    if node.layer == INPUT:
        return channel_ramp(node.channel, model.network.input_shape[0])
    return ACTIVATION
