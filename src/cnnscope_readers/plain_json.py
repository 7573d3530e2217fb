"""JSON of a visitor's file, read only where it is not nested too deep.

    read_json(b'{"layers": []}')     # RefusedError where it is damaged, or nested too deep

``json.loads`` follows nesting on the interpreter's own stack, and in a browser a few thousand
levels end the whole page; so the levels are counted first.
"""

import json
import re
from typing import Any

from cnnscope_readers.errors import RefusedError

DEEPEST = 200
"""Levels of nesting; what frameworks write has some twenty."""

LARGEST = 32 << 20
"""Bytes."""

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def read_json(content: bytes, *, where: str = "JSON") -> Any:
    """What the JSON says. Raises RefusedError: too_large, too_deep, twice, damaged."""
    if len(content) > LARGEST:
        raise RefusedError("too_large", what=where, limit=LARGEST, got=len(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("damaged", where=where) from error
    if depth(text) > DEEPEST:
        raise RefusedError("too_deep", limit=DEEPEST)
    try:
        return json.loads(text, object_pairs_hook=_once)
    except RecursionError as error:
        raise RefusedError("too_deep", limit=DEEPEST) from error
    except RefusedError:
        raise
    except ValueError as error:
        raise RefusedError("damaged", where=where) from error


def depth(text: str) -> int:
    """How many brackets are open at most; those in strings do not count."""
    deepest = level = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            level += 1
            deepest = max(deepest, level)
        elif found[0] in "]}":
            level -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose names stands in it once."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise RefusedError("twice", name=next(each for each in names if names.count(each) > 1))
    return made
