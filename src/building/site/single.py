"""The whole site in one HTML file, which opens from a disk, without a server or a network.

Styles, icons and licences are part of the page; what the page fetches stands in data blocks at its
end, from which ``single.js`` answers. Every language is in it.

Example::

    write_whole(Path("cnnscope.html"), single_page(sources))
"""

from __future__ import annotations

import base64
import gzip
import html
from dataclasses import replace
from pathlib import Path, PurePosixPath

from building.errors import BuildError
from building.site import pyscript
from building.site.addresses import Contents, addressed
from building.site.compose import (
    BOOT,
    ICON,
    LICENCES,
    SHEET,
    Mode,
    Sources,
    boot_element,
    compose,
    script_elements,
    script_text,
    source_link,
)
from building.site.offline import VERSION_MARKER
from building.site.pages import FIRST, page_name
from building.site.policy import policy_alone, policy_element
from building.site.site import linked_pages, version_name

OPENER = Path(__file__).with_name("single.js")
END = '<script type="text/plain" data-file="end"></script>\n'  # missing where a copy was cut short
TYPES = {
    ".gz": "application/gzip",
    ".html": "text/html",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".zip": "application/zip",
}
PACKED = (".html", ".js", ".wasm")  # the rest is as small as it gets


def single_page(sources: Sources) -> bytes:
    """Return the page that holds the whole site.

    Raises BuildError where it asks for what would not be in it.
    """
    mode = inline(sources)
    words = replace(mode, policy="", head={})  # which another language takes its texts from
    blocks = {
        page_name(language): compose(sources, language, words).encode()
        for language in sources.catalogues
    }
    blocks |= _asked_for(sources)
    version = version_name(sources, linked_pages(sources))
    data = "".join(_block(name, content, version) for name, content in blocks.items())
    page = compose(sources, FIRST, mode).replace(VERSION_MARKER, version)
    return page.replace("</body>", f"{data}{END}</body>").encode()


def inline(sources: Sources) -> Mode:
    """Return the mode of a page that names no file but those that it fetches itself."""
    files = sources.files
    scripts = (OPENER.read_text(encoding="utf-8"), sources.early)
    sheet = addressed(_file(SHEET, files).decode(), lambda name: _data(name, files))
    head = {
        "scripts": script_elements(scripts),
        "icons": f'<link rel="icon" href="{_data(ICON, files)}">\n',
        "style": f"<style>{sheet}</style>\n",
        "manifest": boot_element(sources.manifest),
    }
    allowed = policy_alone(map(script_text, scripts), [sheet])
    alone = replace(sources, files={})  # which holds no archive of the source
    return Mode(
        policy=policy_element(allowed),
        head=head,
        python=pyscript.elements({"interpreter": f"./{BOOT}"}),
        address=lambda name: _inline_address(name, files),
        language=lambda language: f"#lang={language}",
        licence=lambda name, label: (
            f'<details id="{_anchor(name)}"><summary>{label}</summary>'
            f'<pre lang="en">{html.escape(_file(name, files).decode())}</pre></details>'
        ),
        source=lambda strings: source_link(alone, strings),
        sharing=lambda _: "",
    )


def _inline_address(name: str, files: Contents) -> str:
    """Return where something stands in the page: a licence at its foot, a picture on the spot."""
    if name == page_name(FIRST):
        return "?"
    return f"#{_anchor(name)}" if name in LICENCES else _data(name, files)


def _anchor(name: str) -> str:
    """Return where in the page a licence stands."""
    return f"licence-{PurePosixPath(name).stem.lower()}"


def _asked_for(sources: Sources) -> Contents:
    """Return what the manifest names, by its path in the site."""
    manifest, files = sources.manifest, sources.files
    addresses = (
        *(file["url"] for file in manifest["files"].values()),
        *manifest["samples"].values(),
        *(entry["url"] for entry in manifest["networks"].values()),
    )
    names = [str(address).removeprefix("./").split("?")[0] for address in addresses]
    asked = {name: _file(name, files) for name in [BOOT, *names]}
    asked[pyscript.ENTRY] = files[pyscript.CORE]  # which is all that the entry passes on
    return asked


def _data(name: str, files: Contents) -> str:
    content = base64.b64encode(_file(name, files)).decode()
    return f"data:{TYPES[PurePosixPath(name).suffix]};base64,{content}"


def _file(name: str, files: Contents) -> bytes:
    if name not in files:
        raise BuildError(f"the page in one file would ask for {name}, which is no file of the site")
    return files[name]


def _block(name: str, content: bytes, version: str) -> str:
    kind = PurePosixPath(name).suffix
    packed = kind in PACKED
    if kind == ".html":
        content = content.replace(VERSION_MARKER.encode(), version.encode())
    text = base64.b64encode(gzip.compress(content, mtime=0) if packed else content).decode()
    mark = " data-gzipped" if packed else ""
    return (
        f'<script type="text/plain" data-file="{name}" data-type="{TYPES[kind]}"{mark}>'
        f"{text}</script>\n"
    )
