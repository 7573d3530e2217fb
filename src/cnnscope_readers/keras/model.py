"""A Keras model out of its JSON and its arrays, whatever kind of file they are in.

found_of(model, arrays_of)     # Found; RefusedError
"""

from collections.abc import Callable, Mapping
from typing import Any

from cnnscope.nn.input_scale import WHITE
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry
from cnnscope_readers.keras import activations, front, unweighted, weighted
from cnnscope_readers.keras.chain import INPUT, input_sizes, steps_of
from cnnscope_readers.keras.making import ArraysOf, Making, Sizes
from cnnscope_readers.keras.told import Step

ONLY_TRAIN = (
    INPUT, "Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise",
    "ActivityRegularization", "Identity", "RandomFlip", "RandomRotation", "RandomZoom",
    "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomHeight", "RandomWidth",
    "RandomShear", "RandomHue", "RandomSaturation", "RandomSharpness", "RandomErasing",
    "RandomColorJitter", "RandomColorDegeneration", "RandomGrayscale", "RandomPosterization",
    "RandomGaussianBlur", "RandomPerspective", "RandomInvert", "RandomElasticTransform",
)  # fmt: skip
"""Layers that do nothing once a network is trained: they vanish."""

KINDS: Mapping[str, Callable[[Making, Step], None]] = {
    **dict.fromkeys(ONLY_TRAIN, unweighted.nothing),
    **activations.LAYERS,
    "Conv2D": weighted.conv2d,
    "DepthwiseConv2D": weighted.depthwise_conv2d,
    "SeparableConv2D": weighted.separable_conv2d,
    "Dense": weighted.dense,
    **dict.fromkeys(
        ("BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2"),
        weighted.batch_normalization,
    ),
    "ZeroPadding2D": weighted.zero_padding2d,
    "MaxPooling2D": unweighted.max_pooling2d,
    "AveragePooling2D": unweighted.average_pooling2d,
    "GlobalMaxPooling2D": unweighted.pooling_of_all("global_max_pool2d"),
    "GlobalAveragePooling2D": unweighted.pooling_of_all("global_avg_pool2d"),
    "Flatten": unweighted.flatten,
    "Reshape": unweighted.reshape,
    "Resizing": unweighted.resizing,
    "Rescaling": front.rescaling,
    "Normalization": front.normalization,
}
"""Every class of layer that is known."""


def found_of(model: Any, arrays_of: ArraysOf, classes: tuple[str, ...] = ()) -> Found:
    """The network. Raises RefusedError."""
    steps = steps_of(model)
    making = _begun(input_sizes(model, steps), arrays_of)
    shape = making.shape
    for step in steps:
        if step.kind not in KINDS:
            raise RefusedError("layer", layer=step.name, kind=step.kind)
        _expect_floats(step)
        KINDS[step.kind](making, step)
        if making.is_front:
            shape = making.shape
    making.expect_unpadded()
    _end(making)
    if len(shape) != 3:
        raise RefusedError("input_size", shape=shape)
    sizes = tuple(each for each in shape if each is not None)
    input_shape = sizes if len(sizes) == len(shape) else None
    scale = front.scale_of(making)
    return Found(input_shape, tuple(making.entries), scale, classes, white=WHITE)


def _begun(sizes: list[int | None], arrays_of: ArraysOf) -> Making:
    """A chain that reads a picture of these rows, columns and channels."""
    shape: Sizes
    match sizes:
        case [rows, cols, channels]:
            shape = (channels, rows, cols)
        case [rows, cols]:
            shape = (1, rows, cols)
        case [features]:
            shape = (features,)
        case _:
            raise RefusedError("input_size", shape=sizes)
    return Making(shape, arrays_of, is_plane=len(sizes) == 2)


def _expect_floats(step: Step) -> None:
    """Raise RefusedError for a layer that computes with whole numbers."""
    match step.config.get("dtype"):
        case {"class_name": str(name)} if "Quantized" in name:
            raise RefusedError("setting", layer=step.name, setting="dtype", value=name)


def _end(making: Making) -> None:
    """Two classes for one sigmoid. Raises RefusedError for a softmax that is not the end."""
    last = making.entries[-1] if making.entries else None
    if last is None:
        raise RefusedError("no_layers")
    if last.settings.get("function") == "sigmoid" and making.shape == (1,):
        making.entries[-1] = LayerEntry("sigmoid_classes", last.source)
    for entry in making.entries[:-1]:
        if entry.type == "softmax":
            given = entry.settings["given"]
            raise RefusedError("setting", layer=entry.source, setting="activation", value=given)
