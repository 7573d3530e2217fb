"""Composing pages: one function puts a template, its words and its parts together.

A page is *linked* to its files by their addresses, or holds them *inline*, as one file; a mode says
what each part is then. Nothing that is composed is taken apart again.

Example::

    page = compose(sources, "zh", linked(sources))
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from building.errors import BuildError
from building.site import pyscript
from building.site.addresses import Contents, addressed, integrity, versioned
from building.site.manifest import Manifest
from building.site.pages import Catalogue, fill, head_markup, language_links, page_name
from building.site.policy import policy, policy_element
from building.site.project import Project
from building.site.sharing import PREVIEW, sharing_elements

BOOT = "boot.js"
OFFLINE = "offline.js"
EARLY_SCRIPT = "early.js"
SHEET = "css/site.css"
ICON = "images/icon.svg"
TOUCH_ICON = "images/icon-180.png"
WEB_MANIFEST = "manifest.webmanifest"
FIRST_PICTURE = "images/skeleton.webp"
SOURCE = "source.zip"
# File -> its label.
LICENCES = {"LICENSE.txt": "page.licence", "runtime/licenses.txt": "page.others"}
# Attributes by which a page runs a text as a script; no policy could name them.
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Sources:
    """All that a site is made of, before its pages are composed."""

    files: Contents  # as they are published, without the pages and the service worker
    template: str
    catalogues: Mapping[str, Catalogue]  # language -> its strings, as with the next two
    skeletons: Mapping[str, str]
    tours: Mapping[str, str]  # the way into the tour
    articles: Mapping[str, str]
    first: str  # a script that is written into pages, and may be forbidden
    early: str  # one that runs while a page is read, before anything is drawn
    manifest: Manifest
    worker: bytes  # the service worker, without its list of files
    project: Project
    address: str = ""  # of the folder where the pages will lie; empty where that is not known


@dataclass(frozen=True)
class Mode:
    """What tells one kind of page from another: how it comes by its files."""

    policy: str
    head: Mapping[str, str]  # what its elements are for -> their markup
    python: str
    address: Callable[[str], str | None]  # of a file that the page's text names as ./name
    language: Callable[[str], str]  # where a link to another language leads
    licence: Callable[[str, str], str]  # the markup for a licence's file, given its label
    source: Callable[[Catalogue], str]  # the markup for the project's own source
    sharing: Callable[[str], str]  # what is shown of a page in a language where it is shared


def compose(sources: Sources, language: str, mode: Mode) -> str:
    """Return a page. Raises BuildError where its template lacks a part, or a policy must fail."""
    strings = sources.catalogues[language]
    licences = (mode.licence(name, html.escape(strings[key])) for name, key in LICENCES.items())
    texts = {
        "tour": sources.tours[language],
        "skeleton": sources.skeletons[language],
        "article": sources.articles[language],
    }
    page = addressed(put(fill(sources.template, strings), texts), mode.address)
    made = strings["page.made"].format(authors=sources.project.authors)
    parts = {
        "policy": mode.policy,
        "sharing": mode.sharing(language),
        "head": head_markup(strings, sources.catalogues) + "".join(mode.head.values()),
        "languages": language_links(language, sources.catalogues, mode.language),
        "licences": "".join(licences),
        "made": html.escape(made),
        "source": mode.source(strings),
        "python": mode.python,
    }
    page = put(page, parts)
    if found := HANDLER.search(page):
        raise BuildError(f"public/index.html: {found[0]!r} is a script within an attribute")
    return page


def put(template: str, parts: Mapping[str, str]) -> str:
    """Return a text with each part where it says ``<!-- NAME -->``.

    Raises BuildError unless it says so once.
    """
    for name, markup in parts.items():
        marker = f"<!-- {name} -->"
        if template.count(marker) != 1:
            count = template.count(marker)
            raise BuildError(f"public/index.html: expected {marker} once, found it {count} times")
        template = template.replace(marker, markup)
    return template


def linked(sources: Sources) -> Mode:
    """Return the mode of the pages that a server sends."""
    files = sources.files
    hashes = import_map(files)
    allowed = policy([script_text(sources.first), hashes])
    return Mode(
        policy=policy_element(allowed),
        head=_linked_head(sources, hashes),
        python=pyscript.elements({"interpreter": versioned(BOOT, files)}),
        address=lambda name: versioned(name, files) if name in files else None,  # or a page
        language=lambda language: f"./{page_name(language)}",
        licence=lambda name, label: f'<a href="{versioned(name, files)}">{label}</a>',
        source=lambda strings: source_link(sources, strings),
        sharing=lambda language: sharing_elements(
            language,
            sources.catalogues,
            sources.address,
            versioned(PREVIEW, files).removeprefix("./"),
        ),
    )


def source_link(sources: Sources, strings: Catalogue) -> str:
    """Return the link to the project's own source: its repository, or else the archive of it.

    The latter is not kept for use without a network, and says so; a page in one file has none.
    """
    label, address = strings["page.source"], sources.project.source
    if address is not None:
        return f'<a href="{html.escape(address)}" rel="noopener">{html.escape(label)}</a>'
    if SOURCE not in sources.files:
        return ""
    size = f"{len(sources.files[SOURCE]) / 1e6:.1f}"
    label, name = strings["page.source.archive"].format(size=size), f"cnnscope-{SOURCE}"
    link = versioned(SOURCE, sources.files)
    return f'<a href="{link}" download="{name}">{html.escape(label)}</a>'


def _linked_head(sources: Sources, hashes: str) -> dict[str, str]:
    files = sources.files
    names = (ICON, TOUCH_ICON, WEB_MANIFEST, SHEET, FIRST_PICTURE, EARLY_SCRIPT, BOOT, OFFLINE)
    icon, touch_icon, web_manifest, sheet, picture, early, boot, offline = (
        versioned(name, files) for name in names
    )
    entries = sources.manifest["files"].items()
    scripts = (entry["url"] for name, entry in entries if name.endswith(".js"))
    return {
        # It is to run even where no hash can be compared, to say so.
        "scripts": script_elements([sources.first]) + f'<script src="{early}"></script>\n',
        "hashes": f'<script type="importmap">{hashes}</script>\n',
        "icons": f'<link rel="icon" type="image/svg+xml" href="{icon}">\n'
        f'<link rel="apple-touch-icon" href="{touch_icon}">\n'
        f'<link rel="manifest" href="{web_manifest}">\n',
        # Refused where its content is another.
        "style": f'<link rel="stylesheet" href="{sheet}" integrity="{integrity(files[SHEET])}"'
        ' crossorigin="anonymous">\n',
        # It begins with what takes longest, and needs the manifest alone for that.
        "manifest": boot_element(sources.manifest),
        "modules": f'<script type="module" async src="{boot}"></script>\n'
        f'<script type="module" async fetchpriority="low" src="{offline}"></script>\n',
        # Hints for what a browser would find late: a picture that would wait behind megabytes.
        "picture": f'<link rel="preload" as="image" fetchpriority="high" href="{picture}">\n',
        "hints": "".join(f'<link rel="modulepreload" href="{url}">\n' for url in scripts),
    }


def script_text(script: str) -> str:
    """Return what stands between the tags of a script that is written into a page."""
    return f"\n{script}"


def script_elements(scripts: Iterable[str]) -> str:
    """Return scripts written into a page."""
    return "".join(f"<script>{script_text(script)}</script>\n" for script in scripts)


def boot_element(manifest: Manifest) -> str:
    """Return the element that boot.js reads."""
    text = json.dumps(manifest, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" id="boot-manifest">{text}</script>\n'


def import_map(files: Contents) -> str:
    """Return the import map that has a browser refuse scripts whose content is another."""
    hashes = {
        versioned(name, files): integrity(files[name])
        for name in sorted(files)
        if name.endswith(".js")
    }
    return json.dumps({"integrity": hashes}, separators=(",", ":"))
