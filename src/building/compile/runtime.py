"""The runtime: Pyodide, NumPy and Pillow made ready for the page, compiled and trimmed.

Example::

    runtime = build_runtime(context)
    (runtime.folder / "numpy.zip.gz").read_bytes()
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.compile.pyodide_job import FILES, HOST, RUNNER, STEPS, Job, run_job
from building.context import BuildContext
from building.fetch.cache import key_of
from building.fetch.pins import PIN_FILE

TRIM_FILE = Path(__file__).with_name("trim.toml")
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
PACKAGES = ("numpy", "pillow")
PYSCRIPT_MODULES = "pyscript/modules.js"
ARCHIVES = ("python_stdlib", *PACKAGES)


@dataclass(frozen=True)
class Runtime:
    """A folder that Pyodide can be started from, and the key of what went into it."""

    folder: Path
    key: str

    def packages(self, *names: str) -> list[Path]:
        """Return the archives of some packages, as they are unpacked."""
        return [self.folder / f"{name}.zip" for name in names]


def build_runtime(context: BuildContext) -> Runtime:
    """Return the compiled runtime, making it on first use."""
    key = key_of(PIN_FILE, TRIM_FILE, STEPS, FILES, HOST, RUNNER, Path(__file__))
    folder = context.cache.result("runtime", key)
    if not folder.exists():
        files = context.fetcher.fetch_all(list(context.pins.files.values()))
        context.report.line("Compiling the standard library, NumPy and Pillow (once) ...")
        with context.cache.making(folder) as draft:
            _compile(draft, files, context)
    return Runtime(folder, key)


def _compile(draft: Path, files: dict[str, Path], context: BuildContext) -> None:
    """Fill a folder with the core and the compiled archives, plain and gzipped."""
    published = draft / "published"
    inputs = draft / "inputs"
    published.mkdir()
    inputs.mkdir()
    for name in (*CORE, "python_stdlib.zip"):
        shutil.copyfile(files[name], published / name)
    sources = {"python_stdlib": files["python_stdlib.zip"]}
    sources |= {name: files[context.pins.wheel(name).name] for name in PACKAGES}
    trims = tomllib.loads(TRIM_FILE.read_text(encoding="utf-8"))
    steps: list[dict[str, Any]] = []
    for name, source in sources.items():
        shutil.copyfile(source, inputs / name)
        target = f"/made/{name}.zip"
        steps.append({"step": "compile_archive", "target": target} | trims[name])
        steps[-1]["source"] = f"/made/inputs/{name}"
        steps.append({"step": "compress", "source": target, "target": f"{target}.gz"})
    shutil.copyfile(files[PYSCRIPT_MODULES], inputs / "pyscript")
    steps.append({"step": "compile_pyscript", "source": "/made/inputs/pyscript"})
    steps[-1]["target"] = "/made/pyscript.zip"
    wasm = "/made/published/pyodide.asm.wasm"
    steps.append({"step": "compress", "source": wasm, "target": "/made/pyodide.asm.wasm.gz"})
    run_job(Job(published, {"/made": draft}, steps), context.tools.node())
    shutil.rmtree(inputs)
    for name in CORE:
        (published / name).rename(draft / name)
    published_lock = json.loads(files["pyodide-lock.json"].read_bytes())
    lock = trimmed_lock(published_lock, {"pillow": (draft / "pillow.zip").read_bytes()})
    (draft / "lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
    shutil.rmtree(published)


def trimmed_lock(published: dict[str, Any], packages: dict[str, bytes]) -> dict[str, Any]:
    """Return Pyodide's lock file with nothing but some packages, as the archives given."""
    entries = {}
    for name, content in packages.items():
        sha256 = hashlib.sha256(content).hexdigest()
        entry = {"file_name": f"{name}.zip", "sha256": sha256, "depends": []}
        entries[name] = published["packages"][name] | entry
    return {"info": published["info"], "packages": entries}
