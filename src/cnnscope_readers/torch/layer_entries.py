"""Layers out of PyTorch's names and settings: what modules and exported operations have in common.

    conv2d("features.0", kernel, bias, stride=(2, 2), padding="same")     # LayerEntry(...)

Settings come from a visitor's file: each is checked to be what it should, and refused by name.
"""

from typing import Any

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry

LARGEST = 4096
"""A size, a stride, a padding, a dilation."""

Pair = tuple[int, int]

PADDING = "padding"
"""A type that is here alone: it goes to the convolution after it."""


def shown(value: object) -> object:
    """A value as it can be told: numbers and words as they are, others by their kind."""
    plain = int | float | str | None
    if isinstance(value, tuple | list) and len(value) <= 8:
        is_plain = all(isinstance(each, plain) for each in value)
        return tuple(value) if is_plain else type(value).__name__
    return value if isinstance(value, plain) else type(value).__name__


def refused(source: str, setting: str, value: object) -> RefusedError:
    """That a layer has a setting which is not understood."""
    return RefusedError("setting", layer=source, setting=setting, value=shown(value))


def pair(source: str, setting: str, value: object, least: int = 1) -> Pair:
    """A number for rows and one for columns, from one, or from a list of one or two."""
    both = axes(source, setting, value, 2)
    if not both or not all(least <= each <= LARGEST for each in both):
        raise refused(source, setting, value)
    return both[0], both[-1]


def number(source: str, setting: str, value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e30:
        raise refused(source, setting, value)
    return float(value)


def flag(source: str, setting: str, value: object) -> bool:
    """A truth value."""
    if value not in (True, False):
        raise refused(source, setting, value)
    return bool(value)


def must_be(source: str, setting: str, value: object, *allowed: object) -> None:
    """Refuse a setting unless it has one of the values that change nothing."""
    if not any(type(value) is type(each) and value == each for each in allowed):
        raise refused(source, setting, value)


def axes(source: str, setting: str, value: object, count: int) -> tuple[int, ...]:
    """So many whole numbers at most, as axes or sides are given."""
    many = tuple(value) if isinstance(value, tuple | list) else (value,)
    if len(many) > count or not all(type(each) is int for each in many):
        raise refused(source, setting, value)
    return many


def conv2d(
    source: str,
    kernel: Array,
    bias: Array | None,
    *,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: object = 1,
) -> LayerEntry:
    """A convolution; its padding may be ``same`` or ``valid``."""
    if kernel.ndim != 4:
        raise RefusedError("shapes", layer=source, expected="4 axes", got=kernel.shape)
    apart = pair(source, "dilation", dilation)
    around: object
    if padding == "same":
        reach = [step * (side - 1) for step, side in zip(apart, kernel.shape[2:], strict=True)]
        around = tuple((each // 2, each - each // 2) for each in reach)
    else:
        around = pair(source, "padding", 0 if padding == "valid" else padding, 0)
    if type(groups) is not int or not 1 <= groups <= LARGEST:
        raise refused(source, "groups", groups)
    settings = {
        "stride": pair(source, "stride", stride), "padding": around, "dilation": apart,
        "groups": groups,
    }  # fmt: skip
    return _weighted("conv2d", source, settings, kernel, bias)


def dense(source: str, kernel: Array, bias: Array | None) -> LayerEntry:
    """A dense layer."""
    if kernel.ndim != 2:
        raise RefusedError("shapes", layer=source, expected="2 axes", got=kernel.shape)
    return _weighted("dense", source, {}, kernel, bias)


def _weighted(
    type_: str, source: str, settings: dict[str, Any], kernel: Array, bias: Array | None
) -> LayerEntry:
    if bias is None:
        return LayerEntry(type_, source, {**settings, "bias": False}, {"kernel": kernel})
    return LayerEntry(type_, source, settings, {"kernel": kernel, "bias": bias})


def batch_norm(
    source: str,
    gamma: Array | None,
    beta: Array | None,
    mean: Array | None,
    variance: Array | None,
    epsilon: object,
) -> LayerEntry:
    """A batch normalisation by what training kept; without gamma and beta they are 1 and 0."""
    if mean is None or variance is None:
        raise refused(source, "track_running_stats", False)
    arrays = {
        "gamma": np.ones(mean.shape, np.float32) if gamma is None else gamma,
        "beta": np.zeros(mean.shape, np.float32) if beta is None else beta,
        "mean": mean, "variance": variance,
    }  # fmt: skip
    return LayerEntry("batch_norm2d", source, {"epsilon": number(source, "eps", epsilon)}, arrays)


def pooling(
    kind: str, source: str, size: object, stride: object, padding: object, ceil: object
) -> LayerEntry:
    """A ``max_pool2d`` or an ``avg_pool2d``; without a stride its windows touch."""
    is_given = stride is not None and stride not in ((), [])
    settings = {
        "size": pair(source, "kernel_size", size),
        "stride": pair(source, "stride", stride if is_given else size),
        "padding": pair(source, "padding", padding, 0),
        "ceil_mode": flag(source, "ceil_mode", ceil),
    }
    return LayerEntry(kind, source, settings)


def max_pool2d(
    source: str, size: object, stride: object, padding: object, dilation: object, ceil: object
) -> LayerEntry:
    """A max pooling, whose windows have no gaps."""
    if pair(source, "dilation", dilation) != (1, 1):
        raise refused(source, "dilation", dilation)
    return pooling("max_pool2d", source, size, stride, padding, ceil)


def avg_pool2d(
    source: str, size: object, stride: object, padding: object, ceil: object, counted: object,
    divisor: object,
) -> LayerEntry:  # fmt: skip
    """An average pooling that divides by how many values there are."""
    must_be(source, "divisor_override", divisor, None)
    made = pooling("avg_pool2d", source, size, stride, padding, ceil)
    counts = flag(source, "count_include_pad", counted)
    return LayerEntry(made.type, source, {**made.settings, "count_include_pad": counts})


def global_pool(kind: str, source: str, size: object) -> LayerEntry | None:
    """A pooling of whole maps, by the size of what it makes; none where it leaves them as is."""
    both = tuple(size) if isinstance(size, tuple | list) else (size, size)
    if both == (None, None):
        return None
    if both not in ((1, 1), (1,)):
        raise refused(source, "output_size", size)
    return LayerEntry(kind, source)


def activation(source: str, function: str, alpha: object = None) -> LayerEntry:
    """A function of each value alone."""
    if function == "relu":
        return LayerEntry("relu", source)
    bent = {} if alpha is None else {"alpha": number(source, "alpha", alpha)}
    return LayerEntry("activation", source, {"function": function, **bent})


def softmax(source: str, given: str, dim: object) -> LayerEntry:
    """Probabilities, or their logarithms, over the features of a picture."""
    must_be(source, "dim", dim, 1, -1, None)
    return LayerEntry("softmax", source, {"given": given})


def clamp(source: str, low: object, high: object) -> LayerEntry:
    """What cuts values off: below 0 alone, or above 6 as well."""
    match (low, high):
        case (0 | 0.0, None):
            return activation(source, "relu")
        case (0 | 0.0, 6 | 6.0):
            return activation(source, "relu6")
    raise refused(source, "max", high)


def zeros_around(source: str, value: object) -> LayerEntry:
    """Padding on its own, as PyTorch has it: left, right, top, bottom; one number for all."""
    left, right, top, bottom = axes(source, "padding", value, 4) * (1 if _is_many(value) else 4)
    if min(left, right, top, bottom) < 0 or max(left, right, top, bottom) > LARGEST:
        raise refused(source, "padding", value)
    return LayerEntry(PADDING, source, {"padding": ((top, bottom), (left, right))})


def _is_many(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 4
