"""Files made to do harm: refused by name, soon, and in little memory, whatever they promise."""

import json
import struct
import tracemalloc
import zipfile
from io import BytesIO
from time import process_time

import numpy as np
import pytest

from cnnscope_readers import registry, zip_archive
from cnnscope_readers.arrays import AXES, array, count, finite
from cnnscope_readers.errors import REASONS, RefusedError
from cnnscope_readers.plain_json import DEEPEST, depth, read_json
from cnnscope_readers.zip_archive import is_zip, read_zip
from support.mutations import mutations, zipped
from support.sample_networks import content, sample_networks

LONGEST = 2.0
"""Seconds for one file."""

MOST = 100e6
"""Bytes of memory for one file."""


def reason(attempt, *given):
    """Why an attempt is refused, and that this takes neither long nor, a second time, much."""
    begun = process_time()
    with pytest.raises(RefusedError) as refused:
        attempt(*given)
    assert process_time() - begun < LONGEST
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError):
            attempt(*given)
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()
    assert sorted(refused.value.values) == sorted(REASONS[refused.value.reason])
    return refused.value.reason


JSON = {
    "deep lists": (b"[" * 100_000 + b"]" * 100_000, "too_deep"),
    "deep objects": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "too_deep"),
    "deep and without end": (b"[" * 2_000_000, "too_deep"),
    "deep behind closed ones": (b"[" + b"[]," * 1000 + b"[" * 9000, "too_deep"),
    "closed before opened": (b"]" * 9000 + b"[" * 9000, "damaged"),
    "quotes that do not end": (b'"' + b'\\"' * 500_000, "damaged"),
    "a quote at the end": (b'["a", "' + b"x" * 500_000, "damaged"),
    "escapes outside strings": (b"\\" * 500_000, "damaged"),
    "too large": (b" " * (9 << 20), "too_large"),
    "the same name twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "twice"),
    "many names, one twice": (
        json.dumps({str(each): 0 for each in range(60_000)}).encode()[:-1] + b', "59999": 1}',
        "twice",
    ),
    "a number of many digits": (b"[" + b"9" * 100_000 + b"]", "damaged"),
    "no text": (b'{"a": "\xff\xfe"}', "damaged"),
    "two bytes a sign": ('{"a": 1}'.encode("utf-16"), "damaged"),
    "nothing": (b"", "damaged"),
    "cut": (b'{"layers": [', "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_that_would_hang_or_overflow_is_refused(name):
    told, expected = JSON[name]
    assert reason(read_json, told) == expected


def test_json_within_bounds_is_read_as_it_is():
    nested = "[" * DEEPEST + "]" * DEEPEST
    assert depth(nested) == DEEPEST
    assert read_json(nested.encode()) == json.loads(nested)
    in_strings = json.dumps({"a": "[" * 9000, '"[\\': ["\\", '"{', "\N{SNOWMAN}"]})
    assert depth(in_strings) == 2
    assert read_json(in_strings.encode()) == json.loads(in_strings)


@pytest.mark.parametrize("file", sample_networks("refused/deep.model.json"))
def test_the_sample_of_deep_json_is_refused(file):
    assert reason(read_json, content(file)) == "too_deep"


SAMPLES = {
    "deep.model.json": "unknown",
    "exponential_key.pth": "not_a_network",
    "memo_bomb.pth": "not_a_network",
    "zero_strides.pth": "setting",
    "huge_shape.safetensors": "too_large",
    "residual.onnx": "branches",
}


@pytest.mark.parametrize("file", sample_networks(*(f"refused/{name}" for name in SAMPLES)))
def test_the_samples_that_harm_are_refused_whatever_they_are(file):
    assert reason(registry.read, {file: content(file)}) == SAMPLES[file.rpartition("/")[2]]


def packed(*members, method=zipfile.ZIP_DEFLATED):
    """An archive of (name, content), packed."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, told in members:
            archive.writestr(name, told)
    return bytearray(made.getvalue())


def altered(archive, offset, form, *values):
    """The same with something else written into its last directory entry."""
    at = archive.rindex(b"PK\x01\x02") + offset
    made = bytearray(archive)
    struct.pack_into(form, made, at, *values)
    return bytes(made)


def read_all(told):
    archive = read_zip(bytes(told))
    return {name: archive.read(name) for name in archive.names()}


SMALL = packed(("data.pkl", b"weights" * 40))
ARCHIVES = {
    "promises more": (altered(SMALL, 24, "<I", 281), "damaged"),
    "promises less": (altered(SMALL, 24, "<I", 200), "damaged"),
    "promises gigabytes": (altered(SMALL, 24, "<I", 0xFFFFFFF0), "too_large"),
    "another checksum": (altered(SMALL, 16, "<I", 1), "damaged"),
    "is elsewhere": (altered(SMALL, 42, "<I", 7), "damaged"),
    "is far beyond": (altered(SMALL, 42, "<I", 0xFFFFFFF0), "damaged"),
    "needs a password": (altered(SMALL, 8, "<H", 1), "encrypted"),
    "packed in a way of later": (altered(SMALL, 10, "<H", 99), "damaged"),
    "packed without a bound": (packed(("a", bytes(9000)), method=zipfile.ZIP_LZMA), "damaged"),
    "packed otherwise": (packed(("a", bytes(9000)), method=zipfile.ZIP_BZIP2), "damaged"),
    "a name twice": (zipped([("a", b"1"), ("a", b"2")]), "twice"),
    "cut": (SMALL[:-30], "damaged"),
    "nothing but its start": (b"PK\x03\x04", "damaged"),
    "an empty file": (b"", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_lie_are_refused(name):
    told, expected = ARCHIVES[name]
    assert reason(read_all, told) == expected


def test_an_archive_that_unpacks_to_more_is_left_where_it_says_it_ends():
    bomb = packed(("a", bytes(100 << 20)))
    assert len(bomb) < 400_000
    assert reason(read_all, altered(bomb, 24, "<I", 10)) == "damaged"
    assert reason(read_all, altered(bomb, 24, "<I", 513 << 20)) == "too_large"


def test_members_are_counted(monkeypatch):
    monkeypatch.setattr(zip_archive, "MEMBERS", 2)
    assert len(read_all(zipped([("a", b""), ("b", b"")]))) == 2
    assert reason(read_all, zipped([("a", b""), ("b", b""), ("c", b"")])) == "too_large"


def test_archives_are_read_by_the_names_of_their_directory():
    archive = read_zip(zipped([("../../etc/passwd", b"x"), ("a/b", b"y"), ("", b"z")]))
    assert archive.names() == ["../../etc/passwd", "a/b", ""]
    assert archive.read("a/b") == b"y"
    assert reason(archive.read, "b") == "missing_file"
    assert not is_zip(b"PK")


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_archives_are_refused_or_read(seed):
    read = 0
    for told in mutations(bytes(packed(("a.json", b'{"a": 1}'), ("b", bytes(900)))), seed, 60):
        try:
            read += len(read_all(told))
        except RefusedError:
            continue
    assert read > 10


ARRAYS = {
    "a shape of many numbers": ((100_000, 100_000), "<f4", 0, "too_large"),
    "a shape that would wrap around": ((1 << 32, 1 << 32), "<f4", 0, "too_large"),
    "sides below nothing": ((-1, -4), "<f4", 0, "shapes"),
    "too many axes": ((1,) * (AXES + 1), "<f4", 0, "shapes"),
    "more than there is": ((5,), "<f4", 0, "damaged"),
    "behind the end": ((1,), "<f4", 16, "damaged"),
    "before the start": ((1,), "<f4", -4, "damaged"),
    "far behind the end": ((1,), "<f4", 1 << 70, "damaged"),
    "infinity": ((1,), "<f4", 4, "not_finite"),
    "no number": ((1,), "<f4", 8, "not_finite"),
    "too large for four bytes": ((1,), "<f8", 16, "not_finite"),
}  # fmt: skip

BUFFER = struct.pack("<ffff", 1, np.inf, np.nan, 0)


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_that_contradict_their_bytes_are_refused(name):
    shape, dtype, offset, expected = ARRAYS[name]
    buffer = BUFFER + struct.pack("<d", 1e300) if dtype == "<f8" else BUFFER
    assert reason(array, "conv1.weight", buffer, dtype, shape, offset) == expected


def test_arrays_are_copies_of_what_they_stand_for():
    assert count("a", ()) == 1
    assert count("a", (0, 1 << 62)) == 0
    assert array("a", BUFFER, ">f4", (1,), 12).tolist() == [0]
    assert array("a", b"\x80\x3f\x00\xc0", "<bf16", (2,)).tolist() == [1, -2]
    assert array("a", b"\x3f\x80\xc0\x00", ">bf16", (2, 1)).tolist() == [[1], [-2]]
    apart = array("a", b"\0" + BUFFER, "<f4", (1,), 1)
    assert apart.flags.aligned
    assert apart.tolist() == [1]
    repeated = np.lib.stride_tricks.as_strided(np.ones(1, np.float32), (3, 2), (0, 0))
    made = finite("a", repeated)
    assert made.strides == (8, 4)
    assert not made.flags.writeable
