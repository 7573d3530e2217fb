"""Networks out of what a reader found, run without the page's own checks."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from cnnscope.nn.layers import ENTRIES
from cnnscope.nn.network import Network
from cnnscope_readers.found import LayerEntry


def network(shape: tuple[int, ...], entries: Iterable[LayerEntry]) -> Network:
    """A network of such layers, each called by its number."""
    made = Network(shape, ())
    for at, entry in enumerate(entries):
        settings = {"type": entry.type, "name": f"layer_{at}", **entry.settings}
        allowed, make = ENTRIES[entry.type]
        assert set(entry.settings) <= set(allowed), (entry.type, entry.settings)
        last = list(made.shapes.values())[-1]
        layer = make(settings, lambda role, arrays=entry.arrays: arrays[role], last)
        if layer is not None:
            made = Network(shape, (*made.layers, layer))
    return made


def answer(picture: np.ndarray[Any, Any], entries: Iterable[LayerEntry]) -> np.ndarray[Any, Any]:
    """What a network of such layers answers: its own last values, logits where it ends in them."""
    entries = list(entries)
    given = entries[-1].settings.get("given") if entries[-1].type == "softmax" else None
    trace = network(picture.shape, entries)(picture)
    last = list(trace.values())[-1]
    if entries[-1].type == "sigmoid_classes":
        return last[1:].astype(np.float64)
    return np.log(last) if given == "log_softmax" else last.reshape(-1).astype(np.float64)
