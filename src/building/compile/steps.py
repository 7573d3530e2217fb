"""The part of the build that runs inside Pyodide, on the CPython that the page will run.

A ``.pyc`` only loads in the CPython that compiled it, so the page's own interpreter compiles it,
here under Node. It also decodes the samples, so that build and page share one decoder. A job is a
list of steps, each a dict with the name of a function below and its arguments::

    run([{"step": "compile_archive", "source": "/in/python_stdlib.zip", ...}])
"""

from __future__ import annotations

import ast
import fnmatch
import gzip
import importlib
import io
import json
import marshal
import os
import re
import sys
import zipfile
from collections.abc import Callable
from importlib.util import MAGIC_NUMBER, source_hash
from typing import Any

UNCHECKED = (1).to_bytes(
    4, "little"
)  # of a .pyc: its source is named by a hash, and not looked for
THUMBNAIL = 96  # px: twice as fine as they are shown, for screens of twice the pixels
THUMBNAIL_QUALITY = 80
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def run(steps: list[dict[str, Any]]) -> None:
    """Run each step in order."""
    for step in steps:
        arguments = {key: value for key, value in step.items() if key != "step"}
        STEPS[step["step"]](**arguments)


def compile_archive(
    source: str,
    target: str,
    drop: list[str],
    keep: list[str],
    blank: list[str],
    assertions: bool = False,
) -> None:
    """Rewrite an archive or folder of Python as a stored zip of ``.pyc`` and resources.

    Members matching a pattern of ``drop`` and none of ``keep`` are left out; modules matching one
    of ``blank`` are kept but empty, for what is imported yet does nothing that a page needs.
    Without docstrings, NumPy only works without assertions too, as under ``python -OO``.
    """
    members: dict[str, bytes] = {}
    for name, content in _members(source):
        if _matches(name, drop) and not _matches(name, keep):
            continue
        if name.endswith(".py"):
            content = b"" if _matches(name, blank) else content
            members[name + "c"] = compile_module(content, name, assertions=assertions)
        else:
            members[name] = content
    _write(target, stored_zip(members))


def compile_pyscript(source: str, target: str) -> None:
    """Compile the modules that PyScript writes into the page, as the cache beside them.

    The source is PyScript's own script: one line of JSON for each module.
    """
    members: dict[str, bytes] = {}
    for name, text in re.findall(r'"(\w+)\.py": (".*")', _read(source).decode()):
        cached = f"pyscript/__pycache__/{name}.{sys.implementation.cache_tag}.pyc"
        members[cached] = compile_module(json.loads(text).encode(), f"{name}.py", assertions=True)
    _write(target, stored_zip(members))


def compile_module(source: bytes, name: str, *, assertions: bool) -> bytes:
    """Return the bytes of a ``.pyc`` that loads without looking for its source."""
    tree = ast.parse(source, name)
    _strip_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0 if assertions else 1)
    return MAGIC_NUMBER + UNCHECKED + source_hash(source) + marshal.dumps(code)


def stored_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip of members, uncompressed, sorted, with fixed dates and permissions.

    Uncompressed because the archive travels gzipped as a whole, which is smaller, and because the
    interpreter then reads modules without inflating each.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.create_system = 3  # Unix, whatever the host
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name])
    return buffer.getvalue()


def compress(source: str, target: str) -> None:
    """Gzip a file with no name and no date in it."""
    _write(target, gzip.compress(_read(source), 9, mtime=0))


def merge(archives: list[str], files: dict[str, str], target: str) -> None:
    """Write the members of archives, and files under the names given, as one stored zip."""
    members: dict[str, bytes] = {}
    for archive in archives:
        members.update(_members(archive))
    for name, path in files.items():
        members[name] = _read(path)
    _write(target, stored_zip(members))


def decode_samples(folder: str, target: str) -> None:
    """Decode the sample pictures listed in ``samples.json`` to the network's input size.

    The result is an ``.npz`` of key -> uint8 (3, rows, columns), see ``cnnscope.pictures.samples``.
    The samples are WebP, whose decoder gives the same pixels everywhere.
    """
    import numpy as np
    from PIL import Image

    from cnnscope.pictures.resize import prepare
    from cnnscope.pictures.samples import differences

    members = {}
    for sample in json.loads(_read(f"{folder}/samples.json")):
        with Image.open(f"{folder}/{sample['key']}.webp", formats=["WEBP"]) as picture:
            pixels = prepare(np.asarray(picture.convert("RGB")))
        array_file = io.BytesIO()
        np.lib.format.write_array(array_file, differences(pixels), allow_pickle=False)
        members[sample["key"] + ".npy"] = array_file.getvalue()
    _write(target, stored_zip(members))


def draw_thumbnails(folder: str, target: str) -> None:
    """Draw the sample pictures small and side by side, in the order of ``samples.json``.

    One small file instead of a dozen large ones: the pictures themselves come when asked for.
    """
    from PIL import Image

    listed = json.loads(_read(f"{folder}/samples.json"))
    strip = Image.new("RGB", (THUMBNAIL * len(listed), THUMBNAIL))
    for place, sample in enumerate(listed):
        with Image.open(f"{folder}/{sample['key']}.webp", formats=["WEBP"]) as picture:
            small = picture.convert("RGB").resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        strip.paste(small, (place * THUMBNAIL, 0))
    file = io.BytesIO()
    strip.save(file, "WEBP", quality=THUMBNAIL_QUALITY, method=6)
    _write(target, file.getvalue())


def list_embeds(weights: str, target: str) -> None:
    """Write the names of the views that ``?embed=`` can show alone, as a list in JSON."""
    from cnnscope.nn.weights import load_network

    _write(target, json.dumps(_embeds(load_network(f"{weights}/tiny_vgg.npz"))).encode())


def _embeds(network: Any) -> list[str]:
    """Return what the application can show alone of a network."""
    from cnnscope.embedding import WHOLE, kind_of_layer

    kinds = (kind_of_layer(network, layer.name) for layer in network.layers)
    return list(dict.fromkeys(("overview", *kinds, "softmax", *WHOLE, "tour")))


def draw_skeleton(weights: str, index: str, samples: str, target: str) -> None:
    """Have the application draw the page that is shown before Python has started.

    Writes ``skeleton.<language>.html``, ``skeleton.css`` and ``skeleton.webp`` into the target
    folder; nothing where the application has no skeleton.
    """
    try:
        skeleton = importlib.import_module("prerender.skeleton")
    except ModuleNotFoundError as error:
        if error.name != "prerender.skeleton":
            raise
        return
    from cnnscope.nn.weights import load_network
    from cnnscope.pictures.samples import load_samples

    pictures = load_samples(samples)
    listed = json.loads(_read(index))
    parts = skeleton.render(
        load_network(f"{weights}/tiny_vgg.npz"),
        json.loads(_read(f"{weights}/classes.json")),
        {sample["key"]: pictures[sample["key"]] for sample in listed},
        {sample["key"] for sample in listed if sample["class"] is None},
    )
    for language, markup in parts["html"].items():
        _write(f"{target}/skeleton.{language}.html", markup.encode())
    _write(f"{target}/skeleton.css", parts["css"].encode())
    _write(f"{target}/skeleton.webp", parts["sheet"])


def draw_figures(weights: str, index: str, samples: str, languages: list[str], target: str) -> None:
    """Have the application draw the article's figures, from what it computes for the samples.

    Writes ``LANGUAGE/NAME.svg`` into the target folder, in each of the languages.
    """
    from cnnscope.nn.weights import load_network
    from cnnscope.pictures.resize import to_input
    from cnnscope.pictures.samples import load_samples
    from cnnscope.text import load_text
    from prerender.figures.registry import figures
    from prerender.figures.subject import Subject

    network = load_network(f"{weights}/tiny_vgg.npz")
    classes = [entry["name"] for entry in json.loads(_read(f"{weights}/classes.json"))]
    evaluation = json.loads(_read(f"{weights}/evaluation.json"))
    named = {sample["key"]: sample["class"] for sample in json.loads(_read(index))}
    labels = {key: classes.index(name) if name else None for key, name in named.items()}
    pictures = load_samples(samples)
    traces = {key: network(to_input(pictures[key])) for key in named}
    for language in languages:
        subject = Subject(load_text(language), network, classes, traces, labels, evaluation)
        for name, markup in figures(subject).items():
            _write(f"{target}/{language}/{name}.svg", markup.encode())


def run_module(name: str) -> None:
    """Import a module, for tests of what the archives can still do."""
    importlib.import_module(name)


def _members(source: str) -> list[tuple[str, bytes]]:
    """Return (name, content) of every file of a zip or folder, sorted by name."""
    if os.path.isdir(source):
        names = []
        for folder, _, files in os.walk(source):
            names += [os.path.relpath(os.path.join(folder, file), source) for file in files]
        names = [name for name in names if not _is_litter(name)]
        return [(name, _read(os.path.join(source, name))) for name in sorted(names)]
    with zipfile.ZipFile(source) as archive:
        names = sorted(name for name in archive.namelist() if not name.endswith("/"))
        return [(name, archive.read(name)) for name in names]


def _is_litter(name: str) -> bool:
    """Tell what tools leave beside sources: caches, hidden files, editors' back-ups."""
    return any(
        part == "__pycache__" or part.startswith(".") or part.endswith("~")
        for part in name.split(os.sep)
    )


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _strip_docstrings(tree: ast.Module) -> None:
    """Take the docstrings out: nobody reads them in a page, and they are a third of the bytes.

    A class keeps a blank one: ``dataclass`` would otherwise work out a signature to put there, at
    every start.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        match node.body:
            case [ast.Expr(ast.Constant(str())) as docstring, *rest]:
                if isinstance(node, ast.ClassDef):
                    docstring.value = ast.copy_location(ast.Constant(" "), docstring)
                elif rest or isinstance(node, ast.Module):
                    node.body = rest
                else:
                    node.body = [ast.copy_location(ast.Pass(), docstring)]


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, content: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


STEPS: dict[str, Callable[..., None]] = {
    "compile_archive": compile_archive,
    "compile_pyscript": compile_pyscript,
    "compress": compress,
    "merge": merge,
    "decode_samples": decode_samples,
    "draw_figures": draw_figures,
    "draw_skeleton": draw_skeleton,
    "draw_thumbnails": draw_thumbnails,
    "list_embeds": list_embeds,
    "run_module": run_module,
}
