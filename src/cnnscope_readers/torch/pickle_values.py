"""Values of a pickle: plain ones as they are, and what a call would have made as its name alone.

    Made("collections.OrderedDict", (), entries={"weight": Made("torch._utils._rebuild...", ...)})

Nothing here may be compared or hashed by its contents: a pickle of some hundred bytes can hold a
tuple that unfolds to 2^60 values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""None, bool, int, float, str, bytes, a list, tuple or dict of values, or one of these classes."""

MAPPINGS = ("collections.OrderedDict", "collections.defaultdict", "builtins.dict")


@dataclass(frozen=True, eq=False)
class Named:
    """A class or a function, by its name: ``torch.FloatStorage``."""

    name: str


@dataclass(frozen=True, eq=False)
class Stored:
    """What a pickle says is stored elsewhere, beside it."""

    id: Value


@dataclass(frozen=True, eq=False)
class Made:
    """What a call would have made, had it been made: whose call, of what, and what was put in."""

    name: str
    args: tuple[Value, ...] = ()
    entries: dict[Value, Value] = field(default_factory=dict)
    items: list[Value] = field(default_factory=list)
    states: list[Value] = field(default_factory=list)

    @property
    def state(self) -> dict[Value, Value]:
        """The attributes that it would have; none where there are none."""
        for state in reversed(self.states):
            match state:
                case dict():
                    return state
                case (dict() as attributes, _):  # and the other half of them, in slots
                    return attributes
        return {}


@dataclass(frozen=True, eq=False)
class OddKey:
    """A key of a mapping that is neither a name nor a small number: never looked into."""

    value: Value


SMALL = 1 << 60
"""Whole numbers below it are hashed as they are, so that no file can choose those that collide."""


def key(value: Value) -> Value:
    """A value as a key of a mapping, which takes no time to be hashed."""
    match value:
        case str() | None:
            return value
        case int() if -SMALL < value < SMALL:
            return value
    return OddKey(value)


PAIRS = 4000
"""Of a mapping that is given as a list of them."""


def mapping(value: Value) -> Mapping[Value, Value] | None:
    """What stands in a dictionary of any kind; None where it is none."""
    match value:
        case dict():
            return value
        case Made(name=name) if name in MAPPINGS:
            if not value.entries and value.args:
                value.entries.update(_pairs(value.args))
            return value.entries
    return None


def sequence(value: Value) -> list[Value] | tuple[Value, ...] | None:
    """What stands in a list or a tuple; None where it is none."""
    return value if isinstance(value, list | tuple) else None


def _pairs(args: tuple[Value, ...]) -> dict[Value, Value]:
    """What Python 2 gives an ordered dictionary to begin with: a list of pairs."""
    found = {}
    for pair in (sequence(args[0]) or ())[:PAIRS]:
        if isinstance(pair, list | tuple) and len(pair) == 2:
            found[key(pair[0])] = pair[1]
    return found
