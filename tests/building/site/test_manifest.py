"""What a start is told to fetch: every file with its size, and not too much of it."""

import gzip
import json
import re

from building.site.addresses import Contents
from building.site.offline import ONLINE


def manifest(contents: Contents) -> dict[str, dict[str, dict[str, object]]]:
    found = re.search(r'id="boot-manifest">(.*?)</script>', contents["index.html"].decode())
    assert found
    parsed: dict[str, dict[str, dict[str, object]]] = json.loads(found[1])
    return parsed


def test_every_file_of_the_start_is_there_with_its_size(contents: Contents) -> None:
    files = manifest(contents)["files"]
    assert len(files) >= 8
    for entry in files.values():
        name = str(entry["url"]).split("?")[0].removeprefix("./")
        assert len(contents[name]) == entry["size"], name


def test_the_start_fits_its_budget_on_the_wire(contents: Contents) -> None:
    late = [entry["url"] for entry in manifest(contents)["files"].values() if entry.get("later")]
    late_names = {str(url).split("?")[0].removeprefix("./") for url in late}
    late_names |= {"snapshot.gz", "snapshot.js", "sw.js"}  # for later visits
    late_names |= {name for name in contents if name.endswith(".html")} - {
        "index.html"
    }  # languages
    asked_for = (
        "samples/",
        "networks/",
        "images/icon-",
        "LICENSE",
        "runtime/licenses.txt",
        "fonts/",
        *ONLINE,
    )
    sizes = {
        name: len(content if name.endswith((".gz", ".png", ".webp")) else gzip.compress(content))
        for name, content in contents.items()
        if name not in late_names and not name.startswith(asked_for)
    }
    assert sum(sizes.values()) <= 7.78e6, sorted(sizes.items(), key=lambda item: -item[1])[:6]
