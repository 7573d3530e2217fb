"""A page with nothing but Pyodide and NumPy as they are published, to measure what a start costs
anyone. Nothing of this is shipped.

Example::

    write_site(raw_contents(context), folder)
"""

from __future__ import annotations

from building.compile.compiler import CORE
from building.context import BuildContext
from building.site.addresses import Contents

PAGE = b"""<!DOCTYPE html>
<html lang="en">
<title>Pyodide and NumPy</title>
<link rel="icon" href="data:,">
<p>Pyodide and NumPy</p>
<script type="module">
import { loadPyodide } from "./pyodide.mjs";
const pyodide = await loadPyodide();
await pyodide.loadPackage("numpy");
pyodide.runPython("import numpy");
document.documentElement.dataset.state = "ready";
</script>
</html>
"""


def raw_contents(context: BuildContext) -> Contents:
    """Return a site that is ready when NumPy has been imported."""
    pins = context.pins
    names = (*CORE, "python_stdlib.zip", "pyodide-lock.json", pins.wheel("numpy").name)
    files = context.fetcher.fetch_all([pins[name] for name in names])
    return {"index.html": PAGE} | {name: files[name].read_bytes() for name in names}
