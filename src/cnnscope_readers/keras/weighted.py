"""Layers of Keras that have weights: convolutions, dense layers, batch normalisation.

conv2d(making, step)     # RefusedError

Kernels are turned from (row, col, in, out) to (out, in, row, col), once.
"""

import math

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Pair, span
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.activations import activate
from cnnscope_readers.keras.making import Making
from cnnscope_readers.keras.told import LARGEST, Step, flag, number, pair, refuse

EPSILON = 1e-3
"""Of a batch normalisation. Source: ``keras.layers.BatchNormalization``."""


def conv2d(making: Making, step: Step) -> None:
    """A convolution, in groups or not. Raises RefusedError."""
    making.expect_maps(step)
    groups = step.config.get("groups", 1)
    if not isinstance(groups, int) or isinstance(groups, bool) or groups < 1:
        raise refuse(step, "groups")
    kernel, *bias = making.take(step, *_axes(step, 4))
    _convolve(making, step, kernel.transpose(3, 2, 0, 1), bias, groups)
    activate(making, step, step.config.get("activation"))


def depthwise_conv2d(making: Making, step: Step) -> None:
    """A convolution of each channel alone. Raises RefusedError."""
    making.expect_maps(step)
    kernel, *bias = making.take(step, *_axes(step, 4))
    _convolve(making, step, _of_each(kernel), bias, kernel.shape[2])
    activate(making, step, step.config.get("activation"))


def separable_conv2d(making: Making, step: Step) -> None:
    """A convolution of each channel alone, and one of 1x1 over all. Raises RefusedError."""
    making.expect_maps(step)
    each, over_all, *bias = making.take(step, *_axes(step, 4, 4))
    _convolve(making, step, _of_each(each), [], each.shape[2])
    if over_all.shape[:2] != (1, 1):
        got = over_all.shape
        raise RefusedError("shapes", layer=step.name, expected="a kernel of 1x1", got=got)
    plain = Step(step.kind, step.name, {})
    _convolve(making, plain, over_all.transpose(3, 2, 0, 1), bias, 1)
    activate(making, step, step.config.get("activation"))


def _axes(step: Step, *axes: int) -> tuple[int, ...]:
    """Axes of the arrays, that of a bias last if there is one."""
    return (*axes, 1) if flag(step, "use_bias", True) else axes


def _of_each(kernel: Array) -> Array:
    """(row, col, in, multiplier) as (in x multiplier, 1, row, col)."""
    rows, cols, channels, times = kernel.shape
    turned: Array = kernel.transpose(2, 3, 0, 1).reshape(channels * times, 1, rows, cols)
    return turned


def _convolve(making: Making, step: Step, kernel: Array, bias: list[Array], groups: int) -> None:
    """A convolution with a kernel of (out, in / groups, row, col)."""
    stride, apart = pair(step, "strides", (1, 1)), pair(step, "dilation_rate", (1, 1))
    reach: Pair = (span(kernel.shape[2], apart[0]), span(kernel.shape[3], apart[1]))
    channels = kernel.shape[1] * groups
    if min(reach) < 1 or making.shape[0] not in (None, channels):
        raise RefusedError("shapes", layer=step.name, expected=making.shape[0], got=channels)
    settings = {
        "stride": list(stride),
        "padding": [list(each) for each in making.slide(step, len(kernel), reach, stride)],
        "dilation": list(apart), "groups": groups, "bias": bool(bias),
    }  # fmt: skip
    making.add(step, "conv2d", settings, _with_bias(kernel, bias))


def _with_bias(kernel: Array, bias: list[Array]) -> dict[str, Array]:
    return {"kernel": kernel} | ({"bias": bias[0]} if bias else {})


def dense(making: Making, step: Step) -> None:
    """A dense layer; on maps, what it does at each place: a convolution of 1x1."""
    making.expect_unpadded()
    kernel, *bias = making.take(step, *_axes(step, 2))
    if len(making.shape) != 1:
        making.expect_maps(step)
        turned = kernel.T[:, :, None, None]
        _convolve(making, Step(step.kind, step.name, {}), turned, bias, 1)
    else:
        features = making.shape[0]
        if features not in (None, len(kernel)):
            raise RefusedError("shapes", layer=step.name, expected=features, got=kernel.shape)
        settings = {"bias": bool(bias)}
        making.add(step, "dense", settings, _with_bias(_reordered(making, kernel).T, bias))
        making.shape, making.flat = (kernel.shape[1],), None
    activate(making, step, step.config.get("activation"))


def _reordered(making: Making, array: Array) -> Array:
    """An array's first axis from (row, col, channel) to (channel, row, col)."""
    if making.flat is None:
        return array
    order = np.arange(math.prod(making.flat)).reshape(making.flat).transpose(2, 0, 1).ravel()
    turned: Array = array[order]
    return turned


def batch_normalization(making: Making, step: Step) -> None:
    """A batch normalisation, of maps or of a vector. Raises RefusedError."""
    making.expect_unpadded()
    if len(making.shape) == 3:
        making.expect_maps(step)
    last = len(making.shape)
    if step.config.get("axis", -1) not in (-1, last, [-1], [last]):
        raise refuse(step, "axis")
    roles = [("gamma", "scale"), ("beta", "center")]
    held = [role for role, setting in roles if flag(step, setting, True)] + ["mean", "variance"]
    arrays = dict(zip(held, making.take(step, *(1 for _ in held)), strict=True))
    size = len(arrays["mean"])
    if making.shape[0] not in (None, size) or any(len(each) != size for each in arrays.values()):
        raise RefusedError("shapes", layer=step.name, expected=making.shape[0], got=size)
    arrays = {"gamma": np.ones(size, np.float32), "beta": np.zeros(size, np.float32)} | arrays
    reordered = {role: _reordered(making, array) for role, array in arrays.items()}
    making.add(step, "batch_norm2d", {"epsilon": number(step, "epsilon", EPSILON)}, reordered)


def zero_padding2d(making: Making, step: Step) -> None:
    """Zeros around maps: they become padding of the layer that reads them next."""
    making.expect_maps(step)
    match step.config.get("padding", 1):
        case int(all_sides):
            sides = [[all_sides] * 2] * 2
        case [int(rows), int(cols)]:
            sides = [[rows] * 2, [cols] * 2]
        case [[int(), int()], [int(), int()]] as sides:
            pass
        case _:
            raise refuse(step, "padding")
    if any(not 0 <= each <= LARGEST for side in sides for each in side):
        raise refuse(step, "padding")
    (up, down), (left, right) = making.padding
    (above, below), (before, after) = sides
    making.padding = (up + above, down + below), (left + before, right + after)
    making.padded_by = step
