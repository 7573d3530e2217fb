"""The page's modules, each put into one file with all that it imports.

A module that had to be read before the next is asked for would cost the start a round trip, and
every file more is one more that can fail to come.

Example::

    whole_modules({"boot.js": "...", "boot/progress.js": "..."})   # {"boot.js": "..."}
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from building.errors import BuildError

NAMES = r"\{(?:(?!\bas\b)[^}])*\}"  # each by its own name
IMPORT = re.compile(rf'^import {NAMES} from "(\.{{1,2}}/[\w./-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function|let)\b)", re.MULTILINE)
DECLARED = re.compile(r"^(?:async )?(?:class|const|function\*?|let) (\w+)", re.MULTILINE)
OTHER_IMPORT = re.compile(r"""^import\b[^("'\n]*["'].*""", re.MULTILINE)
OTHER_EXPORT = re.compile(r"^export\b.*", re.MULTILINE)


def whole_modules(modules: Mapping[str, str]) -> dict[str, str]:
    """Return the modules that no other imports, what they import put before them.

    Raises BuildError where an import is written in another way, leads nowhere, or goes round in a
    circle, and where two of them declare one name.
    """
    imports = {name: _imports(name, text) for name, text in modules.items()}
    for name, found in imports.items():
        if lost := found - modules.keys():
            raise BuildError(f"public/{name} imports {', '.join(sorted(lost))}, which is not there")
    try:
        order = list(TopologicalSorter(imports).static_order())
    except CycleError as error:
        raise BuildError(f"public/ has modules that import each other: {error.args[1]}") from error
    imported = set().union(*imports.values())

    def whole(name: str) -> str:
        needed = _needed(name, imports)
        parts = [_part(each, modules[each]) for each in order if each in needed]
        text = "\n".join([*parts, _without_imports(name, modules[name])])
        declared = Counter(DECLARED.findall(text))
        if twice := sorted(each for each, count in declared.items() if count > 1):
            raise BuildError(f"public/{name}: declared twice in all that it is: {twice}")
        return text

    return {name: whole(name) for name in modules if name not in imported}


def _imports(name: str, text: str) -> set[str]:
    folder = posixpath.dirname(name)
    return {posixpath.normpath(posixpath.join(folder, found)) for found in IMPORT.findall(text)}


def _needed(name: str, imports: Mapping[str, set[str]]) -> set[str]:
    """Return all that a module imports, and what that imports."""
    return imports[name].union(*(_needed(each, imports) for each in imports[name]))


def _part(name: str, text: str) -> str:
    text = EXPORT.sub("", _without_imports(name, text))
    if found := OTHER_EXPORT.search(text):
        raise BuildError(f"public/{name}: {found[0]!r} cannot be put into another module")
    return text


def _without_imports(name: str, text: str) -> str:
    text = IMPORT.sub("", text)
    if found := OTHER_IMPORT.search(text):
        raise BuildError(f"public/{name}: {found[0]!r} is an import of another kind")
    return text
