"""Operations that change how many axes or cells there are: poolings of whole maps, and views.

    flatten(Operation("flatten", "flatten", {"self": Live("x"), "start_dim": 1}))

Where a file says the sides of its values, these decide; elsewhere the arguments do.
"""

from collections.abc import Callable

from cnnscope_readers.found import LayerEntry
from cnnscope_readers.torch.aten_chain import Operation, Unknown, cells, is_line
from cnnscope_readers.torch.layer_entries import (
    axes,
    flag,
    global_pool,
    must_be,
    pooling,
    refused,
)

Layers = list[LayerEntry]

Make = Callable[[Operation], Layers]

MAPS = 4
"""Axes of maps, that of the pictures counted."""


def adaptive(kind: str) -> Make:
    """A pooling by how many windows there are, where they touch and are all of a size."""

    def make(operation: Operation) -> Layers:
        size = operation.args.get("output_size")
        if operation.before is not None and operation.before == operation.after:
            return []
        windows = _windows(operation)
        if windows is not None:
            made = pooling(f"{kind}_pool2d", operation.source, windows, windows, 0, False)
            return [made]
        pool = global_pool(f"global_{kind}_pool2d", operation.source, size)
        return [pool] if pool else []

    return make


def _windows(operation: Operation) -> tuple[int, ...] | None:
    """The windows that touch and do the same, of more than one a map; None where there are none."""
    sides = [(operation.before or ())[-2:], (operation.after or ())[-2:]]
    if not all(sides) or sides[1] == (1, 1):
        return None
    found = []
    for before, after in zip(*sides, strict=True):
        if before is None or after is None or after < 1 or before % after:
            return None
        found.append(before // after)
    return tuple(found)


def over_maps(kind: str) -> Make:
    """What makes one number of each map: a mean or a largest value over rows and columns."""

    def make(operation: Operation) -> Layers:
        dims = axes(operation.source, "dim", operation.args.get("dim"), 2)
        if sorted(each % 4 for each in dims) != [2, 3]:
            raise refused(operation.source, "dim", dims)
        pool = LayerEntry(f"global_{kind}_pool2d", operation.source)
        keeps = flag(operation.source, "keepdim", operation.args.get("keepdim", False))
        return [pool] if keeps else [pool, LayerEntry("flatten", operation.source)]

    return make


def flatten(operation: Operation) -> Layers:
    """Maps laid out as features."""
    if operation.before is None:
        must_be(operation.source, "start_dim", operation.args.get("start_dim", 0), 1)
        must_be(operation.source, "end_dim", operation.args.get("end_dim", -1), -1, 3)
        return [LayerEntry("flatten", operation.source)]
    return reshaped(operation)


def viewed(operation: Operation) -> Layers:
    """A view of other sides; where the file has no sizes, of pictures by features."""
    if operation.before is not None:
        return reshaped(operation)
    size = operation.args.get("size")
    if isinstance(size, list | tuple) and len(size) == 2 and _is_features(*size):
        return [LayerEntry("flatten", operation.source)]
    raise refused(operation.source, "size", size)


def _is_features(pictures: object, features: object) -> bool:
    """Whether sides keep the pictures apart: so many, or as many as there are, by all the rest."""
    kept = isinstance(pictures, Unknown) or pictures in (1, -1)
    return kept and (isinstance(features, Unknown) or (type(features) is int and features != 1))


def reshaped(operation: Operation) -> Layers:
    """The same numbers with other sides."""
    before, after = operation.before, operation.after
    if before is not None and after is not None and cells(before) == cells(after):
        was_map = len(before) == MAPS or not is_line(before)
        if before == after or (is_line(after) and not was_map and len(after) < MAPS):
            return []
        if is_line(after) and len(after) < len(before):
            return [LayerEntry("flatten", operation.source)]
    raise refused(operation.source, "size", after)
