"""The page in each of its languages: one template, filled from the catalogue of a language.

Example::

    catalogues = read_catalogues(root)                 # language -> its strings
    page = fill(template, catalogues["zh"])
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from building.errors import BuildError

FIRST = "en"  # the language of index.html; every other has a page of its own
BOOT = "boot."  # begins the keys of what is said before Python is up
STRING = re.compile(r"\{\{([\w.]+)\}\}")
TEXT_FOLDER = Path("src") / "cnnscope" / "text"

Catalogue = Mapping[str, str]


def read_catalogues(root: Path) -> dict[str, Catalogue]:
    """Return the strings of each language that has a catalogue, the first language first."""
    paths = sorted((root / TEXT_FOLDER).glob("*.json"), key=lambda path: path.stem != FIRST)
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def page_name(language: str) -> str:
    """Return the name of a language's page."""
    return "index.html" if language == FIRST else f"{language}.html"


def fill(template: str, strings: Catalogue) -> str:
    """Return a page with ``{{key}}`` replaced by its string, safe in text and in attributes.

    Raises BuildError for a missing key.
    """

    def string(found: re.Match[str]) -> str:
        if found[1] not in strings:
            raise BuildError(f"public/index.html: no language has a string {found[1]!r}")
        return html.escape(strings[found[1]])

    return STRING.sub(string, template)


def head_markup(strings: Catalogue, catalogues: Mapping[str, Catalogue]) -> str:
    """Return what a page's head says of languages, and what is said before Python is up."""
    alternates = (
        f'<link rel="alternate" hreflang="{each["language.tag"]}" href="./{page_name(language)}">\n'
        for language, each in catalogues.items()
    )
    said = {key.removeprefix(BOOT): text for key, text in strings.items() if key.startswith(BOOT)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    spoken = f'<script type="application/json" id="boot-text" data-speak="boot">{text}</script>\n'
    return "".join(alternates) + spoken


def language_links(
    own: str, catalogues: Mapping[str, Catalogue], address: Callable[[str], str]
) -> str:
    """Return links to the page in every other language, each named in that language."""

    def links() -> Iterator[str]:
        for language, strings in catalogues.items():
            if language != own:
                tag, name = strings["language.tag"], html.escape(strings["language.name"])
                yield (
                    f'<a href="{address(language)}" hreflang="{tag}" lang="{tag}"'
                    f' data-on="language" data-args="{language}">{name}</a>'
                )

    return "".join(links())
