"""PyScript: what the page uses it for, and each change that is made to it on the way.

It finds the ``<script type="py">`` of the page, has Pyodide started by the module that its
configuration names as the interpreter (``boot.js``, which fetches and verifies), and runs the two
lines of START. The package's own ``pyscript.when`` and ``pyscript.ffi`` listen to the page, which
takes a start 5 ms more than ``pyodide.ffi`` would (8 for 3 for seventeen listeners, the median of
three pairs on a busy machine with two processors). It is in maintenance mode, so it is pinned and
stays at this edge: the application would run without it. It is shipped as two scripts, which name
their versions and differ from the published ones by PATCHES alone; what each is for is tried in a
browser, with it and without, in ``tests/browser/test_pyscript.py``.

Example::

    scripts = shipped({name: path.read_bytes() for name, path in fetched.items()})
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from building.errors import BuildError
from building.site.addresses import version

ENTRY = "pyscript/core.js"
CORE = "pyscript/core-C9KDLldu.js"
FILES = (ENTRY, CORE)
SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")  # not shipped, but developer tools ask
START = "from cnnscope.main import start\nawait start()"
# Loaded unless they are told not to be; the page has a use for none.
PLUGINS = (
    *("codemirror", "deprecations-manager", "donkey", "error"),
    *("py-editor", "py-game", "py-terminal"),
)


@dataclass(frozen=True)
class Patch:
    """Bytes that stand in the core once, and what is put in their place.

    With ``upto``, what follows goes too, until those bytes.
    """

    old: bytes
    new: bytes
    upto: bytes = b""


# What would happen without it -> the patch. The core is pinned; any other is refused.
PATCHES = {
    # Hooks for workers, of which the page has none, are glued into one function from their source.
    # The page's policy forbids text that becomes code.
    "text becomes code": Patch(
        b"return Function(`return(w,x)=>(${r})(w,x,...[${s}])`)()", b"return()=>{}"
    ),
    # The plug-in that writes errors into the page is loaded even where it is switched off, only to
    # be told so; it imports the core by a name without a version, which is one core more.
    "an unused plug-in is fetched": Patch(
        b'"error"===t&&e.push(s().then(({notOnDOM:e})=>e()))', b"0"
    ),
    # The page in one file has its interpreter at a blob's address, which has no slashes after its
    # colon and would be taken for a version.
    "an interpreter of one file is not found": Patch(
        rb"[a-z0-9-]+:\/\/)/i.test(r)?", rb"[a-z0-9-]+:)/i.test(r)?"
    ),
    # A notebook shows the page in a frame without an address of its own, to which none is relative.
    "an address is relative to a frame's": Patch(
        b"P=(e,t=location.href)", b"P=(e,t=document.baseURI)"
    ),
    # Databases for packages and folders, of which the page stores none, are opened all the same; a
    # browser that forbids storage then ends the start.
    "a database of packages is opened": Patch(
        b"l=new h(`${c}@${t}`)", b"l=Object.assign(new Map,{sync(){},close(){}})"
    ),
    "a database of folders is opened": Patch(b",no=new y(eo)", b",no=new Map"),
    # Its own modules come compiled, with the page's. As text, they would be written into the page
    # by Python and compiled at each start.
    "its modules come as text": Patch(
        b'wo(".",{pyscript:{', b"", upto=b'ho.push("import pyscript as _pyscript")'
    ),
    # A channel to workers is opened where they cannot share memory; Firefox counts that as storage
    # and forbids it with all cookies blocked.
    "a channel to workers is opened": Patch(
        rb'(/\W/g,"-"),r=new BroadcastChannel("dc78209b-186c-4f83-80e9-406becb7d9f3");',
        rb'(/\W/g,"-"),r={};',
    ),
}


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
    for patch in PATCHES.values():
        core = _replaced(core, patch, CORE)
    name = f"./{CORE.removeprefix('pyscript/')}"
    versioned = Patch(f'"{name}"'.encode(), f'"{name}?v={version(core)}"'.encode())
    entry = SOURCE_MAP.sub(b"\n", published[ENTRY])
    return {ENTRY: _replaced(entry, versioned, ENTRY), CORE: core}


def _replaced(script: bytes, patch: Patch, name: str) -> bytes:
    for part in filter(None, (patch.old, patch.upto)):
        if script.count(part) != 1:
            count = script.count(part)
            raise BuildError(f"{name}: expected {part.decode()} once, found {count}")
    before, _, after = script.partition(patch.old)
    return before + patch.new + after[after.index(patch.upto) :]
