"""What the readers are fuzzed with: damaged alike for the same seed, small, and in every way."""

import json
import zipfile
from contextlib import suppress
from io import BytesIO

from support.mutations import DAMAGES, LONGER, mutations, zipped

CONTENT = bytes(range(256)) * 40
JSON = json.dumps({"layers": [{"name": "conv", "sizes": [3, 3]}, {"name": "dense"}]}).encode()
ARCHIVE = zipped([("config.json", JSON), ("weights.bin", CONTENT)])


def test_a_seed_gives_the_same_files_and_another_seed_others():
    first = list(mutations(CONTENT, seed=1, count=20))
    assert first == list(mutations(CONTENT, seed=1, count=20))
    assert first != list(mutations(CONTENT, seed=2, count=20))
    assert sum(each != CONTENT for each in first) > 15


def test_no_file_grows_past_its_bound():
    for content in (CONTENT, JSON, ARCHIVE):
        bound = len(content) + LONGER
        assert all(len(each) <= bound for each in mutations(content, seed=3, count=300))


def test_each_way_of_damage_happens():
    seen = {"shorter": 0, "longer": 0, "as long": 0}
    for each in mutations(CONTENT, seed=4, count=100):
        length = len(each) - len(CONTENT)
        seen["shorter" if length < 0 else "longer" if length else "as long"] += 1
    assert len(DAMAGES) == 6
    assert min(seen.values()) > 10


def test_even_an_empty_file_is_mutated():
    assert len(list(mutations(b"", seed=5, count=50))) == 50


def test_many_of_the_archives_are_whole_and_damaged_in_a_member():
    whole = 0
    for each in mutations(ARCHIVE, seed=6, count=100):
        with suppress(Exception), zipfile.ZipFile(BytesIO(each)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
            whole += members != {"config.json": JSON, "weights.bin": CONTENT}
    assert whole > 40


def test_json_is_damaged_as_json_and_nested_deep():
    readable = deep = 0
    for each in mutations(JSON, seed=7, count=200):
        deep += each.count(b"[" * 140) or each.count(b'{"a":' * 140)
        with suppress(ValueError, RecursionError):
            json.loads(each)
            readable += each != JSON
    assert readable > 60
    assert deep > 10
