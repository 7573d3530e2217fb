"""Activations of Keras: by name, as an argument of a layer, or as a layer of their own.

activate(making, step, "relu")     # RefusedError: setting
"""

from collections.abc import Mapping
from typing import Any

from cnnscope_readers.keras.making import Making
from cnnscope_readers.keras.told import Step, number, refuse

NAMES: Mapping[str, tuple[str, Mapping[str, Any]] | None] = {
    "linear": None,
    "relu": ("relu", {}),
    "relu6": ("activation", {"function": "relu6"}),
    "tanh": ("activation", {"function": "tanh"}),
    "sigmoid": ("activation", {"function": "sigmoid"}),
    "elu": ("activation", {"function": "elu", "alpha": 1.0}),
    "gelu": ("activation", {"function": "gelu"}),
    "gelu_new": ("activation", {"function": "gelu_tanh"}),
    "silu": ("activation", {"function": "silu"}),
    "swish": ("activation", {"function": "silu"}),
    "leaky_relu": ("activation", {"function": "leaky_relu", "alpha": 0.2}),
    "softmax": ("softmax", {"given": "softmax"}),
    "log_softmax": ("softmax", {"given": "log_softmax"}),
}
"""Source: ``keras.activations``; ``gelu_new`` is TF.js's name of the one with a tanh."""

STEEPNESS = 0.3
"""Of a LeakyReLU layer below zero, where it is not said. Source: ``keras.layers.LeakyReLU``."""


def activate(making: Making, step: Step, told: Any) -> None:
    """Apply what an ``activation`` says. Raises RefusedError: setting."""
    match told:
        case None:
            return
        case str() if told in NAMES:
            _apply(making, step, NAMES[told])
        case {"class_name": "function", "config": str(name)} if name in NAMES:
            _apply(making, step, NAMES[name])
        case {"class_name": str(kind), "config": dict(config)} if kind in LAYERS:
            LAYERS[kind](making, Step(kind, step.name, config))
        case _:
            raise refuse(step, "activation")


def _apply(making: Making, step: Step, made: tuple[str, Mapping[str, Any]] | None) -> None:
    if made is None:
        return
    type_, settings = made
    if settings.get("function") == "sigmoid" or type_ == "softmax":
        making.expect_unpadded()  # they make other than zeros of zeros
    making.add(step, type_, settings)


def activation(making: Making, step: Step) -> None:
    """A layer of any function. Raises RefusedError: setting."""
    activate(making, step, step.config.get("activation"))


def relu(making: Making, step: Step) -> None:
    """ReLU, also one that is cut off at 6 or leaks. Raises RefusedError: setting."""
    slope, start = number(step, "negative_slope", 0), number(step, "threshold", 0)
    most = step.config.get("max_value")
    if start:
        raise refuse(step, "threshold")
    if most is not None and (most != 6 or slope):
        raise refuse(step, "max_value")
    if slope:
        making.add(step, "activation", {"function": "leaky_relu", "alpha": slope})
    else:
        _apply(making, step, NAMES["relu" if most is None else "relu6"])


def leaky_relu(making: Making, step: Step) -> None:
    """A ReLU that leaks; its slope has had two names. Raises RefusedError: setting."""
    setting = "negative_slope" if "negative_slope" in step.config else "alpha"
    slope = number(step, setting, STEEPNESS)
    making.add(step, "activation", {"function": "leaky_relu", "alpha": slope})


def elu(making: Making, step: Step) -> None:
    """An ELU. Raises RefusedError: setting."""
    making.add(step, "activation", {"function": "elu", "alpha": number(step, "alpha", 1.0)})


def softmax(making: Making, step: Step) -> None:
    """A softmax over all that a vector has. Raises RefusedError: setting."""
    last = len(making.shape) if len(making.shape) == 1 else 3
    if step.config.get("axis", -1) not in (-1, last, [-1], [last]):
        raise refuse(step, "axis")
    _apply(making, step, NAMES["softmax"])


LAYERS = {
    "Activation": activation, "ReLU": relu, "LeakyReLU": leaky_relu, "ELU": elu,
    "Softmax": softmax,
}  # fmt: skip
"""Layers that are an activation, by class."""
