"""The project's own code and pictures, compiled into the one archive that the page loads.

Example::

    application = build_application(root, runtime, workshop)
    (application / "cnnscope.zip.gz").read_bytes()
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building.cache import key_of
from building.job import Job, run_job
from building.runtime import Runtime, Workshop

# The skeleton has done its work when the page is built.
TRIM = {"drop": ["cnnscope/skeleton.py"], "keep": [], "blank": [], "assertions": True}


def build_application(root: Path, runtime: Runtime, workshop: Workshop) -> Path:
    """Return a folder with ``cnnscope.zip.gz`` and, where there is one, the skeleton's files."""
    package = root / "src" / "cnnscope"
    weights = root / "weights"
    samples = root / "public" / "samples"
    pictures = sorted(samples.glob("*.webp")) + sorted(samples.glob("samples.json"))
    weight_files = sorted(weights.glob("*.npz")) + sorted(weights.glob("classes.json"))
    key = key_of(runtime.key, package, Path(__file__), *pictures, *weight_files)
    folder = workshop.cache.result("application", key)
    if not folder.exists():
        workshop.report.line("Compiling cnnscope ...")
        with workshop.cache.making(folder) as draft:
            mounts = {"/source/cnnscope": package, "/weights": weights, "/samples": samples}
            job = Job(
                pyodide=runtime.folder,
                mounts={**mounts, "/made": draft, "/runtime": runtime.folder},
                steps=_steps(has_samples=bool(pictures), has_weights=bool(weight_files)),
                packages=runtime.packages("numpy", "pillow") if pictures else [],
                python_path=["/source"],
            )
            run_job(job, workshop.tools.node())
    return folder


def _steps(*, has_samples: bool, has_weights: bool) -> list[dict[str, Any]]:
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
        skeleton = {"step": "draw_skeleton", "target": "/made/skeleton", "weights": "/weights"}
        steps.append({**skeleton, "index": "/samples/samples.json", "samples": "/made/samples.npz"})
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
