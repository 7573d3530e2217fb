"""With ``?probe`` in the address, a test may read the page's own numbers."""

import js
import numpy as np
from pyodide.ffi import create_proxy, to_js


def expose(app) -> None:
    """Put ``cnnscope.picture()`` and ``cnnscope.trace(layer)`` within JavaScript's reach."""

    def picture():
        return to_js(np.ascontiguousarray(app.pictures[app.picture]).reshape(-1))

    def trace(layer):
        return to_js(np.ascontiguousarray(app.trace[layer]).reshape(-1))

    js.cnnscope = to_js({"picture": create_proxy(picture), "trace": create_proxy(trace)},
                        dict_converter=js.Object.fromEntries)  # fmt: skip
