"""Operations of an exported graph as a chain, from the picture to the answer.

    graph = Graph()
    graph.add(Operation("relu", "relu", {"self": Live("x")}), "relu")     # Live("relu")
    graph.chain("x", "relu")                                              # [Operation(...)]

What does not lead to the answer, as a count of batches, is left out; what reads the picture in two
ways, or two values that came from it, is no chain, and refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cnnscope_readers.errors import RefusedError

Sizes = tuple[int | None, ...]
"""Sides of a value; None for as many as there are pictures."""


@dataclass(frozen=True)
class Live:
    """A value that depends on the picture, by its name in the graph."""

    name: str


@dataclass(frozen=True)
class Unknown:
    """A value that is none of a number, a list of numbers, a word or an array."""

    kind: str


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the library: ``aten``'s name of it, and its arguments by theirs."""

    name: str
    source: str  # what the graph calls it
    args: Mapping[str, Any]
    before: Sizes | None = None  # of the value that it reads, where the file says
    after: Sizes | None = None

    @property
    def reads(self) -> list[str]:
        """The values it reads that depend on the picture."""
        return list(_live(self.args.values()))


VIEWS = (
    "view", "reshape", "flatten", "squeeze", "unsqueeze", "detach", "alias", "contiguous",
    "dropout", "feature_dropout", "alpha_dropout", "lift_fresh_copy", "t", "transpose", "permute",
    "select", "slice", "expand", "to",
)  # fmt: skip
"""What may give the very memory that it reads."""


class Graph:
    """The operations that depend on the picture, in the order in which they run."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.operations: dict[str, Operation] = {}  # by the values that they make
        self._memory: dict[str, str] = {}  # of a value, the first that lay in the same memory
        self._changes: dict[str, int] = {}  # of memory, how often it was written over
        self._seen: dict[str, int] = {}  # of a value, how often it had been so
        self._now: dict[str, str] = {}  # what a value is after an operation in place

    def add(self, operation: Operation, value: str) -> Live:
        """Take an operation that makes a value. Raises RefusedError: setting.

        One that works in place (``relu_``) changes what its operand is from then on; what else lies
        in the same memory is not known any more.
        """
        args = {name: self._after(operation, each) for name, each in operation.args.items()}
        made = self.operations[value] = replace(operation, args=args)
        name = operation.name.rstrip("_")
        is_in_place = name != operation.name
        memory = value
        if made.reads and (is_in_place or name in VIEWS):
            memory = self._memory.get(made.reads[0], made.reads[0])
        if made.reads and is_in_place:
            self._changes[memory] = self._changes.get(memory, 0) + 1
            self._now[made.reads[0]] = value
        self._memory[value] = memory
        self._seen[value] = self._changes.get(memory, 0)
        return Live(value)

    def _after(self, operation: Operation, value: Any) -> Any:
        """An argument as it is now."""
        if isinstance(value, list | tuple):
            return [self._after(operation, each) for each in value]
        if not isinstance(value, Live):
            return value
        passed, name = [], value.name
        while name in self._now:
            passed.append(name)
            name = self._now[name]
        self._now.update(dict.fromkeys(passed, name))
        changes = self._changes.get(self._memory.get(name, name), 0)
        if self._seen.get(name, 0) != changes:
            raise RefusedError("setting", layer=operation.source, setting="in place", value=name)
        return Live(name)

    def chain(self, picture: str, answer: str) -> list[Operation]:
        """The operations that lead from the picture to the answer.

        Raises RefusedError: branches, damaged, setting.
        """
        found: list[Operation] = []
        ends = self._after(Operation("answer", answer, {}), Live(answer))
        at = ends.name
        while at != picture:
            if at not in self.operations or len(found) > len(self.operations):
                raise RefusedError("damaged", where=at)
            operation = _silu(self.operations[at], self.operations)
            if len(operation.reads) > 1:
                raise RefusedError("branches", layer=operation.source)
            if not operation.reads:
                raise RefusedError("damaged", where=operation.source)
            found.append(operation)
            at = operation.reads[0]
        return found[::-1]


def _silu(operation: Operation, operations: Mapping[str, Operation]) -> Operation:
    """SiLU where it is spelled out, as a value times its own sigmoid; else the operation itself."""
    reads = operation.reads
    for value, factor in (reads, reads[::-1]) if len(reads) == 2 else ():
        sigmoid = operations.get(factor)
        if sigmoid is None or sigmoid.reads != [value]:
            continue
        if (operation.name, sigmoid.name) == ("mul", "sigmoid"):
            return Operation("silu", operation.source, {"self": Live(value)})
    return operation


def _live(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, Live):
            yield value.name
        elif isinstance(value, list | tuple):
            yield from (each.name for each in value if isinstance(each, Live))


def is_line(sizes: Sizes) -> bool:
    """Whether a value is features alone: all its numbers lie along one axis."""
    return sum(side not in (1, None) for side in sizes) <= 1


def cells(sizes: Sizes) -> int:
    """How many numbers a value has for one picture."""
    product = 1
    for side in sizes:
        product *= 1 if side is None else side
    return product
