"""What is said of a model that cannot be shown: the page's own sentences, which name the layer.

raise said_of(RefusedError("layer", layer="lstm", kind="LSTM"))
"""

from cnnscope_own.words import words
from cnnscope_readers.errors import RefusedError


class ModelError(ValueError):
    """A model, a file or a picture that cannot be shown: what of it, and why."""


def said_of(error: RefusedError, layer: str = "") -> ModelError:
    """The page's sentence about a refusal; ``layer`` is a better name of the one it is about."""
    values = {**error.values, **({"layer": layer} if layer else {})}
    return ModelError(words("en")(f"own.refused.{error.reason}", **values))
