"""HDF5 files: what h5py wrote is read to the last bit, and what is made to take long does not.

``fixtures/h5py_*.h5.gz`` were written by h5py 3.16.0 (HDF5 2.0), one by default and one with
``libver=("v108", "v108")``. Their arrays count up in eighths.
"""

import gzip
import struct
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5 import Group, is_hdf5, packed, read_hdf5
from support.model_files.hdf5_files import NOWHERE, Messages, chunked, hdf5, put

FIXTURES = Path(__file__).parents[1] / "fixtures"
COUNTED = (np.arange(105) / 8).reshape(7, 5, 3).astype(np.float32)


def written(name: str) -> Group:
    return read_hdf5(gzip.decompress((FIXTURES / f"h5py_{name}.h5.gz").read_bytes()))


@pytest.mark.parametrize(("file", "array"), [
    *(("default", array) for array in ("plain", "big", "half", "double", "chunks", "gzip",
                                       "shuffle", "fletcher")),
    *(("compact_links", array) for array in ("plain", "big", "half", "double", "chunks", "gzip")),
])  # fmt: skip
def test_an_array_is_read_however_it_was_stored(file: str, array: str) -> None:
    read = written(file).group("arrays").dataset(array).numbers()
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, COUNTED)


def test_small_arrays_and_bfloat16_are_read() -> None:
    root = written("default")
    assert root.dataset("scalar").numbers() == np.float32(3.5)
    np.testing.assert_array_equal(root.dataset("compact").numbers(), [0, 1, 2, 3])
    np.testing.assert_array_equal(root.dataset("void").numbers(), [1, -2.5, 3])


@pytest.mark.parametrize("file", ["default", "compact_links"])
def test_texts_are_read(file: str) -> None:
    root = written(file)
    assert root.texts("texts") == ["x", "yy", ""]
    assert root.text("text") == "hi \N{GREEK SMALL LETTER MU}"
    assert root.texts("nothing") is None


def test_texts_of_one_length_and_no_texts_are_read() -> None:
    root = written("default")
    assert root.texts("fixed") == ["ab", "c"]
    assert root.texts("none") == []
    with pytest.raises(RefusedError, match="damaged"):
        root.texts("number")


@pytest.mark.parametrize(("file", "path"), [
    ("default", "links/path"), ("default", "links/elsewhere"), ("compact_links", "links/path"),
    ("compact_links", "links/elsewhere"), ("default", "outside"), ("default", "unwritten"),
    ("default", "whole"), ("default", "arrays"), ("default", "gone"), ("default", "arrays/gone"),
    ("default", "scalar/0"), ("compact_links", "many/k00"),
])  # fmt: skip
def test_what_is_elsewhere_or_no_array_of_floats_is_refused(file: str, path: str) -> None:
    with pytest.raises(RefusedError, match="damaged"):
        written(file).dataset(path).numbers()


def test_a_link_may_be_asked_for_by_name() -> None:
    root = hdf5({"a": {"b": np.ones((2, 3), np.float32)}})
    assert is_hdf5(root)
    assert read_hdf5(root).group("a").names == ["b"]
    assert "a" in read_hdf5(root)
    assert "b" not in read_hdf5(root)


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def same_text_often() -> bytes:
    """3,000 names that are all the same text of 128 kB."""
    long = "x" * (1 << 17)
    content = bytearray(hdf5({}, {"": {"names": [long, *(f"{at:04}" for at in range(3000))]}}))
    heap = content.index(b"GCOL")
    first = struct.pack("<IQI", len(long), heap, 1)
    start = content.index(first)
    assert content[start + 16 : start + 32] == struct.pack("<IQI", 4, heap, 2)
    content[start : start + 3001 * 16] = first * 3001
    return bytes(content)


def meeting_tree() -> bytes:
    """A tree of five levels, each of whose nodes has one child a thousand times."""

    def messages(content: bytearray) -> Messages:
        child = NOWHERE
        for level in range(5):
            head = struct.pack("<4sBBHQQ", b"TREE", 0, level, 1000, NOWHERE, NOWHERE)
            child = put(content, head + struct.pack("<QQ", 0, child) * 1000 + bytes(8))
        heap = put(content, struct.pack("<4s4xQQQ", b"HEAP", 8, 1, child))
        return [(0x11, struct.pack("<QQ", child, heap))]

    return hdf5({"names": messages})


def continued(size: int) -> bytes:
    """A header that goes on in a thousand places, each of which is the whole file."""

    def messages(content: bytearray) -> Messages:
        return [(0x10, struct.pack("<QQ", number, size)) for number in range(1000)]

    return hdf5({"names": messages, "pad": np.zeros(100_000, np.float32)})


def packed_zeros(held: int, shape: tuple[int, ...]) -> bytes:
    """An array in one chunk, whose bytes stand for very many more than it has."""
    values = np.lib.stride_tricks.as_strided(np.zeros(1, np.float32), shape, [0] * len(shape))
    bomb = zlib.compress(bytes(held), 9)
    return hdf5({"names": chunked(values, shape, {(0,) * len(shape): bomb}, [1])})


def claimed(*shape: int, chunk: tuple[int, ...]) -> bytes:
    values = np.lib.stride_tricks.as_strided(np.zeros(1, np.float32), shape, [0] * len(shape))
    return hdf5({"names": chunked(values, chunk, {(0,) * len(shape): bytes(4)})})


BOMBS: dict[str, Any] = {
    "one text, often": same_text_often,
    "a tree whose branches meet": meeting_tree,
    "a header that goes on": lambda: continued(400_000),
    "gzip": lambda: packed_zeros(60_000_000, (1000,)),
    "an array of any size": lambda: claimed(1 << 20, 1 << 20, chunk=(1, 1)),
    "a large array in small chunks": lambda: claimed(8000, 8000, chunk=(1, 1)),
    "a large array in one chunk of few bytes": lambda: claimed(8000, 8000, chunk=(8000, 8000)),
    "very many names": lambda: patched(
        hdf5({}, {"": {"names": ["a"] * 1234}}), struct.pack("<Q", 1234), struct.pack("<Q", 1 << 30)
    ),
}


def read_names(content: bytes) -> None:
    """Read whatever has that name."""
    root = read_hdf5(content)
    root.texts("names")
    found = root.child("names")
    assert found.names if isinstance(found, Group) else found.numbers().shape


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_made_to_take_long_or_much_is_refused_soon(bomb: str) -> None:
    content = BOMBS[bomb]()
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(RefusedError):
        read_names(content)
    taken, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 2
    assert most < 80_000_000


def test_an_array_of_chunks_is_put_together() -> None:
    pieces = {(row, col): np.full((4, 2), row + col, np.float32).tobytes()
              for row in (0, 4) for col in (0, 2)}  # fmt: skip
    content = hdf5({"k": chunked(np.empty((6, 3), np.float32), (4, 2), pieces)})
    expected = [[0, 0, 2]] * 4 + [[4, 4, 6]] * 2
    np.testing.assert_array_equal(read_hdf5(content).dataset("k").numbers(), expected)
    del pieces[4, 2]
    content = hdf5({"k": chunked(np.empty((6, 3), np.float32), (4, 2), pieces)})
    with pytest.raises(RefusedError, match="chunks"):
        read_hdf5(content).dataset("k").numbers()


def test_numbers_of_a_file_are_counted_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST", 100)
    array = read_hdf5(hdf5({"k": np.ones(60, np.float32)})).dataset("k")
    assert array.numbers().shape == (60,)
    with pytest.raises(RefusedError, match="too_large"):
        array.numbers()


def test_numbers_that_are_none_are_refused() -> None:
    content = hdf5({"k": np.array([1, np.nan], np.float32)})
    with pytest.raises(RefusedError, match="not_finite"):
        read_hdf5(content).dataset("k").numbers()
