"""The machine that a pickle is a program for: a stack, its marks, and a memo.

It calls nothing: a call becomes ``Made``, with the name of what would be called.
"""

import struct
from collections.abc import Callable

from cnnscope_readers.torch.pickle_values import Made, Named, Stored, Value, key


class Machine:
    """The stack and the memo of one pickle that is being read."""

    def __init__(self, content: bytes, at: int) -> None:
        """Begin at a byte, with nothing on the stack."""
        self.content = content
        self.at = at
        self.stack: list[Value] = []
        self.marks: list[int] = []
        self.memo: dict[int, Value] = {}
        self.stored: list[Stored] = []

    def take(self, count: int) -> bytes:
        """The next bytes, all of which are there."""
        if not 0 <= count <= len(self.content) - self.at:
            raise IndexError(count)
        self.at += count
        return self.content[self.at - count : self.at]

    def number(self, form: str) -> int:
        """A number in so many bytes."""
        (number,) = struct.unpack(form, self.take(struct.calcsize(form)))
        return int(number)

    def line(self, longest: int = 10_000) -> bytes:
        """The rest of a line."""
        end = self.content.index(b"\n", self.at, self.at + longest)
        line = self.content[self.at : end]
        self.at = end + 1
        return line

    def push(self, value: Value) -> None:
        """Put a value on the stack."""
        self.stack.append(value)

    def pop(self) -> Value:
        """Take the last value off the stack; a mark is in the way."""
        if self.marks and len(self.stack) <= self.marks[-1]:
            raise IndexError("nothing above the mark")
        return self.stack.pop()

    def pop_mark(self) -> list[Value]:
        """What was pushed since the last mark."""
        mark = self.marks.pop()
        values = self.stack[mark:]
        del self.stack[mark:]
        return values


FEW = 16
"""Arguments of what makes an object without calling its class."""


def name_of(called: Value) -> str:
    """The name of what would be called."""
    match called:
        case Named(name=name):
            return name
        case Stored(id=("module", Named(name=name), *_)):  # before 1.6, with its source beside it
            return name
    return "?"


def called_by(called: Value, args: Value) -> Made:
    """What a call would have made; a class that is filled later goes by its own name."""
    if not isinstance(args, tuple):
        raise TypeError("arguments")
    name = name_of(called)
    if name in _REBUILDERS and 1 <= len(args) <= FEW:
        return Made(name_of(args[0]), args[3:] if name.endswith("_reconstructor") else args[1:])
    return Made(name, args)


_REBUILDERS = (
    "copyreg._reconstructor", "copy_reg._reconstructor", "copyreg.__newobj__",
    "copy_reg.__newobj__",
)  # fmt: skip


def reduced(machine: Machine) -> None:
    """What is called, and its arguments, become what the call would have made."""
    args = machine.pop()
    machine.push(called_by(machine.pop(), args))


def new_with_names(machine: Machine) -> None:
    """The same, with named arguments, which are left."""
    machine.pop()
    reduced(machine)


def instance(machine: Machine) -> None:
    """An instance of protocol 0, whose class is named in the opcode."""
    called, args = global_name(machine), machine.pop_mark()
    machine.push(called_by(called, tuple(args)))


def made_object(machine: Machine) -> None:
    """An instance of protocol 1, whose class stands before its arguments."""
    called, *args = machine.pop_mark()
    machine.push(called_by(called, tuple(args)))


def build(machine: Machine) -> None:
    """The attributes of what a call would have made; of anything else they are left."""
    state = machine.pop()
    if isinstance(machine.stack[-1], Made):
        machine.stack[-1].states.append(state)


def global_name(machine: Machine) -> Named:
    """A class or a function whose name is written out."""
    module, name = machine.line().decode(), machine.line().decode()
    return Named(f"{module}.{name}")


def stack_global(machine: Machine) -> None:
    """A class or a function whose name is on the stack."""
    name, module = machine.pop(), machine.pop()
    if not isinstance(name, str) or not isinstance(module, str):
        raise TypeError("name")
    machine.push(Named(f"{module}.{name}"))


def stored(machine: Machine, id: Value) -> None:
    """What lies beside the pickle, under an id."""
    machine.stored.append(Stored(id))
    machine.push(machine.stored[-1])


def set_items(machine: Machine, values: list[Value]) -> None:
    """Put keys and values, in turn, into the mapping on top of the stack."""
    target = machine.stack[-1]
    entries = target.entries if isinstance(target, Made) else target
    if not isinstance(entries, dict) or len(values) % 2:
        raise TypeError("entries")
    for at in range(0, len(values), 2):
        entries[key(values[at])] = values[at + 1]


def set_item(machine: Machine) -> None:
    """Put one key and its value into the mapping below them."""
    value = machine.pop()
    name = machine.pop()
    set_items(machine, [name, value])


def append(machine: Machine, values: list[Value]) -> None:
    """Put values into the list on top of the stack."""
    target = machine.stack[-1]
    items = target.items if isinstance(target, Made) else target
    if not isinstance(items, list):
        raise TypeError("items")
    items.extend(values)


def dictionary(machine: Machine) -> None:
    """A mapping of what was pushed since the last mark."""
    values = machine.pop_mark()
    machine.push({})
    set_items(machine, values)


def tuple_of(count: int) -> Callable[[Machine], None]:
    """The opcode that makes a tuple of the last so many values."""

    def step(machine: Machine) -> None:
        values = [machine.pop() for _ in range(count)]
        machine.push(tuple(reversed(values)))

    return step
