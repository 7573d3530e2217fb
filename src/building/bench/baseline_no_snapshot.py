"""The same page without the image of Python's memory, to measure what a later visit gains by it.

Example::

    write_site(contents_without_snapshot(sources), folder)
"""

from __future__ import annotations

from dataclasses import replace

from building.site.addresses import Contents
from building.site.compose import Sources
from building.site.manifest import SNAPSHOT
from building.site.site import linked_site


def contents_without_snapshot(sources: Sources) -> Contents:
    """Return the site whose later visits start and import anew, from code compiled before."""
    manifest = sources.manifest.copy()
    del manifest["snapshot"]
    files = {name: file for name, file in sources.files.items() if name != SNAPSHOT}
    return linked_site(replace(sources, files=files, manifest=manifest))
