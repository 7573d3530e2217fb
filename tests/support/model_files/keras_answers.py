"""Oracle: what Keras answers, channels last, in plain loops in float64.

answer(layers, picture)     # of (row, col, channel)

Written from the documentation of ``keras.layers`` and of TensorFlow's "SAME" padding.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from support.model_files.keras_files import Layer

Values = np.ndarray[Any, np.dtype[np.float64]]


def answer(layers: list[Layer], picture: Values) -> Values:
    """The last layer's values."""
    x = picture.astype(np.float64)
    for kind, config, arrays in layers:
        x = LAYERS[kind](x, config, {name: a.astype(np.float64) for name, a in arrays.items()})
        x = FUNCTIONS[config.get("activation", "linear")](x)
    return x


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


def _windows(
    x: Values, size: tuple[int, int], config: dict[str, Any], stride: Any, fill: float
) -> Iterator[tuple[int, int, Values]]:
    """Each place of the output, and the values that its window reads: (rows, cols, channels)."""
    strides, apart = _pair(stride), _pair(config.get("dilation_rate", 1))
    pads, counts = [], []
    for side, window, step, far in zip(x.shape[:2], size, strides, apart, strict=True):
        reach = (window - 1) * far + 1
        if config.get("padding") == "same":
            count = math.ceil(side / step)
            total = max(0, (count - 1) * step + reach - side)
        else:
            count, total = (side - reach) // step + 1, 0
        pads.append((total // 2, total - total // 2))
        counts.append(count)
    padded = np.pad(x, (*pads, (0, 0)), constant_values=fill)
    for row in range(counts[0]):
        for col in range(counts[1]):
            top, left = row * strides[0], col * strides[1]
            rows = top + apart[0] * np.arange(size[0])
            yield row, col, padded[np.ix_(rows, left + apart[1] * np.arange(size[1]))]


def _map(made: Iterator[tuple[int, int, Values]]) -> Values:
    by_place = {(row, col): value for row, col, value in made}
    rows, cols = max(by_place)
    return np.array([[by_place[row, col] for col in range(cols + 1)] for row in range(rows + 1)])


def _conv(x: Values, config: dict[str, Any], arrays: dict[str, Values]) -> Values:
    kernel, groups = arrays["kernel"], config.get("groups", 1)
    read, out = kernel.shape[2], kernel.shape[3] // groups

    def of_group(window: Values, group: int) -> Values:
        mine = window[..., group * read : (group + 1) * read]
        made: Values = np.tensordot(mine, kernel[..., group * out : (group + 1) * out], 3)
        return made

    windows = _windows(x, kernel.shape[:2], config, config.get("strides", 1), 0)
    return _map(
        (row, col, np.concatenate([of_group(window, group) for group in range(groups)]))
        for row, col, window in windows
    ) + arrays.get("bias", 0)


def _depthwise(x: Values, config: dict[str, Any], arrays: dict[str, Values]) -> Values:
    kernel = arrays["depthwise_kernel"]  # (row, col, channel, multiplier)
    windows = _windows(x, kernel.shape[:2], config, config.get("strides", 1), 0)
    return _map(
        (row, col, (window[..., None] * kernel).sum((0, 1)).ravel()) for row, col, window in windows
    ) + arrays.get("bias", 0)


def _separable(x: Values, config: dict[str, Any], arrays: dict[str, Values]) -> Values:
    each = _depthwise(x, config, {"depthwise_kernel": arrays["depthwise_kernel"]})
    return each @ arrays["pointwise_kernel"][0, 0] + arrays.get("bias", 0)


def _pool(reduce: Callable[..., Values], fill: float) -> Callable[..., Values]:
    def pool(x: Values, config: dict[str, Any], _: Any) -> Values:
        size = _pair(config.get("pool_size", 2))
        windows = _windows(x, size, config, config.get("strides") or size, fill)
        return _map((row, col, reduce(window, (0, 1))) for row, col, window in windows)

    return pool


def _norm(x: Values, config: dict[str, Any], arrays: dict[str, Values]) -> Values:
    deviation = np.sqrt(arrays["moving_variance"] + config.get("epsilon", 1e-3))
    scaled: Values = (x - arrays["moving_mean"]) / deviation * arrays.get("gamma", 1)
    return scaled + arrays.get("beta", 0)


def _pad(x: Values, config: dict[str, Any], _: Any) -> Values:
    return np.pad(x, (*config["padding"], (0, 0)))


def _softmax(x: Values) -> Values:
    powers = np.exp(x - x.max())
    made: Values = powers / powers.sum()
    return made


FUNCTIONS: dict[str, Callable[[Values], Values]] = {
    "linear": lambda x: x, "relu": lambda x: np.maximum(x, 0), "tanh": np.tanh,
    "relu6": lambda x: np.clip(x, 0, 6), "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "silu": lambda x: x / (1 + np.exp(-x)), "softmax": _softmax,
    "elu": lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.2 * x),
    "gelu": lambda x: x / 2 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))),
    "gelu_new": lambda x: x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}  # fmt: skip

LAYERS: dict[str, Callable[..., Values]] = {
    "Conv2D": _conv, "DepthwiseConv2D": _depthwise, "SeparableConv2D": _separable,
    "BatchNormalization": _norm, "ZeroPadding2D": _pad,
    "MaxPooling2D": _pool(np.max, -math.inf), "AveragePooling2D": _pool(np.nanmean, math.nan),
    "GlobalAveragePooling2D": lambda x, *_: x.mean((0, 1)),
    "GlobalMaxPooling2D": lambda x, *_: x.max((0, 1)),
    "Flatten": lambda x, *_: x.ravel(),
    "Reshape": lambda x, config, _: x.reshape(config["target_shape"]),
    "Dense": lambda x, _, arrays: x @ arrays["kernel"] + arrays.get("bias", 0),
    "Activation": lambda x, *_: x, "Dropout": lambda x, *_: x, "RandomFlip": lambda x, *_: x,
    "LeakyReLU": lambda x, config, _: np.where(x > 0, x, config.get("alpha", 0.3) * x),
    "ReLU": lambda x, config, _: np.clip(x, 0, config.get("max_value")),
    "Softmax": lambda x, *_: _softmax(x),
}  # fmt: skip
