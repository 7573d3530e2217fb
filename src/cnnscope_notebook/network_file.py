"""A network as a file of the page's own: its arrays by layer, its architecture as JSON.

arrays = arrays_of(network)               # {"conv_1.kernel": ..., "architecture": ...}
build_network(arrays)                     # the same network, see cnnscope.nn.weights
packed(arrays, classes, samples)          # all in one file, see cnnscope.pictures.shipped
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.layers import Layer
from cnnscope.nn.network import Network
from cnnscope.nn.weights import ARCHITECTURE
from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.shipped import PICTURES, TOLD


def arrays_of(network: Network) -> dict[str, NDArray[Any]]:
    """All arrays of a network's file, its architecture among them."""
    scale = network.scale
    described = {
        "input": network.input_shape,
        "layers": [entry_of(layer) for layer in network.layers],
        "scale": {"mean": scale.mean, "std": scale.std, "inverted": scale.is_inverted},
    }
    arrays: dict[str, NDArray[Any]] = {ARCHITECTURE: np.array(json.dumps(described))}
    for layer in network.layers:
        arrays |= {f"{layer.name}.{role}": array for role, array in parameters(layer).items()}
    return arrays


def entry_of(layer: Layer) -> dict[str, Any]:
    """A layer's line of the architecture: its type, its name and all its settings."""
    settings = {name: getattr(layer, name) for name in layer.settings if name != "bias"}
    if "bias" in layer.settings:
        settings["bias"] = has_bias(layer)
    told = {name: value for name, value in settings.items() if value is not None}
    return {"type": layer.type_name, "name": layer.name, **told}


def parameters(layer: Layer) -> dict[str, NDArray[Any]]:
    """A layer's arrays by their role; a bias that it has not is left out."""
    values = {each.name: getattr(layer, each.name) for each in fields(layer)}
    return {
        role: value for role, value in values.items()
        if isinstance(value, np.ndarray) and (role != "bias" or has_bias(layer))
    }  # fmt: skip


def has_bias(layer: Layer) -> bool:
    """Whether what a layer adds was trained."""
    return bool(getattr(layer, "has_bias", True))


def packed(shipped: Mapping[str, np.ndarray], classes: tuple[str, ...],
           samples: Mapping[str, Pixels], **others: object) -> bytes:  # fmt: skip
    """A network's arrays with its classes and sample pictures, as one file.

    Of ``others``, what else is told: ``strangers``, samples of none of the classes, and ``exact``,
    whose arrays ``shipped`` has in that order.
    """
    told = {"classes": list(classes), "samples": list(samples), **others}
    pictures = np.stack(list(samples.values()))
    file = BytesIO()
    arrays: dict[str, Any] = {TOLD: np.array(json.dumps(told)), PICTURES: pictures, **shipped}
    np.savez_compressed(file, **arrays)
    return file.getvalue()
