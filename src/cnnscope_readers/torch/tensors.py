"""Tensors of a pickle: where their numbers are stored, and how they lie there.

    tensor = tensor_of(value)              # Tensor("f4", "0", 576, 0, (12, 3, 4, 4), ...) or None
    Store(fetch, "<").array("conv.weight", tensor)

Nothing is allocated before shape, strides and offset were found to lie inside the storage.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope_readers.arrays import count, finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.kinds import DTYPES, FLOATS, STORAGES, size_of
from cnnscope_readers.torch.old_file import read_old
from cnnscope_readers.torch.pickle_values import Made, Named, Stored, Value, sequence

WRAPPERS = (
    "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
    "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer",
)  # fmt: skip
"""What has a tensor as its first argument, and is that tensor."""

NESTED = 8
"""Wrappers around one tensor."""

ALONE = 200
"""Opcodes of a pickle of one storage."""

SHARED = 4
"""How often the numbers of a storage may be lent to tensors that are not the same."""


@dataclass(frozen=True, eq=False)
class Alone:
    """The key of a storage in a plain pickle: a file of its own in there, as before 1.6."""

    content: bytes

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same storage."""
        return isinstance(other, Alone) and self.content is other.content

    def __hash__(self) -> int:
        """By which storage it is; the bytes are not looked at."""
        return id(self.content)


@dataclass(frozen=True)
class Tensor:
    """A tensor that is not read yet: where it lies, in numbers of its kind."""

    kind: str  # of DTYPES' values, or what a file calls a kind that is not known
    key: str | Alone
    stored: int  # numbers in the storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def is_float(self) -> bool:
        """Whether it can be weights; whole numbers count batches, or are indices."""
        return self.kind in FLOATS

    @property
    def is_known(self) -> bool:
        """Whether its numbers are floats, whole numbers or truth values of a common kind."""
        return self.kind in DTYPES.values()


def tensor_of(value: Value) -> Tensor | None:
    """The tensor that a value stands for; None where it is something else.

    Raises RefusedError: damaged, where it is a tensor that cannot be.
    """
    for _ in range(NESTED):
        match value:
            case Made(name=name, args=(inner, *_)) if name in WRAPPERS:
                value = inner
            case Made(name="torch._tensor._rebuild_from_type_v2", args=(Named(name), _, args, *_)):
                value = Made(name, tuple(sequence(args) or ()))
            case Made(name="torch._utils._rebuild_tensor_v3", args=args) if len(args) >= 7:
                return _tensor(args[0], args[1:4], args[6])
            case Made(name="torch._utils._rebuild_tensor" | "torch._utils._rebuild_tensor_v2"):
                return _tensor(value.args[0] if value.args else None, value.args[1:4])
            case _:
                return None
    return None


def unread_kind(value: Value) -> str | None:
    """What a tensor is called that is stored in a way which is not read; None where it is none."""
    match value:
        case Made(name=name) if name.startswith("torch._utils._rebuild_"):
            return name.rpartition("._rebuild_")[2]
    return None


def _tensor(storage: Value, layout: tuple[Value, ...], dtype: Value = None) -> Tensor:
    """A tensor of a storage: offset, sides and strides."""
    match layout:
        case (int() as offset, sides, strides):
            pass
        case _:
            raise RefusedError("damaged", where="tensor")
    kind, key, stored, start = _storage(storage)
    if isinstance(dtype, Named):  # the storage counts in bytes
        kind = DTYPES.get(dtype.name.rpartition(".")[2], dtype.name)
        size = size_of(kind) if kind in DTYPES.values() else 1
        stored, start = stored // size, start // size
    return Tensor(kind, key, stored, start + offset, _sides(sides), _sides(strides))


def _storage(value: Value) -> tuple[str, str | Alone, int, int]:
    """Kind, key, how many numbers, and at which of them a view of another storage begins."""
    match value:
        case Made(name="torch.storage._load_from_bytes", args=(bytes() as content,)):
            kind, _, stored, start = _storage(read_old(content, ALONE).value)
            return kind, Alone(content), stored, start
    match value.id if isinstance(value, Stored) else None:
        case ("storage", Named(name=name), str() as key, _, int() as stored, *rest):
            kind = STORAGES.get(name.rpartition(".")[2], name)
            match rest:
                case [(_, int() as start, int())]:  # before 1.6: a view of a storage
                    return kind, key, stored, start
            return kind, key, stored, 0
    raise RefusedError("damaged", where="storage")


def _sides(value: Value) -> tuple[int, ...]:
    if isinstance(value, Made) and value.name == "torch.Size" and value.args:
        value = value.args[0]
    sides = sequence(value)
    if sides is None or len(sides) > 8 or not all(type(side) is int for side in sides):
        raise RefusedError("damaged", where="tensor")
    return tuple(sides)


class Store:
    """The storages of one file, and what was lent of each."""

    def __init__(self, fetch: Callable[[str], bytes], order: Literal["<", ">"] = "<") -> None:
        """``fetch`` gives the bytes of a storage by its key, in the byte ``order``."""
        self._fetch = fetch
        self._order = order
        self._buffers: dict[str | Alone, bytes] = {}
        self._lent: dict[str | Alone, int] = {}
        self._made: dict[Tensor, Array] = {}

    def array(self, name: str, tensor: Tensor) -> Array:
        """A tensor's numbers, float32, read-only.

        Raises RefusedError: shapes, too_large, damaged, not_finite, setting.
        """
        if tensor not in self._made:
            self._made[tensor] = finite(name, self._view(name, tensor))
        return self._made[tensor]

    def _view(self, name: str, tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
        """The numbers as they lie in their storage."""
        if not tensor.is_float:
            raise RefusedError("setting", layer=name, setting="dtype", value=tensor.kind)
        amount = count(name, tensor.shape)
        size = size_of(tensor.kind)
        self._lend(name, tensor, amount)
        buffer = self._buffer(tensor.key)
        if tensor.stored * size > len(buffer):
            raise RefusedError("damaged", where=name)
        code = "u2" if tensor.kind == "bf16" else tensor.kind
        steps = tuple(
            stride * size if side > 1 else size
            for side, stride in zip(tensor.shape, tensor.strides, strict=True)
        )
        view: np.ndarray[tuple[int, ...], np.dtype[np.generic]] = np.ndarray(
            tensor.shape, np.dtype(self._order + code), buffer, tensor.offset * size, steps
        )
        if tensor.kind == "bf16":
            return (view.astype(np.uint32) << 16).view(np.float32)
        return view

    def _lend(self, name: str, tensor: Tensor, amount: int) -> None:
        """Check that a tensor lies inside its storage, and does not make much of little."""
        placed = list(zip(tensor.shape, tensor.strides, strict=False))
        is_whole = len(tensor.strides) == len(tensor.shape) and amount > 0 and tensor.offset >= 0
        is_whole = is_whole and all(stride >= 0 or side == 1 for side, stride in placed)
        last = tensor.offset + sum((side - 1) * stride for side, stride in placed)
        if not is_whole or last >= tensor.stored:
            raise RefusedError("damaged", where=name)
        lent = self._lent[tensor.key] = self._lent.get(tensor.key, 0) + amount
        if amount > tensor.stored:
            raise RefusedError("setting", layer=name, setting="strides", value=tensor.strides)
        if lent > SHARED * tensor.stored:
            raise RefusedError("too_large", what=name, limit=SHARED * tensor.stored, got=lent)

    def _buffer(self, key: str | Alone) -> bytes:
        """The bytes of a storage; each is read once."""
        if key not in self._buffers:
            self._buffers[key] = (
                read_old(key.content, ALONE).only() if isinstance(key, Alone) else self._fetch(key)
            )
        return self._buffers[key]
