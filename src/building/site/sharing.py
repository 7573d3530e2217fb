"""What others show of the page where its address is shared: Open Graph, and Twitter's own tags.

Example::

    sharing_elements("en", catalogues, "https://example.org/", "images/preview.png?v=1234")

Many who show links want whole addresses there, which only who publishes the page knows.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from urllib.parse import urlsplit

from building.errors import BuildError
from building.site.pages import FIRST, Catalogue, page_name

PREVIEW = "images/preview.png"
SIZE = (1200, 630)  # px
TYPE = "image/png"


def whole_address(text: str) -> str:
    """Return the address of the folder where the page will lie, as it is written before a name.

    Raises BuildError where it is none.
    """
    parts = urlsplit(text)
    is_whole = parts.scheme in ("http", "https") and parts.netloc
    if not is_whole or parts.query or parts.fragment:
        raise BuildError(f"--address: expected one like https://example.org/cnnscope/, got {text}")
    return text.rstrip("/") + "/"


def sharing_elements(
    language: str, catalogues: Mapping[str, Catalogue], address: str, preview: str
) -> str:
    """Return the elements of a page's head; ``address`` of its folder is empty where unknown."""
    strings, (width, height) = catalogues[language], SIZE
    tags = {
        "og:type": "website",
        "og:site_name": "cnnscope",
        "og:title": strings["page.title"],
        "og:description": strings["page.description"],
        "og:locale": strings["page.locale"],
        "og:image": f"{address or './'}{preview}",
        "og:image:type": TYPE,
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": strings["page.preview"],
    }
    if address:
        tags["og:url"] = address + ("" if language == FIRST else page_name(language))
    others = [each["page.locale"] for key, each in catalogues.items() if key != language]
    pairs = [("property", *each) for each in tags.items()]
    pairs += [("property", "og:locale:alternate", locale) for locale in others]
    pairs.append(("name", "twitter:card", "summary_large_image"))
    same = ("title", "description", "image", "image:alt")
    pairs += [("name", f"twitter:{name}", tags[f"og:{name}"]) for name in same]
    return "".join(
        f'<meta {kind}="{name}" content="{html.escape(content)}">\n'
        for kind, name, content in pairs
    )
