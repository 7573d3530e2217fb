"""Small Keras networks and their files: archives, HDF5 files, and models of TF.js.

    layers = [conv(4, 3, 3, padding="same"), ("Flatten", {}, {}), dense(3, 100)]
    keras_archive(layers, (5, 5, 3))
    keras_h5(layers, (5, 5, 3))
    tfjs(layers, (5, 5, 3))              # {"model.json": ..., "group1-shard1of1.bin": ...}

A layer is its class, its config and its arrays by their Keras names, in Keras's order.
"""

import json
import re
from collections import Counter
from typing import Any

import numpy as np

from support.model_files.hdf5_files import hdf5
from support.mutations import zipped

Layer = tuple[str, dict[str, Any], dict[str, np.ndarray[Any, Any]]]

Shape = tuple[int | None, ...]
"""Of the input: (rows, cols, channels)."""

_CHANCE = np.random.default_rng(18)


def numbers(*shape: int) -> np.ndarray[Any, Any]:
    """Weights by chance, the same in every run, small enough for some layers."""
    spread = 1 / np.sqrt(np.prod(shape[:-1])) if len(shape) > 1 else 0.3
    return _CHANCE.normal(0, spread, shape).astype(np.float32)


def conv(out: int, read: int, size: int, **config: Any) -> Layer:
    """A convolution with a bias."""
    return "Conv2D", config, {"kernel": numbers(size, size, read, out), "bias": numbers(out)}


def dense(out: int, features: int, **config: Any) -> Layer:
    """A dense layer with a bias."""
    return "Dense", config, {"kernel": numbers(features, out), "bias": numbers(out)}


def norm(size: int, **config: Any) -> Layer:
    """A batch normalisation."""
    held = {role: numbers(size) for role in ("gamma", "beta", "moving_mean")}
    spread = {"moving_variance": _CHANCE.uniform(0.5, 1.5, size).astype(np.float32)}
    return "BatchNormalization", config, held | spread


def named(layers: list[Layer]) -> list[tuple[str, Layer]]:
    """Layers by names as a user gives them, which say nothing of their classes."""
    return [(f"step_{number}", layer) for number, layer in enumerate(layers)]


def sequential(layers: list[Layer], shape: Shape, name: str = "net") -> dict[str, Any]:
    """The JSON of a model."""
    described: list[dict[str, Any]] = [
        {"class_name": kind, "config": {"name": own, **config}}
        for own, (kind, config, _) in named(layers)
    ]
    first = {"class_name": "InputLayer", "config": {"batch_shape": [None, *shape], "name": "in"}}
    config = {"name": name, "layers": [first, *described]}
    return {"class_name": "Sequential", "config": config}


def functional(layers: list[Layer], shape: Shape) -> dict[str, Any]:
    """The JSON of the same, as a functional model of Keras 2 and TF.js."""
    model = sequential(layers, shape)
    before = None
    for described in model["config"]["layers"]:
        described["name"] = described["config"]["name"]
        described["inbound_nodes"] = [[[before, 0, 0, {}]]] if before else []
        before = described["name"]
    model["config"] |= {"input_layers": [["in", 0, 0]], "output_layers": [[before, 0, 0]]}
    return model | {"class_name": "Functional"}


def keras_archive(
    layers: list[Layer],
    shape: Shape,
    model: dict[str, Any] | None = None,
    container: str = "layers",
    apart: int = 1,
) -> bytes:
    """An archive; ``apart`` is how far the numbers of layers of a class are from each other."""
    counts: Counter[str] = Counter()
    held: dict[str, Any] = {}
    for kind, _, arrays in layers:
        snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
        number = counts[snake] * apart
        counts[snake] += 1
        variables = {str(at): array for at, array in enumerate(arrays.values())}
        held[f"{snake}_{number}" if number else snake] = {"vars": variables}
    config = json.dumps(model or sequential(layers, shape)).encode()
    weights = hdf5({container: held, "vars": {}})
    return zipped(
        [("metadata.json", b"{}"), ("config.json", config), ("model.weights.h5", weights)]
    )


def keras_h5(layers: list[Layer], shape: Shape, model: dict[str, Any] | None = None) -> bytes:
    """An HDF5 file."""
    held: dict[str, Any] = {}
    told: dict[str, dict[str, Any]] = {}
    for name, (_, _, arrays) in named(layers):
        held[name] = {"net": {name: arrays}}
        told[f"model_weights/{name}"] = {"weight_names": [f"net/{name}/{role}" for role in arrays]}
    told[""] = {"model_config": json.dumps(model or sequential(layers, shape))}
    told["model_weights"] = {"layer_names": list(held)}
    return hdf5({"model_weights": held}, told)


def tfjs(
    layers: list[Layer], shape: Shape, model: dict[str, Any] | None = None
) -> dict[str, bytes]:
    """A model of TF.js in one file of numbers, by the names of the files."""
    weights, content = [], b""
    for name, (_, _, arrays) in named(layers):
        for role, array in arrays.items():
            weights.append(
                {"name": f"{name}/{role}", "shape": list(array.shape), "dtype": "float32"}
            )
            content += array.tobytes()
    manifest = [{"paths": ["./group1-shard1of1.bin"], "weights": weights}]
    described = {"modelTopology": model or sequential(layers, shape), "weightsManifest": manifest}
    return {"model.json": json.dumps(described).encode(), "group1-shard1of1.bin": content}
