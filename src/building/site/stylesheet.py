"""The page's one style sheet: every sheet of ``public/css/``, joined in the order that they need.

One request before the first paint, in place of one a sheet. Base comes first, then views, then
panels, which stand around them, each folder by name: what is drawn for one place may override what
holds everywhere, not the other way round. A sheet that overrides another of its folder says so in
a line of its own, ``/* after: NAME */``.

The condition of a rule may not say ``var(--narrow-below)``. In a sheet it says the name alone, or
names added up, and here gets the number that a ``:root`` has: one of a sheet, or that of the
lengths which the layout goes by too, see ``prerender/lengths.py``.

Example::

    joined({"css/views/pair.css": "...", "css/base/page.css": "..."}, ":root{...}")
    # :root{...}, page.css, pair.css
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from building.errors import BuildError

FOLDERS = ("base", "views", "panels")
CONDITION = re.compile(r"^ *@(?:media|container)\b[^{]+", re.MULTILINE)
ROOT = re.compile(r"^:root ?\{[^}]+", re.MULTILINE)
LENGTH = re.compile(r"(--[\w-]+): ?(\d+)px;")
NAMES = re.compile(r"--[\w-]+(?: \+ --[\w-]+)*")
AFTER = re.compile(r"^/\* after: ([\w-]+) \*/$", re.MULTILINE)


def joined(sheets: Mapping[str, str], lengths: str) -> str:
    """Return all sheets as one, after the rule of lengths.

    Raises BuildError where one is in no folder of FOLDERS, after what is not there, or has a
    condition with an unknown name.
    """
    valid = with_conditions(sheets, lengths)
    return lengths + "".join(valid[name] for name in ordered(sheets))


def with_conditions(sheets: Mapping[str, str], lengths: str) -> dict[str, str]:
    """Return the sheets with a number for each name in a condition.

    Raises BuildError for a name that no ``:root`` gives a length.
    """
    roots = "".join("".join(ROOT.findall(sheet)) for sheet in (lengths, *sheets.values()))
    known = {name: int(pixels) for name, pixels in LENGTH.findall(roots)}

    def valid(sheet: str) -> str:
        def added_up(names: re.Match[str]) -> str:
            each = names[0].split(" + ")
            if unknown := set(each) - known.keys():
                expected = f"public/{sheet}: expected a length in px of :root"
                raise BuildError(f"{expected}, got {', '.join(sorted(unknown))}")
            return f"{sum(known[name] for name in each)}px"

        return CONDITION.sub(lambda found: NAMES.sub(added_up, found[0]), sheets[sheet])

    return {name: valid(name) for name in sheets}


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
