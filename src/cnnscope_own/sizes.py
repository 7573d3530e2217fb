"""Sizes of pictures that fit a network whose file does not tell its own.

fitting(found)      # ((1, 28, 28), (1, 29, 29)), the usual one first; RefusedError where none does
"""

from cnnscope_readers.architecture.printed import SIZES
from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, Shape

MOST = 6
LAST = (*SIZES, *range(256, 7, -1))
"""Rows of square pictures, in the order in which they are tried."""


def fitting(found: Found) -> tuple[Shape, ...]:
    """Some shapes of the input with which all layers fit. Raises RefusedError: input_size."""
    channels = _channels(found)
    fits: list[Shape] = []
    for number, side in enumerate(LAST):
        if len(fits) == MOST or (fits and number >= len(SIZES)):
            break
        shape = (channels, side, side)
        if shape not in fits and is_fit(found, shape):
            fits.append(shape)
    if not fits:
        raise RefusedError("input_size", shape=found.input_shape)
    return tuple(fits)


def _channels(found: Found) -> int:
    """Channels of the picture: those that the first convolution reads; one without any."""
    for layer in found.layers:
        if layer.type == "conv2d" and "kernel" in layer.arrays:
            return int(layer.arrays["kernel"].shape[1]) * int(layer.settings.get("groups", 1))
    return 1


def is_fit(found: Found, shape: Shape) -> bool:
    """Whether all layers fit a shape of the input. Raises RefusedError for what else is wrong."""
    try:
        assemble(found, shape)
    except RefusedError as error:
        if error.reason not in ("shapes", "too_large", "input_size"):
            raise
        return False
    return True
