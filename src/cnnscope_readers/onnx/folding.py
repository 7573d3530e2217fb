"""Values that no picture changes, worked out while reading: above all the sizes of a reshape.

    fold(node, [shape, index], 13, budget)     # Gather: one number of a shape

A size that the file leaves open is NaN among the others, and stays so whatever is made of it.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.messages import Node
from cnnscope_readers.onnx.tensors import FLOATS, Numbers

LARGEST = 1_000_000
"""Numbers of one value that is made of few."""

COST = 16_000_000
"""Numbers of all folded values together: kernels may be transposed, or reshaped."""

Read = list[Numbers | None]


class Given:
    """What a node is given: values that are known, by place, and settings by name."""

    def __init__(self, node: Node, values: Read, opset: int) -> None:
        """``values``: None for what is not known, or left out."""
        self.node, self.values, self.opset = node, values, opset

    def wrong(self, setting: str, value: object) -> RefusedError:
        """The refusal of a setting."""
        return RefusedError("setting", layer=self.node.called, setting=setting, value=value)

    def value(self, place: int) -> Numbers | None:
        """A value that was read, or None."""
        return self.values[place] if place < len(self.values) else None

    def needed(self, place: int) -> Numbers:
        """A value that has to be known. Raises RefusedError: setting."""
        value = self.value(place)
        if value is None:
            raise self.wrong(f"input {place}", "?")
        return value

    def whole(self, name: str, default: int) -> int:
        """A whole number. Raises RefusedError: setting."""
        value = self.node.settings.get(name, default)
        if not isinstance(value, int):
            raise self.wrong(name, type(value).__name__)
        return value

    def wholes(self, name: str, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Some whole numbers. Raises RefusedError: setting."""
        value = self.node.settings.get(name, default)
        if not isinstance(value, tuple) or not all(isinstance(each, int) for each in value):
            raise self.wrong(name, type(value).__name__)
        return tuple(map(int, value))

    def text(self, name: str, default: str) -> str:
        """A word. Raises RefusedError: setting."""
        value = self.node.settings.get(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, type(value).__name__)
        return value

    def axes(self, place: int, name: str = "axes") -> tuple[int, ...] | None:
        """Whole numbers that are read, or in older files set; None where neither."""
        value = self.value(place)
        if value is None:
            return self.wholes(name) if name in self.node.settings else None
        if value.ndim > 1 or value.size > 64 or not np.isfinite(value.astype(np.float64)).all():
            raise self.wrong(name, value.shape)
        return tuple(map(int, value.ravel()))


def _reshape(given: Given, x: Numbers) -> Numbers:
    sizes = given.axes(1, "shape") or ()
    copies = given.whole("allowzero", 0) == 0
    return x.reshape([
        x.shape[place] if size == 0 and copies else size for place, size in enumerate(sizes)
    ])  # fmt: skip


def _squeeze(given: Given, x: Numbers) -> Numbers:
    axes = given.axes(1)
    return np.squeeze(x, axes)


def _unsqueeze(given: Given, x: Numbers) -> Numbers:
    return np.expand_dims(x, given.axes(1) or ())


def _slice(given: Given, x: Numbers) -> Numbers:
    starts, ends = given.axes(1, "starts") or (), given.axes(2, "ends") or ()
    axes = given.axes(3) or tuple(range(len(starts)))
    steps = given.axes(4, "steps") or (1,) * len(starts)
    cut = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        below = end <= -(1 << 31) and step < 0
        cut[axis] = slice(start, None if below else end, step)
    return x[tuple(cut)]


def _constant(given: Given) -> Numbers:
    for name, value in given.node.settings.items():
        if name in ("value_int", "value_float") and isinstance(value, int | float):
            return np.array(value, np.int64 if isinstance(value, int) else np.float32)
        if name in ("value_ints", "value_floats") and isinstance(value, tuple):
            return np.array(value, np.int64 if name == "value_ints" else np.float32)
    raise given.wrong("value", "?")


def _constant_of_shape(given: Given, sizes: Numbers, *filled: Numbers) -> Numbers:
    shape = given.axes(0) or ()
    _bounded(given.node, math.prod(shape))
    return np.full(shape, filled[0].ravel()[0] if filled else np.float32(0))


def _expand(given: Given, x: Numbers) -> Numbers:
    shape = np.broadcast_shapes(x.shape, given.axes(1) or ())
    _bounded(given.node, math.prod(shape))
    return np.broadcast_to(x, shape).copy()


def _range(given: Given, start: Numbers, limit: Numbers, step: Numbers) -> Numbers:
    first, end, by = (float(each.ravel()[0]) for each in (start, limit, step))
    _bounded(given.node, math.ceil((end - first) / by))
    return np.arange(first, end, by).astype(start.dtype)


def _cast(given: Given, x: Numbers) -> Numbers:
    kind = given.whole("to", 1)
    if kind in FLOATS:
        return x.astype(np.float64 if kind == 11 else np.float32)
    is_open = x.dtype.kind == "f" and bool(np.isnan(x).any())
    return x if is_open else x.astype(np.int64)


def _divided(given: Given, x: Any, y: Any) -> Any:
    """Whole numbers are divided as ONNX does: towards zero."""
    return x / y if "f" in (x.dtype.kind, y.dtype.kind) else np.trunc(x / y).astype(np.int64)


def _bounded(node: Node, amount: int) -> None:
    if amount > LARGEST:
        raise RefusedError("too_large", what=node.called, limit=LARGEST, got=amount)


Folding = Callable[..., Any]

FOLDINGS: Mapping[str, Folding] = {
    "Identity": lambda _, x: x,
    "Dropout": lambda _, x: x,
    "Constant": _constant,
    "ConstantOfShape": _constant_of_shape,
    "Cast": _cast,
    "CastLike": lambda _, x, *like: x,
    "Reshape": lambda given, x, *sizes: _reshape(given, x),
    "Flatten": lambda given, x: x.reshape(math.prod(x.shape[: given.whole("axis", 1)]), -1),
    "Transpose": lambda given, x: x.transpose(given.wholes("perm") or None),
    "Squeeze": lambda given, x, *axes: _squeeze(given, x),
    "Unsqueeze": lambda given, x, *axes: _unsqueeze(given, x),
    "Concat": lambda given, *parts: np.concatenate(parts, given.whole("axis", 0)),
    "Gather": lambda given, x, at: np.take(x, at.astype(np.intp), given.whole("axis", 0)),
    "Slice": lambda given, x, *bounds: _slice(given, x),
    "Expand": lambda given, x, sizes: _expand(given, x),
    "Range": _range,
    "Add": lambda _, x, y: x + y,
    "Sub": lambda _, x, y: x - y,
    "Mul": lambda _, x, y: x * y,
    "Div": _divided,
    "Mod": lambda _, x, y: np.mod(x, y),
    "Pow": lambda _, x, y: np.power(x.astype(np.float64), y).astype(x.dtype),
    "Neg": lambda _, x: -x,
    "Abs": lambda _, x: abs(x),
    "Sqrt": lambda _, x: np.sqrt(x),
    "Exp": lambda _, x: np.exp(x),
    "Reciprocal": lambda _, x: 1 / x,
    "Floor": lambda _, x: np.floor(x),
    "Ceil": lambda _, x: np.ceil(x),
    "Max": lambda _, x, y: np.maximum(x, y),
    "Min": lambda _, x, y: np.minimum(x, y),
    "Equal": lambda _, x, y: np.equal(x, y),
    "Where": lambda _, condition, x, y: np.where(condition, x, y),
    "ReduceProd": lambda given, x, *axes: _product(given, x),
}
"""What is folded; any other operation on known values is refused by name."""


def _product(given: Given, x: Numbers) -> Numbers:
    axes = given.axes(1)
    return np.asarray(
        np.prod(x, axis=axes, dtype=x.dtype, keepdims=bool(given.whole("keepdims", 1)))
    )


def fold(given: Given) -> Numbers:
    """What a node makes of known values alone. Raises RefusedError: layer, shapes, too_large."""
    node = given.node
    if node.op not in FOLDINGS:
        raise RefusedError("layer", layer=node.called, kind=node.kind)
    arrays = [value for value in given.values if value is not None]
    if len(arrays) > 1 and node.op in ELEMENTWISE:
        _bounded(node, _broadcast(given, arrays))
    if node.op in ("Gather", "Concat"):
        _bounded(node, math.prod(array.size if array.size else 1 for array in arrays)
                 if node.op == "Gather" else sum(array.size for array in arrays))  # fmt: skip
    try:
        with np.errstate(all="ignore"):
            made = np.asarray(FOLDINGS[node.op](given, *arrays))
    except RefusedError:
        raise
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError) as error:
        sizes = ", ".join(str(array.shape) for array in arrays)
        raise RefusedError("shapes", layer=node.called, expected=node.op, got=sizes) from error
    return made


ELEMENTWISE = {"Add", "Sub", "Mul", "Div", "Mod", "Pow", "Max", "Min", "Equal", "Where"}


def _broadcast(given: Given, arrays: list[Numbers]) -> int:
    try:
        return math.prod(np.broadcast_shapes(*(array.shape for array in arrays)))
    except ValueError as error:
        sizes = ", ".join(str(array.shape) for array in arrays)
        node = given.node
        raise RefusedError("shapes", layer=node.called, expected=node.op, got=sizes) from error
