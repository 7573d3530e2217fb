"""The pickle interpreter: values as Python's own pickle means them; nothing is ever called."""

import pickle
import struct
import time
import tracemalloc
from collections import OrderedDict
from fractions import Fraction

import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.pickle_reader import read_pickle
from cnnscope_readers.torch.pickle_values import Made, Named, OddKey, Stored, mapping
from support.model_files.torch_files import Beside, Call, Name, pickled

PLAIN = {
    "none": None, "truths": [True, False], "numbers": [0, 255, 256, 65536, -1, -(2**31), 2**40],
    "long": [2**200, -(2**200)], "floats": [0.5, -1e300], "text": "Größe\n", "bytes": b"\x00\xff",
    "nested": {"a": (1,), "b": (1, 2, 3, 4), "c": [[], {}, ()]}, 7: "a number as a key",
}  # fmt: skip


@pytest.mark.parametrize("protocol", range(6))
def test_plain_values_are_those_of_every_protocol(protocol):
    value = {name: each for name, each in PLAIN.items() if protocol > 2 or name != "bytes"}
    read = read_pickle(b"before" + pickle.dumps(value, protocol) + b"after", 6)
    assert read.value == value
    assert read.end == 6 + len(pickle.dumps(value, protocol))


@pytest.mark.parametrize("protocol", range(6))
def test_what_stands_twice_is_read_once(protocol):
    shared = [1, 2]
    first, second = read_pickle(pickle.dumps((shared, shared), protocol)).value
    assert first is second


@pytest.mark.parametrize("protocol", range(6))
def test_a_call_becomes_its_name_and_its_arguments(protocol):
    made = read_pickle(pickle.dumps(Fraction(1, 3), protocol)).value
    assert isinstance(made, Made)
    assert made.name == "fractions.Fraction"
    assert made.args in ((1, 3), ("1/3",))


@pytest.mark.parametrize("protocol", range(6))
def test_an_ordered_dictionary_is_a_mapping(protocol):
    read = read_pickle(pickle.dumps(OrderedDict(a=1, b=[2]), protocol)).value
    assert dict(mapping(read)) == {"a": 1, "b": [2]}


class Settings:
    def __init__(self):
        self.stride = (2, 2)


@pytest.mark.parametrize("protocol", range(6))
def test_attributes_are_kept_beside_the_name_of_the_class(protocol):
    read = read_pickle(pickle.dumps(Settings(), protocol)).value
    assert read.name.endswith(".Settings")
    assert read.state == {"stride": (2, 2)}


def test_nothing_is_called(tmp_path):
    trace = tmp_path / "called"
    for name in ("os.system", "posix.system", "builtins.eval", "subprocess.call"):
        made = read_pickle(pickled(Call(name, (f"touch {trace}",)))).value
        assert (made.name, made.args) == (name, (f"touch {trace}",))
    assert not trace.exists()


def test_a_class_alone_and_what_is_stored_beside_are_told_apart():
    named, stored = read_pickle(pickled([Name("torch.float32"), Beside(("storage", "0"))])).value
    assert isinstance(named, Named)
    assert named.name == "torch.float32"
    assert isinstance(stored, Stored)
    assert stored.id == ("storage", "0")


def test_keys_that_are_no_names_are_never_hashed_by_their_contents():
    nested = "K\x00" + "\x86".join("2" for _ in range(61)) + "\x86"  # a pair of itself, 60 times
    content = b"\x80\x02}" + nested.encode("latin-1") + b"K\x01s."
    (key,) = read_pickle(content).value
    assert isinstance(key, OddKey)


def test_nine_bytes_do_not_take_gigabytes():
    tracemalloc.start()
    assert read_pickle(b"\x80\x02Nr\xff\xff\xff\x7f.").value is None
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_what_is_nested_as_deep_as_a_file_is_long_is_read():
    depth = 300_000
    value = read_pickle(b"\x80\x02)" + b"\x85" * depth + b".").value
    assert isinstance(value, tuple)


BROKEN = {
    "empty": b"", "no end": b"\x80\x02]", "nothing on the stack": b".", "unknown opcode": b"\xff.",
    "text longer than the file": b"X" + struct.pack("<I", 2**31) + b"abc.",
    "bytes longer than any file": b"\x8e" + struct.pack("<Q", 2**63) + b".",
    "a negative length": b"T" + struct.pack("<i", -5) + b"abcde.", "no mark": b"t.",
    "nothing in the memo": b"h\x07.", "a call without arguments": b"cos\nsystem\nNR.",
    "odd entries": b"}(K\x01u.", "items of a number": b"K\x01K\x02a.",
    "not UTF-8": b"X\x01\x00\x00\x00\xff.",
    "a number in words": b"Ione\n.", "an endless number": b"L" + b"9" * 5000 + b"L\n.",
    "a number of megabytes": b"\x8b" + struct.pack("<i", 1 << 20) + bytes(1 << 20) + b".",
    "an extension": b"\x82\x01.", "a buffer from elsewhere": b"\x97.",
    "below the mark": b"K\x01(\x85.",
}  # fmt: skip


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused(content):
    with pytest.raises(RefusedError, match="damaged"):
        read_pickle(content)


def test_so_many_opcodes_that_they_take_long_are_refused():
    start = time.process_time()
    with pytest.raises(RefusedError, match="too_large"):
        read_pickle(b"N0" * 1_000_000 + b"N.")
    assert time.process_time() - start < 2
