"""Order: which layer reads which, of weights that were sorted by name or registered in any order.

    ordered(grouped(weights), is_ordered=False)

Files of safetensors hold "10" before "2" and "classifier" before "conv_block_1". Numbers in names
are read as numbers, then the layers are laid out so that each reads what the one before it gives.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cnnscope.nn.limits import LAYERS
from cnnscope_readers.architecture.blocks import Block, grouped
from cnnscope_readers.architecture.gaps import with_gaps
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights

TRIES = 20_000
"""Layers that are placed, until no order is taken to fit."""

CHANNELS = (1, 3)
"""Of pictures that the page can show."""

Key = tuple[tuple[int, int, str], ...]


def blocks(weights: Weights) -> tuple[Block, ...]:
    """The layers of a file's weights, each after the one that it reads.

    Raises RefusedError: layer, branches, shapes, no_layers, no_convolution, input_size, too_large.
    """
    found = grouped(weights)
    if not any(block.kind == "conv2d" for block in found):
        raise RefusedError("no_convolution")
    if len(found) > LAYERS:
        raise RefusedError("too_large", what="layers", limit=LAYERS, got=len(found))
    natural = found if weights.is_ordered else sorted(found, key=_natural)
    chain = _as_registered(natural) or _Layout(natural).chain()
    first = next(block for block in chain if block.kind == "conv2d")
    if first.reads not in CHANNELS:
        raise RefusedError("input_size", shape=(first.reads, "?", "?"))
    return with_gaps(chain, weights)


def _natural(block: Block) -> Key:
    """A name with its numbers as numbers."""
    parts = re.findall(r"\d+|\D+", block.source)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _as_registered(found: Sequence[Block]) -> list[Block] | None:
    """The given order, where it is a chain and each normalisation follows its own layer."""
    chain: list[Block] = []
    for block in found:
        fitted = reading(block, chain, found)
        if fitted is None:
            return None
        if block.kind == "batch_norm2d" and chain:
            owners = {other.source for other in found if are_paired(block, other)}
            if chain[-1].kind == "batch_norm2d" or (owners and chain[-1].source not in owners):
                return None
        chain.append(fitted)
    return chain


def reading(block: Block, chain: Sequence[Block], found: Sequence[Block]) -> Block | None:
    """The block as it reads what a chain of others gives, with groups as needed; None if not."""
    if not chain:
        return block if block.kind == "conv2d" else _on_picture(block, found)
    given = chain[-1].gives
    is_flat = any(other.kind == "dense" for other in chain)
    match block.kind:
        case "conv2d":
            return None if is_flat else _grouped(block, given)
        case "dense" if is_flat or not given:
            return block if block.reads == given else None
        case "dense":
            return block if block.reads % _maps(chain) == 0 else None
        case "batch_norm2d" if is_flat or block.reads == given:
            return block if block.reads == given else None
    is_flattened = any(other.kind == "dense" and other.reads == block.reads for other in found)
    return block if is_flattened and block.reads % _maps(chain) == 0 else None


def _maps(chain: Sequence[Block]) -> int:
    """Channels of the last convolution."""
    return next((block.gives for block in reversed(chain) if block.kind == "conv2d"), 1)


def _on_picture(block: Block, found: Sequence[Block]) -> Block | None:
    """A normalisation of the picture itself, where a convolution reads as many channels."""
    if block.kind != "batch_norm2d" or block.reads not in CHANNELS:
        return None
    given = [other.gives for other in found if other.kind != "batch_norm2d"]
    return block if block.reads not in given else None


def _grouped(block: Block, given: int) -> Block | None:
    """A convolution whose groups, if it has any, together read so many channels."""
    groups, left = divmod(given, block.shape[1])
    said = block.settings.get("groups", groups)
    fits = not left and said == groups and block.gives % groups == 0
    return replace(block, groups=groups) if fits else None


def are_paired(norm: Block, layer: Block) -> bool:
    """Whether a normalisation's name says that it belongs to a layer: bn1 and conv1, 4 and 3."""
    if norm.kind != "batch_norm2d" or layer.kind == "batch_norm2d" or norm.reads != layer.gives:
        return False
    (home, own), (other_home, other) = (each.source.rpartition(".")[::2] for each in (norm, layer))
    if own.isdigit() and other.isdigit() and home == other_home:
        return 0 < int(own) - int(other) <= 2
    is_dense = re.search(DENSE, norm.source) is not None
    if is_dense and layer.kind != "dense":
        return False
    return _bare(norm.source) == _bare(layer.source)


DENSE = r"fc|lin(?:ear)?|dense"

DEPTHWISE = re.compile(r"dw|depth", re.IGNORECASE)

KINDS = re.compile(rf"_?(?:conv|batch_?norm|bn|norm|{DENSE})(?:_?[12]d)?_?", re.IGNORECASE)


def _bare(source: str) -> str:
    """A name without what in it is a kind of layer."""
    return KINDS.sub("", source)


class _Layout:
    """A search for an order in which each layer reads the one before it."""

    def __init__(self, found: Sequence[Block]) -> None:
        self._found = list(found)
        self._tries = 0
        self._best: list[int] = []

    def chain(self) -> list[Block]:
        """The first such order that is found. Raises RefusedError: branches."""
        chain: list[Block] = []
        taken: list[int] = []
        waiting = [self._next(chain, taken)]
        while waiting:
            step = next(waiting[-1], None)
            if step is None or self._tries > TRIES:
                waiting.pop()
                if chain:
                    chain.pop(), taken.pop()
                continue
            self._tries += 1
            taken.append(step[0])
            chain.append(step[1])
            if len(chain) == len(self._found):
                return chain
            if len(taken) > len(self._best):
                self._best = list(taken)
            waiting.append(self._next(chain, taken))
        left = [block for at, block in enumerate(self._found) if at not in self._best]
        raise RefusedError("branches", layer=left[0].source)

    def _next(self, chain: list[Block], taken: list[int]) -> Iterator[tuple[int, Block]]:
        """What can read the chain so far, likeliest first."""
        able = []
        has_conv = any(
            block.kind == "conv2d" for at, block in enumerate(self._found) if at not in taken
        )
        for at, block in enumerate(self._found):
            if at in taken or (block.kind == "dense" and has_conv):
                continue
            fitted = reading(block, chain, self._found)
            if fitted is not None:
                able.append((self._rank(fitted, chain), at, fitted))
        return ((at, block) for _, at, block in sorted(able, key=lambda each: each[:2]))

    def _rank(self, block: Block, chain: Sequence[Block]) -> int:
        """Least for what is likeliest to come next."""
        if not chain:
            return 2 * (block.reads not in CHANNELS) + bool(DEPTHWISE.search(block.source))
        last = chain[-1]
        if block.kind != "batch_norm2d":
            return 2 + (block.groups > 1 and block.shape[1] > 1)
        if last.kind == "batch_norm2d":
            return 5
        if are_paired(block, last):
            return 0
        return 4 if any(are_paired(block, other) for other in self._found) else 1
