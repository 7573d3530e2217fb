"""What the page is measured against: the same page, but for the one thing that is measured."""

import json
import re
from pathlib import Path

from building.bench.baseline_no_snapshot import contents_without_snapshot
from building.bench.baseline_published import published_contents
from building.context import BuildContext
from building.site.addresses import Contents
from building.site.compose import Sources


def test_without_the_image_of_memory_the_rest_is_the_same(
    sources: Sources, contents: Contents
) -> None:
    plain = contents_without_snapshot(sources)
    assert contents.keys() - plain.keys() == {"snapshot.gz"}
    changed = {name for name in plain if plain[name] != contents[name]}
    assert changed == {"index.html", "zh.html", "sw.js"}
    found = re.search(r'id="boot-manifest">(.*?)</script>', plain["index.html"].decode())
    assert found
    assert "snapshot" not in json.loads(found[1])
    assert b"snapshot.gz" not in plain["sw.js"]
    assert "snapshot" in sources.manifest  # which is as it was


def test_as_published_the_page_is_started_by_pyscript_alone(
    sources: Sources, build_context: BuildContext, project: Path
) -> None:
    with build_context.cache.lock():
        published = published_contents(project, sources, build_context)
    page = published["index.html"].decode()
    assert "boot.js?v=" not in page
    assert "http-equiv" not in page
    assert "offline.js" not in page
    assert '"interpreter": "./runtime/pyodide.mjs"' in page
    assert '<script type="module" src="./pyscript/core.js"></script>' in page
    assert "runtime/python_stdlib.zip" in published
    assert "runtime/python_stdlib.zip.gz" not in published
