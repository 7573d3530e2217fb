"""The way from a view to the playground, set to the window of the layer that is explained.

    tried(network, Node("max_pool_1", 3))   # Settings(size=12, kernel=2, padding=0, stride=2, ...)

A larger input than the playground can show is shown as large as it can.
"""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.nn.layers import AvgPool2d, Conv2d, MaxPool2d
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.playground import RANGES, Settings, in_range
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import WAYS, WAYS_TRIED
from cnnscope.views.shared.model import Model, placed


def tried(network: Network, node: Node) -> Settings | None:
    """The playground's settings for a node's layer; None where it has no window to try."""
    window = window_of(network, node.layer)
    if window is None:
        return None
    rows = network.shapes[network.before(node.layer)][1]
    return possible(window._replace(size=min(rows, RANGES["size"][-1])))


def window_of(network: Network, layer: str) -> Settings | None:
    """The playground's settings for a layer's window, of an input of any size; None without one."""
    match None if layer == INPUT else network.layer(layer):
        case Conv2d(kernel=kernel, stride=stride, padding=padding):
            rows, cols = kernel.shape[2:]
            return Settings(kernel=rows if rows == cols else 0, padding=padding, stride=stride)
        case MaxPool2d(size=size, stride=stride):
            return Settings(kernel=size, stride=stride)
        case AvgPool2d(size=size, stride=stride, padding=padding):
            return Settings(kernel=size, padding=padding, stride=stride)
        case _:
            return None


def possible(wanted: Settings) -> Settings | None:
    """Settings that the playground can show; None of others."""
    return wanted if in_range(wanted) == wanted else None


def ways_width(network: Network, node: Node) -> int:
    """Width of all ways out of a view, that to the playground among them where there is one."""
    return WAYS if tried(network, node) is None else WAYS_TRIED


def try_link(model: Model, node: Node, box: Box) -> Element | None:
    """A link to the playground with these settings; a pooling's kernel there is the mean."""
    settings = tried(model.network, node)
    if settings is None:
        return None
    is_pooling = not isinstance(model.network.layer(node.layer), Conv2d)
    kernel = "&play-kernel=blur" if is_pooling else ""
    address = f"#play={','.join(map(str, settings))}{kernel}&section=playground"
    name = model.text("try.name")
    return element(
        "a",
        {"class": "try", "href": address, "title": name, "data-key": "stage.try",
         "style": placed(box)},
        model.text("try"),
    )  # fmt: skip
