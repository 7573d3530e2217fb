"""What is said of a file that is not read: which reason, and what in the file it is about.

    raise RefusedError("layer", layer="lstm_1", kind="LSTM")

A reason is a key of the page's texts, ``open.refused.<reason>``; its values are put into them.
"""


class RefusedError(ValueError):
    """A file that is not read: a reason out of ``REASONS``, and the values that belong to it."""

    def __init__(self, reason: str, **values: object) -> None:
        """``values`` are those that ``REASONS`` lists for the reason; long ones are cut."""
        assert sorted(values) == sorted(REASONS[reason]), (reason, values)
        self.reason = reason
        self.values = {name: _short(value) for name, value in values.items()}
        told = ", ".join(f"{name}={value}" for name, value in self.values.items())
        super().__init__(f"{reason}: {told}" if told else reason)


SHORT = 80
"""Characters of a name in a visitor's file that are repeated to them."""


def _short(value: object) -> str:
    text = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in str(value)[: SHORT + 1]
    )
    return text if len(text) <= SHORT else f"{text[:SHORT]}\N{HORIZONTAL ELLIPSIS}"


REASONS = {
    # The file is of a known kind, but not whole, or contradicts itself.
    "damaged": ("where",),
    "missing_file": ("file",),
    "encrypted": ("file",),
    "twice": ("name",),
    "not_finite": ("name",),
    "too_deep": ("limit",),
    "too_large": ("what", "limit", "got"),
    # It is understood, but the page cannot show such a network.
    "layer": ("layer", "kind"),  # a kind of layer that is not known
    "setting": ("layer", "setting", "value"),  # a known layer with an unknown setting
    "branches": ("layer",),
    "inputs": ("count",),
    "input_size": ("shape",),  # neither one nor three channels, or of no size
    "shapes": ("layer", "expected", "got"),
    "no_layers": (),
    "no_fit": (),  # weights that no arrangement of layers joins
    "array": ("expected", "got"),
    "no_convolution": (),
    # It is of a kind that holds no network that can be read; texts say how to convert it.
    "unknown": (),
    "saved_model": (),
    "tflite": (),
    "tfjs_graph": (),
    "fastai_export": (),
    "keras_weights": (),
    "torchscript": (),
    "not_a_network": (),
}
"""Every reason, and the names of its values."""
