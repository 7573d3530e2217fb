"""Networks of weights in their order, by a line that says how they are connected.

    plain_entries("conv 1, relu, max, flatten, dense", weights.arrays)

``conv 1 2`` has a padding of 1 and a stride of 2; a layer with weights takes those that come next.
"""

from collections.abc import Mapping

from cnnscope.nn.ops import Array
from cnnscope_readers.found import LayerEntry

_ROLES = {
    "conv": ("kernel", "bias"), "dense": ("kernel", "bias"),
    "norm": ("gamma", "beta", "mean", "variance"),
}  # fmt: skip


def plain_entries(line: str, arrays: Mapping[str, Array]) -> list[LayerEntry]:
    """The layers of a line; all weights are used."""
    weights = iter(arrays.items())
    made = []
    for said in line.split(","):
        kind, *numbers = said.split()
        taken = {role: next(weights) for role in _ROLES.get(kind, ())}
        source = next(iter(taken.values()), (kind, None))[0]
        own = {role: array for role, (_, array) in taken.items()}
        made.append(_entry(kind, source, [int(each) for each in numbers], own))
    assert next(weights, None) is None
    return made


def _entry(kind: str, source: str, numbers: list[int], arrays: Mapping[str, Array]) -> LayerEntry:
    match kind, numbers:
        case "conv", _:
            padding, stride = (*numbers, 0, 1)[:2] if len(numbers) != 1 else (numbers[0], 1)
            return LayerEntry("conv2d", source, {"padding": padding, "stride": stride}, arrays)
        case "dense" | "norm", []:
            return LayerEntry({"dense": "dense", "norm": "batch_norm2d"}[kind], source, {}, arrays)
        case "max" | "mean", _:
            size = numbers[0] if numbers else 2
            return LayerEntry({"max": "max_pool2d", "mean": "avg_pool2d"}[kind], source,
                              {"size": size})  # fmt: skip
        case "relu" | "flatten", []:
            return LayerEntry(kind, source)
    return LayerEntry("activation", source, {"function": kind})
