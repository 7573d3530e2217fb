"""The image of Python's memory: the same wherever and whenever it is taken."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from building.compile.application import build_application
from building.compile.runtime import build_runtime
from building.compile.snapshot import build_snapshot
from building.context import BuildContext
from building.fetch.cache import Cache
from support.sites import ROOT


@pytest.mark.long
def test_an_image_taken_again_is_the_same_and_tells_nothing_of_this_machine(
    project: Path, build_context: BuildContext, tmp_path: Path
) -> None:
    with build_context.cache.lock():
        runtime = build_runtime(build_context)
        application = build_application(project, runtime, build_context)
        known = build_snapshot(project, runtime, application, build_context)
    elsewhere = replace(build_context, cache=Cache(tmp_path, build_context.report))
    assert build_snapshot(project, runtime, application, elsewhere) == known
    image = gzip.decompress(known.image)
    assert len(image) == sum(length for _, length in known.layout["runs"])
    for path in (ROOT, project, build_context.cache.folder, tmp_path):
        assert str(path).encode() not in image
