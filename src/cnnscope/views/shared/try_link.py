"""The way from a view to the playground, set to the window of the layer that is explained.

tried(network, "max_pool_1")         # Settings(size=8, kernel=2, padding=0, stride=2, ...)
try_address(network, "max_pool_1")   # '#play=8,2,0,2,1&play-kernel=blur&section=playground'
"""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.nn.layers import AvgPool2d, Conv2d, MaxPool2d
from cnnscope.nn.network import INPUT, Network
from cnnscope.nn.sliding import Sliding, span
from cnnscope.state.playground import RANGES, USUAL, Settings, in_range
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import WAYS, WAYS_TRIED
from cnnscope.views.shared.model import Model, placed


def tried(network: Network, layer: str) -> Settings | None:
    """The playground's settings for a layer's window; None where it has none, or too large a one.

    The input is the smallest one, from the usual size up, over which the window comes out even;
    that of the layer itself, where it is no larger.
    """
    window = window_of(network, layer)
    if window is None:
        return None
    over = 2 * window.padding - span(window.kernel, window.dilation)
    sizes = range(USUAL.size, RANGES["size"].stop)
    even = (size for size in sizes if (size + over) % window.stride == 0)
    rows = network.shapes[network.before(layer)][1]
    wanted = window._replace(size=min(rows, next(even, sizes[-1])))
    return wanted if in_range(wanted) == wanted else None


def window_of(network: Network, layer: str) -> Settings | None:
    """The playground's settings for a layer's window, of an input of any size; None without one."""
    match None if layer == INPUT else network.layer(layer):
        case Conv2d(sliding=sliding) | MaxPool2d(sliding=sliding) | AvgPool2d(sliding=sliding):
            return alike(sliding)
        case _:
            return None


def alike(sliding: Sliding) -> Settings | None:
    """The settings of a window that slides over rows as over columns; None of any other."""
    (kernel, wide), (stride, across), (dilation, apart) = (
        sliding.size, sliding.stride, sliding.dilation,
    )  # fmt: skip
    padding = {side for axis in sliding.padding for side in axis}
    is_alike = (kernel, stride, dilation) == (wide, across, apart) and len(padding) == 1
    if not is_alike or sliding.is_ceil:
        return None
    return Settings(kernel=kernel, padding=padding.pop(), stride=stride, dilation=dilation)


def ways_width(network: Network, node: Node) -> int:
    """Width of all ways out of a view, that to the playground among them where there is one."""
    return WAYS if tried(network, node.layer) is None else WAYS_TRIED


def try_address(network: Network, layer: str) -> str | None:
    """The address of the playground with these settings; a pooling's kernel there is the mean."""
    settings = tried(network, layer)
    if settings is None:
        return None
    kernel = "" if isinstance(network.layer(layer), Conv2d) else "&play-kernel=blur"
    return f"#play={','.join(map(str, settings))}{kernel}&section=playground"


def try_link(model: Model, node: Node, box: Box) -> Element | None:
    """A link to the playground, set to the layer of a node."""
    address = try_address(model.network, node.layer)
    if address is None:
        return None
    name = model.text("try.name")
    return element(
        "a",
        {"class": "try", "href": address, "title": name, "data-key": "stage.try",
         "style": placed(box)},
        model.text("try"),
    )  # fmt: skip
