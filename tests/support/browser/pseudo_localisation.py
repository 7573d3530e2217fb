"""Longer text, as other languages have it: every word of every string grows by a share.

lengthened("Point at {layer}, 3×3", 0.4)   # 'PointPoin ata {layer}, 3×3'
"""

import re
from collections.abc import Mapping

PART = re.compile(r"\{\w+\}|[^\W\d_]+")  # a placeholder, kept as it is, or a word


def lengthened(text: str, share: float) -> str:
    """The text longer by that share, each of its words begun anew; placeholders do not count."""
    words = [word for word in PART.findall(text) if not word.startswith("{")]
    shown = len(text) - sum(len(word) for word in PART.findall(text) if word not in words)
    rate = share * shown / max(1, sum(map(len, words)))
    owed = 0.0

    def longer(found: re.Match[str]) -> str:
        nonlocal owed
        word = found[0]
        if word.startswith("{"):
            return word
        owed += rate * len(word)
        more = min(len(word), round(owed))
        owed -= more
        return word + word[:more]

    return PART.sub(longer, text)


def all_lengthened(strings: Mapping[str, str], share: float) -> dict[str, str]:
    """A catalogue of longer strings; the language keeps its tag."""
    return {
        key: text if key == "language.tag" else lengthened(text, share)
        for key, text in strings.items()
    }
