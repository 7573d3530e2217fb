"""Forward passes of many networks that begin alike: what was computed for one serves the others.

    passes = Passes(blocks, picture)
    logits = passes(plan(blocks, answers))     # None where a layer does not fit

A step is known by all steps before it. What was used least recently is forgotten first.
"""

import math
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from cnnscope.nn.layers import Layer, ShapeError, expect
from cnnscope.nn.limits import FLOP, VALUES
from cnnscope.nn.ops import Array
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.plan import Op, made

KEPT = 48 << 20
"""Bytes of activations."""

CELLWISE = ("relu", "activation", "batch_norm2d")
"""Layers that make each cell of the cell at its place."""

MONOTONE = ("relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh")
"""Functions that never fall: the largest value stays the largest."""


def canonical(ops: Sequence[Op], blocks: Sequence[Block]) -> tuple[Op, ...]:
    """The same network, written in one of the ways that compute the same.

    What never falls may come behind a max pooling, and a normalisation before a mean. A kernel of
    one cell that passes over cells reads as much as one that does not, behind steps as large.
    """
    made = list(ops)
    for _ in made:
        swapped = False
        for at in range(len(made) - 1):
            if _commute(made[at], made[at + 1], blocks):
                made[at], made[at + 1] = made[at + 1], made[at]
                swapped = True
        if not swapped:
            break
    return tuple(_with_early_steps(made, blocks))


def _with_early_steps(ops: Sequence[Op], blocks: Sequence[Block]) -> list[Op]:
    """The same with the strides of kernels of one cell at the convolution before."""
    made = list(ops)
    for at in range(len(made) - 1, 0, -1):
        settings = dict(made[at].settings)
        stride = settings.get("stride", 1)
        if made[at].type != "conv2d" or not isinstance(stride, int) or stride == 1:
            continue
        before = next((i for i in range(at - 1, -1, -1) if made[i].type not in CELLWISE), None)
        is_one = blocks[made[at].block].shape[2:] == (1, 1) and "padding" not in settings
        if before is None or made[before].type != "conv2d" or not is_one:
            continue
        others = dict(made[before].settings)
        if isinstance(steps := others.get("stride", 1), int):
            made[before] = _with(made[before], {**others, "stride": steps * stride})
            made[at] = _with(made[at], {n: v for n, v in settings.items() if n != "stride"})
    return made


def _with(op: Op, settings: dict[str, object]) -> Op:
    return op._replace(settings=tuple(sorted(settings.items())))


def _commute(first: Op, second: Op, blocks: Sequence[Block]) -> bool:
    """Whether the second may as well come first, and is to."""
    settings = dict(first.settings)
    if second.type in ("max_pool2d", "global_max_pool2d"):
        if first.type == "batch_norm2d":
            return bool((blocks[first.block].arrays["gamma"] > 0).all())
        is_function = first.type in ("relu", "activation")
        return is_function and settings.get("function", "relu") in MONOTONE
    is_mean = first.type in ("avg_pool2d", "global_avg_pool2d") and "padding" not in settings
    return is_mean and second.type == "batch_norm2d"


class Passes:
    """Forward passes of one picture."""

    def __init__(self, blocks: Sequence[Block], picture: Array) -> None:
        """``picture`` is (channels, rows, cols), float32."""
        self._blocks = blocks
        self._picture = picture
        self._kept: OrderedDict[tuple[Op, ...], Array] = OrderedDict()
        self._bytes = 0
        self._layers: dict[tuple[Op, tuple[int, ...]], Layer] = {}

    def __call__(self, ops: tuple[Op, ...]) -> Array | None:
        """What the last step gives; None where one does not fit what it reads."""
        start = next(at for at in range(len(ops), -1, -1) if at == 0 or ops[:at] in self._kept)
        x = self._kept[ops[:start]] if start else self._picture
        if start:
            self._kept.move_to_end(ops[:start])
        with np.errstate(all="ignore"):
            for at in range(start, len(ops)):
                try:
                    x = self._layer(ops[at], x)(x)
                except ShapeError:
                    return None
                self._keep(ops[: at + 1], x)
        return x

    def _layer(self, op: Op, x: Array) -> Layer:
        """The layer of a step. Raises ShapeError where it does not fit, or is beyond the limits."""
        key = op, x.shape
        if key not in self._layers:
            layer = made(op, self._blocks, x.shape)
            got = math.prod(layer.output_shape(x.shape)), 2 * layer.multiplications(x.shape)
            for subject, limit, count in zip(("values", "flop"), (VALUES, FLOP), got, strict=True):
                expect(count <= limit, subject, f"at most {limit}", count)
            self._layers[key] = layer
        return self._layers[key]

    def _keep(self, ops: tuple[Op, ...], x: Array) -> None:
        self._kept[ops] = x
        self._bytes += x.nbytes
        while self._bytes > KEPT and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.nbytes
