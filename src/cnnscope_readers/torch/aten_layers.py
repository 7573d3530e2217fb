"""Layers out of operations of PyTorch's library, ``aten``: what each is, by its name.

    layers_of(Operation("conv2d", "conv1", {"input": Live("x"), "weight": kernel, ...}))

An operation that is not in the table is refused by its name. Source of names, arguments and their
usual values: PyTorch's ``aten/src/ATen/native/native_functions.yaml``.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.affine_entries import affine
from cnnscope_readers.torch.aten_chain import Operation, Unknown
from cnnscope_readers.torch.aten_shapes import (
    MAPS,
    Layers,
    Make,
    adaptive,
    flatten,
    over_maps,
    reshaped,
    viewed,
)
from cnnscope_readers.torch.layer_entries import (
    activation,
    avg_pool2d,
    batch_norm,
    clamp,
    conv2d,
    dense,
    max_pool2d,
    must_be,
    number,
    refused,
    softmax,
    zeros_around,
)

ARRAYS = ("self", "weight", "bias", "running_mean", "running_var", "mat2", "other")
"""Names of arguments that may be arrays; all others are settings."""

TURNS = ("t", "transpose", "permute", "numpy_T")
"""What turns a kernel on its side."""


def layers_of(operation: Operation) -> Layers:
    """The layers that an operation stands for; none where it does nothing.

    Raises RefusedError: layer, setting, shapes.
    """
    known = OPERATIONS.get(operation.name.rstrip("_"))
    if known is None:
        raise RefusedError("layer", layer=operation.source, kind=operation.name)
    args = {
        name: value if name in ARRAYS or not _has_arrays(value) else Unknown("array")
        for name, value in operation.args.items()
    }
    return known[1](replace(operation, args=args))


def _has_arrays(value: object) -> bool:
    """Whether a value is an array, or a list with one in it."""
    if isinstance(value, list | tuple):
        return any(isinstance(each, np.ndarray) for each in value)
    return isinstance(value, np.ndarray)


def arguments(name: str) -> tuple[str, ...]:
    """Names of an operation's arguments in their order; none where it is not known."""
    known = OPERATIONS.get(name.rstrip("_"))
    return tuple(known[0].split()) if known else ()


def of_arrays(operation: Operation) -> Any:
    """A kernel on its side; of other operations on arrays it is not known what they make."""
    array = operation.args.get("self")
    if isinstance(array, np.ndarray) and array.ndim == 2 and operation.name in TURNS:
        return array.T
    if isinstance(array, np.ndarray) and operation.name in ("detach", "alias", "lift_fresh_copy"):
        return array
    return Unknown(operation.name)


def _array(operation: Operation, name: str) -> Array:
    """An array that must be there."""
    array = _optional(operation, name)
    if array is None:
        raise refused(operation.source, name, None)
    return array


def _optional(operation: Operation, name: str) -> Array | None:
    """An array, or none."""
    array = operation.args.get(name)
    if array is not None and not isinstance(array, np.ndarray):
        raise refused(operation.source, name, array)
    return array


def _conv2d(operation: Operation) -> Layers:
    get = operation.args.get
    must_be(operation.source, "transposed", get("transposed", False), False)
    return [conv2d(
        operation.source, _array(operation, "weight"), _optional(operation, "bias"),
        stride=get("stride", 1), padding=get("padding", 0), dilation=get("dilation", 1),
        groups=get("groups", 1),
    )]  # fmt: skip


def _linear(operation: Operation) -> Layers:
    return [dense(operation.source, _array(operation, "weight"), _optional(operation, "bias"))]


def _product(bias: str, kernel: str) -> Make:
    """A product of matrices, the second of which is a kernel turned on its side."""

    def make(operation: Operation) -> Layers:
        for factor in ("alpha", "beta"):
            must_be(operation.source, factor, operation.args.get(factor, 1), 1, 1.0)
        turned = _array(operation, kernel)
        added = _optional(operation, bias) if bias else None
        return [dense(operation.source, np.ascontiguousarray(turned.T), added)]

    return make


def _batch_norm(operation: Operation) -> Layers:
    gamma, beta, mean, variance = (
        _optional(operation, name) for name in ("weight", "bias", "running_mean", "running_var")
    )
    epsilon = operation.args.get("eps", 1e-5)
    return [batch_norm(operation.source, gamma, beta, mean, variance, epsilon)]


def _max_pool(operation: Operation) -> Layers:
    get = operation.args.get
    return [max_pool2d(
        operation.source, get("kernel_size"), get("stride"), get("padding", 0),
        get("dilation", 1), get("ceil_mode", False),
    )]  # fmt: skip


def _avg_pool(operation: Operation) -> Layers:
    get = operation.args.get
    return [avg_pool2d(
        operation.source, get("kernel_size"), get("stride"), get("padding", 0),
        get("ceil_mode", False), get("count_include_pad", True), get("divisor_override"),
    )]  # fmt: skip


def _function(function: str, alpha: str = "", usual: float | None = None) -> Make:
    return lambda operation: [activation(
        operation.source, function, operation.args.get(alpha, usual) if alpha else None
    )]  # fmt: skip


def _elu(operation: Operation) -> Layers:
    for scale in ("scale", "input_scale"):
        must_be(operation.source, scale, operation.args.get(scale, 1), 1, 1.0)
    return [activation(operation.source, "elu", operation.args.get("alpha", 1.0))]


def _gelu(operation: Operation) -> Layers:
    approximate = operation.args.get("approximate", "none")
    must_be(operation.source, "approximate", approximate, "none", "tanh")
    return [activation(operation.source, "gelu" if approximate == "none" else "gelu_tanh")]


def _clamp(low: str, high: str, usual: tuple[float | None, float | None]) -> Make:
    return lambda operation: [clamp(
        operation.source, operation.args.get(low, usual[0]), operation.args.get(high, usual[1])
    )]  # fmt: skip


def _softmax(given: str) -> Make:
    return lambda operation: [softmax(operation.source, given, operation.args.get("dim"))]


def _padded(operation: Operation) -> Layers:
    must_be(operation.source, "mode", operation.args.get("mode", "constant"), "constant")
    must_be(operation.source, "value", operation.args.get("value"), None, 0, 0.0)
    return [zeros_around(operation.source, operation.args.get("pad"))]


def _affine(sign: int, is_factor: bool) -> Make:
    """Sums and products with numbers, or with one for each map."""

    def make(operation: Operation) -> Layers:
        must_be(operation.source, "alpha", operation.args.get("alpha", 1), 1, 1.0)
        sides, other = operation.before, operation.args.get("other")
        is_first = not isinstance(operation.args.get("self"), np.ndarray)
        if sides is None or len(sides) != MAPS or not is_first:
            raise RefusedError("layer", layer=operation.source, kind=operation.name)
        is_array = isinstance(other, np.ndarray)
        numbers = other if is_array else number(operation.source, "other", other)
        return [affine(operation.source, sides[1] or 1, np.asarray(numbers), sign, is_factor)]

    return make


def _nothing(operation: Operation) -> Layers:
    return []


_NORM = "input weight bias running_mean running_var"
_CONV = "input weight bias stride padding dilation"

OPERATIONS: Mapping[str, tuple[str, Make]] = {
    "conv2d": (f"{_CONV} groups", _conv2d),
    "convolution": (f"{_CONV} transposed output_padding groups", _conv2d),
    "_convolution": (f"{_CONV} transposed output_padding groups", _conv2d),
    "_convolution_mode": (f"{_CONV} groups", _conv2d),
    "linear": ("input weight bias", _linear),
    "addmm": ("self mat1 mat2 beta alpha", _product("self", "mat2")),
    "mm": ("self mat2", _product("", "mat2")),
    "matmul": ("self other", _product("", "other")),
    "batch_norm": (f"{_NORM} training momentum eps", _batch_norm),
    "native_batch_norm": (f"{_NORM} training momentum eps", _batch_norm),
    "_native_batch_norm_legit": (f"{_NORM} training momentum eps", _batch_norm),
    "_native_batch_norm_legit_no_training": (f"{_NORM} momentum eps", _batch_norm),
    "max_pool2d": ("self kernel_size stride padding dilation ceil_mode", _max_pool),
    "max_pool2d_with_indices": ("self kernel_size stride padding dilation ceil_mode", _max_pool),
    "avg_pool2d": (
        "self kernel_size stride padding ceil_mode count_include_pad divisor_override", _avg_pool,
    ),
    "adaptive_avg_pool2d": ("self output_size", adaptive("avg")),
    "_adaptive_avg_pool2d": ("self output_size", adaptive("avg")),
    "adaptive_max_pool2d": ("self output_size", adaptive("max")),
    "mean": ("self dim keepdim dtype", over_maps("avg")),
    "amax": ("self dim keepdim", over_maps("max")),
    "flatten": ("self start_dim end_dim", flatten),
    "view": ("self size", viewed), "reshape": ("self size", viewed),
    "view_copy": ("self size", viewed), "_unsafe_view": ("self size", viewed),
    "squeeze": ("self dim", reshaped), "unsqueeze": ("self dim", reshaped),
    "relu": ("self", _function("relu")), "relu6": ("self", _function("relu6")),
    "silu": ("self", _function("silu")), "sigmoid": ("self", _function("sigmoid")),
    "tanh": ("self", _function("tanh")),
    "leaky_relu": ("self negative_slope", _function("leaky_relu", "negative_slope", 0.01)),
    "elu": ("self alpha scale input_scale", _elu), "gelu": ("self approximate", _gelu),
    "hardtanh": ("self min_val max_val", _clamp("min_val", "max_val", (-1.0, 1.0))),
    "clamp": ("self min max", _clamp("min", "max", (None, None))),
    "clamp_min": ("self min", _clamp("min", "", (None, None))),
    "softmax": ("self dim dtype", _softmax("softmax")),
    "_softmax": ("self dim half_to_float", _softmax("softmax")),
    "log_softmax": ("self dim dtype", _softmax("log_softmax")),
    "_log_softmax": ("self dim half_to_float", _softmax("log_softmax")),
    "pad": ("self pad mode value", _padded), "constant_pad_nd": ("self pad value", _padded),
    "dropout": ("input p train", _nothing), "feature_dropout": ("input p train", _nothing),
    "alpha_dropout": ("input p train", _nothing), "native_dropout": ("input p train", _nothing),
    "add": ("self other alpha", _affine(1, False)),
    "sub": ("self other alpha", _affine(-1, False)),
    "mul": ("self other", _affine(1, True)), "div": ("self other", _affine(-1, True)),
    "contiguous": ("self", _nothing), "clone": ("self", _nothing), "detach": ("self", _nothing),
    "alias": ("self", _nothing), "lift_fresh_copy": ("self", _nothing),
}  # fmt: skip
"""Every operation that is understood: the names of its arguments in their order, and its layers.

Training is over: dropout does nothing, and batches are normalised by what was kept of them.
"""
