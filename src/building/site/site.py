"""Laying out ``dist/``: the page, the runtime and the application, all addresses relative.

Example::

    contents, written = build_site(root, context, root / "dist")
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from building.compile.application import build_application
from building.compile.compiler import CORE
from building.compile.preview import build_preview
from building.compile.readers import build_readers
from building.compile.runtime import ARCHIVES, Runtime, build_runtime
from building.compile.snapshot import build_snapshot
from building.compile.source import build_source
from building.context import BuildContext
from building.errors import BuildError
from building.fetch.cache import files_under, write_whole
from building.site import pyscript
from building.site.addresses import Contents, addressed, versioned
from building.site.article import article_element
from building.site.compose import (
    EARLY_SCRIPT,
    SHEET,
    SOURCE,
    WEB_MANIFEST,
    Sources,
    compose,
    linked,
)
from building.site.manifest import NETWORKS, SNAPSHOT, boot_manifest
from building.site.modules import whole_modules
from building.site.offline import VERSION_MARKER, WORKER, version_of, worker
from building.site.pages import page_name, read_catalogues
from building.site.project import read_project
from building.site.relative import in_rem
from building.site.sharing import PREVIEW
from building.site.stylesheet import joined

LICENSES = Path(__file__).with_name("licenses.txt")
OWN_LICENSE = Path(__file__).parents[3] / "LICENSE"
TEMPLATE = "index.html"
FIRST_SCRIPT = "first.js"
EMBED = "early/embed.js"
EMBEDS = "const VIEWS = []"  # where it is told what can be shown alone
# Joined in this order into one script, which runs while a page is read.
EARLY = tuple(
    f"early/{name}.js" for name in ("allowed", "embed", "article", "language", "diagnosis", "guard")
)
# Published name -> name in the site: not every host knows that .mjs is a script.
RENAMED = {"pyodide.mjs": "pyodide.js", "pyodide.asm.mjs": "pyodide.asm.js"}
NETWORK_FILES = ("digits.npz",)  # of the weights, each with classes and samples in it
READERS = "readers.zip"  # what opens others, fetched likewise
LENGTHS_SHEET = "css/lengths.css"
SKELETON_SHEET = "css/skeleton.css"
ARTICLE_FOLDER = "article/"  # of texts that become part of the page
# Kept in a built folder: the names of the files a build wrote, all that a later one may remove.
WRITTEN = ".cnnscope-files"


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
    """Return every file of the site; the caller holds the cache's lock."""
    return linked_site(gather(root, context))


def gather(root: Path, context: BuildContext, address: str = "") -> Sources:
    """Return what the site is made of; the caller holds the cache's lock.

    The ``address`` is that of the folder where it will lie, where that is known.
    """
    project = read_project(root)
    runtime = build_runtime(context)
    application = build_application(root, runtime, context)
    snapshot = build_snapshot(root, runtime, application, context)
    public = _public_files(root / "public")
    template = public.pop(TEMPLATE).decode()
    first, early = public.pop(FIRST_SCRIPT).decode(), _early(public, application)
    public = _with_whole_modules(public)
    worker_script = public.pop(WORKER)
    files = public | _files_of_others(runtime, context) | _made_files(application)
    files |= _networks(root, build_readers(root, runtime, context))
    files |= {SNAPSHOT: snapshot.image, EARLY_SCRIPT: early.encode()}
    files[PREVIEW] = (build_preview(root, runtime, context) / "preview.png").read_bytes()
    if project.source is None:
        files[SOURCE] = (build_source(root, runtime, context) / SOURCE).read_bytes()
    files[SHEET] = _joined_sheets(files)
    web_manifest = addressed(files[WEB_MANIFEST].decode(), lambda name: versioned(name, files))
    files[WEB_MANIFEST] = web_manifest.encode()
    pyodide = context.pins.versions["pyodide"]
    catalogues = read_catalogues(root)
    figures, skeletons = application / "figures", application / "skeleton"
    return Sources(
        files=files,
        template=template,
        catalogues=catalogues,
        skeletons={each: _read(skeletons / f"skeleton.{each}.html") for each in catalogues},
        tours={each: _read(skeletons / f"tour.{each}.html") for each in catalogues},
        articles={each: article_element(root, each, catalogues, figures) for each in catalogues},
        first=first,
        early=early,
        manifest=boot_manifest(files, runtime.folder, pyodide, snapshot.layout),
        worker=worker_script,
        project=project,
        address=address,
    )


def linked_site(sources: Sources) -> Contents:
    """Return every file of the site.

    The pages come last but one, and the service worker last: written in this order, nothing names
    a file that is not there yet.
    """
    pages = linked_pages(sources)
    version = version_name(sources, pages)
    contents = dict(sources.files)
    for name, content in pages.items():
        contents[name] = content.replace(VERSION_MARKER.encode(), version.encode())
    contents[WORKER] = worker(sources.worker, contents, version)
    return contents


def linked_pages(sources: Sources) -> Contents:
    """Return the pages, which do not know their version yet."""
    mode = linked(sources)
    return {
        page_name(language): compose(sources, language, mode).encode()
        for language in sources.catalogues
    }


def version_name(sources: Sources, pages: Contents) -> str:
    """Return the name of the version that these sources make."""
    return version_of({**sources.files, **pages, WORKER: sources.worker})


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


def _with_whole_modules(contents: Contents) -> Contents:
    """Return the files, each script, all of which are modules, in one with all that it imports."""
    modules = {name: file.decode() for name, file in contents.items() if name.endswith(".js")}
    others = {name: file for name, file in contents.items() if name not in modules}
    return others | {name: text.encode() for name, text in whole_modules(modules).items()}


def _files_of_others(runtime: Runtime, context: BuildContext) -> Contents:
    """Return Pyodide, the archives and PyScript, with their licences."""
    names = (*CORE, *(f"{name}.zip.gz" for name in ARCHIVES))
    files = {
        f"runtime/{RENAMED.get(name, name)}": (runtime.folder / name).read_bytes() for name in names
    }
    fetched = context.fetcher.fetch_all([context.pins[name] for name in pyscript.FILES])
    files |= pyscript.shipped({name: path.read_bytes() for name, path in fetched.items()})
    return files | {"runtime/licenses.txt": LICENSES.read_bytes()}


def _made_files(application: Path) -> Contents:
    """Return our own code and what was drawn for the page."""
    pictures = {path.name: path for path in sorted((application / "icons").iterdir())}
    for name in ("skeleton.webp", "thumbnails.webp"):
        pictures[name] = application / "skeleton" / name
    return {
        "cnnscope.zip.gz": (application / "cnnscope.zip.gz").read_bytes(),
        LENGTHS_SHEET: (application / "lengths.css").read_bytes(),
        SKELETON_SHEET: (application / "skeleton" / "skeleton.css").read_bytes(),
        **{f"images/{name}": path.read_bytes() for name, path in pictures.items()},
        "LICENSE.txt": OWN_LICENSE.read_bytes(),
        ".nojekyll": b"",  # GitHub Pages serves the folder as it is
    }


def _networks(root: Path, readers: Path) -> Contents:
    """Return the networks that are fetched when asked for, and what opens others, as archives."""
    paths = [*(root / "weights" / name for name in NETWORK_FILES), readers / READERS]
    return {f"{NETWORKS}{path.stem}.zip": path.read_bytes() for path in paths}


def _joined_sheets(files: Contents) -> bytes:
    """Take the style sheets out of the files and return them as one, the skeleton's last."""
    names = [name for name in files if name.endswith(".css")]
    sheets = {name: files.pop(name).decode() for name in names}
    lengths, skeleton = sheets.pop(LENGTHS_SHEET), sheets.pop(SKELETON_SHEET)
    text = in_rem(joined(sheets, lengths) + skeleton)
    return addressed(text, lambda name: f".{versioned(name, files)}").encode()


def _early(public: Contents, application: Path) -> str:
    """Take the scripts that run first out of the files and return them as one.

    The one that hides what is not to be shown is told what can be shown alone.
    """
    scripts = {name: public.pop(name).decode() for name in EARLY}
    if scripts[EMBED].count(EMBEDS) != 1:
        raise BuildError(f"public/{EMBED}: expected {EMBEDS!r} once")
    embeds = EMBEDS.replace("[]", _read(application / "embeds.json"))
    scripts[EMBED] = scripts[EMBED].replace(EMBEDS, embeds)
    return "".join(scripts.values())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
