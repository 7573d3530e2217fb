"""With ``?probe`` in the address, a test may read the page's own numbers."""

import gc
import time

import js
import numpy as np
from pyodide.ffi import create_proxy, to_js


def expose(app) -> None:
    """Put the picture, the numbers, the state and a timed pass within JavaScript's reach."""

    def picture():
        return to_js(np.ascontiguousarray(app.gallery.pictures[app.picture]).reshape(-1))

    def trace(layer):
        return to_js(np.ascontiguousarray(app.trace[layer]).reshape(-1))

    def forward():
        """How long one forward pass takes, ms."""
        x = app.trace["input"]
        start = time.perf_counter()
        app.network(x)
        return 1000 * (time.perf_counter() - start)

    def state():
        """What the page shows, as Python writes it."""
        return repr(app.state)

    def address():
        """What the address says, or is about to say."""
        return app.browser.read_hash()

    def objects():
        """How many objects Python keeps."""
        gc.collect()
        return len(gc.get_objects())

    told = (picture, trace, forward, state, address, objects)
    open_to_scripts = {name.__name__: create_proxy(name) for name in told}
    js.cnnscope = to_js(open_to_scripts, dict_converter=js.Object.fromEntries)
