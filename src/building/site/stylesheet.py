"""The page's one style sheet: every sheet of ``public/css/``, joined in the order that they need.

One request before the first paint, in place of one a sheet. Base comes first, then views, then
panels, which stand around them, each folder by name: what is drawn for one place may override what
holds everywhere, not the other way round. A sheet that overrides another of its folder says so in
a line of its own, ``/* after: NAME */``.

Example::

    joined({"css/views/pair.css": "...", "css/base/page.css": "..."})   # page.css, pair.css
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from building.errors import BuildError

FOLDERS = ("base", "views", "panels")
AFTER = re.compile(r"^/\* after: ([\w-]+) \*/$", re.MULTILINE)


def joined(sheets: Mapping[str, str]) -> str:
    """Return all sheets as one.

    Raises BuildError where one is in no folder of FOLDERS, or after what is not there.
    """
    return "".join(sheets[name] for name in ordered(sheets))


def ordered(sheets: Mapping[str, str]) -> list[str]:
    """Return their names in the order that they need. Raises BuildError."""
    waiting = sorted(sheets, key=lambda name: (_folder(name), name))
    earlier = {name: set(AFTER.findall(sheets[name])) for name in waiting}
    order: list[str] = []
    while waiting:
        stems = {PurePosixPath(name).stem for name in order}
        ready = next((name for name in waiting if earlier[name] <= stems), None)
        if ready is None:
            raise BuildError(f"public/: {', '.join(waiting)} wait for sheets that never come")
        waiting.remove(ready)
        order.append(ready)
    return order


def _folder(name: str) -> int:
    folder = PurePosixPath(name).parent.name
    if folder not in FOLDERS:
        raise BuildError(f"public/{name}: expected a style sheet in {', '.join(FOLDERS)}")
    return FOLDERS.index(folder)
