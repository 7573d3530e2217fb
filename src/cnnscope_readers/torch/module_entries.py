"""Layers out of modules: what each of PyTorch's classes is, by its name and its settings.

    found = layers_of(module, arrays)     # (LayerEntry("conv2d", "features.0", ...),)

A class that is not in the table is refused by its name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry
from cnnscope_readers.torch.layer_entries import (
    activation,
    avg_pool2d,
    axes,
    batch_norm,
    clamp,
    conv2d,
    dense,
    global_pool,
    max_pool2d,
    must_be,
    softmax,
    zeros_around,
)
from cnnscope_readers.torch.modules import LIBRARY, Module

Arrays = Mapping[str, Array]
"""A module's own, by its own names of them."""

Make = Callable[[Module, Arrays], LayerEntry | None]


def layer_of(module: Module, arrays: Arrays) -> LayerEntry | None:
    """The layer that a module is; none where it does nothing once trained.

    Raises RefusedError: layer, setting, shapes.
    """
    family, _, kind = module.kind.removeprefix(LIBRARY).rpartition(".")
    make = MODULES.get(kind) if module.kind.startswith(LIBRARY) and family else None
    if make is None:
        raise RefusedError("layer", layer=module.name, kind=module.kind.rpartition(".")[2])
    if module.is_hooked:
        raise RefusedError("setting", layer=module.name, setting="hooks", value=kind)
    return make(module, arrays)


def _get(module: Module, name: str, default: Any = None) -> Any:
    return module.state.get(name, default)


def _array(module: Module, arrays: Arrays, name: str) -> Array:
    if name not in arrays:
        kind = module.kind.rpartition(".")[2]
        raise RefusedError("setting", layer=module.name, setting=name, value=f"{kind}: none")
    return arrays[name]


def _conv2d(module: Module, arrays: Arrays) -> LayerEntry:
    must_be(module.name, "padding_mode", _get(module, "padding_mode", "zeros"), "zeros")
    must_be(module.name, "transposed", _get(module, "transposed", False), False)
    return conv2d(
        module.name,
        _array(module, arrays, "weight"),
        arrays.get("bias"),
        stride=_get(module, "stride", 1),
        padding=_get(module, "padding", 0),
        dilation=_get(module, "dilation", 1),
        groups=_get(module, "groups", 1),
    )


def _linear(module: Module, arrays: Arrays) -> LayerEntry:
    return dense(module.name, _array(module, arrays, "weight"), arrays.get("bias"))


def _batch_norm(module: Module, arrays: Arrays) -> LayerEntry:
    gamma, beta, mean, variance = map(arrays.get, ("weight", "bias", "running_mean", "running_var"))
    return batch_norm(module.name, gamma, beta, mean, variance, _get(module, "eps", 1e-5))


def _max_pool(module: Module, arrays: Arrays) -> LayerEntry:
    must_be(module.name, "return_indices", _get(module, "return_indices", False), False)
    return max_pool2d(
        module.name, _get(module, "kernel_size"), _get(module, "stride"),
        _get(module, "padding", 0), _get(module, "dilation", 1), _get(module, "ceil_mode", False),
    )  # fmt: skip


def _avg_pool(module: Module, arrays: Arrays) -> LayerEntry:
    return avg_pool2d(
        module.name, _get(module, "kernel_size"), _get(module, "stride"),
        _get(module, "padding", 0), _get(module, "ceil_mode", False),
        _get(module, "count_include_pad", True), _get(module, "divisor_override"),
    )  # fmt: skip


def _adaptive(kind: str) -> Make:
    return lambda module, arrays: global_pool(kind, module.name, _get(module, "output_size"))


def _flatten(module: Module, arrays: Arrays) -> LayerEntry:
    must_be(module.name, "start_dim", _get(module, "start_dim", 1), 1)
    must_be(module.name, "end_dim", _get(module, "end_dim", -1), -1, 3)
    return LayerEntry("flatten", module.name)


def _function(function: str, alpha: str = "", usual: float | None = None) -> Make:
    return lambda module, arrays: activation(
        module.name, function, _get(module, alpha, usual) if alpha else None
    )


def _gelu(module: Module, arrays: Arrays) -> LayerEntry:
    approximate = _get(module, "approximate", "none")
    must_be(module.name, "approximate", approximate, "none", "tanh")
    return activation(module.name, "gelu" if approximate == "none" else "gelu_tanh")


def _hardtanh(module: Module, arrays: Arrays) -> LayerEntry:
    return clamp(module.name, _get(module, "min_val", -1.0), _get(module, "max_val", 1.0))


def _softmax(given: str) -> Make:
    return lambda module, arrays: softmax(module.name, given, _get(module, "dim"))


def _zeros_around(module: Module, arrays: Arrays) -> LayerEntry:
    around = axes(module.name, "padding", _get(module, "padding"), 4)
    return zeros_around(module.name, around[0] if len(around) == 1 else around)


def _nothing(module: Module, arrays: Arrays) -> None:
    """What does nothing once a network is trained."""


MODULES: Mapping[str, Make] = {
    "Conv2d": _conv2d, "Linear": _linear, "BatchNorm2d": _batch_norm, "BatchNorm1d": _batch_norm,
    "MaxPool2d": _max_pool, "AvgPool2d": _avg_pool, "ZeroPad2d": _zeros_around,
    "AdaptiveAvgPool2d": _adaptive("global_avg_pool2d"),
    "AdaptiveMaxPool2d": _adaptive("global_max_pool2d"), "Flatten": _flatten,
    "ReLU": _function("relu"), "ReLU6": _function("relu6"), "SiLU": _function("silu"),
    "Sigmoid": _function("sigmoid"), "Tanh": _function("tanh"), "GELU": _gelu,
    "LeakyReLU": _function("leaky_relu", "negative_slope", 0.01),
    "ELU": _function("elu", "alpha", 1.0), "Hardtanh": _hardtanh,
    "Softmax": _softmax("softmax"), "LogSoftmax": _softmax("log_softmax"),
    "Dropout": _nothing, "Dropout1d": _nothing, "Dropout2d": _nothing, "AlphaDropout": _nothing,
    "FeatureAlphaDropout": _nothing, "Identity": _nothing,
}  # fmt: skip
"""Every class of ``torch.nn`` that is understood."""
