"""Names of sample pictures: each also goes by the label or the number of its class.

names = other_names(("zero", "one"), ("0", "1"))
names["1"]                                       # 'one'
renamed("network=digits&picture=1", names)       # 'network=digits&picture=one'
"""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote

IS_PICTURE = "picture="


def other_names(
    samples: Sequence[str], classes: Sequence[str], strangers: Collection[str] = ()
) -> dict[str, str]:
    """What a sample can be called, in small letters; ``strangers`` are of none of the classes.

    A sample belongs to the class that it is named after; where none is, and there is one for each
    class, they are in the order of the classes. Its own name goes before a label, that before a
    number.
    """
    labels = [each.casefold().replace(" ", "_") for each in classes]
    own = {each.casefold(): each for each in samples if each not in strangers}
    if len(own) == len(labels) and not own.keys() & set(labels):
        of_class = dict(zip(labels, own.values(), strict=True))
    else:
        of_class = {label: own[label] for label in labels if label in own}
    numbered = {str(k): of_class[each] for k, each in enumerate(labels) if each in of_class}
    spaced = {label.replace("_", " "): each for label, each in of_class.items()}
    return {**numbered, **spaced, **of_class, **{each.casefold(): each for each in samples}}


def renamed(address: str, names: Mapping[str, str]) -> str:
    """An address with its picture called by its own name."""
    parts = address.split("&")
    for place, part in enumerate(parts):
        said = unquote(part.removeprefix(IS_PICTURE)).casefold()
        if part.startswith(IS_PICTURE) and said in names:
            parts[place] = f"{IS_PICTURE}{names[said]}"
    return "&".join(parts)
