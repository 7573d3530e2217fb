"""Weights as each of the kinds of file keeps them: which arrays belong to which layer.

by_place(root)(step)           # of a .keras archive: by class and count
by_group(root)(step)           # of an .h5 file: in a group by the layer's name
by_name(names, read)(step)     # of TF.js: each by the layer's name and its own
"""

from collections.abc import Callable, Sequence
from re import fullmatch

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5 import Dataset, Group
from cnnscope_readers.keras.making import ArraysOf
from cnnscope_readers.keras.told import Step

CONTAINERS = ("layers", "_layer_checkpoint_dependencies")
"""What holds a model's layers, in Keras 3 and in TensorFlow 2.13 to 2.15."""

SNAKE = {
    "Conv2D": "conv2d", "DepthwiseConv2D": "depthwise_conv2d", "Dense": "dense",
    "SeparableConv2D": "separable_conv2d", "BatchNormalization": "batch_normalization",
    "Normalization": "normalization",
}  # fmt: skip
"""Classes with weights as an archive calls them; models are called so already."""

VARIABLES = "vars"

ORDER = (
    "depthwise_kernel", "kernel", "pointwise_kernel", "bias", "gamma", "beta", "moving_mean",
    "moving_variance", "mean", "variance", "count",
)  # fmt: skip
"""Names of arrays in the order in which a layer makes them."""


def by_place(root: Group) -> ArraysOf:
    """The arrays of a layer that is addressed by its class and how many of it come before."""
    kept: dict[tuple[tuple[str, int], ...], Group] = {(): root}

    def group_at(places: tuple[tuple[str, int], ...]) -> Group:
        if places not in kept:
            kept[places] = _numbered(group_at(places[:-1]), *places[-1])
        return kept[places]

    def arrays_of(step: Step) -> list[Array]:
        held = group_at(step.places).group(VARIABLES)
        return [held.dataset(str(number)).numbers() for number in range(len(held.names))]

    return arrays_of


def _numbered(model: Group, kind: str, number: int) -> Group:
    """The layer of a class that comes after so many others. Raises RefusedError: damaged.

    The numbers in their names grow, but some versions leave every other one out.
    """
    container = next((name for name in CONTAINERS if name in model), CONTAINERS[0])
    layers = model.group(container)
    base = SNAKE.get(kind, kind)
    found = {}
    for name in layers.names:
        if match := fullmatch(rf"{base}(?:_(\d{{1,6}}))?", name):
            found[int(match[1] or 0)] = name
    if number >= len(found):
        raise RefusedError("damaged", where=f"{layers.path}/{base} {number}")
    return layers.group(found[sorted(found)[number]])


def by_group(root: Group) -> ArraysOf:
    """The arrays of a layer that has a group by its name, or by that of the model around it."""
    weights = root.group("model_weights") if "model_weights" in root else root
    kept: dict[str, tuple[Group, list[str]]] = {}

    def arrays_of(step: Step) -> list[Array]:
        outermost = (*step.within, step.name)[0]
        if outermost not in kept:
            group = weights.group(outermost)
            kept[outermost] = group, texts_in_parts(group, "weight_names")
        group, names = kept[outermost]
        mine = names_of(step, names) if step.within else names
        return [group.dataset(name).numbers() for name in mine]

    return arrays_of


def texts_in_parts(group: Group | Dataset, name: str) -> list[str]:
    """A list of texts, which Keras writes in several attributes where it is long."""
    if (whole := group.texts(name)) is not None:
        return whole
    parts: list[str] = []
    number = 0
    while (part := group.texts(f"{name}{number}")) is not None:
        parts += part
        number += 1
    return parts


def by_name(names: Sequence[str], read: Callable[[str], Array]) -> ArraysOf:
    """The arrays of a layer by their names, in which the layer's own comes before the last."""

    def arrays_of(step: Step) -> list[Array]:
        return [read(name) for name in names_of(step, names)]

    return arrays_of


def names_of(step: Step, names: Sequence[str]) -> list[str]:
    """Which of the names belong to a layer, in the order in which it makes its arrays."""
    paths = {name: name.split("/") for name in names}
    mine = [name for name, path in paths.items() if path[:-1] and path[-2] == step.name]
    within = {*step.within}
    if nested := [name for name in mine if within & {*paths[name]}]:
        mine = nested
    roles = {name: paths[name][-1].partition(":")[0] for name in mine}
    if {*roles.values()} <= {*ORDER}:
        mine.sort(key=lambda name: ORDER.index(roles[name]))
    return mine
