"""Runs of operations on each value alone: lines and activations, as few as make the same.

    pieces(run, "conv1", at)     # [Line(node, slope=1, offset=bias), Curve(node, "relu", None)]

A run is taken apart only where one value is all that goes on.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.functions import POINTS, Reals, applied, is_close, recognised
from cnnscope_readers.onnx.messages import Node, operands
from cnnscope_readers.onnx.tensors import Numbers
from cnnscope_readers.onnx.wire import Budget

LONGEST = 24
"""Nodes that one piece is made of at most."""

LARGEST = 1 << 16
"""Numbers of a line's slopes at most, one a feature."""

COST = 20_000_000
"""Numbers that are worked out, in all, to see what the runs of a file are."""

EACH = 200
"""Numbers that one more operation counts as, however few it makes."""


@dataclass(frozen=True, eq=False)
class Line:
    """``slope * x + offset``; both have an axis, mostly of size one, for each axis of x."""

    node: Node
    slope: Reals
    offset: Reals

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves everything as it is."""
        return bool((self.slope == 1).all() and (self.offset == 0).all())


@dataclass(frozen=True)
class Curve:
    """A function that the page knows."""

    node: Node
    function: str
    alpha: float | None


Run = Sequence[Node]
Piece = Line | Curve


@dataclass(frozen=True, eq=False)
class Setting:
    """Where runs stand: how many axes the values have, what is known, what may still be spent."""

    rank: int
    known: Mapping[str, Numbers]
    budget: Budget


def pieces(run: Run, base: str, at: Setting) -> list[Piece]:
    """The fewest pieces, in order. ``base``: the value that the run begins with.

    Raises RefusedError: branches, too_large, and layer, for what first makes nothing known.
    """
    cuts = _cuts(run, base)
    best: dict[int, list[Piece]] = {0: []}
    values = {0: base} | {end: run[end - 1].outputs[0] for end in cuts}
    for end in cuts:
        for start in [start for start in best if end - start <= LONGEST]:
            if end in best and len(best[end]) <= len(best[start]) + 1:
                continue
            piece = _piece(run[start:end], values[start], at)
            if piece is not None:
                best[end] = [*best[start], piece]
    if len(run) in best:
        return best[len(run)]
    stuck = run[max(best) : next(cut for cut in cuts if cut > max(best))]
    kinds = ", ".join(dict.fromkeys(node.kind for node in stuck))
    raise RefusedError("layer", layer=stuck[-1].called, kind=kinds)


def _cuts(run: Run, base: str) -> list[int]:
    """After how many nodes one value is all that is still read. Raises RefusedError: branches."""
    last = {base: 0}
    for place, node in enumerate(run):
        last[node.outputs[0]] = len(run)
        last.update({name: place for name in node.inputs if name in last})
    for place, node in enumerate(run[:-1]):
        if last[node.outputs[0]] == len(run):
            raise RefusedError("branches", layer=run[place].called)
    cuts, reach = [], last[base]
    for place, node in enumerate(run):
        if reach <= place:
            cuts.append(place + 1)
        reach = max(reach, last[node.outputs[0]])
    return cuts


def _piece(run: Run, base: str, at: Setting) -> Piece | None:
    """What some nodes make together, if that is known."""
    line = _line(run, base, at)
    if line is not None:
        return line
    points = POINTS.reshape((-1, *[1] * at.rank))
    values = _made(run, base, points, at)
    if values.ndim != points.ndim or len(values) != len(POINTS):
        return None
    values = values.reshape(len(POINTS), -1)
    found = recognised(values[:, 0]) if (values == values[:, :1]).all() else None
    return None if found is None else Curve(run[0], *found)


def _line(run: Run, base: str, at: Setting) -> Line | None:
    """A straight line, channel by channel, if these nodes make one."""
    xs = [0.0, 1.0, -1.0, 7.5, -40.0]
    made = [_made(run, base, np.full([1] * at.rank, x), at) for x in xs]
    offset, slope = made[0], made[1] - made[0]
    for x, got in zip(xs, made, strict=True):
        if not np.isfinite(got).all() or not is_close(got, slope * x + offset):
            return None
    return Line(run[-1], slope, offset)


def _made(run: Run, base: str, x: Reals, at: Setting) -> Reals:
    """What a run makes of values ``x``. Raises RefusedError: shapes, too_large."""
    made: dict[str, Reals] = {base: x}
    for node in run:
        read = [_operand(name, made, at.known) for name in operands(node)]
        at.budget.spend(EACH + _size(node, read))
        made[node.outputs[0]] = applied(node, read)
    return made[run[-1].outputs[0]]


def _size(node: Node, read: list[Reals | None]) -> int:
    """How many numbers a node makes. Raises RefusedError: shapes, too_large."""
    shapes = [value.shape for value in read if value is not None]
    try:
        size = math.prod(np.broadcast_shapes(*shapes))
    except ValueError as error:
        got = ", ".join(map(str, shapes))
        raise RefusedError("shapes", layer=node.called, expected=node.op, got=got) from error
    if size > LARGEST:
        raise RefusedError("too_large", what=node.called, limit=LARGEST, got=size)
    return size


def _operand(name: str, made: Mapping[str, Reals], known: Mapping[str, Numbers]) -> Reals | None:
    """A value that a node reads, in float64; none where it leaves one out."""
    if name in made:
        return made[name]
    return known[name].astype(np.float64) if name else None
