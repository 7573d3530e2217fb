"""A network out of what a file tells: layers with names, an ending that gives classes, limits kept.

network = assemble(found)                     # RefusedError
network = assemble(found, (1, 28, 28))        # where the file does not say the input's shape
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.layers import ENTRIES, Activation, Flatten, Layer, ShapeError
from cnnscope.nn.layers.base import Take
from cnnscope.nn.limits import LimitError, check_limits
from cnnscope.nn.network import Network
from cnnscope_readers.arrays import finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry, Shape

NAMES = {
    "conv2d": "conv", "max_pool2d": "pool", "avg_pool2d": "pool", "global_avg_pool2d": "pool",
    "global_max_pool2d": "pool", "batch_norm2d": "norm", "relu": "relu", "dense": "dense",
}  # fmt: skip
"""What layers are called, with a number behind; an activation is called as its function."""

ENDINGS = ("softmax", "sigmoid_classes")
CHANNELS = (1, 3)
OUTPUT = "output"


def assemble(
    found: Found, input_shape: Shape | None = None, scale: InputScale | None = None
) -> Network:
    """The network, checked and within the limits. Raises RefusedError.

    ``input_shape`` and ``scale`` are for what the file does not say.
    """
    shape = found.input_shape or input_shape
    if shape is None or len(shape) != 3 or shape[0] not in CHANNELS or min(shape) < 1:
        raise RefusedError("input_size", shape=shape)
    layers = tuple(_layers(found.layers, shape))
    try:
        network = Network(shape, layers, found.scale or scale or InputScale.unit())
        check_limits(network)
    except LimitError as error:
        raise too_large(error) from error
    except ShapeError as error:
        raise RefusedError(
            "shapes", layer=error.subject, expected=error.expected, got=error.got
        ) from error
    return network


def too_large(error: LimitError) -> RefusedError:
    """The refusal of a network that exceeds a limit."""
    return RefusedError("too_large", what=error.subject, limit=error.limit, got=error.got)


def _layers(entries: tuple[LayerEntry, ...], shape: Shape) -> Iterator[Layer]:
    """Each layer, and those that go without saying: what flattens maps, and what ends."""
    counts: Counter[str] = Counter()
    entries = _ended(entries)
    if not entries:
        raise RefusedError("no_layers")
    for entry in entries:
        if len(shape) == 3 and entry.type in ("dense", *ENDINGS):
            flat = Flatten(_name("flatten", counts), shape)
            yield flat
            shape = flat.output_shape(shape)
        if entry.type == "flatten" and len(shape) == 1:
            continue
        if entry.type in ENDINGS and shape == (1,):
            entry = LayerEntry("sigmoid_classes", entry.source)
        layer, shape = _made(entry, shape, counts)
        if layer is not None:
            yield layer


def _ended(entries: tuple[LayerEntry, ...]) -> tuple[LayerEntry, ...]:
    """The entries with what gives classes at their end. Raises RefusedError: layer."""
    if entries and entries[-1].type in ENDINGS:
        return entries
    last = entries[-1] if entries else None
    if (
        last is not None
        and last.type == "activation"
        and last.settings.get("function") == "sigmoid"
    ):
        raise RefusedError("layer", layer=last.source, kind="sigmoid at the end")
    return (*entries, LayerEntry("softmax", OUTPUT, {"given": "logits"})) if entries else ()


def _made(entry: LayerEntry, shape: Shape, counts: Counter[str]) -> tuple[Layer | None, Shape]:
    """A layer, or none, and the shape behind it. Raises RefusedError: shapes, layer."""
    if entry.type not in ENTRIES:
        raise RefusedError("layer", layer=entry.source, kind=entry.type)
    told: dict[str, Any] = {**entry.settings, "name": _named(entry, counts), "type": entry.type}
    try:
        layer = ENTRIES[entry.type][1](told, _taking(entry), shape)
        return layer, shape if layer is None else layer.output_shape(shape)
    except ShapeError as error:
        values = {"expected": error.expected, "got": error.got}
        raise RefusedError("shapes", layer=entry.source or told["name"], **values) from error


def _taking(entry: LayerEntry) -> Take:
    """What hands a layer its arrays, by role. Raises RefusedError: damaged, not_finite."""

    def take(role: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        if role not in entry.arrays:
            raise RefusedError("damaged", where=f"{entry.source} {role}".strip())
        return finite(f"{entry.source} {role}".strip(), entry.arrays[role])

    return take


def _named(entry: LayerEntry, counts: Counter[str]) -> str:
    if entry.type in ENDINGS:
        return OUTPUT
    kind = NAMES.get(entry.type, entry.type)
    if entry.type == "activation":
        kind = str(entry.settings.get("function", Activation.kind))
    return _name(kind, counts)


def _name(kind: str, counts: Counter[str]) -> str:
    counts[kind] += 1
    return f"{kind}_{counts[kind]}" if kind != "flatten" or counts[kind] > 1 else kind
