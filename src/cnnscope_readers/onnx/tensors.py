"""Arrays of an ONNX file: numbers that stand in it, or in a file beside it.

arrays = Arrays(model.graph.tensors, files)
arrays["conv1.weight"]     # float32; RefusedError: missing_file, damaged, too_large
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope_readers.arrays import LARGEST, count
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.messages import Tensor
from cnnscope_readers.onnx.wire import Budget

Numbers = NDArray[Any]
"""float32 and float64, whole numbers as int64, or bool."""

TYPES = {
    1: ("<f4", 4), 2: ("u1", 5), 3: ("i1", 5), 4: ("<u2", 5), 5: ("<i2", 5), 6: ("<i4", 5),
    7: ("<i8", 7), 9: ("u1", 5), 10: ("<f2", 5), 11: ("<f8", 10), 12: ("<u4", 11), 13: ("<u8", 11),
    16: ("<u2", 5),
}  # fmt: skip
"""Types of number: how they are packed in bytes, and the field that holds them otherwise."""

BOOL, FLOAT16, BFLOAT16 = 9, 10, 16

FLOATS = (1, FLOAT16, 11, BFLOAT16)
"""Types whose numbers are no whole ones."""

WHOLE = 1_000_000
"""Whole numbers of one array: sizes and places, no weights."""

RAW = 9
"""Field of bytes."""


class Arrays:
    """Arrays by name, read when they are asked for, and together no larger than one may be."""

    def __init__(self, tensors: tuple[Tensor, ...], files: Mapping[str, bytes]) -> None:
        """``files``: all that were opened together. Raises RefusedError: twice."""
        self._files = {PurePosixPath(name).name: content for name, content in files.items()}
        self._tensors: dict[str, Tensor] = {}
        self._read: dict[str, Numbers] = {}
        self._budget = Budget("numbers", LARGEST)
        for tensor in tensors:
            if tensor.name in self._tensors:
                raise RefusedError("twice", name=tensor.name)
            self._tensors[tensor.name] = tensor

    def __contains__(self, name: str) -> bool:
        """Whether the file has such an array."""
        return name in self._tensors

    def __getitem__(self, name: str) -> Numbers:
        """An array. Raises KeyError, RefusedError."""
        if name not in self._read:
            self._read[name] = self.decoded(self._tensors[name])
        return self._read[name]

    def decoded(self, tensor: Tensor) -> Numbers:
        """Any tensor's numbers. Raises RefusedError: too_large, damaged, missing_file, setting."""
        if tensor.type not in TYPES:
            raise RefusedError("setting", layer=tensor.name, setting="type", value=tensor.type)
        amount = count(tensor.name, tensor.dims)
        if tensor.type not in FLOATS and amount > WHOLE:
            raise RefusedError("too_large", what=tensor.name, limit=WHOLE, got=amount)
        self._budget.spend(amount)
        dtype, field = TYPES[tensor.type]
        packed: memoryview | None
        if tensor.external is not None:
            packed = self._external(tensor, amount * np.dtype(dtype).itemsize)
        else:
            packed = tensor.message.view(RAW)
        values = _loose(tensor, dtype, field) if packed is None else _packed(tensor, packed, dtype)
        if len(values) != amount:
            raise RefusedError("damaged", where=tensor.name)
        return _plain(values, tensor.type).reshape(tensor.dims)

    def _external(self, tensor: Tensor, size: int) -> memoryview:
        """Bytes of another file, known by its name alone, whatever folder is said."""
        said = tensor.external or {}
        name = PurePosixPath(said.get("location", "").replace("\\", "/")).name
        if name not in self._files:
            raise RefusedError("missing_file", file=name)
        offset, length = said.get("offset", "0"), said.get("length", str(size))
        for number in (offset, length):
            if not (number.isascii() and number.isdigit() and len(number) < 16):
                raise RefusedError("damaged", where=tensor.name)
        content = memoryview(self._files[name])[int(offset) : int(offset) + size]
        if int(length) != size or len(content) != size:
            raise RefusedError("damaged", where=name)
        return content


def _packed(tensor: Tensor, content: memoryview, dtype: str) -> Numbers:
    if len(content) % np.dtype(dtype).itemsize:
        raise RefusedError("damaged", where=tensor.name)
    return np.frombuffer(content, dtype)


def _loose(tensor: Tensor, dtype: str, field: int) -> Numbers:
    """Numbers in a field of their own; those of 16 bits stand there as whole numbers."""
    if field in (4, 10):
        return tensor.message.packed(field, dtype)
    with np.errstate(over="ignore"):
        return tensor.message.wholes(field).astype(
            "<u2" if tensor.type == FLOAT16 else dtype
        ).view(dtype)  # fmt: skip


def _plain(values: Numbers, kind: int) -> Numbers:
    """The same numbers in one of the few types that are reckoned with."""
    if kind == BFLOAT16:
        return (values.astype(np.uint32) << 16).view(np.float32)
    if kind in (1, FLOAT16):
        return values.astype(np.float32, copy=False)
    if kind == 11:
        return values.astype(np.float64, copy=False)
    return values.astype(bool if kind == BOOL else np.int64, copy=False)
