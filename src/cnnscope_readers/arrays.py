"""Arrays of a visitor's file: made of bytes only where shape, type and bytes agree.

    array("conv1.weight", buffer, "<f4", (6, 1, 5, 5))     # float32; RefusedError

Sizes are multiplied out in whole numbers first: NumPy's own product wraps around in a browser.
"""

import math

import numpy as np

from cnnscope_readers.errors import RefusedError

LARGEST = 64_000_000
"""Numbers in one array."""

AXES = 8

MOST_TOLD = 10**18
"""Of how many there are; Python does not write out a number of some thousand digits."""

FLOATS = {"<f4", ">f4", "<f8", ">f8", "<f2", ">f2"}


def count(name: str, shape: tuple[int, ...]) -> int:
    """How many numbers a shape has. Raises RefusedError: shapes, too_large."""
    if len(shape) > AXES or any(side < 0 for side in shape):
        raise RefusedError("shapes", layer=name, expected=f"at most {AXES} axes", got=shape)
    got = math.prod(shape)
    if got > LARGEST:
        raise RefusedError("too_large", what=name, limit=LARGEST, got=min(got, MOST_TOLD))
    return got


def array(
    name: str, buffer: bytes | memoryview, dtype: str, shape: tuple[int, ...], offset: int = 0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """An array of float32 from packed bytes. Raises RefusedError: shapes, damaged, not_finite.

    ``dtype`` is a NumPy name with its byte order, or ``<bf16`` and ``>bf16``: the upper half of a
    float32.
    """
    amount = count(name, shape)
    if amount == 0:  # a side that is too large for NumPy may stand beside the zero
        count(name, tuple(side or 1 for side in shape))
    packed = dtype[1:] == "bf16"
    kind = np.dtype(dtype[0] + "u2" if packed else dtype)
    if offset < 0 or offset + amount * kind.itemsize > len(buffer):
        raise RefusedError("damaged", where=name)
    values = np.frombuffer(buffer, kind, amount, offset).reshape(shape)
    if packed:
        values = (values.astype(np.uint32) << 16).view(np.float32)
    return finite(name, values)


def finite(
    name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The same as float32 in C order, read-only. Raises RefusedError: not_finite.

    Bytes of a file may begin anywhere; what is reckoned with stands where four bytes do.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        made = np.require(values, np.float32, ("C", "A")).reshape(values.shape)
    if not np.isfinite(made).all():
        raise RefusedError("not_finite", name=name)
    made.setflags(write=False)
    return made
