"""The project's own code and pictures, compiled into the one archive that the page loads.

Example::

    application = build_application(root, runtime, context)
    (application / "cnnscope.zip.gz").read_bytes()
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building.compile.compiler import compile_archives
from building.compile.pyodide_job import Job, run_job
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import key_of

DRAWINGS = Path(__file__).with_name("drawings.py")
ICON = Path("public") / "images" / "icon.svg"
COMPILING: list[dict[str, Any]] = [
    {
        **{"step": "trim_archive", "source": "/source", "target": "/made/archives/code.zip"},
        **{"drop": [], "keep": [], "blank": []},
    },
    {"step": "py_compile", "folder": "/made/archives"},
]


def build_application(root: Path, runtime: Runtime, context: BuildContext) -> Path:
    """Return a folder with ``cnnscope.zip.gz``, ``embeds.json``, ``lengths.css`` and drawings.

    Drawn are the skeleton's files, the icons, and the article's figures in each of its languages.
    """
    package = root / "src" / "cnnscope"
    prerender = root / "src" / "prerender"
    weights = root / "weights"
    samples = root / "public" / "samples"
    languages = article_languages(root)
    pictures = (*sorted(samples.glob("*.webp")), samples / "samples.json")
    weight_files = sorted(weights.glob("*.npz")) + sorted(weights.glob("*.json"))
    files = (package, prerender, Path(__file__), DRAWINGS, root / ICON, *pictures, *weight_files)
    key = key_of(runtime.key, " ".join(languages), *files)
    folder = context.cache.result("application", key)
    if not folder.exists():
        context.report.line("Compiling cnnscope ...")
        with context.cache.making(folder) as draft:
            mounts = {"/source/cnnscope": package, "/drawn/prerender": prerender}
            mounts |= {"/weights": weights, "/samples": samples}
            mounts["/images"] = (root / ICON).parent
            compile_archives({**mounts, "/made": draft}, COMPILING, context)
            job = Job(
                pyodide=runtime.folder,
                mounts={**mounts, "/made": draft, "/runtime": runtime.folder},
                steps=_steps(languages),
                packages=runtime.packages("numpy", "pillow"),
                python_path=["/source", "/drawn"],
            )
            run_job(job, context.tools.node())
    return folder


def article_languages(root: Path) -> list[str]:
    """Return the languages that the article is written in; its figures are drawn in each."""
    return sorted(path.stem for path in (root / "public" / "article").glob("*.html"))


def _steps(languages: list[str]) -> list[dict[str, Any]]:
    """Return the steps that fill ``/made``."""
    shown = {"index": "/samples/samples.json", "samples": "/made/samples.npz"}
    shown["weights"] = "/weights"
    thumbnails = {"folder": "/samples", "target": "/made/skeleton/thumbnails.webp"}
    assets = {name: f"/weights/{name}" for name in ("tiny_vgg.npz", "classes.json")}
    assets |= {"samples.npz": "/made/samples.npz", "samples.json": "/samples/samples.json"}
    merged = {
        "archives": ["/runtime/pyscript.zip", "/made/archives/code.zip"],
        "files": {f"cnnscope/assets/{name}": path for name, path in assets.items()},
    }
    return [
        {"step": "decode_samples", "folder": "/samples", "target": "/made/samples.npz"},
        {"step": "draw_thumbnails", **thumbnails},
        {"step": "draw_icons", "svg": "/images/icon.svg", "target": "/made/icons"},
        {"step": "draw_skeleton", "target": "/made/skeleton", **shown},
        {"step": "draw_figures", "target": "/made/figures", "languages": languages, **shown},
        {"step": "list_embeds", "target": "/made/embeds.json"},
        {"step": "write_lengths", "target": "/made/lengths.css"},
        {"step": "merge", "target": "/made/cnnscope.zip", **merged},
        {"step": "compress", "source": "/made/cnnscope.zip", "target": "/made/cnnscope.zip.gz"},
    ]
