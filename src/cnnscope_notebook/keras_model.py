"""A Keras model as Keras itself saves it, through a file that is removed again.

files = saved_keras(model)       # {"model.keras": b"..."}
"""

import tempfile
import warnings
from pathlib import Path
from typing import Any

from cnnscope_notebook.errors import ModelError

PACKAGES = ("keras", "tf_keras", "tensorflow")
FORMATS = ("model.keras", "model.h5")  # before Keras 2.12 there was only the second


def is_keras_model(model: object) -> bool:
    """Whether a model is Keras's, of any version."""
    return any(
        kind.__name__ == "Model" and kind.__module__.split(".")[0] in PACKAGES
        for kind in type(model).__mro__
    )


def saved_keras(model: Any) -> dict[str, bytes]:
    """The file that Keras saves. Raises ModelError."""
    if not model.built:
        raise ModelError(
            "This Keras model has no weights yet, as it does not know what it reads: call it on a "
            "picture once, or begin it with keras.Input((rows, columns, channels))."
        )
    said = ""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in FORMATS:
            path = Path(folder) / name
            try:
                model.save(path if name == FORMATS[0] else str(path))
                return {name: path.read_bytes()}
            except Exception as error:  # whatever a layer of the visitor's own raises
                said = said or f"{type(error).__name__}: {error}".split("\n")[0][:200]
    raise ModelError(f"Keras cannot save this model: {said}")
