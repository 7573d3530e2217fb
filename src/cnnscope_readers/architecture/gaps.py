"""Gaps: what the names of modules in a row, 0, 2, 5, tell of those between that hold no weights.

    with_gaps(chain, weights)     # features.2 and features.5: two modules follow the first of them

One module between two convolutions is an activation, two are an activation and a pooling. Where
the file has the modules themselves, they are taken as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.found import LayerEntry, Weights

POOLS = ("max_pool2d", "avg_pool2d", "global_avg_pool2d", "global_max_pool2d")
FUNCTIONS = ("relu", "activation")
BETWEEN = (*POOLS, *FUNCTIONS, "dropout", "flatten")
"""Types of layer that may stand between those with weights."""


def with_gaps(chain: Sequence[Block], weights: Weights) -> tuple[Block, ...]:
    """The same blocks, each with what is known to follow it."""
    following = [*chain[1:], None]
    return tuple(
        _with_gap(block, after, weights.modules)
        for block, after in zip(chain, following, strict=True)
    )


def _with_gap(block: Block, after: Block | None, modules: Mapping[str, LayerEntry]) -> Block:
    home, _, own = block.source.rpartition(".")
    if not own.isdigit():
        return block
    there, _, other = after.source.rpartition(".") if after else ("", "", "")
    if after and there == home and other.isdigit() and int(other) > int(own):
        between = _entries(home, range(int(own) + 1, int(other)), modules)
        return replace(block, gap=int(other) - int(own) - 1, after=between)
    last = max((int(name) for name in _numbers(home, modules)), default=-1)
    rest = _entries(home, range(int(own) + 1, last + 1), modules)
    if rest and any(entry.type in POOLS for entry in rest):
        return replace(block, after=rest)
    return block


def _numbers(home: str, modules: Mapping[str, LayerEntry]) -> list[str]:
    """Names of a module's own modules that are numbers."""
    split = (name.rpartition(".") for name in modules)
    return [own for there, _, own in split if there == home and own.isdigit()]


def _entries(
    home: str, numbers: range, modules: Mapping[str, LayerEntry]
) -> tuple[LayerEntry, ...] | None:
    """The modules of these numbers; None where one is not known."""
    names = [f"{home}.{number}" if home else str(number) for number in numbers]
    found = [modules[name] for name in names if name in modules]
    if len(found) < len(names) or any(entry.type not in BETWEEN for entry in found):
        return None
    return tuple(entry for entry in found if entry.type not in ("dropout", "flatten"))
