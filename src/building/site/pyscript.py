"""PyScript as the page loads it: two scripts, which run no text as code and name their versions.

Example::

    scripts = shipped({name: path.read_bytes() for name, path in fetched.items()})
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from building.errors import BuildError
from building.site.addresses import version

ENTRY = "pyscript/core.js"
CORE = "pyscript/core-C9KDLldu.js"
FILES = (ENTRY, CORE)
SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")  # not shipped, but developer tools ask

# Replaced in the core, which is pinned: (what is there once, what is put in its place).
CHANGES = (
    # Hooks for workers, of which the page has none, are glued into one function from their source.
    # The page's policy forbids text that becomes code.
    (b"return Function(`return(w,x)=>(${r})(w,x,...[${s}])`)()", b"return()=>{}"),
    # The plug-in that writes errors into the page is loaded even where it is switched off, only to
    # be told so; it imports the core by a name without a version.
    (b'"error"===t&&e.push(s().then(({notOnDOM:e})=>e()))', b"0"),
    # The page in one file has its interpreter at a blob's address, which has no slashes after its
    # colon and would be taken for a version.
    (rb"[a-z0-9-]+:\/\/)/i.test(r)?", rb"[a-z0-9-]+:)/i.test(r)?"),
    # Databases for packages and folders, of which the page stores none, are opened all the same; a
    # browser that forbids storage then ends the start.
    (b"l=new h(`${c}@${t}`)", b"l=Object.assign(new Map,{sync(){},close(){}})"),
    (b",no=new y(eo)", b",no=new Map"),
)


# Loaded unless they are told not to be; the page has a use for none.
PLUGINS = (
    *("codemirror", "deprecations-manager", "donkey", "error"),
    *("py-editor", "py-game", "py-terminal"),
)
START = "from cnnscope.main import start\nawait start()"


def elements(config: Mapping[str, object]) -> str:
    """Return the elements by which a page has PyScript run the application."""
    plugins = {"plugins": [f"!{name}" for name in PLUGINS]}
    return (
        # It asks for every plug-in of MicroPython too, unless told not to.
        f'<mpy-config type="json" hidden>{json.dumps(plugins)}</mpy-config>\n'
        f"<script type=\"py\" config='{json.dumps({**config, **plugins})}'>\n{START}\n</script>\n"
    )


def shipped(published: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return each script as it is shipped. Raises BuildError where PyScript is another."""
    core = SOURCE_MAP.sub(b"\n", published[CORE])
    for old, new in CHANGES:
        core = _replaced(core, old, new, CORE)
    name = f"./{CORE.removeprefix('pyscript/')}"
    entry = SOURCE_MAP.sub(b"\n", published[ENTRY])
    entry = _replaced(entry, f'"{name}"'.encode(), f'"{name}?v={version(core)}"'.encode(), ENTRY)
    return {ENTRY: entry, CORE: core}


def _replaced(script: bytes, old: bytes, new: bytes, name: str) -> bytes:
    if script.count(old) != 1:
        raise BuildError(f"{name}: expected {old.decode()} once, found {script.count(old)}")
    return script.replace(old, new)
