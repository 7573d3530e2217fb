"""What a page may use still works in the compiled and trimmed archives, in Pyodide under Node."""

import hashlib
import json
import textwrap
import zipfile
from pathlib import Path

import pytest

from building.compile.pyodide_job import Job, run_job
from building.compile.runtime import Runtime, build_runtime
from building.context import BuildContext

USES = {
    "statistics of NumPy": """
        import numpy as np
        x = np.arange(12, dtype=np.float32).reshape(3, 4)
        assert np.median(x) == 5.5 and np.percentile(x, 25) == 2.75 and np.nanmedian(x) == 5.5
        assert np.histogram(x, 3)[0].tolist() == [4, 4, 4]
        assert abs(np.std(x) - 3.452) < 1e-3 and np.quantile(x, 0.5) == 5.5
        assert np.unique(x % 2).tolist() == [0, 1] and np.cov(x).shape == (3, 3)
    """,
    "linear algebra and windows": """
        import numpy as np
        from numpy.lib.stride_tricks import sliding_window_view
        a = np.array([[2.0, 1], [1, 3]])
        assert np.allclose(np.linalg.inv(a) @ a, np.eye(2)) and round(np.linalg.det(a)) == 5
        assert np.linalg.norm(a) > 3 and np.linalg.svd(a)[1].size == 2
        assert np.einsum("ij,jk", a, a).shape == (2, 2) and np.tensordot(a, a).shape == ()
        assert sliding_window_view(np.arange(5), 3).shape == (3, 3)
        assert np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6).tolist() == [2, 1]
        assert abs(np.fft.fft(np.ones(4))[0]) == 4
    """,
    "arrays in files": """
        import io
        import numpy as np
        file = io.BytesIO()
        np.savez(file, a=np.arange(3), text=np.array("words"))
        file.seek(0)
        with np.load(file) as arrays:
            assert arrays["a"].tolist() == [0, 1, 2] and str(arrays["text"]) == "words"
    """,
    "masked arrays, strings and printing": """
        import numpy as np
        assert np.ma.masked_less(np.arange(4), 2).sum() == 5
        assert np.char.upper(np.array(["a"]))[0] == "A" and np.strings.str_len("abc") == 3
        assert repr(np.float32(1.5)) == "np.float32(1.5)"
        assert "1." in np.array2string(np.ones(2)) and np.format_float_positional(0.1) == "0.1"
        from numpy.polynomial import Polynomial
        assert Polynomial([1, 2])(2) == 5
        from numpy.typing import NDArray
    """,
    "Pillow": """
        import io
        import numpy as np
        from PIL import Image, ImageDraw, ImageOps
        picture = Image.fromarray(np.zeros((40, 30, 3), np.uint8))
        ImageDraw.Draw(picture).rectangle((3, 3, 9, 9), fill="#ff8000")
        assert picture.resize((8, 8), Image.Resampling.BICUBIC).size == (8, 8)
        for kind in ("PNG", "JPEG", "GIF", "BMP", "PPM", "WEBP"):
            file = io.BytesIO()
            picture.save(file, kind)
            file.seek(0)
            with Image.open(file, formats=[kind]) as again:
                assert again.convert("RGB").size == (30, 40), kind
        assert ImageOps.exif_transpose(picture).size == (30, 40)
    """,
    "the standard library": """
        import asyncio, base64, bisect, calendar, codecs, collections, colorsys, contextlib, copy
        import csv, dataclasses, datetime, decimal, enum, fractions, functools, gzip, hashlib
        import heapq, html, importlib.resources, inspect, io, itertools, json, keyword, logging
        import math, operator, os, pathlib, pickle, pprint, random, re, statistics, string, struct
        import sys, tempfile, textwrap, threading, time, tomllib, traceback, types, typing
        import unicodedata, urllib.parse, uuid, warnings, weakref, xml.etree.ElementTree, zipfile
        import zlib, zoneinfo
        @dataclasses.dataclass(frozen=True)
        class Point:
            x: int
            y: int = 2
        assert dataclasses.replace(Point(1), x=3) == Point(3, 2)
        assert repr(Point(1)) == "Point(x=1, y=2)"
        assert json.loads(json.dumps({"a": [1, None]})) == {"a": [1, None]}
        assert html.escape("<&>") == "&lt;&amp;&gt;" and "é".encode("utf-8").decode() == "é"
        assert "é".encode("latin-1") == b"\\xe9" and "é".encode("cp1252") == b"\\xe9"
        assert "ü.test".encode("idna") == b"xn--tda.test"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "words")
        assert zipfile.ZipFile(file).read("a.txt") == b"words"
        assert datetime.datetime(2020, 1, 2).isoformat() == "2020-01-02T00:00:00"
        assert str(decimal.Decimal("0.1") + 1) == "1.1" and statistics.median([1, 2, 9]) == 2
        importlib.invalidate_caches()
        try:
            1 / 0
        except ZeroDivisionError:
            assert "ZeroDivisionError" in traceback.format_exc()
    """,
    "Pyodide's own modules": """
        import pyodide, pyodide.code, pyodide.ffi, pyodide.webloop, js
        from pyodide.ffi import create_proxy, to_js
        assert pyodide.code.eval_code("1 + 1") == 2
        assert to_js([1, 2]).length == 2
        create_proxy(print).destroy()
    """,
    "every module that is left of NumPy": """
        import importlib, pkgutil, warnings
        import numpy
        warnings.simplefilter("ignore")
        for module in pkgutil.walk_packages(numpy.__path__, "numpy.", onerror=lambda name: None):
            if module.name not in ("numpy.random", "numpy.testing"):
                importlib.import_module(module.name)
    """,
}


@pytest.fixture(scope="module")
def runtime(build_context: BuildContext) -> Runtime:
    return build_runtime(build_context)


@pytest.mark.parametrize("use", USES)
def test_what_a_page_uses_is_left(
    use: str, runtime: Runtime, build_context: BuildContext, tmp_path: Path
) -> None:
    (tmp_path / "use.py").write_text(textwrap.dedent(USES[use]), encoding="utf-8")
    packages = runtime.packages("numpy", "pillow")
    steps = [{"step": "run_module", "name": "use"}]
    job = Job(runtime.folder, {"/use": tmp_path}, steps, packages, python_path=["/use"])
    run_job(job, build_context.tools.node())


def test_archives_are_compiled_for_the_page_s_own_interpreter(runtime: Runtime) -> None:
    """Legacy layout, named by a hash of their source and not by a date, stored and not deflated."""
    paths = sorted(runtime.folder.glob("*.zip"))
    assert [path.stem for path in paths] == ["numpy", "pillow", "pyscript", "python_stdlib"]
    magic = set()
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if name.endswith(".py")]
            for entry in archive.infolist():
                assert entry.compress_type == zipfile.ZIP_STORED
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                if entry.filename.endswith(".pyc"):
                    is_cache = "__pycache__" in entry.filename  # whose source is another
                    content = archive.read(entry)
                    assert content[4] == (1 if is_cache else 3), entry.filename
                    magic.add(content[:4])
    assert len(magic) == 1


def test_the_lock_file_names_what_is_loaded_later_by_its_new_sum(runtime: Runtime) -> None:
    packages = json.loads((runtime.folder / "lock.json").read_bytes())["packages"]
    assert list(packages) == ["pillow"]
    content = (runtime.folder / packages["pillow"]["file_name"]).read_bytes()
    assert packages["pillow"]["sha256"] == hashlib.sha256(content).hexdigest()
