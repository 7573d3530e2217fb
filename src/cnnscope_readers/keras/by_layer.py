"""Weights as each of the kinds of file keeps them: which arrays belong to which layer.

by_place(root)(step)           # of a .keras archive: by class and count
by_group(root)(step)           # of an .h5 file: in a group by the layer's name
by_name(names, read)(step)     # of TF.js: each by the layer's name and its own
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.hdf5 import Group
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

Places = tuple[tuple[str, int], ...]

NamesOf = Callable[[Step], list[str]]

ORDER = (
    "depthwise_kernel", "kernel", "pointwise_kernel", "bias", "gamma", "beta", "moving_mean",
    "moving_variance", "mean", "variance", "count",
)  # fmt: skip
"""Names of arrays in the order in which a layer makes them."""


def by_place(root: Group) -> ArraysOf:
    """The arrays of a layer that is addressed by its class and how many of it come before."""
    groups: dict[Places, Group] = {(): root}
    names: dict[tuple[Places, str], list[str]] = {}

    def group_at(places: Places) -> Group:
        if places not in groups:
            *around, (kind, number) = places
            model = _container(group_at(tuple(around)))
            key = tuple(around), SNAKE.get(kind, kind)
            if key not in names:
                names[key] = _numbered(model, key[1])
            if number >= len(names[key]):
                raise RefusedError("damaged", where=f"{model.path}/{key[1]} {number}")
            groups[places] = model.group(names[key][number])
        return groups[places]

    def arrays_of(step: Step) -> list[Callable[[], Array]]:
        held = group_at(step.places).group(VARIABLES)
        return [held.dataset(str(number)).numbers for number in range(len(held.names))]

    return arrays_of


def _container(model: Group) -> Group:
    return model.group(next((name for name in CONTAINERS if name in model), CONTAINERS[0]))


def _numbered(layers: Group, base: str) -> list[str]:
    """The names of all layers of a class, in order.

    The numbers in them grow, but some versions leave every other one out.
    """
    found = {}
    for name in layers.names:
        if match := re.fullmatch(rf"{re.escape(base)}(?:_(\d{{1,6}}))?", name):
            found[int(match[1] or 0)] = name
    return [found[number] for number in sorted(found)]


def by_group(root: Group) -> ArraysOf:
    """The arrays of a layer that has a group by its name, or by that of the model around it."""
    weights = root.group("model_weights") if "model_weights" in root else root
    kept: dict[str, tuple[Group, list[str], NamesOf]] = {}

    def arrays_of(step: Step) -> list[Callable[[], Array]]:
        outermost = (*step.within, step.name)[0]
        if outermost not in kept:
            group = weights.group(outermost)
            names = texts_in_parts(group, "weight_names")
            kept[outermost] = group, names, names_of(names)
        group, names, of = kept[outermost]
        mine = of(step) if step.within else names
        return [group.dataset(name).numbers for name in mine]

    return arrays_of


def texts_in_parts(group: Group, name: str) -> list[str]:
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
    of = names_of(names)

    def arrays_of(step: Step) -> list[Callable[[], Array]]:
        return [partial(read, name) for name in of(step)]

    return arrays_of


def names_of(names: Sequence[str]) -> NamesOf:
    """What finds the names that belong to a layer, in the order in which it makes its arrays."""
    by_layer: dict[str, list[str]] = {}
    for name in names:
        layer = name.split("/")[-2:-1]
        by_layer.setdefault("".join(layer), []).append(name)

    def of(step: Step) -> list[str]:
        mine = by_layer.get(step.name, [])
        within = {*step.within}
        mine = [name for name in mine if within & {*name.split("/")}] or mine
        roles = {name: name.split("/")[-1].partition(":")[0] for name in mine}
        is_known = {*roles.values()} <= {*ORDER}
        return sorted(mine, key=lambda name: ORDER.index(roles[name])) if is_known else mine

    return of
