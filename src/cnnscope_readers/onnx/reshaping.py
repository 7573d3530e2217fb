"""Operations that move no number, but say otherwise how a value is laid out."""

import math
from collections.abc import Sequence

import numpy as np

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.chain import Axis, Chain
from cnnscope_readers.onnx.folding import Given


def flattened(chain: Chain, given: Given) -> None:
    """Flatten: all axes but the batch in one row."""
    axis = given.whole("axis", 1)
    if axis % len(chain.sizes) != 1:
        raise given.wrong("axis", axis)
    if not chain.is_flat:
        chain.flatten(given.node)


def reshaped(chain: Chain, given: Given) -> None:
    """Reshape: a flattening, or axes of size one that come, go or move."""
    sizes = _target(chain, given)
    if len(sizes) == 2:
        if not chain.is_flat:
            chain.flatten(given.node)
        elif sizes[1] not in (None, chain.axes[0].size):
            raise given.wrong("shape", sizes)
        return
    if len(chain.axes) == 1 and chain.is_front and not chain.layers and len(sizes) in (3, 4):
        front = np.size(chain.slope) > 1 or np.size(chain.offset) > 1
        if None in sizes or front:
            raise given.wrong("shape", sizes)
        chain.axes = chain.input = tuple(
            Axis(str(place), size) for place, size in enumerate(sizes[1:])
        )  # fmt: skip
        chain.front = ()
        return
    _relabelled(chain, given, sizes[1:])


def _target(chain: Chain, given: Given) -> list[int | None]:
    """The sizes that are asked for, worked out; None where they stay open."""
    said = given.value(1)
    asked = given.wholes("shape") if said is None else said.ravel().tolist()
    if len(asked) > 8:
        raise given.wrong("shape", len(asked))
    now, copies = chain.sizes, given.whole("allowzero", 0) == 0
    sizes: list[int | None] = []
    for place, size in enumerate(asked):
        if size == 0 and copies and place < len(now):
            sizes.append(now[place])
        else:
            sizes.append(None if math.isnan(size) else int(size))
    known = [size for size in sizes if size not in (None, -1)]
    if any(size is not None and size < 1 for size in known) or sizes.count(-1) > 1:
        raise given.wrong("shape", asked)
    if -1 in sizes:
        rest = None if None in now or None in sizes else _share(now, known)
        if rest == 0:
            raise RefusedError("shapes", layer=given.node.called, expected=asked, got=now)
        sizes[sizes.index(-1)] = rest
    if None not in now and None not in sizes and _total(sizes) != _total(now):
        raise RefusedError("shapes", layer=given.node.called, expected=asked, got=now)
    if len(sizes) < 2 or sizes[0] not in (None, chain.batch):
        raise given.wrong("shape", asked)
    return sizes


def _total(sizes: Sequence[int | None]) -> int:
    """How many numbers such sizes hold, all of which are known."""
    return math.prod(size or 0 for size in sizes)


def _share(now: Sequence[int | None], known: Sequence[int | None]) -> int:
    """What is left for one axis; 0 where it does not come out even."""
    total, part = _total(now), _total(known)
    return total // part if part and total % part == 0 else 0


def _relabelled(chain: Chain, given: Given, sizes: list[int | None]) -> None:
    """The same axes, but for those of size one. Raises RefusedError: setting."""
    apart = [axis for axis in chain.axes if axis.size != 1]
    if [axis.size for axis in apart] != [size for size in sizes if size != 1] or chain.is_flat:
        raise given.wrong("shape", sizes)
    single = [axis for axis in chain.axes if axis.size == 1]
    made: list[Axis] = []
    for size in sizes:
        if size != 1:
            made.append(apart.pop(0))
        else:
            made.append(single.pop(0) if single else Axis(_unused(chain, made), 1))
    _settle(chain, given, tuple(made))


def _unused(chain: Chain, made: list[Axis]) -> str:
    """A label for an axis that comes: that of maps which is missing, or a number."""
    taken = {axis.label for axis in (*chain.axes, *made)}
    names = "0123456789" if not chain.is_resolved else "chw0123456789"
    return next(name for name in names if name not in taken)


def _settle(chain: Chain, given: Given, axes: tuple[Axis, ...]) -> None:
    """Go on with these axes; one alone is a vector."""
    if len(axes) != 1 or (chain.is_front and not chain.is_resolved):
        chain.axes = axes
    elif not chain.is_flat:
        chain.flatten(given.node)


def squeezed(chain: Chain, given: Given) -> None:
    """Squeeze: axes of size one go."""
    axes, rank = given.axes(1), len(chain.sizes)
    if axes is None:
        axes = tuple(place for place, size in enumerate(chain.sizes) if size == 1 and place)
    places = {axis % rank for axis in axes if -rank <= axis < rank}
    if len(places) < len(axes) or 0 in places or any(
        chain.sizes[place] not in (None, 1) for place in places
    ):  # fmt: skip
        raise given.wrong("axes", axes)
    if chain.is_flat and places:
        raise given.wrong("axes", axes)
    kept = tuple(axis for place, axis in enumerate(chain.axes, 1) if place not in places)
    if not kept:
        raise given.wrong("axes", axes)
    _settle(chain, given, kept)


def unsqueezed(chain: Chain, given: Given) -> None:
    """Unsqueeze: axes of size one come."""
    axes = given.axes(1) or ()
    rank = len(chain.sizes) + len(axes)
    places = sorted(axis % rank for axis in axes if -rank <= axis < rank)
    if len(set(places)) < len(axes) or 0 in places or chain.is_flat or rank > 6:
        raise given.wrong("axes", axes)
    made = list(chain.axes)
    for place in places:
        made.insert(place - 1, Axis(_unused(chain, made), 1))
    chain.axes = tuple(made)


def transposed(chain: Chain, given: Given) -> None:
    """Transpose: axes change places; the batch stays first."""
    rank = len(chain.sizes)
    places = given.wholes("perm", tuple(reversed(range(rank))))
    if sorted(places) != list(range(rank)) or places[0] != 0:
        raise given.wrong("perm", places)
    chain.turn(places)
