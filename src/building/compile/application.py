"""The project's own code and pictures, compiled into the one archive that the page loads.

Example::

    application = build_application(root, runtime, context)
    (application / "cnnscope.zip.gz").read_bytes()
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building.compile.pyodide_job import Job, run_job
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import key_of

TRIM = {"drop": [], "keep": [], "blank": [], "assertions": True}


def build_application(root: Path, runtime: Runtime, context: BuildContext) -> Path:
    """Return a folder with ``cnnscope.zip.gz``, the skeleton's files and the article's figures."""
    package = root / "src" / "cnnscope"
    prerender = root / "src" / "prerender"
    weights = root / "weights"
    samples = root / "public" / "samples"
    pictures = sorted(samples.glob("*.webp")) + sorted(samples.glob("samples.json"))
    weight_files = sorted(weights.glob("*.npz")) + sorted(weights.glob("*.json"))
    languages = article_languages(root)
    files = (package, prerender, Path(__file__), *pictures, *weight_files)
    key = key_of(runtime.key, " ".join(languages), *files)
    folder = context.cache.result("application", key)
    if not folder.exists():
        context.report.line("Compiling cnnscope ...")
        with context.cache.making(folder) as draft:
            mounts = {"/source/cnnscope": package, "/weights": weights, "/samples": samples}
            job = Job(
                pyodide=runtime.folder,
                mounts={**mounts, "/made": draft, "/runtime": runtime.folder},
                steps=_steps(bool(pictures), bool(weight_files), languages),
                packages=runtime.packages("numpy", "pillow") if pictures else [],
                python_path=["/source", "/drawn"],
            )
            run_job(job, context.tools.node())
    return folder


def article_languages(root: Path) -> list[str]:
    """Return the languages that the article is written in; its figures are drawn in each."""
    return sorted(path.stem for path in (root / "public" / "article").glob("*.html"))


def _steps(has_samples: bool, has_weights: bool, languages: list[str]) -> list[dict[str, Any]]:
    """Return the steps that make ``/made/cnnscope.zip.gz``."""
    steps: list[dict[str, Any]] = [
        {"step": "compile_archive", "source": "/source", "target": "/made/code.zip"} | TRIM
    ]
    assets: dict[str, str] = {}
    if has_weights:
        assets |= {name: f"/weights/{name}" for name in ("tiny_vgg.npz", "classes.json")}
    if has_samples:
        steps.append(
            {"step": "decode_samples", "folder": "/samples", "target": "/made/samples.npz"}
        )
        thumbnails = {"folder": "/samples", "target": "/made/skeleton/thumbnails.webp"}
        steps.append({"step": "draw_thumbnails", **thumbnails})
        assets["samples.npz"] = "/made/samples.npz"
        assets["samples.json"] = "/samples/samples.json"
    if has_samples and has_weights:
        shown = {"index": "/samples/samples.json", "samples": "/made/samples.npz"}
        shown["weights"] = "/weights"
        steps.append({"step": "draw_skeleton", "target": "/made/skeleton", **shown})
        figures = {"step": "draw_figures", "target": "/made/figures", **shown}
        steps.append({**figures, "languages": languages})
    files = {f"cnnscope/assets/{name}": path for name, path in assets.items()}
    steps.append(
        {
            "step": "merge",
            "archives": ["/runtime/pyscript.zip", "/made/code.zip"],
            "files": files,
            "target": "/made/cnnscope.zip",
        }
    )
    steps.append(
        {"step": "compress", "source": "/made/cnnscope.zip", "target": "/made/cnnscope.zip.gz"}
    )
    return steps
