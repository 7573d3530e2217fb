"""Every string the visitor reads: one JSON file a language, flat keys, named placeholders.

text = load_text("en")
text("node.channel", layer="conv_1_1", channel=4, channels=10)
text.named("bell pepper")
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = frozenset(path.stem for path in FOLDER.glob("*.json"))
"""What an address calls the languages: a catalogue is all that one needs."""

DEFAULT = "en"


@dataclass(frozen=True)
class Text:
    """The strings of one language."""

    language: str
    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The string of a key with its placeholders filled. Raises KeyError."""
        return self.strings[key].format_map(values)

    def together(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, as this language sets them; empty ones are left out."""
        return self.joined("said.then", sentences)

    def joined(self, key: str, parts: Iterable[str]) -> str:
        """Parts in one text, with what the key's string puts between two; empty ones are left out.

        Raises KeyError.
        """
        kept = [part for part in parts if part]
        return reduce(lambda said, more: self(key, said=said, more=more), kept or [""])

    def named(self, name: str) -> str:
        """What a class or a sample is called; the name itself where this language has no word."""
        key = name.replace(" ", "_")
        return self.strings.get(f"name.{key}", name)


@cache
def load_text(language: str = DEFAULT) -> Text:
    """The catalogue of a language. Raises FileNotFoundError for one that is not here."""
    strings = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Text(language, strings)
