"""Blocks: the layers that hold weights, in the order in which they read one another.

    grouped(weights)     # [Block("conv2d", "features.0", {"kernel": ..., "bias": ...}), ...]

Names tell which arrays belong together, shapes what kind of layer has such arrays. What cannot be
a chain of convolutions and dense layers is refused by name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry, Weights

BlockKind = Literal["conv2d", "batch_norm2d", "dense"]

COUNTERS = ("num_batches_tracked", "total_ops", "total_params")
"""Single numbers that frameworks and their profilers keep beside weights."""

RECURRENT = {4: "LSTM", 3: "GRU", 1: "RNN"}
"""Kinds of layer by how many gates' weights stand below each other."""

ATTENTION = re.compile(r"(^|[._])(attn|attention|self_attn|[qkv]_proj|qkv|in_proj_\w+)([._]|$)")
EMBEDDING = re.compile(r"emb(ed|edding)?s?\d*([._]|$)|(^|\.)wte$|(^|\.)wpe$")
TRANSPOSED = re.compile(r"deconv|conv_?t(rans)?|transpose|upconv", re.IGNORECASE)
RESIDUAL = re.compile(
    r"(^|[._])(res(idual|net|_?block|_?unit)?s?\d*|shortcut\d*|skip\w*|downsample|branch\w*"
    r"|inception\w*|denselayer\d+|layer\d+\.\d+\.conv\d+|features\.\d+\.conv\.\d+\.\d+)([._]|$)",
    re.IGNORECASE,
)
"""Names of layers whose results are added to, or stand beside, those of others."""


@dataclass(frozen=True, eq=False)
class Block:
    """One layer: its arrays by role, as ``LayerEntry`` has them, and what its module says of it."""

    kind: BlockKind
    source: str  # its dotted name
    arrays: Mapping[str, Array]
    settings: Mapping[str, Any] = field(default_factory=dict)
    groups: int = 1
    after: tuple[LayerEntry, ...] | None = None  # what follows it, where the file says so
    gap: int | None = None  # how many modules without weights follow it, as the names count them

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the kernel, or of gamma."""
        return self.arrays["gamma" if self.kind == "batch_norm2d" else "kernel"].shape

    @property
    def reads(self) -> int:
        """Channels, or features, that it reads."""
        return self.shape[1] * self.groups if self.kind != "batch_norm2d" else self.shape[0]

    @property
    def gives(self) -> int:
        """Channels, or features, that it gives."""
        return self.shape[0]


def grouped(weights: Weights) -> list[Block]:
    """A block for each name that holds arrays, in the file's own order. Raises RefusedError."""
    parts: dict[str, dict[str, Array]] = {}
    for name, values in weights.arrays.items():
        source, _, role = name.rpartition(".")
        if role not in COUNTERS:
            parts.setdefault(source, {})[role] = values
    if not parts:
        raise RefusedError("no_layers")
    return [_block(source, roles, weights.modules) for source, roles in parts.items()]


def _block(source: str, roles: dict[str, Array], modules: Mapping[str, LayerEntry]) -> Block:
    _refuse_unknown(source, roles)
    if "running_mean" in roles:
        kind, arrays = _norm(source, roles)
    else:
        kind, arrays = _weighted(source, roles)
    entry = modules.get(source)
    return Block(kind, source, arrays, entry.settings if entry and entry.type == kind else {})


def _refuse_unknown(source: str, roles: Mapping[str, Array]) -> None:
    """Refuse layers of kinds that the page does not know, as their arrays' names tell them."""
    for role, values in roles.items():
        if re.match(r"(weight|bias)_[ih]h", role):
            raise RefusedError("layer", layer=source, kind=_recurrent(role, values))
        if ATTENTION.search(f"{source}.{role}"):
            raise RefusedError("layer", layer=source or role, kind="attention")
        if role not in ("weight", "bias", "running_mean", "running_var"):
            raise RefusedError("layer", layer=source or role, kind=f"{role} {values.shape}")
    if RESIDUAL.search(source):
        raise RefusedError("branches", layer=source)
    if EMBEDDING.search(source):
        raise RefusedError("layer", layer=source, kind="Embedding")
    if TRANSPOSED.search(source):
        raise RefusedError("layer", layer=source, kind="ConvTranspose2d")


def _recurrent(role: str, values: Array) -> str:
    """Which kind of recurrent layer has an array of such a shape."""
    if values.ndim == 2 and role.startswith("weight_hh") and values.shape[1]:
        return RECURRENT.get(values.shape[0] // values.shape[1], "recurrent")
    return "recurrent"


def _norm(source: str, roles: Mapping[str, Array]) -> tuple[BlockKind, dict[str, Array]]:
    """A batch normalisation; gamma is 1 and beta 0 where the file has neither."""
    mean = roles["running_mean"]
    if "running_var" not in roles:
        raise RefusedError("layer", layer=source, kind="running_mean alone")
    arrays = {
        "gamma": roles.get("weight", np.ones_like(mean)),
        "beta": roles.get("bias", np.zeros_like(mean)),
        "mean": mean,
        "variance": roles["running_var"],
    }
    for values in arrays.values():
        if values.ndim != 1 or values.shape != mean.shape or not mean.size:
            raise RefusedError("shapes", layer=source, expected=mean.shape, got=values.shape)
    return "batch_norm2d", arrays


def _weighted(source: str, roles: Mapping[str, Array]) -> tuple[BlockKind, dict[str, Array]]:
    """A convolution or a dense layer, by how many axes its weights have."""
    if "weight" not in roles:
        raise RefusedError("layer", layer=source, kind=", ".join(roles))
    kernel = roles["weight"]
    match kernel.ndim:
        case 4:
            kind: BlockKind = "conv2d"
        case 2:
            kind = "dense"
        case 1:
            named = "LayerNorm, GroupNorm" if "bias" in roles else "PReLU, RMSNorm"
            raise RefusedError("layer", layer=source, kind=named)
        case 3 | 5:
            named = f"Conv{kernel.ndim - 2}d"
            raise RefusedError("layer", layer=source, kind=named)
        case _:
            raise RefusedError("layer", layer=source, kind=f"weight {kernel.shape}")
    if not kernel.size:
        raise RefusedError("shapes", layer=source, expected="at least 1", got=kernel.shape)
    if "bias" not in roles:
        return kind, {"kernel": kernel}
    if roles["bias"].shape != kernel.shape[:1]:
        raise RefusedError(
            "shapes", layer=source, expected=kernel.shape[:1], got=roles["bias"].shape
        )
    return kind, {"kernel": kernel, "bias": roles["bias"]}
