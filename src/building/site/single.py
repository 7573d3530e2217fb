"""The whole site in one HTML file, which opens from a disk, without a server or a network.

Styles, icons and licences become part of the page; what the page fetches stands in data blocks at
its end, from which ``single.js`` answers. Every language is in it.

Example::

    write_whole(Path("cnnscope.html"), single_page(contents))
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from building.errors import BuildError
from building.site import pyscript
from building.site.pages import FIRST, page_name
from building.site.policy import POLICY_ELEMENT, POLICY_MARKER, with_policy
from building.site.site import LOCAL_ADDRESS, Contents

OPENER = Path(__file__).with_name("single.js")
BOOT = "boot.mjs"
END = '<script type="text/plain" data-file="end"></script>\n'  # missing where a copy was cut short
LINK = re.compile(r'<link rel="(?P<rel>[\w-]+)"[^>]* href="\./(?P<name>[\w./-]+)[^>]*>\n?')
MODULE = re.compile(r'<script type="module"[^>]*></script>\n?')
IMPORT_MAP = re.compile(r'<script type="importmap">.*?</script>\n')  # of what is not fetched
IMAGE = re.compile(r'(?<=src=")\./(?P<name>[\w./-]+)[^"]*(?=")')
STYLE_IMAGE = re.compile(r'url\("?\.\./(?P<name>[\w./-]+)[^)]*\)')
MANIFEST = re.compile(r'(?<=id="boot-manifest">).*?(?=</script>)')
LICENCE = re.compile(
    r'<a href="\./(?P<name>LICENSE|runtime/licenses\.txt)[^>]*>(?P<text>.*?)</a>', re.DOTALL
)
FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
TO_LANGUAGE = re.compile(r'<a href="\./[\w.]+"(?= hreflang=[^>]*data-args="(\w+)")')
TYPES = {
    ".gz": "application/gzip",
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
}
PACKED = (".html", ".js", ".mjs", ".wasm")  # the rest is as small as it gets


def single_page(contents: Contents) -> bytes:
    """Return the page that holds the whole site.

    Raises BuildError where a page asks for what would not be in it.
    """
    pages = {name: _alone(content, contents) for name, content in _pages(contents)}
    page = pages[page_name(FIRST)]
    blocks = {name: _without_head(each).encode() for name, each in pages.items()}
    blocks |= _asked_for(page, contents)
    page = page.replace("<script>", f"<script>\n{OPENER.read_text('utf-8')}</script>\n<script>", 1)
    page = with_policy(page, is_alone=True)
    data = "".join(_block(name, content) for name, content in blocks.items())
    return page.replace("</body>", f"{data}{END}</body>").encode()


def _pages(contents: Contents) -> Iterator[tuple[str, str]]:
    for name, content in contents.items():
        if name.endswith(".html"):
            yield name, content.decode()


def _alone(page: str, contents: Contents) -> str:
    """Return a page that names no other file but those that it fetches itself."""

    def link(found: re.Match[str]) -> str:
        match found["rel"]:
            case "stylesheet":
                return f"<style>{_style(found['name'], contents)}</style>\n"
            case "icon":
                return f'<link rel="icon" href="{_data(found["name"], contents)}">\n'
            case "alternate":
                return found[0]
            case _:  # hints, and what an installed page needs
                return ""

    def whole(found: re.Match[str]) -> str:
        name, label = found["name"], found["text"]
        text = html.escape(_file(name, contents).decode())
        return (
            f'<details id="{_anchor(name)}"><summary>{label}</summary>'
            f'<pre lang="en">{text}</pre></details>'
        )

    def reference(found: re.Match[str]) -> str:
        return f'<a href="#{_anchor(found["name"])}">{found["text"]}</a>'

    page = POLICY_ELEMENT.sub(POLICY_MARKER, page)
    page = IMPORT_MAP.sub("", MODULE.sub("", LINK.sub(link, page)))
    page = IMAGE.sub(lambda found: _data(found["name"], contents), page)
    page = FOOTER.sub(lambda found: LICENCE.sub(whole, found[0]), page)
    page = LICENCE.sub(reference, page)
    page = TO_LANGUAGE.sub(r'<a href="#lang=\1"', page)
    page = page.replace(f'href="./{page_name(FIRST)}" target', 'href="?" target')
    _check(page)
    return page


def _anchor(name: str) -> str:
    """Return where in the page a licence stands."""
    return f"licence-{PurePosixPath(name).stem.lower()}"


def _check(page: str) -> None:
    """Raise BuildError where a page names a file in a way that nobody here has thought of."""
    known = {BOOT, *(name for name in LOCAL_ADDRESS.findall(page) if name.endswith(".html"))}
    left = set(LOCAL_ADDRESS.findall(MANIFEST.sub("", page))) - known
    if left:
        raise BuildError(f"the page in one file would ask for {', '.join(sorted(left))}")


def _without_head(page: str) -> str:
    """Return a page as another language takes its texts from it."""
    page = re.sub(r"<style>.*?</style>\n?", "", page, flags=re.DOTALL)
    return re.sub(r"<script>.*?</script>\n?", "", page, flags=re.DOTALL)


def _asked_for(page: str, contents: Contents) -> Contents:
    """Return what the manifest names, by its path in the site."""
    found = MANIFEST.search(page)
    if found is None:
        raise BuildError("the page has no boot-manifest")
    manifest = json.loads(found[0])
    addresses = [
        *(file["url"] for file in manifest["files"].values()),
        *manifest["samples"].values(),
    ]
    names = [address.removeprefix("./").split("?")[0] for address in addresses]
    asked = {name: _file(name, contents) for name in [BOOT, *names]}
    asked[pyscript.ENTRY] = contents[pyscript.CORE]  # which is all that the entry passes on
    return asked


def _style(name: str, contents: Contents) -> str:
    sheet = _file(name, contents).decode()
    return STYLE_IMAGE.sub(lambda found: f"url({_data(found['name'], contents)})", sheet)


def _data(name: str, contents: Contents) -> str:
    content = base64.b64encode(_file(name, contents)).decode()
    return f"data:{TYPES[PurePosixPath(name).suffix]};base64,{content}"


def _file(name: str, contents: Contents) -> bytes:
    if name not in contents:
        raise BuildError(f"the page in one file would ask for {name}, which is no file of the site")
    return contents[name]


def _block(name: str, content: bytes) -> str:
    kind = PurePosixPath(name).suffix
    packed = kind in PACKED
    text = base64.b64encode(gzip.compress(content, mtime=0) if packed else content).decode()
    mark = " data-gzipped" if packed else ""
    return (
        f'<script type="text/plain" data-file="{name}" data-type="{TYPES[kind]}"{mark}>'
        f"{text}</script>\n"
    )
