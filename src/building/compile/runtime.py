"""The runtime: Pyodide, NumPy and Pillow made ready for the page, compiled and trimmed.

Example::

    runtime = build_runtime(context)
    (runtime.folder / "numpy.zip.gz").read_bytes()
"""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.compile.compiler import CORE, STDLIB, compile_archives
from building.compile.pyodide_job import FILES
from building.context import BuildContext
from building.fetch.cache import key_of
from building.fetch.pins import PIN_FILE

TRIM_FILE = Path(__file__).with_name("trim.toml")
PACKAGES = ("numpy", "pillow")
LATER = ("pillow",)  # by Pyodide itself, when it is asked for
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
    key = key_of(PIN_FILE, TRIM_FILE, *FILES, Path(__file__))
    folder = context.cache.result("runtime", key)
    if not folder.exists():
        files = context.fetcher.fetch_all(list(context.pins.files.values()))
        context.report.line("Compiling the standard library, NumPy and Pillow (once) ...")
        with context.cache.making(folder) as draft:
            _compile(draft, files, context)
    return Runtime(folder, key)


def _compile(draft: Path, files: dict[str, Path], context: BuildContext) -> None:
    """Fill a folder with the core, the lock file and the compiled archives, plain and gzipped."""
    inputs, archives = draft / "inputs", draft / "archives"
    inputs.mkdir()
    archives.mkdir()
    sources = {"python_stdlib": files[STDLIB], "pyscript": files[PYSCRIPT_MODULES]}
    sources |= {name: files[context.pins.wheel(name).name] for name in PACKAGES}
    for name, source in sources.items():
        shutil.copyfile(source, inputs / name)
    for name in CORE:
        shutil.copyfile(files[name], draft / name)
    lock = trimmed_lock(json.loads(files["pyodide-lock.json"].read_bytes()), LATER)
    (archives / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    # Without docstrings, NumPy only works without assertions too, as under ``python -OO``.
    compile_archives({"/made": draft}, _steps(), context, assertions=False)
    (archives / "pyodide-lock.json").rename(draft / "lock.json")
    for path in archives.iterdir():
        path.rename(draft / path.name)
    archives.rmdir()
    shutil.rmtree(inputs)


def _steps() -> list[dict[str, Any]]:
    """Return the steps that compile ``/made/inputs`` into ``/made/archives``."""
    trims = tomllib.loads(TRIM_FILE.read_text(encoding="utf-8"))
    places = {name: f"/made/archives/{name}.zip" for name in (*ARCHIVES, "pyscript")}
    inputs = {name: f"/made/inputs/{name}" for name in places}
    wasm = "/made/pyodide.asm.wasm"
    return [
        *(
            {"step": "trim_archive", "source": inputs[name], "target": places[name]} | trims[name]
            for name in ARCHIVES
        ),
        {"step": "trim_pyscript", "source": inputs["pyscript"], "target": places["pyscript"]},
        {"step": "py_compile", "folder": "/made/archives"},
        {"step": "place_pyscript", "source": places["pyscript"], "target": places["pyscript"]},
        *(
            {"step": "compress", "source": places[name], "target": f"{places[name]}.gz"}
            for name in ARCHIVES
        ),
        {"step": "compress", "source": wasm, "target": "/made/pyodide.asm.wasm.gz"},
    ]


def trimmed_lock(published: dict[str, Any], packages: tuple[str, ...]) -> dict[str, Any]:
    """Return Pyodide's lock file with nothing but some packages, as archives of ours."""
    entries = {
        name: published["packages"][name] | {"file_name": f"{name}.zip", "depends": []}
        for name in packages
    }
    return {"info": published["info"], "packages": entries}
