"""The code of a TorchScript module, followed with a picture of which nothing is known but its name.

    run = ScriptRun(code, store, constants)
    run.method(module, "forward", [Live("picture")])     # Live("relu 7")
    run.graph.chain("picture", "relu 7")

What depends on the picture becomes an operation of a graph; what does not is worked out, as far as
numbers and words go. Where a condition cannot be told, the way is taken that raises no error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.aten_chain import Graph, Live, Operation, Unknown
from cnnscope_readers.torch.aten_layers import arguments, of_arrays
from cnnscope_readers.torch.pickle_values import Made, Value
from cnnscope_readers.torch.script_code import (
    Assign,
    Function,
    If,
    Repeat,
    Return,
    ScriptCode,
    Statement,
)
from cnnscope_readers.torch.script_syntax import (
    Attribute,
    Call,
    Constant,
    Expression,
    Item,
    Name,
    Several,
)
from cnnscope_readers.torch.script_values import LARGEST, SIZES, told
from cnnscope_readers.torch.tensors import Store, tensor_of

STEPS = 200_000
"""Expressions that are worked out."""

DEEPEST = 24
"""Calls in calls."""


@dataclass(frozen=True)
class Path:
    """A dotted name of the library, or of the code."""

    name: str


@dataclass(frozen=True, eq=False)
class Done:
    """That a function has ended, and with what."""

    value: Any


Names = dict[str, Any]

CASTS: Mapping[str, Callable[[Any], Any]] = {
    "int": int, "float": float, "bool": bool, "annotate": lambda value: value,
    "unchecked_cast": lambda value: value, "ops.prim.NumToTensor": lambda value: value,
}  # fmt: skip
"""What a value is called to be another kind of number; what is no number stays as it is."""

WITH_PLACES = ("max_pool2d_with_indices", "adaptive_max_pool2d")
"""Operations that give the largest values, and also where these are."""

ERROR = Path("ops.prim.RaiseException")


class ScriptRun:
    """One archive's code that is being followed."""

    def __init__(self, code: ScriptCode, store: Store, constants: Sequence[Any]) -> None:
        """``constants`` are what the code calls ``CONSTANTS.c0`` and so on."""
        self.graph = Graph()
        self._code = code
        self._store = store
        self._constants = constants
        self._steps = 0
        self._depth = 0

    def method(self, module: Made, name: str, args: list[Any]) -> Any:
        """What a method of a module gives. Raises RefusedError."""
        return self._function(self._code.method(module.name, name), [module, *args], {})

    def _function(self, function: Function, args: list[Any], named: Mapping[str, Any]) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedError("too_deep", limit=DEEPEST)
        usual = {name: self._value(said, {}) for name, said in function.usual.items()}
        given = dict(zip(function.names, args, strict=False))
        done = self._block(function.body, {**usual, **given, **named})
        self._depth -= 1
        return done.value if done is not None else None

    def _block(self, statements: Sequence[Statement], names: Names) -> Done | None:
        """Follow statements; what they end with, where they do."""
        for statement in statements:
            match statement:
                case Return(value):
                    return Done(self._value(value, names))
                case Assign(targets, value):
                    _assign(names, targets, self._value(value, names))
                case If():
                    done = self._block(self._way(statement, names), names)
                    if done is not None:
                        return done
                case Repeat(line):
                    raise RefusedError("layer", layer=line, kind="loop")
        return None

    def _way(self, choice: If, names: Names) -> Sequence[Statement]:
        """Which statements are followed."""
        condition = self._value(choice.condition, names)
        if isinstance(condition, bool | int | float):
            return choice.then if condition else choice.other
        if _raises(choice.then) != _raises(choice.other):
            return choice.other if _raises(choice.then) else choice.then
        raise RefusedError("branches", layer="if")

    def _value(self, said: Expression, names: Names) -> Any:
        """What an expression stands for."""
        self._steps += 1
        if self._steps > STEPS:
            raise RefusedError("too_large", what="steps", limit=STEPS, got=f"> {STEPS}")
        match said:
            case Constant(value):
                return value
            case Name(name):
                return names[name] if name in names else Path(name)
            case Several(inner):
                return [self._value(each, names) for each in inner]
            case Attribute(of, name):
                return self._attribute(self._value(of, names), name)
            case Item(of, at):
                return _item(self._value(of, names), self._value(at, names))
            case Call():
                return self._call(said, names)

    def _attribute(self, of: Any, name: str) -> Any:
        """What has a name in a module, or in the library."""
        if isinstance(of, Path):
            whole = f"{of.name}.{name}"
            is_constant = of.name == "CONSTANTS" and name[1:].isdecimal() and len(name) < 8
            return self._constant(int(name[1:])) if is_constant else Path(whole)
        if not isinstance(of, Made) or name not in of.state:
            return Unknown(name)
        if name == "training":
            return False  # as once it is trained
        return self._kept(name, of.state[name])

    def _kept(self, name: str, value: Value) -> Any:
        """What a module keeps: an array, another module, a number, a word."""
        if isinstance(value, list | tuple):
            plain = all(isinstance(each, int | float | str | None) for each in value)
            return list(value) if plain else Unknown(name)
        tensor = tensor_of(value)
        if tensor is None:
            return value if isinstance(value, int | float | str | Made | None) else Unknown(name)
        return self._store.array(name, tensor) if tensor.is_float else Unknown(name)

    def _constant(self, at: int) -> Any:
        if at >= len(self._constants):
            raise RefusedError("damaged", where=f"CONSTANTS.c{at}")
        return self._constants[at]

    def _call(self, call: Call, names: Names) -> Any:
        """What a call gives: of a method, of the code's own functions, of the library."""
        of = call.called
        args = [self._value(each, names) for each in call.args]
        named = {name: self._value(each, names) for name, each in call.named}
        if isinstance(of, Attribute):
            owner = self._value(of.of, names)
            if isinstance(owner, Made):
                return self.method(owner, of.name, args)
        called = self._value(of, names)
        if not isinstance(called, Path):
            return Unknown("call")
        if called == ERROR:
            raise RefusedError("not_a_network")
        if called.name == "getattr" and len(args) == 2 and isinstance(args[1], str):
            return self._attribute(args[0], args[1])
        if called.name.startswith("__torch__."):
            path, _, name = called.name.rpartition(".")
            return self._function(self._code.function(path, name), args, named)
        return self._library(called.name, args, named)

    def _library(self, path: str, args: list[Any], named: dict[str, Any]) -> Any:
        """What an operation of the library gives."""
        if path in CASTS and args:
            is_number = isinstance(args[-1], int | float) and abs(args[-1]) < LARGEST
            return CASTS[path](args[-1]) if is_number else args[-1]
        name = path.rpartition(".")[2]
        made = Operation(name, name, {**dict(zip(arguments(name), args, strict=False)), **named})
        reads = made.reads or Operation(name, name, dict(_numbered(args))).reads
        if not reads or name in SIZES:
            is_of_arrays = any(isinstance(each, np.ndarray) for each in args)
            return of_arrays(made) if is_of_arrays and not reads else told(name, args)
        value = f"{name} {len(self.graph.operations) + 1}"
        args_by_name = made.args if made.reads else dict(_numbered(args))
        return self.graph.add(Operation(name, value, args_by_name), value)


def _numbered(args: list[Any]) -> list[tuple[str, Any]]:
    """Arguments of an operation whose names are not known, by their number."""
    return [(str(at), each) for at, each in enumerate(args)]


def _assign(names: Names, targets: tuple[str, ...], value: Any) -> None:
    """Give names to a value, or to the parts of one."""
    if len(targets) == 1:
        names[targets[0]] = value
        return
    parts = value if isinstance(value, list) else [Unknown("part")] * len(targets)
    if isinstance(value, Live):  # the values, and where they were found
        kind = value.name.partition(" ")[0]
        if kind not in WITH_PLACES:
            raise RefusedError("layer", layer=value.name, kind=kind)
        parts = [value, *parts[1:]]
    names.update(zip(targets, parts, strict=False))


def _item(of: Any, at: Any) -> Any:
    """What stands at a place of a list."""
    if isinstance(of, list) and type(at) is int and -len(of) <= at < len(of):
        return of[at]
    return Unknown("item")


def _raises(statements: Sequence[Statement]) -> bool:
    """Whether statements do nothing but raise an error, or warn of something."""
    match statements[-1:]:
        case [Assign((), Call(called=Attribute(of, name)))]:
            return (of, name) in (
                (Attribute(Name("ops"), "prim"), "RaiseException"), (Name("torch"), "warn"),
            )  # fmt: skip
    return False
