"""A network as a file of the kind that the page fetches, for pages that show another one."""

import json
from dataclasses import fields

import numpy as np

from cnnscope.pictures.shipped import packed
from support.networks import picture

OF_SHAPE = {"shape", "classes", "cuts"}  # settings that follow from what a layer reads


def file_of(network, classes, pictures=2):
    """The file of a network, with pictures that are made up."""
    arrays, layers = {}, []
    for layer in network.layers:
        entry = {"type": layer.type_name}
        for each in fields(layer):
            value = getattr(layer, each.name)
            if isinstance(value, np.ndarray):
                if each.name != "bias" or getattr(layer, "has_bias", True):
                    arrays[f"{layer.name}.{each.name}"] = value
            elif each.name == "has_bias":
                if not value:
                    entry["bias"] = False
            elif each.name not in OF_SHAPE:
                entry[each.name] = value
        layers.append(entry)
    scale = network.scale
    told = {"mean": scale.mean, "std": scale.std, "inverted": scale.is_inverted}
    described = {"input": network.input_shape, "layers": layers, "scale": told}
    arrays["architecture"] = np.array(json.dumps(described))
    samples = {f"made_{k}": picture(network, k) for k in range(pictures)}
    return packed(arrays, tuple(classes), samples)
