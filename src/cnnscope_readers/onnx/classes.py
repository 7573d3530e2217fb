"""Names of the classes in an ONNX file's metadata, as different exporters write them.

    class_names({"names": "{0: 'cat', 1: 'dog'}"})     # ("cat", "dog")
    class_names({"classes": '["cat", "dog"]'})         # the same

None of it is evaluated: what does not look like a list of names is none.
"""

import re
from collections.abc import Mapping

KEYS = ("names", "classes", "class_names", "labels")

MOST = 1000

LONGEST = 100_000
"""Characters of all names together."""

_STRING = r"""'(?:[^'\\]|\\.){0,200}+'|"(?:[^"\\]|\\.){0,200}+\""""

_NUMBERED = re.compile(rf"""["']?(\d{{1,4}})["']?\s*:\s*({_STRING})""")

_ALONE = re.compile(_STRING)

_ESCAPED = re.compile(r"\\(.)")


def class_names(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Names in the order of the classes; none where the file gives none."""
    for key in KEYS:
        text = metadata.get(key, "").strip()
        if text and len(text) <= LONGEST and (names := _names(text)):
            return names
    return ()


def _names(text: str) -> tuple[str, ...]:
    """Names in a dict by number, in a list, or parted by commas or lines."""
    if text.startswith("{"):
        numbered = {int(number): _plain(name) for number, name in _NUMBERED.findall(text)}
        in_order = sorted(numbered)
        return _few(
            [numbered[at] for at in in_order] if in_order == [*range(len(in_order))] else []
        )
    if text.startswith(("[", "(")):
        return _few([_plain(name) for name in _ALONE.findall(text)])
    parts = text.splitlines() if "\n" in text else text.split(",")
    return _few([part.strip() for part in parts]) if len(parts) > 1 else ()


def _plain(quoted: str) -> str:
    return _ESCAPED.sub(r"\1", quoted[1:-1])


def _few(names: list[str]) -> tuple[str, ...]:
    return tuple(names) if 0 < len(names) <= MOST and all(names) else ()
