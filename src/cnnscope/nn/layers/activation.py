"""Activations other than ReLU: a function of each value alone.

    bent = Activation("bent_1", "leaky_relu")     # slope 0.01 below zero
    bent(x)                                       # of any shape
    bent.curve(np.linspace(-4, 4, 200))           # its graph

Source of the functions: PyTorch's ``torch.nn``, by the names that they have there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn.functions import elu, gelu, gelu_tanh, leaky_relu, relu6, sigmoid, silu, tanh
from cnnscope.nn.layers.base import Shape, Take, expect
from cnnscope.nn.layers.cellwise import Cellwise
from cnnscope.nn.ops import Array

FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "relu6": relu6, "gelu": gelu, "gelu_tanh": gelu_tanh, "silu": silu, "sigmoid": sigmoid,
    "tanh": tanh,
}  # fmt: skip
"""Functions of a value alone, by name."""

BENT: Mapping[str, tuple[Callable[[Array, float], Array], float]] = {
    "leaky_relu": (leaky_relu, 0.01), "elu": (elu, 1.0),
}  # fmt: skip
"""Functions of a value and ``alpha``, what makes them other below zero; and the usual alpha."""


@dataclass(frozen=True)
class Activation(Cellwise):
    """A function of each value alone: the shape stays. ``alpha`` is the usual one, or none."""

    type_name: ClassVar[str] = "activation"
    kind: ClassVar[str] = "activation"
    settings: ClassVar[tuple[str, ...]] = ("function", "alpha")

    name: str
    function: str  # of FUNCTIONS or BENT
    alpha: float | None = None

    def __post_init__(self) -> None:
        """Check the function, and take its usual alpha. Raises ShapeError."""
        known = [*FUNCTIONS, *BENT]
        is_known = self.function in known
        expect(is_known, f"{self.name} function", f"one of {', '.join(known)}", self.function)
        if self.function in BENT:
            usual = BENT[self.function][1]
            object.__setattr__(self, "alpha", usual if self.alpha is None else float(self.alpha))
        takes = "a finite number" if self.function in BENT else "none"
        is_fit = (self.alpha is None) == (self.function in FUNCTIONS)
        is_finite = self.alpha is None or isfinite(self.alpha)
        expect(is_fit and is_finite, f"{self.name} alpha", takes, self.alpha)

    def __call__(self, x: Array) -> Array:
        """Each value's result."""
        if self.function in FUNCTIONS:
            return FUNCTIONS[self.function](x)
        assert self.alpha is not None
        return BENT[self.function][0](x, self.alpha)

    def curve(self, values: Array) -> Array:
        """The function itself, for its graph: any float32 numbers."""
        return self(np.asarray(values, np.float32))

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """An activation; its usual alpha goes without saying."""
        return cls(entry["name"], entry.get("function", ""), entry.get("alpha"))
