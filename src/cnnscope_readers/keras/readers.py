"""Files of Keras: archives, and HDF5 files.

read_keras({"net.keras": content}, "net.keras")                              # Found; RefusedError
read_keras_h5({"net.h5": content}, "net.h5")
"""

from collections.abc import Mapping

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found
from cnnscope_readers.keras.by_layer import CONTAINERS, VARIABLES, by_group, by_place
from cnnscope_readers.keras.hdf5 import Group, is_hdf5, read_hdf5
from cnnscope_readers.keras.model import found_of
from cnnscope_readers.plain_json import read_json
from cnnscope_readers.zip_archive import read_zip, told_zip

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
"""Members of an archive."""

MODEL = "model_config"
"""The attribute of an HDF5 file that holds the model."""


def is_keras(content: bytes) -> bool:
    """Whether a file is an archive of Keras."""
    archive = told_zip(content)
    return archive is not None and CONFIG in archive.names()


def read_keras(files: Mapping[str, bytes], name: str) -> Found:
    """The network of a ``.keras`` archive. Raises RefusedError."""
    archive = read_zip(files[name])
    model = read_json(archive.read(CONFIG), where=CONFIG)
    return found_of(model, by_place(read_hdf5(archive.read(WEIGHTS))))


def is_keras_h5(content: bytes) -> bool:
    """Whether a file is an HDF5 file, of Keras or not."""
    return is_hdf5(content)


def read_keras_h5(files: Mapping[str, bytes], name: str) -> Found:
    """The network of an ``.h5`` file. Raises RefusedError: keras_weights, and others."""
    root = read_hdf5(files[name])
    told = root.text(MODEL)
    if told is None:
        raise RefusedError("keras_weights" if _has_weights(root) else "not_a_network")
    return found_of(read_json(told.encode(), where=MODEL), by_group(root))


def _has_weights(root: Group) -> bool:
    """Whether a file without a model has a model's weights."""
    is_named = root.texts("layer_names") is not None or root.texts("layer_names0") is not None
    return is_named or any(name in root for name in (*CONTAINERS, VARIABLES))
