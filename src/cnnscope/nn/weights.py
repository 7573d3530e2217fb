"""Weights in an ``.npz`` that describes its own architecture, checked and made a network.

The file is an ``.npz`` with ``<layer>.kernel`` and ``<layer>.bias`` arrays and one string,
``architecture``, of JSON: the input's shape, the layers in order and, where pixels 0..1 are not
read as they are, the scale: ``{"mean": [0.5], "std": [0.5], "inverted": true}``.

    network = load_network("weights/tiny_vgg.npz")
    network.parameters  # 19920
"""

import json
from collections.abc import Mapping
from os import PathLike
from typing import IO, Any

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.layers import ENTRIES, Layer, Shape
from cnnscope.nn.network import Network
from cnnscope.nn.ops import Array

ARCHITECTURE = "architecture"


class WeightsError(ValueError):
    """A weights file that cannot be used; says subject, expected and got."""


def load_network(file: str | PathLike[str] | IO[bytes]) -> Network:
    """The network described by an ``.npz``. Raises WeightsError and ShapeError."""
    with np.load(file, allow_pickle=False) as archive:
        return build_network(dict(archive))


def build_network(arrays: Mapping[str, Any]) -> Network:
    """The network described by the arrays of such a file. Raises WeightsError, ShapeError."""
    if ARCHITECTURE not in arrays:
        raise WeightsError(f"weights: expected an array {ARCHITECTURE!r}, got {sorted(arrays)}")
    description = read_description(str(arrays[ARCHITECTURE]))
    left = {name: array for name, array in arrays.items() if name != ARCHITECTURE}
    shape: Shape = tuple(description["input"])
    layers: list[Layer] = []
    for entry in description["layers"]:
        layer = make_layer(entry, left, shape)
        if layer is not None:
            layers.append(layer)
            shape = layer.output_shape(shape)
    if left:
        raise WeightsError(f"weights: expected no array beside the layers' own, got {sorted(left)}")
    scale = read_scale(description.get("scale", {}))
    return Network(tuple(description["input"]), tuple(layers), scale)


def read_scale(entry: Any) -> InputScale:
    """How pixels become numbers; as they are, where nothing is said. Raises WeightsError."""
    said = entry if isinstance(entry, dict) else {"": entry}
    match {"mean": [0.0], "std": [1.0], "inverted": False, **said}:
        case {"mean": [*mean], "std": [*std], "inverted": bool(is_inverted), **others}:
            if not others and all(isinstance(each, int | float) for each in (*mean, *std)):
                return InputScale(tuple(mean), tuple(std), is_inverted)
    raise WeightsError(f"scale: expected mean, std and inverted, got {entry}")


def read_description(text: str) -> dict[str, Any]:
    """The architecture's JSON, with all the parts that every one has. Raises WeightsError."""
    try:
        description = json.loads(text)
    except json.JSONDecodeError as error:
        raise WeightsError(f"{ARCHITECTURE}: expected JSON, got {text[:40]!r}") from error
    match description:
        case {"input": [int(), int(), int()], "layers": [*layers]}:
            for layer in layers:
                match layer:
                    case {"type": str(), "name": str()}:
                        continue
                raise WeightsError(f"{ARCHITECTURE}: expected a type and a name, got {layer}")
            return dict(description)
    raise WeightsError(f"{ARCHITECTURE}: expected input [c, h, w] and layers, got {text[:40]!r}")


def make_layer(entry: Mapping[str, Any], arrays: dict[str, Any], shape: Shape) -> Layer | None:
    """One layer for an input of ``shape``, or none; takes its parameters out of ``arrays``.

    Raises WeightsError for an unknown type, and for a setting that its layer does not have.
    """
    name, kind = entry["name"], ENTRIES.get(entry["type"])
    if kind is None:
        expected, got = f"a known type of layer ({', '.join(ENTRIES)})", repr(entry["type"])
        raise WeightsError(f"{name}: expected {expected}, got {got}")
    settings, make = kind
    if unknown := sorted(entry.keys() - {"type", "name", *settings}):
        expected = f"no settings but {', '.join(settings)}" if settings else "no settings"
        raise WeightsError(f"{name}: expected {expected}, got {', '.join(unknown)}")
    return make(entry, lambda role: take(arrays, name, role), shape)


def take(arrays: dict[str, Any], layer: str, role: str) -> Array:
    """Remove and return a layer's ``kernel`` or ``bias``. Raises WeightsError."""
    name = f"{layer}.{role}"
    if name not in arrays:
        raise WeightsError(f"weights: expected an array {name!r}, got {sorted(arrays)}")
    array = arrays.pop(name)
    if array.dtype != np.float32:
        raise WeightsError(f"{name}: expected float32, got {array.dtype}")
    if not np.isfinite(array).all():
        raise WeightsError(f"{name}: expected finite numbers, got NaN or infinity")
    array.setflags(write=False)
    checked: Array = array
    return checked
