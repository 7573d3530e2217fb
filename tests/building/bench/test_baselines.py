"""What the page is measured against: the same page, but for the one thing that is measured."""

from pathlib import Path

from building.bench.baseline_published import published_contents
from building.context import BuildContext
from building.site.compose import Sources


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
