"""JSON of a visitor's file, read only where it is not nested too deep.

    read_json(b'{"layers": []}')     # RefusedError where it is damaged, or nested too deep

``json.loads`` follows nesting on the interpreter's own stack, and in a browser a few thousand
levels end the whole page; so the levels are counted first.
"""

import json
import re
from typing import Any

import numpy as np

from cnnscope_readers.errors import RefusedError

DEEPEST = 200
"""Levels of nesting; what frameworks write has some twenty."""

LARGEST = 8 << 20
"""Bytes: what frameworks write has some thousand, and empty lists take thirty times their own."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""A string, or all that follows where it does not end: else each quote in it would begin anew."""


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
    bare = np.frombuffer(_STRING.sub("", text).encode(errors="replace"), np.uint8)
    steps = np.isin(bare, _codes("[{")).astype(np.int32) - np.isin(bare, _codes("]}"))
    return int(steps.cumsum().max(initial=0))


def _codes(signs: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.frombuffer(signs.encode(), np.uint8)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose names stands in it once."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise RefusedError("twice", name=name)
        made[name] = value
    return made
