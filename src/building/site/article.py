"""The article of the page, put together from its text and the figures drawn for it.

    article_element(root, "zh", catalogues, application / "figures")   # <article lang=...>...

A text is ``public/article/LANGUAGE.html``; a figure goes where it says ``<!-- figure: NAME -->``,
and what all languages share, ``public/article/parts/NAME.html``, where it says
``<!-- part: NAME -->``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from building.compile.application import article_languages
from building.errors import BuildError
from building.site.pages import FIRST, Catalogue

FIGURE = re.compile(r"<!-- figure: ([\w-]+) -->")
PART = re.compile(r"<!-- part: ([\w-]+) -->")


def article_folder(root: Path) -> Path:
    """Return where the texts lie."""
    return root / "public" / "article"


def article_element(
    root: Path, language: str, catalogues: Mapping[str, Catalogue], figures: Path
) -> str:
    """Return the article in a language, or in the first where it is not written in that one yet.

    Raises BuildError where it asks for a figure that was not drawn.
    """
    written = language if language in article_languages(root) else FIRST
    tag = catalogues[written]["language.tag"]
    text = article_markup(root, written, figures)
    return f'<article id="article" lang="{tag}" data-speak="article">\n{text}\n</article>'


def article_markup(root: Path, language: str, figures: Path) -> str:
    """Return an article with its figures, or nothing where it is not written in that language.

    Raises BuildError where it asks for a figure that was not drawn, or a part that is not there.
    """
    path = article_folder(root) / f"{language}.html"
    if not path.exists():
        return ""

    def drawn(found: re.Match[str]) -> str:
        figure = figures / language / f"{found[1]}.svg"
        if not figure.exists():
            raise BuildError(f"{path.name}: expected a figure {found[1]!r}, none is drawn")
        return figure.read_text(encoding="utf-8")

    return FIGURE.sub(drawn, article_text(path))


def article_text(path: Path) -> str:
    """Return the text of an article with the parts that it shares with other languages.

    Raises BuildError where one is not there.
    """

    def shared(found: re.Match[str]) -> str:
        part = path.parent / "parts" / f"{found[1]}.html"
        if not part.exists():
            raise BuildError(f"{path.name}: expected a part {found[1]!r}, there is no {part.name}")
        return part.read_text(encoding="utf-8").strip()

    return PART.sub(shared, path.read_text(encoding="utf-8").strip())
