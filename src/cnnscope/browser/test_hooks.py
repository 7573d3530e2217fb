"""With ``?probe`` in the address, a test may read the page's own numbers."""

import gc
import time
from collections.abc import Callable
from typing import Any

import js
import numpy as np
from pyodide.ffi import create_proxy, to_js

from cnnscope.app.app import App
from cnnscope.browser.dom import DomPage
from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import PHOTOS


def expose(app: App, page: DomPage) -> None:
    """Put the picture, the numbers, the state and a timed pass within JavaScript's reach."""

    def picture() -> Any:
        """The pixels of the picture that is shown."""
        model = app.model
        return to_js(np.ascontiguousarray(app.gallery.pictures[model.picture]).reshape(-1))

    def trace(layer: str) -> Any:
        """A layer's activations."""
        return to_js(np.ascontiguousarray(app.model.trace[layer]).reshape(-1))

    def forward() -> float:
        """How long one forward pass takes, ms."""
        model = app.model
        start = time.perf_counter()
        model.network(model.trace["input"])
        return 1000 * (time.perf_counter() - start)

    def state() -> str:
        """What the page shows, as Python writes it."""
        return repr(app.state)

    def address() -> str:
        """What the address says, or is about to say."""
        return page.fragment()

    def objects() -> int:
        """How many objects Python keeps."""
        gc.collect()
        return len(gc.get_objects())

    told = (picture, trace, forward, state, address, objects, shower(app))
    open_to_scripts = {name.__name__: create_proxy(name) for name in told}
    js.cnnscope = to_js(open_to_scripts, dict_converter=js.Object.fromEntries)


def shower(app: App) -> Callable[[Any], None]:
    """What puts another network, from its file, in the place of the digits' one, and shows it."""

    def network(file: Any) -> None:
        app.networks.galleries["digits"] = read_shipped(file.to_bytes()).gallery()
        app.dispatch("network", PHOTOS)
        app.dispatch("network", "digits")

    return network
