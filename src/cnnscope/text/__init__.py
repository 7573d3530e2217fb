"""Every string the visitor reads: one JSON file a language, flat keys, named placeholders.

text = load_text("en")
text("node.channel", layer="conv_1_1", channel=4, channels=10)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """The strings of one language."""

    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The string of a key with its placeholders filled. Raises KeyError."""
        return self.strings[key].format_map(values)


def load_text(language: str = "en") -> Text:
    """The catalogue of a language. Raises FileNotFoundError."""
    path = Path(__file__).parent / f"{language}.json"
    return Text(json.loads(path.read_text(encoding="utf-8")))
