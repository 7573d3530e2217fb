"""State dicts, bare or in a checkpoint: weights by name, and nothing of how they are connected.

    found = saved_in({"epoch": 3, "model_state_dict": {"conv.weight": Made("torch._utils...")}})
    weights_of(found.value, store)     # {"conv.weight": array}

What stands beside the weights, as an optimizer, is not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.class_names import classes_in
from cnnscope_readers.torch.modules import is_module
from cnnscope_readers.torch.pickle_values import Value, mapping, sequence
from cnnscope_readers.torch.tensors import Store, Tensor, tensor_of, unread_kind

KEYS = (
    "state_dict", "model_state_dict", "model_state", "model", "net", "network", "net_state_dict",
    "module", "weights", "params", "state", "model_weights", "classifier", "cnn", "ema",
)  # fmt: skip
"""Names under which checkpoints have the weights, those first that leave least doubt."""

ASIDE = ("optim", "scheduler", "scaler", "lr_", "callbacks", "loops")
"""How names begin, or what they hold, of what is there to go on training."""

NESTED = 4
"""Mappings in mappings."""

LOOKED_AT = 64
"""Entries of a mapping, to know what it is."""

TENSORS = 4000

LONGEST = 400
"""Characters of a name."""

WRAPPED = ("module", "_orig_mod")
"""What ``DataParallel`` and ``torch.compile`` put before, or into, each name."""

LIGHTNING = "pytorch-lightning_version"


@dataclass(frozen=True, eq=False)
class Saved:
    """A state dict or a module that was found in a file, and what stood around it."""

    value: Value
    classes: tuple[str, ...] = ()
    is_lightning: bool = False


def saved_in(value: Value) -> Saved:
    """The module, or the state dict, that a file is about. Raises RefusedError: not_a_network."""
    classes: tuple[str, ...] = ()
    is_lightning = False
    for _ in range(NESTED):
        if is_module(value):
            return Saved(value, classes, is_lightning)
        entries, items = mapping(value), sequence(value)
        if entries is None and items is None:
            break
        if entries is not None:
            classes = classes or classes_in(entries)
            is_lightning = is_lightning or LIGHTNING in entries
        inner = _named(entries) if entries is not None else None
        if inner is None and entries is not None and has_tensors(entries):
            return Saved(entries, classes, is_lightning)
        value = inner or _only(entries if entries is not None else dict(enumerate(items or ())))
    raise RefusedError("not_a_network")


def has_tensors(entries: Mapping[Value, Value]) -> bool:
    """Whether a mapping is a state dict: some of its values are tensors."""
    return any(tensor_of(each) is not None or unread_kind(each) for each in _some(entries))


def _named(entries: Mapping[Value, Value]) -> Value | None:
    """What stands under a name that checkpoints have for the weights; None without one."""
    for key in KEYS:
        if key in entries and _may_hold(entries[key]):
            return entries[key]
    return None


def _only(entries: Mapping[Value, Value]) -> Value:
    """The one of a checkpoint's entries that can hold the weights."""
    some = islice(entries.items(), LOOKED_AT)
    holding = [value for key, value in some if not _is_aside(key) and _may_hold(value)]
    if len(holding) == 1:
        return holding[0]
    raise RefusedError("not_a_network")


def _may_hold(value: Value) -> bool:
    """Whether there are weights in a value, or in what stands in it."""
    if is_module(value):
        return True
    entries = mapping(value)
    if not entries:
        return False
    return has_tensors(entries) or any(
        is_module(each) or has_tensors(mapping(each) or {}) for each in _some(entries)
    )


def _some(entries: Mapping[Value, Value]) -> Iterator[Value]:
    """As many of the values as need to be looked at to know what a mapping is."""
    return islice(entries.values(), LOOKED_AT)


def _is_aside(key: Value) -> bool:
    return isinstance(key, str) and any(part in key.lower() for part in ASIDE)


def weights_of(
    entries: Mapping[Value, Value], store: Store, *, is_lightning: bool = False
) -> dict[str, Array]:
    """The arrays of a state dict by name, in its order, whole numbers left out.

    Raises RefusedError: too_large, twice, setting, not_a_network, and what ``Store.array`` does.
    """
    tensors = dict(_tensors(entries))
    names = list(tensors)
    found: dict[str, Array] = {}
    for short, name in zip(short_names(names, is_lightning), names, strict=True):
        if short in found:
            raise RefusedError("twice", name=short)
        found[short] = store.array(name, tensors[name])
    if not found:
        raise RefusedError("not_a_network")
    return found


def _tensors(entries: Mapping[Value, Value]) -> Iterator[tuple[str, Tensor]]:
    """The tensors that can be weights: of floats, and not empty."""
    if len(entries) > TENSORS:
        raise RefusedError("too_large", what="tensors", limit=TENSORS, got=len(entries))
    for name, value in entries.items():
        tensor = tensor_of(value)
        kind = unread_kind(value) if tensor is None else tensor.kind
        if not isinstance(name, str) or kind is None:
            continue
        if len(name) > LONGEST:
            raise RefusedError("too_large", what="name", limit=LONGEST, got=len(name))
        if tensor is None or not tensor.is_known:
            raise RefusedError("setting", layer=name, setting="dtype", value=kind)
        if tensor.is_float and 0 not in tensor.shape:
            yield name, tensor


def short_names(names: list[str], is_lightning: bool = False) -> list[str]:
    """Names without what wrappers of a module put before all of them."""
    parts = [[part for part in name.split(".") if part != WRAPPED[1]] for name in names]
    wrappers = (WRAPPED[0], "model") if is_lightning else WRAPPED[:1]
    for _ in range(NESTED):
        first = parts[0][0] if parts else ""
        if first not in wrappers or not all(len(each) > 1 and each[0] == first for each in parts):
            break
        parts = [each[1:] for each in parts]
    return [".".join(each) for each in parts]
