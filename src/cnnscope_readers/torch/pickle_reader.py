"""Pickle, protocols 0 to 5, read by an interpreter of opcodes that calls nothing.

    read_pickle(b"\x80\x02}q\x00.").value     # {}

A call becomes ``Made`` with the name of what would be called. Python's own ``pickle`` is never
used: it runs what a file tells it to, nine bytes make it take gigabytes, and some hundred keep it
busy for ever. Source of the opcodes: the standard library's ``pickletools``.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.pickle_machine import (
    Machine,
    append,
    build,
    dictionary,
    global_name,
    instance,
    made_object,
    new_with_names,
    reduced,
    set_item,
    set_items,
    stack_global,
    stored,
    tuple_of,
)
from cnnscope_readers.torch.pickle_values import Made, Stored, Value

LARGEST = 600_000
"""Opcodes of one pickle; a network's has some thousands."""

LONGEST = 64
"""Bytes of a whole number."""

TEXT = 200
"""Characters of a number that is written out."""


@dataclass(frozen=True, eq=False)
class Pickle:
    """The value of a pickle, the byte after it, and what it says is stored beside it, in turn."""

    value: Value
    end: int
    stored: tuple[Stored, ...]


def read_pickle(
    content: bytes, start: int = 0, *, where: str = "pickle", limit: int = LARGEST
) -> Pickle:
    """The pickle that begins at ``start``, of so many opcodes at most.

    Raises RefusedError: damaged, too_large.
    """
    machine = Machine(content, start)
    try:
        _run(machine, limit)
        return Pickle(machine.pop(), machine.at, tuple(machine.stored))
    except RefusedError:
        raise
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, struct.error) as error:
        raise RefusedError("damaged", where=where) from error


def _run(machine: Machine, limit: int) -> None:
    """Follow the opcodes up to the one that ends them."""
    for _ in range(limit):
        code = machine.content[machine.at]
        machine.at += 1
        if code == _STOP:
            return
        _OPCODES[code](machine)
    raise RefusedError("too_large", what="pickle", limit=limit, got=f"> {limit}")


def _written(machine: Machine) -> None:
    """A whole number, or a truth value, as text."""
    line = machine.line(TEXT)
    machine.push({b"00": False, b"01": True}[line] if line in (b"00", b"01") else int(line))


def _long(machine: Machine, count: int) -> None:
    if count > LONGEST:
        raise ValueError(count)
    machine.push(int.from_bytes(machine.take(count), "little", signed=True))


def _text(form: str) -> Callable[[Machine], None]:
    return lambda machine: machine.push(machine.take(machine.number(form)).decode())


def _octets(form: str) -> Callable[[Machine], None]:
    return lambda machine: machine.push(machine.take(machine.number(form)))


def _old_text(form: str) -> Callable[[Machine], None]:
    """A string of Python 2: text where it can be."""
    return lambda machine: machine.push(_of_python_2(machine.take(machine.number(form))))


def _of_python_2(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _quoted(machine: Machine) -> None:
    """A string of Python 2 between its quotation marks; what is escaped in it stays so."""
    line = machine.line().strip()
    if len(line) < 2 or line[:1] not in (b"'", b'"') or line[:1] != line[-1:]:
        raise ValueError("quotation marks")
    machine.push(_of_python_2(line[1:-1]))


def _number(form: str) -> Callable[[Machine], None]:
    return lambda machine: machine.push(machine.number(form))


def _put(form: str) -> Callable[[Machine], None]:
    def step(machine: Machine) -> None:
        machine.memo[machine.number(form)] = machine.stack[-1]

    return step


def _get(form: str) -> Callable[[Machine], None]:
    return lambda machine: machine.push(machine.memo[machine.number(form)])


def _put_written(machine: Machine) -> None:
    machine.memo[int(machine.line(TEXT))] = machine.stack[-1]


def _memoize(machine: Machine) -> None:
    machine.memo[len(machine.memo)] = machine.stack[-1]


_STOP = ord(".")

_OPCODES: dict[int, Callable[[Machine], object]] = {
    # What stands for itself.
    ord("N"): lambda machine: machine.push(None),
    0x88: lambda machine: machine.push(True),
    0x89: lambda machine: machine.push(False),
    ord("I"): _written,
    ord("J"): _number("<i"),
    ord("K"): _number("<B"),
    ord("M"): _number("<H"),
    ord("L"): lambda machine: machine.push(int(machine.line(TEXT).rstrip(b"L"))),
    0x8A: lambda machine: _long(machine, machine.number("<B")),
    0x8B: lambda machine: _long(machine, machine.number("<i")),
    ord("F"): lambda machine: machine.push(float(machine.line(TEXT))),
    ord("G"): lambda machine: machine.push(struct.unpack(">d", machine.take(8))[0]),
    ord("S"): _quoted,
    ord("T"): _old_text("<i"),
    ord("U"): _old_text("<B"),
    ord("V"): lambda machine: machine.push(machine.line().decode("raw-unicode-escape")),
    ord("X"): _text("<I"),
    0x8C: _text("<B"),
    0x8D: _text("<Q"),
    ord("B"): _octets("<I"),
    ord("C"): _octets("<B"),
    0x8E: _octets("<Q"),
    0x96: _octets("<Q"),
    # What holds others.
    ord("]"): lambda machine: machine.push([]),
    ord("l"): lambda machine: machine.push(machine.pop_mark()),
    ord("a"): lambda machine: append(machine, [machine.pop()]),
    ord("e"): lambda machine: append(machine, machine.pop_mark()),
    ord(")"): lambda machine: machine.push(()),
    ord("t"): lambda machine: machine.push(tuple(machine.pop_mark())),
    0x85: tuple_of(1),
    0x86: tuple_of(2),
    0x87: tuple_of(3),
    ord("}"): lambda machine: machine.push({}),
    ord("d"): dictionary,
    ord("s"): set_item,
    ord("u"): lambda machine: set_items(machine, machine.pop_mark()),
    0x8F: lambda machine: machine.push(Made("builtins.set")),
    0x90: lambda machine: append(machine, machine.pop_mark()),
    0x91: lambda machine: machine.push(Made("builtins.frozenset", (), {}, machine.pop_mark())),
    # What would be called, or lies elsewhere.
    ord("c"): lambda machine: machine.push(global_name(machine)),
    0x93: stack_global,
    ord("R"): reduced,
    0x81: reduced,
    0x92: new_with_names,
    ord("i"): instance,
    ord("o"): made_object,
    ord("b"): build,
    ord("P"): lambda machine: stored(machine, machine.line().decode()),
    ord("Q"): lambda machine: stored(machine, machine.pop()),
    # The stack and the memo.
    ord("("): lambda machine: machine.marks.append(len(machine.stack)),
    ord("0"): lambda machine: machine.stack.pop(),
    ord("1"): lambda machine: machine.pop_mark(),
    ord("2"): lambda machine: machine.push(machine.stack[-1]),
    ord("p"): _put_written,
    ord("q"): _put("<B"),
    ord("r"): _put("<I"),
    0x94: _memoize,
    ord("g"): lambda machine: machine.push(machine.memo[int(machine.line(TEXT))]),
    ord("h"): _get("<B"),
    ord("j"): _get("<I"),
    # What is only said.
    0x80: lambda machine: machine.take(1),
    0x95: lambda machine: machine.take(8),
    0x98: lambda machine: None,
}
"""What each opcode does; extensions and buffers from elsewhere are none of them."""
