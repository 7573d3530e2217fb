"""The page's own ``.npz``: arrays by layer, their architecture as JSON (``cnnscope.nn.weights``).

found = read_own_npz({"net.npz": content}, "net.npz")     # a Network and its classes
"""

from collections.abc import Mapping

import numpy as np

from cnnscope.nn.layers import ENTRIES, ShapeError
from cnnscope.nn.weights import ARCHITECTURE, WeightsError, read_description, read_scale
from cnnscope.pictures.shipped import EXACT, PICTURES, TOLD
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry
from cnnscope_readers.npy import read_npy
from cnnscope_readers.plain_json import read_json
from cnnscope_readers.zip_archive import is_zip, read_zip

NPY = ".npy"


def is_own_npz(content: bytes) -> bool:
    """Whether a file is an archive of arrays, one of which tells an architecture."""
    return is_zip(content) and f"{ARCHITECTURE}{NPY}" in read_zip(content).names()


def read_own_npz(files: Mapping[str, bytes], name: str) -> Found:
    """The network in such a file. Raises RefusedError."""
    archive = read_zip(files[name])
    arrays = {
        each.removesuffix(NPY): read_npy(archive.read(each), where=each) for each in archive.names()
    }
    for pictures in (PICTURES, EXACT):
        arrays.pop(pictures, None)
    told = arrays.pop(TOLD, None)
    classes = () if told is None else _classes(str(told))
    try:
        text = str(arrays.pop(ARCHITECTURE))
        read_json(text.encode(), where=ARCHITECTURE)  # its depth is checked
        described = read_description(text)
        scale = read_scale(described.get("scale", {}))
    except (WeightsError, ShapeError) as error:
        raise RefusedError("damaged", where=str(error)) from error
    entries = tuple(_entry(dict(layer), arrays) for layer in described["layers"])
    if arrays:
        raise RefusedError("damaged", where=min(arrays))
    return Found(tuple(described["input"]), entries, scale, classes)


def _entry(layer: dict[str, object], arrays: dict[str, np.ndarray]) -> LayerEntry:
    """A layer's line of the architecture with its arrays, which are taken out."""
    kind, source = str(layer.pop("type")), str(layer.pop("name"))
    if kind not in ENTRIES:
        raise RefusedError("layer", layer=source, kind=kind)
    if unknown := sorted(layer.keys() - set(ENTRIES[kind][0])):
        raise RefusedError("setting", layer=source, setting=unknown[0], value=layer[unknown[0]])
    own = {name for name in arrays if name.rpartition(".")[0] == source}
    return LayerEntry(
        kind, source, layer, {name.rpartition(".")[2]: arrays.pop(name) for name in sorted(own)}
    )


def _classes(text: str) -> tuple[str, ...]:
    """The classes that such a file names."""
    told = read_json(text.encode(), where=TOLD)
    classes = told.get("classes") if isinstance(told, dict) else None
    return tuple(map(str, classes)) if isinstance(classes, list) else ()
