"""The strings of the door, which come with it: one JSON file a language, as in ``cnnscope.text``.

say = words("en")
say("own.back")
"""

import json
from functools import cache
from pathlib import Path

from cnnscope.text import DEFAULT, Text

FOLDER = Path(__file__).parent / "text"


@cache
def words(language: str) -> Text:
    """The strings of a language; of English where there are none of it."""
    file = FOLDER / f"{language}.json"
    if not file.exists():
        file = FOLDER / f"{DEFAULT}.json"
    return Text(language, json.loads(file.read_text(encoding="utf-8")))
