import gzip
import json
import re
from hashlib import sha256

import pytest

from building.errors import BuildError
from building.site.addresses import Contents
from building.site.offline import EMPTY, version_of, worker

SCRIPT = f"// reasons\n{EMPTY} // path -> [sha256, bytes]\nrest".encode()


def test_a_version_changes_with_any_byte_or_name() -> None:
    site = {"a": b"1", "b": b"2"}
    others = [{"a": b"1"}, {"a": b"1", "b": b"3"}, {"a": b"1", "c": b"2"}, {"a": b"2", "b": b"1"}]
    assert version_of(site) == version_of(dict(reversed(site.items())))
    assert len({version_of(each) for each in [site, *others]}) == 5


def test_the_worker_learns_what_a_server_sends() -> None:
    made = worker(SCRIPT, {"a b.txt": b"text", ".nojekyll": b"", "sw.js": SCRIPT}, "abc").decode()
    site = json.loads(made.split("const SITE = ")[1].split(";")[0])
    digest = sha256(b"text").hexdigest()
    assert site == {"version": "abc", "files": {"a b.txt": [digest, 4]}}


def test_the_worker_learns_what_is_packed_in_an_archive() -> None:
    packed = gzip.compress(b"text")
    made = worker(SCRIPT, {"a.zip.gz": packed}, "abc").decode()
    site = json.loads(made.split("const SITE = ")[1].split(";")[0])
    hashes = [sha256(packed).hexdigest(), sha256(b"text").hexdigest()]
    assert site["files"]["a.zip.gz"] == [hashes[0], len(packed), hashes[1]]


def test_a_worker_without_a_place_for_its_files_is_refused() -> None:
    with pytest.raises(BuildError, match=r"sw\.js"):
        worker(b"const SITE = {};", {}, "abc")


def test_the_site_is_written_with_its_pages_and_its_worker_last(contents: Contents) -> None:
    *_, page, last = contents
    assert last == "sw.js"
    assert page.endswith(".html")


def test_every_file_is_listed_as_it_is_but_those_that_no_reader_needs(contents: Contents) -> None:
    site = json.loads(contents["sw.js"].decode().split("const SITE = ")[1].split(";")[0])
    unneeded = {".nojekyll", "source.zip", "images/preview.png"}
    assert unneeded <= contents.keys()
    listed = {name: content for name, content in contents.items() if name not in unneeded}
    assert site["files"].keys() == listed.keys() - {"sw.js"}
    for name, (digest, size, *unpacked) in site["files"].items():
        assert digest == sha256(contents[name]).hexdigest()
        assert size == len(contents[name])
        assert bool(unpacked) == name.endswith(".gz")


def test_a_page_says_its_version_and_asks_for_no_file_without_one(contents: Contents) -> None:
    site = json.loads(contents["sw.js"].decode().split("const SITE = ")[1].split(";")[0])
    for name, content in contents.items():
        if name.endswith(".html"):
            page = content.decode()
            assert f'data-version="{site["version"]}"' in page
            for address in re.findall(r'(?:src|href|url)"?[=:]"(\./[^"#]+)"', page):
                path, _, query = address.removeprefix("./").partition("?v=")
                if not path.endswith(".html"):
                    assert sha256(contents[path]).hexdigest().startswith(query)
                    assert len(query) == 10
