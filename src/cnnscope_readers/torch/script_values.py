"""What the library's operations on numbers give, as far as they are needed to follow some code.

told("__is__", [None, None])     # True
told("size", [Live("x"), 1])     # Unknown("size"): sides are in no file
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from cnnscope_readers.torch.aten_chain import Unknown

SIZES = ("size", "dim", "len", "numel", "is_floating_point", "dtype", "device", "__is__",
         "__isnot__", "__contains__", "format", "sym_size")  # fmt: skip
"""What gives a number, or a word, also of what depends on the picture."""

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le,
    "gt": operator.gt, "ge": operator.ge, "add": operator.add, "sub": operator.sub,
    "mul": operator.mul, "__and__": operator.and_, "__or__": operator.or_,
}  # fmt: skip
"""Operations on two numbers."""

LARGEST = 1 << 40


def told(name: str, args: list[Any]) -> Any:
    """What an operation gives; ``Unknown`` where that cannot be told."""
    match name, args:
        case "__is__", [first, second]:
            return _is(first, second)
        case "__isnot__", [first, second]:
            same = _is(first, second)
            return same if isinstance(same, Unknown) else not same
        case "__not__", [bool() as value]:
            return not value
        case "len", [list() as several]:
            return len(several)
        case _, [int() | float() as first, int() | float() as second] if name in COMPARISONS:
            return _compared(name, first, second)
        case "eq" | "ne", [str() as first, str() as second]:
            return COMPARISONS[name](first, second)
    return Unknown(name)


def _is(first: Any, second: Any) -> Any:
    """Whether something is nothing."""
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return Unknown("__is__")
    return first is None and second is None


def _compared(name: str, first: float, second: float) -> Any:
    """What comes of two numbers; of large ones nothing."""
    if abs(first) > LARGEST or abs(second) > LARGEST:
        return Unknown(name)
    try:
        return COMPARISONS[name](first, second)
    except TypeError:  # and, or: of whole numbers alone
        return Unknown(name)
