"""Operations on each value alone, and which function of one number some of them make together.

    recognised(lambda x: x * (1 + erf(x / sqrt(2))) / 2)     # ("gelu", None)

Exporters write one activation in many ways: as one operation, or spelled out in six. So they are
not told by how they are spelled, but by what they do with some two hundred numbers.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.functions import erf
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.messages import Node

Reals = NDArray[np.float64]

POINTS: Reals = np.concatenate([np.linspace(-9, 9, 181), [-30, -1e-3, 1e-3, 30]])
"""Numbers that functions are told apart by."""

CLOSE = 2e-6
"""How far a function may be off, as a share of its value: constants are float32."""


def setting(node: Node, name: str, default: float) -> float:
    """A finite number that a node sets. Raises RefusedError: setting."""
    value = node.settings.get(name, default)
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise RefusedError("setting", layer=node.called, setting=name, value=type(value).__name__)
    return float(value)


def sigmoid(x: Reals) -> Reals:
    """``1 / (1 + exp(-x))``."""
    return 1 / (1 + np.exp(-x))


def gelu(x: Reals) -> Reals:
    """GELU by the error function."""
    return x * (1 + erf(x / math.sqrt(2))) / 2


def gelu_tanh(x: Reals) -> Reals:
    """GELU by the formula with tanh."""
    made: Reals = x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2
    return made


def _elu(x: Reals, alpha: float) -> Reals:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def _gelu(node: Node, x: Reals) -> Reals:
    return (gelu_tanh if node.settings.get("approximate") == "tanh" else gelu)(x)


def _hard_sigmoid(node: Node, x: Reals) -> Reals:
    return np.clip(setting(node, "alpha", 0.2) * x + setting(node, "beta", 0.5), 0, 1)


def _selu(node: Node, x: Reals) -> Reals:
    return setting(node, "gamma", 1.0507010) * _elu(x, setting(node, "alpha", 1.6732632))


def _clip(node: Node, x: Reals, *bounds: Reals | None) -> Reals:
    """Bounds are values that are read, or were once settings."""
    usual = (setting(node, "min", -3.4e38), setting(node, "max", 3.4e38))
    low, high = (
        np.asarray(said if read is None else read)
        for said, read in zip(usual, (*bounds, None, None)[:2], strict=True)
    )
    made: Reals = np.minimum(np.maximum(x, low), high)
    return made


def _slope(node: Node, x: Reals, slopes: Reals) -> Reals:
    """PRelu: one slope for all, or channel by channel the same."""
    if slopes.size == 0 or (slopes != slopes.flat[0]).any():
        raise RefusedError("setting", layer=node.called, setting="slope", value="per channel")
    return np.where(x > 0, x, slopes.flat[0] * x)


Function = Callable[..., Reals]
"""Of a node and of the values that it reads."""

FUNCTIONS: Mapping[str, Function] = {
    "Identity": lambda _, x, *others: x,
    "Dropout": lambda _, x, *others: x,
    "Cast": lambda _, x, *others: x,
    "CastLike": lambda _, x, *others: x,
    "Relu": lambda _, x: np.maximum(x, 0),
    "LeakyRelu": lambda node, x: np.where(x > 0, x, setting(node, "alpha", 0.01) * x),
    "PRelu": _slope,
    "Elu": lambda node, x: _elu(x, setting(node, "alpha", 1.0)),
    "Celu": lambda node, x: _elu(x / setting(node, "alpha", 1.0), 1) * setting(node, "alpha", 1.0),
    "Selu": _selu,
    "Gelu": _gelu,
    "Sigmoid": lambda _, x: sigmoid(x),
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": lambda _, x: x * np.clip(x / 6 + 0.5, 0, 1),
    "Swish": lambda node, x: x * sigmoid(setting(node, "alpha", 1.0) * x),
    "Mish": lambda _, x: x * np.tanh(np.log1p(np.exp(x))),
    "Softplus": lambda _, x: np.log1p(np.exp(x)),
    "Softsign": lambda _, x: x / (1 + abs(x)),
    "Tanh": lambda _, x: np.tanh(x),
    "Erf": lambda _, x: erf(x),
    "Exp": lambda _, x: np.exp(x),
    "Log": lambda _, x: np.log(x),
    "Sqrt": lambda _, x: np.sqrt(x),
    "Abs": lambda _, x: abs(x),
    "Neg": lambda _, x: -x,
    "Reciprocal": lambda _, x: 1 / x,
    "Clip": _clip,
    "Add": lambda _, x, y: x + y,
    "Sub": lambda _, x, y: x - y,
    "Mul": lambda _, x, y: x * y,
    "Div": lambda _, x, y: x / y,
    "Pow": lambda _, x, y: np.power(x, y),
    "Max": lambda _, x, *others: _folded(np.maximum, x, *others),
    "Min": lambda _, x, *others: _folded(np.minimum, x, *others),
    "Sum": lambda _, x, *others: _folded(np.add, x, *others),
    "Where": lambda _, condition, x, y: np.asarray(np.where(condition != 0, x, y)),
    "Greater": lambda _, x, y: np.greater(x, y) * 1.0,
    "GreaterOrEqual": lambda _, x, y: np.greater_equal(x, y) * 1.0,
    "Less": lambda _, x, y: np.less(x, y) * 1.0,
    "LessOrEqual": lambda _, x, y: np.less_equal(x, y) * 1.0,
}
"""What each does with float64; what none is made of is refused later, by name."""


def _folded(combine: Callable[[Reals, Reals], Reals], *values: Reals) -> Reals:
    made = values[0]
    for value in values[1:]:
        made = combine(made, value)
    return made


def applied(node: Node, values: list[Reals | None]) -> Reals:
    """What a node makes of what it reads. Raises RefusedError: setting, shapes."""
    try:
        with np.errstate(all="ignore"):
            made: Reals = np.asarray(FUNCTIONS[node.op](node, *values), np.float64)
            return made
    except RefusedError:
        raise
    except (TypeError, ValueError) as error:  # as many values as it does not take, or as do not fit
        sizes = ", ".join(str(np.shape(value)) for value in values if value is not None)
        raise RefusedError("shapes", layer=node.called, expected=node.op, got=sizes) from error


def is_close(got: Reals, expected: Reals) -> bool:
    """Whether all numbers are the same but for the rounding of constants."""
    return bool((abs(got - expected) <= CLOSE * np.maximum(1, abs(expected))).all())


PLAIN: Mapping[str, Callable[[Reals], Reals]] = {
    "relu": lambda x: np.maximum(x, 0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "silu": lambda x: x * sigmoid(x),
    "gelu": gelu,
    "gelu_tanh": gelu_tanh,
}


def recognised(made: Reals) -> tuple[str, float | None] | None:
    """The function that makes these values of ``POINTS``, and its alpha; None where unknown."""
    if not np.isfinite(made).all():
        return None
    with np.errstate(all="ignore"):
        for name, function in PLAIN.items():
            if is_close(made, function(POINTS)):
                return name, None
        at = -float(np.interp(-1, POINTS, made))
        if is_close(made, np.where(POINTS > 0, POINTS, at * POINTS)):
            return "leaky_relu", _rounded(at)
        alpha = at / -math.expm1(-1)
        if is_close(made, _elu(POINTS, alpha)):
            return "elu", _rounded(alpha)
    return None


def _rounded(value: float) -> float:
    """The number that was written down, where a float32 stands for it."""
    short = float(f"{value:.6g}")
    return short if abs(short - value) <= 1e-7 * abs(value) else value
