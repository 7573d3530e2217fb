"""Networks that Keras and TF.js write: ``.keras``, ``.h5`` and a ``model.json`` with its shards.

    found = read_keras({"net.keras": content}, "net.keras")     # Found; RefusedError

What a file says of classes in Python, of lambdas and of where code is to be had, is never followed:
a layer is known by its name, or is refused by it.
"""

from cnnscope_readers.keras.readers import is_keras, is_keras_h5, read_keras, read_keras_h5
from cnnscope_readers.keras.tfjs import is_tfjs, read_tfjs

__all__ = ["is_keras", "is_keras_h5", "is_tfjs", "read_keras", "read_keras_h5", "read_tfjs"]
"""Each kind of file has how it is told by its bytes, and its reader."""
