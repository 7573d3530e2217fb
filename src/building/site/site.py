"""Laying out ``dist/``: the page, the runtime and the application, all addresses relative.

Example::

    contents, written = build_site(root, context, root / "dist")
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TypedDict

from building.compile.application import build_application
from building.compile.runtime import ARCHIVES, CORE, Runtime, build_runtime
from building.compile.snapshot import build_snapshot
from building.context import BuildContext
from building.errors import BuildError
from building.fetch.cache import files_under, write_whole
from building.site import pyscript
from building.site.article import article_element
from building.site.offline import VERSION_MARKER, WORKER, version_of, worker
from building.site.pages import fill_pages, head_markup, page_name, read_catalogues
from building.site.policy import with_policy
from building.site.stylesheet import joined

LICENSES = Path(__file__).with_name("licenses.txt")
OWN_LICENSE = Path(__file__).parents[3] / "LICENSE"
EMBED = "embed.js"
EMBEDS = "const VIEWS = []"  # where it is told what can be shown alone
INLINED = ("language.js", EMBED, "guard.js")  # put into the pages themselves
SHEET = "css/site.css"
TEMPLATE = "index.html"
SKELETON_SHEET = "css/skeleton.css"
WEB_MANIFEST = "manifest.webmanifest"
SNAPSHOT = "snapshot.gz"
REVIVER = "snapshot.mjs"
SAMPLES = "samples/"
HEAD_MARKER = "<!-- head -->"  # before all that the page fetches
SKELETON_MARKER = "<!-- skeleton -->"
ARTICLE_MARKER = "<!-- article -->"
ARTICLE_FOLDER = "article/"  # of texts that become part of the page
# ./name in a page's attributes or the manifest, ../name in a style sheet's url(): files of the site
LOCAL_ADDRESS = re.compile(r"\.{1,2}/([\w./-]+)(?=[\"')])")
STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="\./([\w./-]+)"')
# Kept in a built folder: the names of the files a build wrote, all that a later one may remove.
WRITTEN = ".cnnscope-files"

Contents = dict[str, bytes]  # path inside the site -> content


class Manifest(TypedDict):
    """What boot.mjs reads."""

    pyodide: str  # version
    folder: str
    lock: dict[str, object]  # Pyodide's lock file, with what is not loaded at the start
    files: dict[str, dict[str, object]]
    samples: dict[str, str]  # key -> address of the whole picture
    snapshot: dict[str, object]  # what snapshot.mjs reads; "module" is its own address


def build_site(root: Path, context: BuildContext, folder: Path) -> tuple[Contents, int]:
    """Build what is stale and write it; return the files and how many had to be written.

    The lock is held to the end, so that of two builds neither removes what the other just wrote.
    """
    with context.cache.lock():
        contents = assemble(root, context)
        return contents, write_site(contents, folder)


def site_contents(root: Path, context: BuildContext) -> Contents:
    """Return every file of the site, building what is stale."""
    with context.cache.lock():
        return assemble(root, context)


def assemble(root: Path, context: BuildContext) -> Contents:
    """Return every file of the site; the caller holds the cache's lock.

    The pages come last but one, and the service worker last: written in this order, nothing names
    a file that is not there yet.
    """
    runtime = build_runtime(context)
    application = build_application(root, runtime, context)
    snapshot = build_snapshot(root, runtime, application, context)
    files = context.fetcher.fetch_all([context.pins[name] for name in pyscript.FILES])
    contents = _public_files(root / "public")
    for name in (*CORE, *(f"{name}.zip.gz" for name in ARCHIVES)):
        contents[f"runtime/{name}"] = (runtime.folder / name).read_bytes()
    contents |= pyscript.shipped({name: path.read_bytes() for name, path in files.items()})
    contents["cnnscope.zip.gz"] = (application / "cnnscope.zip.gz").read_bytes()
    contents[SNAPSHOT] = snapshot.image
    contents |= _skeleton_files(application)
    contents[SHEET] = _joined_sheets(contents)
    contents[EMBED] = _with_embeds(contents[EMBED], application)
    icons = sorted((application / "icons").iterdir())
    contents |= {f"images/{path.name}": path.read_bytes() for path in icons}
    contents[".nojekyll"] = b""  # GitHub Pages serves the folder as it is
    contents["runtime/licenses.txt"] = LICENSES.read_bytes()
    contents["LICENSE"] = OWN_LICENSE.read_bytes()
    contents[WEB_MANIFEST] = _with_versions(contents[WEB_MANIFEST].decode(), contents).encode()
    manifest = _manifest(contents, runtime, context)
    manifest["snapshot"] |= snapshot.layout
    inlined = "".join(f"<script>\n{contents.pop(name).decode()}</script>\n" for name in INLINED)
    catalogues = read_catalogues(root)
    pages: Contents = {}
    for language, page in fill_pages(contents.pop(TEMPLATE).decode(), catalogues).items():
        skeleton = _read_text(application / "skeleton" / f"skeleton.{language}.html")
        article = article_element(root, language, catalogues, application / "figures")
        page = page.replace(SKELETON_MARKER, skeleton).replace(ARTICLE_MARKER, article)
        page = _with_versions(_with_style_hashes(page, contents), contents)
        head = head_markup(catalogues[language], catalogues) + inlined
        page = _filled(page, HEAD_MARKER, head + import_map(contents))
        page = _filled(page, "</head>", _boot_markup(manifest, contents) + "</head>")
        pages[page_name(language)] = with_policy(page).encode()
    script = contents.pop(WORKER)
    version = version_of({**contents, **pages, WORKER: script})
    for name, content in pages.items():
        contents[name] = content.replace(VERSION_MARKER.encode(), version.encode())
    contents[WORKER] = worker(script, contents, version)
    return contents


def write_site(contents: Contents, folder: Path) -> int:
    """Write these files and remove what else an earlier build wrote; return how many were new.

    Raises BuildError where the folder cannot be written, or holds what no build wrote.
    """
    earlier = check_folder(folder)
    try:
        # First of all, so that even a build that is cut short leaves nothing unknown behind.
        _note_written(folder, earlier | contents.keys())
        written = sum(_write(folder / name, content) for name, content in contents.items())
        for name in earlier - contents.keys():
            (folder / name).unlink(missing_ok=True)
        _note_written(folder, contents.keys())
    except OSError as error:
        raise BuildError(f"{folder} cannot be written: {error}") from error
    return written


def check_folder(folder: Path) -> set[str]:
    """Return the names of the files that earlier builds wrote into a folder.

    Raises BuildError where it is in use for something else. Hidden files are no sign of that: a
    checkout's ``.git`` may stay beside the site.
    """
    try:
        if (folder / WRITTEN).is_file():
            names = (folder / WRITTEN).read_text(encoding="utf-8").splitlines()
            inside = folder.resolve()
            return {name for name in names if (folder / name).resolve().is_relative_to(inside)}
        if not folder.exists() or all(path.name.startswith(".") for path in folder.iterdir()):
            return set()
        if (folder / "boot.mjs").is_file() and (folder / "runtime" / "pyodide.mjs").is_file():
            return set()  # from before builds kept a list
    except OSError as error:
        raise BuildError(f"{folder} cannot be used: {error.strerror}") from error
    raise BuildError(f"{folder} holds files that no build wrote; name an empty or a new folder")


def _note_written(folder: Path, names: Iterable[str]) -> None:
    _write(folder / WRITTEN, "".join(f"{name}\n" for name in sorted(names)).encode())


def _write(path: Path, content: bytes) -> bool:
    """Write a file unless it is the same already; return whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True


def _public_files(folder: Path) -> Contents:
    """Return the page's own files, but the articles, which become part of the pages."""
    paths = files_under(folder)
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: file for name, file in contents.items() if not name.startswith(ARTICLE_FOLDER)}


def _joined_sheets(contents: Contents) -> bytes:
    """Take the style sheets out of the contents and return them as one, the skeleton's last."""
    names = [name for name in contents if name.endswith(".css")]
    sheets = {name: contents.pop(name).decode() for name in names}
    skeleton = sheets.pop(SKELETON_SHEET)
    folder = PurePosixPath(SHEET).parent

    def address(found: re.Match[str]) -> str:  # of a picture; a sheet lay deeper than it goes
        name = found[0].lstrip("./")
        return f"{posixpath.relpath(name, folder)}?v={_version(contents[name])}"

    return LOCAL_ADDRESS.sub(address, joined(sheets) + skeleton).encode()


def _with_embeds(script: bytes, application: Path) -> bytes:
    """Return the script that hides what is not to be shown, told what can be shown alone."""
    embeds = _read_text(application / "embeds.json")
    return _filled(script.decode(), EMBEDS, EMBEDS.replace("[]", embeds)).encode()


def _skeleton_files(application: Path) -> Contents:
    places = {
        "skeleton.css": SKELETON_SHEET,
        "skeleton.webp": "images/skeleton.webp",
        "thumbnails.webp": "images/thumbnails.webp",
    }
    folder = application / "skeleton"
    found = {place: folder / name for name, place in places.items() if (folder / name).exists()}
    return {place: path.read_bytes() for place, path in found.items()}


def _manifest(contents: Contents, runtime: Runtime, context: BuildContext) -> Manifest:
    """Return what boot.mjs must know: every file's address, and the sizes to tell progress by."""
    names = ["runtime/pyodide.asm.wasm", "runtime/pyodide.mjs", "runtime/pyodide.asm.mjs"]
    names += [f"runtime/{name}.zip.gz" for name in ARCHIVES]
    names += ["cnnscope.zip.gz", pyscript.ENTRY, pyscript.CORE]
    files = {PurePosixPath(name).name: _entry(contents, name) for name in names}
    files["pyodide.asm.wasm"]["wire"] = (runtime.folder / "pyodide.asm.wasm.gz").stat().st_size
    files["pillow.zip.gz"]["later"] = True
    files["core.js"]["imports"] = [PurePosixPath(pyscript.CORE).name]
    return {
        "pyodide": context.pins.versions["pyodide"],
        "folder": "./runtime/",
        "lock": json.loads((runtime.folder / "lock.json").read_bytes()),
        "files": files,
        "samples": {
            PurePosixPath(name).stem: _versioned(name, contents)
            for name in contents
            if name.startswith(SAMPLES) and name.endswith(".webp")
        },
        "snapshot": _entry(contents, SNAPSHOT) | {"module": _versioned(REVIVER, contents)},
    }


def _entry(contents: Contents, name: str) -> dict[str, object]:
    """Return a file's line; ``wire`` is its size as it travels, ``size`` as it arrives."""
    entry: dict[str, object] = {
        "name": PurePosixPath(name).name,
        "url": _versioned(name, contents),
        "wire": len(contents[name]),
        **_content_line(contents[name]),
    }
    if name.endswith(".gz"):  # which some servers unpack on the way
        entry["unpacked"] = _content_line(gzip.decompress(contents[name]))
    return entry


def _content_line(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _versioned(name: str, contents: Contents) -> str:
    """Return a file's address, which changes with its content, so that versions never mix."""
    return f"./{name}?v={_version(contents[name])}"


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[: pyscript.VERSION_DIGITS]


def _with_versions(page: str, contents: Contents) -> str:
    def address(found: re.Match[str]) -> str:
        name = found[1]
        if name not in contents or name.endswith(".html"):
            return found[0]
        return f"{found[0]}?v={_version(contents[name])}"

    return LOCAL_ADDRESS.sub(address, page)


def _boot_markup(manifest: Manifest, contents: Contents) -> str:
    """Return the manifest, and hints for what a browser would otherwise find late.

    The skeleton's picture comes first: on a slow line it would wait behind megabytes of runtime.
    """
    picture = "images/skeleton.webp"
    hints = []
    if picture in contents:
        url = _versioned(picture, contents)
        hints.append(f'<link rel="preload" as="image" fetchpriority="high" href="{url}">')
    files = manifest["files"]
    scripts = [entry["url"] for name, entry in files.items() if name.endswith((".js", ".mjs"))]
    hints += [f'<link rel="modulepreload" href="{url}">' for url in scripts]
    text = json.dumps(manifest, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    hints.append(f'<script type="application/json" id="boot-manifest">{text}</script>')
    return "\n".join(hints) + "\n"


def import_map(contents: Contents) -> str:
    """Return the element that has a browser refuse scripts whose content is another."""
    hashes = {
        _versioned(name, contents): f"sha256-{_base64_hash(contents[name])}"
        for name in sorted(contents)
        if name.endswith((".mjs", ".js")) and name != WORKER
    }
    text = json.dumps({"integrity": hashes}, separators=(",", ":"))
    return f'<script type="importmap">{text}</script>\n'


def _with_style_hashes(page: str, contents: Contents) -> str:
    """Return a page that refuses style sheets whose content is another."""

    def link(found: re.Match[str]) -> str:
        return f'{found[0]} integrity="sha256-{_base64_hash(contents[found[1]])}"'

    return STYLE_SHEET.sub(link, page)


def _base64_hash(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _filled(page: str, marker: str, markup: str) -> str:
    if page.count(marker) != 1:
        raise BuildError(f"public/: expected {marker} once, found it {page.count(marker)} times")
    return page.replace(marker, markup)


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
