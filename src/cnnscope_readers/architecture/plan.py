"""Plan: the layers that answers make of weights, one after another.

plan(blocks, answers)      # Op("conv2d", 0, (("padding", 1),)), Op("relu"), ...
found(blocks, answers)     # the same as a reader's ``Found``
diagram(blocks, answers)   # each layer with the shape behind it
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cnnscope.nn.layers import ENTRIES, Layer, Shape, ShapeError
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import pair, plain, sides
from cnnscope_readers.architecture.answers import GLOBAL, Activated, Answers, Place, Pool
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.stages import Stage, classes, is_known, stages
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry

WIDEST = 64
"""Rows of padding, and between those that are read."""


class Op(NamedTuple):
    """A layer: its type, the number of the block that has its arrays, its settings."""

    type: str
    block: int = -1
    settings: tuple[tuple[str, Any], ...] = ()


class Drawn(NamedTuple):
    """A layer of a diagram, and the shape behind it."""

    type: str  # as ``nn.layers.ENTRIES`` names it, or ``input``
    source: str  # what the file calls it, where it does
    settings: tuple[tuple[str, Any], ...]
    shape: Shape


def plan(blocks: Sequence[Block], answers: Answers) -> tuple[Op, ...]:
    """The layers in order, up to the logits."""
    parts = stages(blocks)
    ops = [_norm(blocks, at) for at in parts.before]
    last = len(parts.convs) - 1
    for number, (stage, place) in enumerate(
        zip(parts.convs, answers.arrangement.places, strict=True)
    ):
        is_bare = number == last and not parts.dense and answers.bare == "last"
        ops += [_conv(blocks, stage.layer, place), *_behind(blocks, stage, answers, place, is_bare)]
    ops.append(Op("flatten"))
    ops += [_norm(blocks, at) for at in parts.flat]
    for stage in parts.dense:
        is_last = stage is parts.dense[-1]
        is_bare = is_last or answers.bare == "dense"
        ops += [_dense(blocks, stage.layer)]
        ops += _behind(blocks, stage, answers, None, is_bare, is_last=is_last)
    return tuple(ops)


def _behind(
    blocks: Sequence[Block], stage: Stage, answers: Answers, place: Place | None,
    is_bare: bool, *, is_last: bool = False,
) -> Iterator[Op]:  # fmt: skip
    """Normalisation, activation and pooling behind a layer, as known or as answered."""
    if is_known(blocks, stage) and not is_last:
        for at in (stage.layer, *stage.norms):
            if at != stage.layer:
                yield _norm(blocks, at)
            for entry in blocks[at].after or ():
                yield Op(entry.type, -1, _frozen(entry.settings.items()))
        return
    for part in answers.order:
        match part:
            case "batch_norm":
                yield from (_norm(blocks, at) for at in stage.norms)
            case "activation" if not is_bare:
                yield from _activation(answers.activation)
            case "pool" if place is not None and place.pool is not None:
                yield _pool(place.pool, answers.pooling)


def _frozen(settings: Any) -> tuple[tuple[str, Any], ...]:
    """Settings that can be compared: lists as tuples."""
    return tuple(sorted((name, _tuple(value)) for name, value in settings))


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, (list, tuple)) else value


def _conv(blocks: Sequence[Block], at: int, place: Place) -> Op:
    block = blocks[at]
    settings = {
        "stride": place.stride, "padding": place.padding, "dilation": place.dilation,
        "groups": block.groups, "bias": "bias" in block.arrays,
    }  # fmt: skip
    plain_ones = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True}
    said = {name: value for name, value in settings.items() if value != plain_ones[name]}
    return Op("conv2d", at, _frozen(said.items()))


def _dense(blocks: Sequence[Block], at: int) -> Op:
    return Op("dense", at, () if "bias" in blocks[at].arrays else (("bias", False),))


def _norm(blocks: Sequence[Block], at: int) -> Op:
    return Op("batch_norm2d", at, _frozen(blocks[at].settings.items()))


def _activation(activated: Activated) -> Iterator[Op]:
    function, alpha = activated
    if function == "relu":
        yield Op(function)
    elif function != "none":
        said = (("function", function),) if alpha is None else (
            ("alpha", alpha), ("function", function))  # fmt: skip
        yield Op("activation", -1, said)


def _pool(pool: Pool, pooling: str) -> Op:
    if pool == GLOBAL:
        return Op(f"global_{pooling}_pool2d")
    said: list[tuple[str, Any]] = [("size", pool.size)]
    if pool.padding:
        said.insert(0, ("padding", pool.padding))
    if pool.stride != pool.size:
        said.append(("stride", pool.stride))
    return Op(f"{pooling}_pool2d", -1, tuple(said))


def place_of(block: Block) -> Place | None:
    """How a convolution slides, where its module's settings say so. Raises RefusedError: setting.

    Its pooling is not in it.
    """
    if not block.settings:
        return None
    said = block.settings
    try:
        stride, dilation = pair(said.get("stride", 1)), pair(said.get("dilation", 1))
        around = sides(said.get("padding", 0))
    except ShapeError as error:
        raise RefusedError(
            "setting", layer=block.source, setting="stride, padding", value=dict(said)
        ) from error
    each = {*around[0], *around[1]}
    if max(*each, *dilation, *stride) > WIDEST:
        raise RefusedError("setting", layer=block.source, setting="padding", value=dict(said))
    padding = around if len(each) > 1 else each.pop()
    return Place(plain(stride), padding, None, plain(dilation))


def made(op: Op, blocks: Sequence[Block], shape: Shape) -> Layer:
    """The layer of a step, for an input of ``shape``. Raises ShapeError."""
    entry = {**dict(op.settings), "name": op.type, "type": op.type}

    def take(role: str) -> Array:
        return blocks[op.block].arrays[role]

    layer = ENTRIES[op.type][1](entry, take, shape)
    assert layer is not None
    return layer


def found(blocks: Sequence[Block], answers: Answers) -> Found:
    """The network that the answers make of the weights, as readers hand it over."""
    entries = [
        LayerEntry(
            op.type,
            blocks[op.block].source if op.block >= 0 else "",
            dict(op.settings),
            blocks[op.block].arrays if op.block >= 0 else {},
        )
        for op in plan(blocks, answers)
    ]
    match answers.ending:
        case "sigmoid" if classes(blocks) == 1:
            entries.append(LayerEntry("sigmoid_classes", ""))
        case "sigmoid":
            entries.append(LayerEntry("activation", blocks[-1].source, {"function": "sigmoid"}))
        case "softmax" | "log_softmax":
            entries.append(LayerEntry("softmax", "", {"given": answers.ending}))
    channels = next(block.reads for block in blocks if block.kind == "conv2d")
    shape = (channels, *answers.arrangement.size)
    return Found(shape, tuple(entries), answers.scale, answers.classes)


def diagram(blocks: Sequence[Block], answers: Answers) -> tuple[Drawn, ...]:
    """Each layer and the shape behind it, the input first. Raises ShapeError."""
    channels = next(block.reads for block in blocks if block.kind == "conv2d")
    shape: Shape = (channels, *answers.arrangement.size)
    rows = [Drawn("input", "", (), shape)]
    for op in plan(blocks, answers):
        shape = made(op, blocks, shape).output_shape(shape)
        source = blocks[op.block].source if op.block >= 0 else ""
        rows.append(Drawn(op.type, source, op.settings, shape))
    return tuple(rows)
