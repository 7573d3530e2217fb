"""Kinds of numbers by PyTorch's names of them, as NumPy's codes without their byte order.

STORAGES["HalfStorage"]     # "f2"
size_of("bf16")             # 2; NumPy has none of that
"""

from collections.abc import Mapping

FLOATS = ("f4", "f8", "f2", "bf16")

DTYPES: Mapping[str, str] = {
    "float32": "f4", "float64": "f8", "float16": "f2", "bfloat16": "bf16", "float": "f4",
    "double": "f8", "half": "f2", "uint8": "u1", "int8": "i1", "int16": "i2", "int32": "i4",
    "int64": "i8", "bool": "b1", "uint16": "u2", "uint32": "u4", "uint64": "u8",
}  # fmt: skip
"""Kinds of numbers by PyTorch's names of them."""

STORAGES: Mapping[str, str] = {
    "FloatStorage": "f4", "DoubleStorage": "f8", "HalfStorage": "f2", "BFloat16Storage": "bf16",
    "ByteStorage": "u1", "CharStorage": "i1", "ShortStorage": "i2", "IntStorage": "i4",
    "LongStorage": "i8", "BoolStorage": "b1", "UntypedStorage": "u1",
    "ComplexFloatStorage": "c8", "ComplexDoubleStorage": "c16",
}  # fmt: skip
"""Kinds of numbers by the classes that store them."""


def size_of(kind: str) -> int:
    """Bytes of one number."""
    return 2 if kind == "bf16" else int(kind[1:])
