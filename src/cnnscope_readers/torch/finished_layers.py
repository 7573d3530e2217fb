"""Layers in a row as the page knows them: what does not stand alone joins what it belongs to.

finished([padding, convolution, ..., sigmoid])     # (convolution, ..., sigmoid_classes)
"""

from collections.abc import Sequence

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry
from cnnscope_readers.torch.affine_entries import joined
from cnnscope_readers.torch.layer_entries import PADDING, Pair


def finished(entries: Sequence[LayerEntry]) -> tuple[LayerEntry, ...]:
    """The layers as the page knows them. Raises RefusedError: layer, no_layers."""
    made: list[LayerEntry] = []
    pending: LayerEntry | None = None
    for at, entry in enumerate(entries):
        if pending is not None:
            if entry.type != "conv2d":
                raise RefusedError("layer", layer=pending.source, kind="ZeroPad2d")
            entry, pending = _padded(entry, pending.settings["padding"]), None
        if entry.type == PADDING:
            pending = entry
            continue
        if entry.type == "softmax" and at + 1 < len(entries):
            raise RefusedError("layer", layer=entry.source, kind="softmax")
        both = joined(made[-1], entry) if made else None
        made[-1:] = [both] if both else [*made[-1:], entry]
    if pending is not None:
        raise RefusedError("layer", layer=pending.source, kind="ZeroPad2d")
    if not made:
        raise RefusedError("no_layers")
    if made[-1].settings.get("function") == "sigmoid" and _outputs(made) == 1:
        made[-1] = LayerEntry("sigmoid_classes", made[-1].source)
    return tuple(made)


def _padded(conv: LayerEntry, more: tuple[Pair, Pair]) -> LayerEntry:
    """A convolution with more padding than its own."""
    around = tuple(
        (each, each) if isinstance(each, int) else each for each in conv.settings["padding"]
    )
    both = tuple(
        (before + above, after + below)
        for (before, after), (above, below) in zip(around, more, strict=True)
    )
    return LayerEntry(conv.type, conv.source, {**conv.settings, "padding": both}, conv.arrays)


def _outputs(entries: Sequence[LayerEntry]) -> int:
    """How many features the last layer with a kernel makes."""
    kernels = [len(entry.arrays["kernel"]) for entry in entries if "kernel" in entry.arrays]
    return kernels[-1] if kernels else 0
