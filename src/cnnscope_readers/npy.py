"""NumPy's ``.npy`` files: one array, whose header is read by a pattern and never evaluated.

    values = read_npy(content, where="picture.npy")     # as it is stored; RefusedError

Source of the format: NumPy's "NEP 1, a simple file format for NumPy arrays".
"""

import re
from typing import Any

import numpy as np

from cnnscope_readers.arrays import count
from cnnscope_readers.errors import RefusedError

MAGIC = b"\x93NUMPY"
HEADER = re.compile(
    r"\{'descr': '([<>|=]?[a-zA-Z]\d{1,4})', 'fortran_order': (True|False), "
    r"'shape': \(((?:\d{1,12},? ?)*)\),? ?\} *\n?"
)
NUMBERS = re.compile(r"[<>|=]?[fiu][1248]|[|]?b1")
TEXT = re.compile(r"[<>|=]?U\d{1,7}")


def is_npy(content: bytes) -> bool:
    """Whether a file begins as such an array does."""
    return content.startswith(MAGIC)


def read_npy(content: bytes, *, where: str) -> "np.ndarray[Any, np.dtype[Any]]":
    """The array of numbers, or of text, in a file. Raises RefusedError: damaged, too_large.

    Objects are refused as damaged: they are pickles.
    """
    long = content[6:7] in (b"\x02", b"\x03")
    start = 12 if long else 10
    length = int.from_bytes(content[8:start], "little")
    header = content[start : start + length]
    found = HEADER.fullmatch(header.decode("latin-1"))
    if not is_npy(content) or len(header) < length or found is None:
        raise RefusedError("damaged", where=where)
    kind, is_fortran = found[1], found[2] == "True"
    if not (NUMBERS.fullmatch(kind) or TEXT.fullmatch(kind)):
        raise RefusedError("damaged", where=where)
    dtype = np.dtype(kind)
    shape = tuple(int(each) for each in found[3].replace(",", " ").split())
    amount = count(where, shape)
    if len(content) != start + length + amount * dtype.itemsize:
        raise RefusedError("damaged", where=where)
    values = np.frombuffer(content, dtype, amount, start + length)
    return values.reshape(shape, order="F" if is_fortran else "C")
