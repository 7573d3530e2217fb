"""The picture by which a shared link is shown, drawn in Pyodide like all that is drawn.

Example::

    (build_preview(root, runtime, context) / "preview.png").read_bytes()

A job of its own: letters need what the page's Pillow leaves out.
"""

from __future__ import annotations

from pathlib import Path

from building.compile.application import DRAWINGS
from building.compile.pyodide_job import Job, run_job
from building.compile.runtime import Runtime
from building.context import BuildContext
from building.fetch.cache import key_of

PICTURE = "red_panda"  # of the samples
USED = ("drawing", "nn", "pictures")  # parts of the application by which it is drawn


def build_preview(root: Path, runtime: Runtime, context: BuildContext) -> Path:
    """Return a folder with ``preview.png``, drawing it where anything it shows is another."""
    package, prerender = root / "src" / "cnnscope", root / "src" / "prerender"
    weights, samples = root / "weights", root / "public" / "samples"
    shown = (samples / f"{PICTURE}.webp", weights / "tiny_vgg.npz", weights / "classes.json")
    code = (prerender / "preview.py", *(package / part for part in USED), DRAWINGS, Path(__file__))
    folder = context.cache.result("preview", key_of(runtime.key, *code, *shown))
    if not folder.exists():
        context.report.line("Drawing the picture for shared links ...")
        pillow = context.pins.wheel("pillow")
        wheel = context.fetcher.fetch_all([pillow])[pillow.name]
        step = {"step": "draw_preview", "weights": "/weights", "target": "/made/preview.png"}
        with context.cache.making(folder) as draft:
            mounts = {"/source/cnnscope": package, "/drawn/prerender": prerender}
            mounts |= {"/weights": weights, "/samples": samples, "/made": draft}
            job = Job(
                pyodide=runtime.folder,
                mounts=mounts,
                steps=[step | {"picture": f"/samples/{PICTURE}.webp"}],
                packages=[*runtime.packages("numpy"), wheel],
                python_path=["/source", "/drawn"],
            )
            run_job(job, context.tools.node())
    return folder
