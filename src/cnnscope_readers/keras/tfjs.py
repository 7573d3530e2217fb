"""Models of TF.js: a JSON of layers, and numbers in one file or several beside it.

read_tfjs({"model.json": content, "group1-shard1of1.bin": shard}, "model.json")

Weights may be quantised: bytes, or pairs of them, between a least and a largest number.
Source: tfjs-core's ``io/types.ts``, WeightsManifestEntry.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.ops import Array
from cnnscope_readers.arrays import LARGEST, array, count, finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found
from cnnscope_readers.keras.by_layer import by_name
from cnnscope_readers.keras.model import found_of
from cnnscope_readers.keras.told import told
from cnnscope_readers.plain_json import read_json

SIZES = {"float32": 4, "float16": 2, "int32": 4, "uint16": 2, "uint8": 1, "bool": 1, "complex64": 8}
"""Bytes of a number by its type."""

FLOATS = {"float32": "<f4", "float16": "<f2"}

WHOLE = {"uint8": "<u1", "uint16": "<u2"}

METADATA = "metadata.json"
"""What Teachable Machine writes beside: the names of the classes among others."""

TEACHABLE = InputScale((127 / 255,), (127 / 255,))
"""``x / 127 - 1`` of pixels 0 to 255. Source: Teachable Machine's image library."""

CLASSES = 1000

ARRAYS = 10_000


@dataclass(frozen=True)
class Entry:
    """Where an array lies in the joined files of its group."""

    content: bytes
    start: int
    shape: tuple[int, ...]
    dtype: str
    quantised: Mapping[str, Any] | None


def is_tfjs(content: bytes) -> bool:
    """Whether a file is the JSON of such a model."""
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and bool(
        re.search(rb'"(?:modelTopology|weightsManifest)"\s*:', content)
    )


def read_tfjs(files: Mapping[str, bytes], name: str) -> Found:
    """The network. Raises RefusedError: tfjs_graph, missing_file, and others."""
    described = read_json(files[name], where=name)
    topology = described.get("modelTopology") if isinstance(described, dict) else None
    is_graph = isinstance(topology, dict) and ("node" in topology or "library" in topology)
    if is_graph or (isinstance(described, dict) and described.get("format") == "graph-model"):
        raise RefusedError("tfjs_graph")
    if not isinstance(topology, dict):
        raise RefusedError("not_a_network")
    model = topology.get("model_config", topology)
    if isinstance(model, str):
        model = read_json(model.encode(), where="model_config")
    entries = _entries(told(described, "weightsManifest", list), files)
    classes, scale = _metadata(files)
    found = found_of(
        model, by_name(list(entries), lambda weight: _array(weight, entries[weight])), classes
    )
    return (
        found
        if found.scale or not scale
        else Found(found.input_shape, found.layers, scale, found.classes)
    )


def _entries(manifest: list[Any], files: Mapping[str, bytes]) -> dict[str, Entry]:
    """All arrays by name. Raises RefusedError: missing_file, damaged, twice, too_large."""
    beside = {re.split(r"[/\\]", name)[-1]: content for name, content in files.items()}
    made: dict[str, Entry] = {}
    total = 0
    amounts = sum(len(told(group, "weights", list)) for group in manifest)
    if amounts > ARRAYS:
        raise RefusedError("too_large", what="arrays", limit=ARRAYS, got=amounts)
    for group in manifest:
        paths = [_base(path) for path in told(group, "paths", list)]
        content = b"".join(_beside(path, beside) for path in paths)
        at = 0
        for weight in told(group, "weights", list):
            name, entry = told(weight, "name", str), _entry(weight, content, at)
            if name in made:
                raise RefusedError("twice", name=name)
            total += (amount := count(name, entry.shape))
            if total > LARGEST:
                raise RefusedError("too_large", what="numbers", limit=LARGEST, got=total)
            made[name] = entry
            at += amount * SIZES[entry.dtype]
    return made


def _base(path: Any) -> str:
    if not isinstance(path, str):
        raise RefusedError("damaged", where="paths")
    return re.split(r"[/\\]", path)[-1]


def _beside(name: str, beside: Mapping[str, bytes]) -> bytes:
    if name not in beside:
        raise RefusedError("missing_file", file=name)
    return beside[name]


def _entry(weight: Any, content: bytes, at: int) -> Entry:
    name, shape = told(weight, "name", str), told(weight, "shape", list)
    is_whole = all(isinstance(side, int) and not isinstance(side, bool) for side in shape)
    if not is_whole or any(not 0 <= side <= LARGEST for side in shape):
        raise RefusedError("damaged", where=name)
    quantised = weight.get("quantization")
    dtype = told(weight, "dtype", str)
    if quantised is not None:
        dtype = told(quantised, "dtype", str)
    if dtype not in SIZES:
        raise RefusedError("setting", layer=name, setting="dtype", value=dtype)
    return Entry(content, at, tuple(shape), dtype, quantised)


def _array(name: str, entry: Entry) -> Array:
    """The numbers, float32. Raises RefusedError: damaged, not_finite, setting."""
    if entry.dtype in FLOATS:
        return array(name, entry.content, FLOATS[entry.dtype], entry.shape, entry.start)
    if entry.dtype not in WHOLE or entry.quantised is None:
        raise RefusedError("setting", layer=name, setting="dtype", value=entry.dtype)
    amount, size = count(name, entry.shape), SIZES[entry.dtype]
    if entry.start + amount * size > len(entry.content):
        raise RefusedError("damaged", where=name)
    values = np.frombuffer(entry.content, WHOLE[entry.dtype], amount, entry.start)
    step, least = (_finite(name, entry.quantised.get(key)) for key in ("scale", "min"))
    return finite(name, (values * step + least).reshape(entry.shape))


def _finite(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e30:
        raise RefusedError("damaged", where=name)
    return float(value)


def _metadata(files: Mapping[str, bytes]) -> tuple[tuple[str, ...], InputScale | None]:
    """Names of classes, and what Teachable Machine does to pixels. Raises RefusedError."""
    content = next((each for name, each in files.items() if _base(name) == METADATA), None)
    if content is None:
        return (), None
    described = read_json(content, where=METADATA)
    if not isinstance(described, dict):
        return (), None
    labels = described.get("labels")
    is_list = isinstance(labels, list) and len(labels) <= CLASSES
    is_teachable = "teachablemachine" in str(described.get("packageName"))
    classes = tuple(str(label) for label in labels) if is_list and labels else ()
    return classes, TEACHABLE if is_teachable else None
