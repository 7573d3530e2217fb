"""Unread parts of an address: what it names that is not understood, or is not here.

unread("tour=99&scale=global", asked, shown, {"en", "zh"})   # [('tour', '99')]

``asked`` is the state that the address describes, ``shown`` what the page made of it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import parse_qsl

from cnnscope.state.codecs import (
    read_changes,
    read_edit,
    read_logits,
    read_pages,
    read_paint,
    read_place,
)
from cnnscope.state.fields import ALL_NUMBERS, FIELDS, OVERVIEW, PICTURE, Field, read_settings
from cnnscope.state.state import PARTS, SCALES, SPEEDS, State, parse_count, parse_node
from cnnscope.state.tour import STOPS

TRACKERS = re.compile(r"utm_.*|[a-z]*clid|mc_[ce]id|_hs.*|igshi?d?|si|ref.*|source|from", re.I)
"""Keys that others put behind an address, to follow those who press it: nothing is lost."""

SWITCH = ("on", "off")
WORDS: Mapping[str, tuple[str, ...]] = {
    "scale": SCALES, "speed": SPEEDS, "details": SWITCH, "field": SWITCH, "softmax": SWITCH,
    "relu": SWITCH, "parts": PARTS, "present": SWITCH,
    "numbers": ("maps", ALL_NUMBERS), "list": ("top", ALL_NUMBERS),
}  # fmt: skip
"""Keys whose values are a few words, the default's among them."""

READ: Mapping[str, Callable[[str], object]] = {
    "view": lambda text: text in (PICTURE, OVERVIEW) or parse_node(text), "node": parse_node,
    "channel": parse_count, "map": parse_count, "rival": parse_count, "element": parse_count,
    "page": read_pages, "cell": read_place, "play-cell": read_place, "play": read_settings,
    "kernel": read_edit, "change": read_changes, "paint": read_paint,
    "logits": lambda text: read_logits(text) or None,
}  # fmt: skip
"""Keys whose values follow a rule; what breaks it reads as None, or as False."""

VIEW_KEYS = ("view", "node", "layer")
"""Keys that name the view."""

Pair = tuple[str, str]


def unread(address: str, asked: State, shown: State, languages: Collection[str]) -> list[Pair]:
    """Keys and values that an address names in vain, in its order.

    Where its view is not here, what it says of that view is not told of.
    """
    pairs = parse_qsl(address, keep_blank_values=True)
    lost = [pair for pair in pairs if is_lost(pair, asked, shown, languages)]
    has_lost_view = any(key in VIEW_KEYS for key, _ in lost)
    return [pair for pair in lost if not (has_lost_view and is_of_view(pair[0]))]


def is_lost(pair: Pair, asked: State, shown: State, languages: Collection[str]) -> bool:
    """Whether a pair is named in vain."""
    key, value = pair
    if key == "tour":
        number = parse_count(value) or 0
        return not 1 <= number <= len(STOPS) or shown.tour.stop != asked.tour.stop
    if key == "lang":
        return value not in languages
    if key in WORDS and value not in WORDS[key]:
        return True
    field = next((field for field in FIELDS if field.key == key), None)
    if field is None:
        return not TRACKERS.fullmatch(key)
    is_understood = key not in READ or READ[key](value) not in (None, False)
    return not is_understood or not is_shown(field, value, asked, shown)


def is_shown(field: Field, value: str, asked: State, shown: State) -> bool:
    """Whether a page shows what a key is given."""
    if field.key in VIEW_KEYS:
        return asked.focus == shown.focus or list(told(asked)) == list(told(shown))
    wanted = list(field.write(field.read(asked, [value])))
    if field.is_of_focus and not wanted:
        return field.key in WORDS  # the default of a view that may be another
    return set(wanted) <= set(field.write(shown))


def told(state: State) -> Iterator[str]:
    """What an address says of which view is open, and not of what is open in it."""
    for field in FIELDS:
        if field.key in VIEW_KEYS:
            yield from field.write(state)


def is_of_view(key: str) -> bool:
    """Whether a key says something of the view that another names."""
    return key not in VIEW_KEYS and any(field.key == key and field.is_of_focus for field in FIELDS)
