"""Padding: a layer's own, said or automatic, and that which a Pad puts around maps before it."""

import numpy as np

from cnnscope.nn.sliding import Pair, Sides, Sliding
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.chain import MAPS, Axis, Chain, Padding
from cnnscope_readers.onnx.folding import Given

MOST = 4096
"""Size, stride, padding or dilation of a window; a picture has at most 256 rows."""

NOT_NEGATIVE = {"relu", "relu6", "sigmoid"}
"""Layers and functions after which zeros around maps never are the largest value."""


LOWEST = -1e30
"""What is below stands for minus infinity."""


def sides(given: Given, chain: Chain, sliding: Sliding) -> Sides:
    """Padding above and below, before and after. Raises RefusedError: setting, input_size."""
    way = given.text("auto_pad", "NOTSET")
    if way in ("SAME_UPPER", "SAME_LOWER"):
        rows, cols = (
            _same(chain, axis, sliding, is_upper=way == "SAME_UPPER") for axis in (0, 1)
        )  # fmt: skip
        return rows, cols
    if way not in ("NOTSET", "VALID", ""):
        raise given.wrong("auto_pad", way)
    pads = (0,) * 4 if way == "VALID" else given.wholes("pads", (0,) * 4)
    if len(pads) != 4 or not all(0 <= pad <= MOST for pad in pads):
        raise given.wrong("pads", pads)
    return (pads[0], pads[2]), (pads[1], pads[3])


def _same(chain: Chain, axis: int, sliding: Sliding, *, is_upper: bool) -> Pair:
    """Padding that leaves a row of windows for each stride. Raises RefusedError: input_size."""
    size = chain.axes[1 + axis].size
    if size is None:
        raise RefusedError("input_size", shape=chain.sizes)
    stride = sliding.stride[axis]
    total = max(0, ((size - 1) // stride) * stride + sliding.span[axis] - size)
    less = total // 2
    return (less, total - less) if is_upper else (total - less, less)


def around(given: Given, chain: Chain, own: Sides, *, is_largest: bool = False) -> Sides:
    """A layer's own padding and that which was put around maps before it.

    ``is_largest``: of a max pooling, where zeros may only stand beside what is not negative.
    Raises RefusedError where a layer cannot take it.
    """
    left = chain.padding
    if left is None:
        return own
    last = chain.layers[-1] if chain.layers else None
    function = "" if last is None else last.settings.get("function", last.type)
    fits = is_largest and (left.value < 0 or function in NOT_NEGATIVE)
    if "c" in left.around or not (fits or (left.value == 0 and not is_largest)):
        chain.expect_settled(given.node)
    chain.padding = None
    chain.become_maps([
        None if axis.size is None else axis.size - sum(left.around.get(axis.label, ()))
        for axis in chain.axes
    ])  # fmt: skip
    rows, cols = (
        (pair[0] + more[0], pair[1] + more[1])
        for pair, more in zip(own, (left.around.get(label, (0, 0)) for label in MAPS[1:]),
                              strict=True)
    )  # fmt: skip
    return rows, cols


def pad(chain: Chain, given: Given) -> None:
    """Pad: rows and columns that the next layer takes as its own padding. Raises RefusedError."""
    filled, asked = _filled(given), _asked(chain, given)
    if not asked:
        return
    chain.expect_settled(given.node)
    chain.axes = tuple(
        Axis(axis.label, None if axis.size is None else axis.size + sum(asked.get(axis.label, ())))
        for axis in chain.axes
    )  # fmt: skip
    chain.padding = Padding(given.node, asked, filled)


def _filled(given: Given) -> float:
    """What stands in the padding: zeros, or what never is the largest. Raises RefusedError."""
    mode, value = given.text("mode", "constant"), given.value(2)
    if mode == "edge":
        return -np.inf  # which leaves every largest value; what reckons otherwise is refused
    if value is not None and value.size != 1:
        raise given.wrong("value", value.shape)
    filled = given.node.settings.get("value", 0.0) if value is None else float(value.ravel()[0])
    if mode != "constant" or not isinstance(filled, float):
        raise given.wrong("mode", mode)
    if filled == 0:
        return 0.0
    if filled > LOWEST:
        raise given.wrong("value", filled)
    return -np.inf


def _asked(chain: Chain, given: Given) -> dict[str, Pair]:
    """Rows or columns before and after, by the label of their axis. Raises RefusedError."""
    rank, pads = len(chain.sizes), given.axes(1, "pads") or ()
    axes = given.axes(3) if given.value(3) is not None else None
    places = tuple(range(rank)) if axes is None else axes
    fits = len(pads) == 2 * len(places) and all(-rank <= place < rank for place in places)
    if not fits or not all(0 <= each <= MOST for each in pads):
        raise given.wrong("pads", pads)
    asked: dict[str, Pair] = {}
    for at, place in enumerate(places):
        before, after = pads[at], pads[at + len(places)]
        if (before or after) and (place % rank == 0 or chain.is_flat):
            raise given.wrong("pads", pads)
        if before or after:
            asked[chain.axes[place % rank - 1].label] = (before, after)
    return asked
