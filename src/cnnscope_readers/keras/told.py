"""What a model's JSON says, taken only as what it should be.

told(config, "strides", list)          # RefusedError: damaged
pair(step, "strides", (1, 1))          # (2, 2) of 2 or of [2, 2]; RefusedError: setting
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from cnnscope_readers.errors import RefusedError

Kind = TypeVar("Kind")

LARGEST = 10_000
"""Of a stride, a size of a window, a padding."""


@dataclass(frozen=True)
class Step:
    """A layer as the file describes it, and where it stands among others."""

    kind: str  # its class
    name: str
    config: Mapping[str, Any]
    within: tuple[str, ...] = ()  # names of the models that it is nested in
    places: tuple[tuple[str, int], ...] = ()  # class, and how many of it come before, by model


def told(config: Any, key: str, kind: type[Kind]) -> Kind:
    """A value of an object. Raises RefusedError: damaged."""
    value = config.get(key) if isinstance(config, dict) else None
    if not isinstance(value, kind):
        raise RefusedError("damaged", where=key)
    return value


def refuse(step: Step, setting: str) -> RefusedError:
    """The refusal of a setting that is not understood."""
    return RefusedError("setting", layer=step.name, setting=setting, value=step.config.get(setting))


def pair(step: Step, setting: str, usual: tuple[int, int] | None = None) -> tuple[int, int]:
    """Numbers for rows and columns. Raises RefusedError: setting."""
    match step.config.get(setting):
        case None if usual is not None:
            return usual
        case int(both) if _fits(both):
            return both, both
        case [int(rows), int(cols)] if _fits(rows) and _fits(cols):
            return rows, cols
        case [int(both)] if _fits(both):
            return both, both
    raise refuse(step, setting)


def _fits(number: int) -> bool:
    return not isinstance(number, bool) and 1 <= number <= LARGEST


def number(step: Step, setting: str, usual: float) -> float:
    """A finite number. Raises RefusedError: setting."""
    value = step.config.get(setting)
    if isinstance(value, dict):  # an array of NumPy, as some versions write it
        value = value.get("value", value.get("config"))
    match value:
        case None:
            return usual
        case bool():
            pass
        case int() | float() if abs(value) < 1e30:  # false of NaN
            return float(value)
    raise refuse(step, setting)


def flag(step: Step, setting: str, usual: bool) -> bool:
    """Yes or no. Raises RefusedError: setting."""
    value = step.config.get(setting, usual)
    if not isinstance(value, bool):
        raise refuse(step, setting)
    return value
