"""The image of Python's memory: the same wherever and whenever it is taken."""

import gzip
from dataclasses import replace
from pathlib import Path

from building.application import build_application
from building.cache import Cache
from building.runtime import Workshop, build_runtime
from building.snapshot import build_snapshot
from support.sites import ROOT


def test_an_image_taken_again_is_the_same_and_tells_nothing_of_this_machine(
    project: Path, workshop: Workshop, tmp_path: Path
) -> None:
    with workshop.cache.lock():
        runtime = build_runtime(workshop)
        application = build_application(project, runtime, workshop)
        known = build_snapshot(project, runtime, application, workshop)
    elsewhere = replace(workshop, cache=Cache(tmp_path, workshop.report))
    assert build_snapshot(project, runtime, application, elsewhere) == known
    image = gzip.decompress(known.image)
    assert len(image) == sum(length for _, length in known.layout["runs"])
    for path in (ROOT, project, workshop.cache.folder, tmp_path):
        assert str(path).encode() not in image
