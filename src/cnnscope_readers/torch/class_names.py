"""Names of classes in a checkpoint: lists, and mappings of a name to its number or back.

classes_in({"epoch": 3, "class_to_idx": {"ants": 0, "bees": 1}})     # ("ants", "bees")
"""

from collections.abc import Iterator, Mapping

from cnnscope_readers.torch.pickle_values import Value, mapping, sequence

KEYS = (
    "classes", "class_names", "class_to_idx", "idx_to_class", "labels", "label_names",
    "categories", "names", "id2label", "label2id",
)  # fmt: skip

ABOVE = ("hyper_parameters", "config", "hparams", "meta", "metadata")
"""Mappings in a checkpoint in which they may stand as well."""

MOST = 1000

LONGEST = 100
"""Characters of a name."""


def classes_in(saved: Mapping[Value, Value]) -> tuple[str, ...]:
    """The names of the classes, in the order of the network's outputs; none where it has none."""
    for holder in _holders(saved):
        for key in KEYS:
            found = _names(holder.get(key))
            if found:
                return found
    return ()


def _holders(saved: Mapping[Value, Value]) -> Iterator[Mapping[Value, Value]]:
    yield saved
    for key in ABOVE:
        inner = mapping(saved.get(key))
        if inner is not None:
            yield inner


def _names(value: Value) -> tuple[str, ...]:
    """Names out of a list, or out of a mapping in either direction."""
    listed, mapped = sequence(value), mapping(value)
    if mapped is not None and 2 <= len(mapped) <= MOST:
        listed = _by_number(mapped)
    if listed is None or not 2 <= len(listed) <= MOST or not all(map(_is_name, listed)):
        return ()
    return tuple(listed) if len(set(listed)) == len(listed) else ()


def _by_number(mapped: Mapping[Value, Value]) -> list[Value]:
    """What stands at the numbers from 0 on, whichever of the two is the key; none otherwise."""
    numbered = {}
    for key, value in mapped.items():
        number, name = (key, value) if type(key) is int else (value, key)
        if type(number) is not int:
            return []
        numbered[number] = name
    return [numbered[at] for at in range(len(mapped)) if at in numbered]


def _is_name(value: Value) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST
