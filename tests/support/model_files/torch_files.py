"""Files as ``torch.save`` writes them, made without PyTorch: pickles by a writer of opcodes.

    content = saved({"conv.weight": array})              # an archive, as since 1.6
    content = saved_old({"conv.weight": array})          # as before 1.6
    pickled(Call("os.system", ("true",)))                # what no reader may ever call

The writer is not the reader's inverse by construction: it knows a dozen opcodes of protocol 2.
"""

import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np

STORAGES = {
    "f4": "FloatStorage", "f8": "DoubleStorage", "f2": "HalfStorage", "i8": "LongStorage",
    "i4": "IntStorage", "u1": "ByteStorage", "bf16": "BFloat16Storage",
    "c8": "ComplexFloatStorage",
}  # fmt: skip

OLD_HEADS = (0x1950A86A20F9469CFC6C, 1001, {"protocol_version": 1001, "little_endian": True})


@dataclass(frozen=True, eq=False)
class Name:
    """A class or a function."""

    name: str


@dataclass(frozen=True, eq=False)
class Call:
    """A call, what is put into what it makes, and the attributes that this gets."""

    name: str
    args: tuple[Any, ...] = ()
    state: Any = None
    entries: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Beside:
    """What is stored beside the pickle, under an id."""

    id: Any


def pickled(value: Any) -> bytes:
    """A pickle of protocol 2."""
    return b"\x80\x02" + _written(value) + b"."


def _written(value: Any) -> bytes:
    match value:
        case None | True | False:
            return {None: b"N", True: b"\x88", False: b"\x89"}[value]
        case int():
            octets = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
            return b"\x8a" + bytes([len(octets)]) + octets
        case float():
            return b"G" + struct.pack(">d", value)
        case str():
            return b"X" + struct.pack("<I", len(value.encode())) + value.encode()
        case bytes():
            return b"B" + struct.pack("<I", len(value)) + value
        case tuple():
            return b"(" + b"".join(map(_written, value)) + b"t"
        case list():
            return b"](" + b"".join(map(_written, value)) + b"e"
        case dict():
            return b"}" + _entries(value)
        case Name(name):
            module, _, own = name.rpartition(".")
            return f"c{module}\n{own}\n".encode()
        case Beside(id):
            return _written(id) + b"Q"
        case Call(name, args, state, entries):
            made = _written(Name(name)) + _written(args) + b"R" + _entries(entries)
            return made + (b"" if state is None else _written(state) + b"b")
    raise TypeError(value)


def _entries(entries: dict[Any, Any]) -> bytes:
    inside = b"".join(_written(key) + _written(value) for key, value in entries.items())
    return b"(" + inside + b"u" if entries else b""


def ordered(entries: dict[str, Any]) -> Call:
    """An ``OrderedDict``, as state dicts are."""
    return Call("collections.OrderedDict", (), None, entries)


def storage(key: str, kind: str, numbers: int) -> Beside:
    """A storage of so many numbers of a kind."""
    return Beside(("storage", Name(f"torch.{STORAGES[kind]}"), key, "cpu", numbers))


def tensor(
    key: str, kind: str, shape: tuple[int, ...], *, numbers: int | None = None, offset: int = 0,
    strides: tuple[int, ...] | None = None,
) -> Call:  # fmt: skip
    """A tensor of a storage; without strides it lies there row by row."""
    count = int(np.prod(shape)) if numbers is None else numbers
    packed = tuple(int(np.prod(shape[at + 1 :])) for at in range(len(shape)))
    args = (storage(key, kind, count), offset, shape, packed if strides is None else strides)
    return Call("torch._utils._rebuild_tensor_v2", (*args, False, ordered({})))


Arrays = Mapping[str, np.ndarray[Any, Any]]


def tensors(arrays: Arrays) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Tensors by name, and their storages."""
    made, storages = {}, {}
    for at, (name, array) in enumerate(arrays.items()):
        kind = array.dtype.str[1:]
        made[name] = tensor(str(at), kind, array.shape)
        storages[str(at)] = np.ascontiguousarray(array).tobytes()
    return made, storages


def archive(
    value: Any, storages: Mapping[str, bytes], *, folder: str = "net", is_big: bool = False,
    others: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """An archive with the pickle of a value, its storages, and other members."""
    members = {
        "data.pkl": pickled(value), "byteorder": b"big" if is_big else b"little",
        **{f"data/{key}": content for key, content in storages.items()}, "version": b"3\n",
        **(others or {}),
    }  # fmt: skip
    return zipped({f"{folder}/{name}": content for name, content in members.items()})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive, its members as they are."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def saved(arrays: Arrays) -> bytes:
    """A state dict, as since 1.6."""
    made, storages = tensors(arrays)
    return archive(ordered(made), storages)


def old(value: Any, storages: Mapping[str, tuple[int, bytes]]) -> bytes:
    """A file as before 1.6: each storage with how many numbers it has."""
    heads = b"".join(map(pickled, (*OLD_HEADS, value, list(storages))))
    return heads + b"".join(
        struct.pack("<q", numbers) + content for numbers, content in storages.values()
    )


def saved_old(arrays: Arrays) -> bytes:
    """A state dict, as before 1.6."""
    made, storages = tensors(arrays)
    counts = {str(at): array.size for at, array in enumerate(arrays.values())}
    return old(ordered(made), {key: (counts[key], storages[key]) for key in storages})
