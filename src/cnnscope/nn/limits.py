"""Limits of what the page takes on: how large a network may be that it computes and draws.

    check_limits(network)      # LimitError: channels of conv_5: at most 256, got 512
    flop(network)              # 24_000_000

A network at all of them takes a browser about half a second for a picture.
"""

import math
from collections.abc import Iterator

from cnnscope.nn.layers import Flatten
from cnnscope.nn.network import Network

PARAMETERS = 8_000_000
VALUES = 5_000_000
"""Of activations in all, the picture counted: 20 MB."""

FLOP = 1_000_000_000
"""For one picture. A multiplication and the addition that goes with it count as two."""

CHANNELS = 256
"""Maps of one layer."""

LAYERS = 40
"""That are drawn: all but the flattening of maps, whose values stand in the maps before it."""

SIDE = 256
"""Rows of the input, and columns."""

CLASSES = 1000


class LimitError(ValueError):
    """A network larger than the page takes on: which subject, its limit, and what it has."""

    def __init__(self, subject: str, limit: int, got: int) -> None:
        """``subject`` is a name of this module's limits, in lower case."""
        super().__init__(f"{subject}: expected at most {limit:,}, got {got:,}")
        self.subject = subject
        self.limit = limit
        self.got = got


def check_limits(network: Network) -> None:
    """Raise LimitError for the first limit that a network exceeds."""
    for subject, limit, got in figures(network):
        if got > limit:
            raise LimitError(subject, limit, got)


def figures(network: Network) -> Iterator[tuple[str, int, int]]:
    """Each subject, its limit and what a network has of it."""
    yield "side", SIDE, max(network.input_shape[1:])
    yield "layers", LAYERS, sum(not isinstance(layer, Flatten) for layer in network.layers)
    yield "channels", CHANNELS, channels(network)
    yield "classes", CLASSES, classes(network)
    yield "parameters", PARAMETERS, network.parameters
    yield "values", VALUES, sum(map(math.prod, network.shapes.values()))
    yield "flop", FLOP, flop(network)


def channels(network: Network) -> int:
    """Maps of the layer that has most."""
    return max(shape[0] for shape in network.shapes.values() if len(shape) == 3)


def classes(network: Network) -> int:
    """Classes that the network tells apart; none where it ends otherwise."""
    last = network.layers[-1] if network.layers else None
    return network.shapes[last.name][0] if last is not None and last.draws == "classes" else 0


def flop(network: Network) -> int:
    """Operations for one picture."""
    shapes = list(network.shapes.values())
    before = zip(network.layers, shapes, strict=False)
    return 2 * sum(layer.multiplications(shape) for layer, shape in before)
