"""Stages: the blocks of a network sorted by what comes between them, maps first, then features.

stages(blocks).convs     # Stage(layer=0, norms=(1,)), ...: the first convolution, normalised
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cnnscope_readers.architecture.blocks import Block


@dataclass(frozen=True)
class Stage:
    """A convolution or a dense layer and its normalisations, as numbers of blocks."""

    layer: int
    norms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Stages:
    """All blocks by their part in the network."""

    before: tuple[int, ...]  # normalisations of the picture
    convs: tuple[Stage, ...]
    flat: tuple[int, ...]  # normalisations of the flattened maps
    dense: tuple[Stage, ...]


def stages(blocks: Sequence[Block]) -> Stages:
    """The stages of blocks that are in order."""
    before: list[int] = []
    flat: list[int] = []
    found: list[Stage] = []
    for at, block in enumerate(blocks):
        if block.kind != "batch_norm2d":
            found.append(Stage(at))
        elif not found:
            before.append(at)
        elif block.reads == blocks[found[-1].layer].gives:
            found[-1] = Stage(found[-1].layer, (*found[-1].norms, at))
        else:
            flat.append(at)
    is_conv = [blocks[stage.layer].kind == "conv2d" for stage in found]
    convs = tuple(stage for stage, is_one in zip(found, is_conv, strict=True) if is_one)
    dense = tuple(stage for stage, is_one in zip(found, is_conv, strict=True) if not is_one)
    return Stages(tuple(before), convs, tuple(flat), dense)


def is_known(blocks: Sequence[Block], stage: Stage) -> bool:
    """Whether the file itself says what follows each of a stage's layers."""
    return all(blocks[at].after is not None for at in (stage.layer, *stage.norms))


def is_pooled(blocks: Sequence[Block], stage: Stage, *, is_last: bool) -> bool | None:
    """Whether the names leave room for a pooling behind a convolution; None where they are mute."""
    gaps = [blocks[at].gap for at in (stage.layer, *stage.norms)]
    if any(gap is None for gap in gaps):
        return None
    room = sum(gap for gap in gaps if gap is not None)
    return room - is_last >= 2  # an activation and a pooling; behind the last, also what flattens


def features(blocks: Sequence[Block]) -> int | None:
    """How many numbers the first dense layer reads; None where there is none."""
    return next((block.reads for block in blocks if block.kind == "dense"), None)


def classes(blocks: Sequence[Block]) -> int:
    """How many numbers the network gives."""
    return blocks[-1].gives
