"""A network as a file of the page's own: its arrays by layer, its architecture as JSON.

arrays = arrays_of(network)               # {"conv_1.kernel": ..., "architecture": ...}
build_network(arrays)                     # the same network, see cnnscope.nn.weights
"""

import json
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.layers import Layer
from cnnscope.nn.network import Network
from cnnscope.nn.weights import ARCHITECTURE


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
