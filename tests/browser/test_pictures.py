"""Pictures that a visitor brings, through the page's own file input, in a real browser.

After each, a good picture is brought, and the page must give exactly its numbers. How long each
took and how much memory is printed at the end.
"""

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from cnnscope.pictures.resize import prepare
from cnnscope.text import load_text
from support.browser.visitor import Table, Visitor
from support.pictures.cases import DOUBTFUL, REFUSED, USABLE
from support.pictures.encoded import (
    WIDTH,
    encoded,
    exif,
    many_scans,
    segment,
    stored,
    upright,
    with_segment,
)
from support.pictures.extreme import EXTREME
from support.pictures.odd import MARKUP
from support.pictures.usable import jpeg
from support.sampling import sampled

pytestmark = pytest.mark.browser

MEMORY = 1500
"""MB that the page's process may come to; the largest pictures allowed take 270 of it decoded."""

NAMES = [
    "photo.png",
    "photo",
    "photo.heic",
    "photo.svg",
    "\"><img src=x onerror=document.title='run'>.png",
    "<script>document.title='run'<\\script>.png",
    "photo\u202egnp.exe.png",
    "cafe\u0301 \U0001f408\u200d\u2b1b.png",
    "%s%n{0.__class__}${7*7}{{7*7}}.png",
    "a" * 250 + ".png",
]

_PYTHON_BYTES = """async () => {
    const boot = await import(document.querySelector("script[src*='boot.js']").src);
    return (await boot.loadPyodide())._module.HEAPU8.length;
}"""

_HOLD = """name => {
    const holder = name === 'arrayBuffer' ? Blob.prototype : globalThis;
    const plain = holder[name];
    let release;
    globalThis.isHeld = new Promise(held => {
        holder[name] = async function (...given) {
            holder[name] = plain;
            held();
            await new Promise(done => { release = done; });
            return plain.apply(this, given);
        };
    });
    globalThis.release = () => release();
}"""
"""Makes the next call of a method wait for ``release()``."""

_KEPT = """async () => {
    const caches = await globalThis.caches.keys();
    const files = [];
    for (const name of caches)
        for (const request of await (await globalThis.caches.open(name)).keys())
            files.push(request.url);
    const databases = (await indexedDB.databases?.() ?? []).map(each => each.name);
    return JSON.stringify({
        local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
        address: location.href, history: history.state, databases,
        files: files.filter(each => !each.startsWith(new URL('.', location.href))),
    });
}"""
"""All that a page can leave behind in a browser."""

_SHARED = Path(os.environ.get("CNNSCOPE_SHARED", Path(__file__).parents[3] / "shared"))
_MANIFEST = _SHARED / "data" / "pictures" / "manifest.json"


@pytest.fixture(scope="module")
def table(pytestconfig: pytest.Config) -> Iterator[Table]:
    """Where all pictures are written down, printed at the end."""
    table = Table()
    yield table
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    if table.rows and capture is not None:
        with capture.global_and_fixture_disabled():
            print("", *table.lines(), sep="\n")


@pytest.fixture(scope="module")
def reds() -> Iterator[int]:
    """How much red the next good picture has, so that each differs from the one before."""
    return (number * 7 % 250 for number in count(1))


@pytest.fixture
def visitor(probed_page: Page, table: Table, reds: Iterator[int]) -> Iterator[Visitor]:
    """A visitor whose page has a good picture before each test, and takes one after it."""
    visitor = Visitor(probed_page, table)
    probed_page.emulate_media(reduced_motion="reduce")  # a third of the time
    if not table.rows:
        visitor.expect_alive(next(reds))
    yield visitor
    visitor.expect_alive(next(reds))
    probed_page.emulate_media(reduced_motion="no-preference")


def expect_words(alert: str, code: str) -> None:
    told = load_text().strings[f"picture.error.{code}"]
    assert alert.startswith(told.split("{")[0])
    assert alert.endswith(told.split("}")[-1])


@pytest.mark.parametrize("name", sampled(USABLE | EXTREME, every=9))
def test_usable_picture_reaches_the_network_upright_and_on_white(visitor, table, name):
    usable = (USABLE | EXTREME)[name]()
    shown = visitor.bring(name, usable.file)
    assert shown.alert == ""
    off = np.abs(shown.picture.astype(int) - prepare(usable.rgb)).max()
    assert off <= usable.tolerance
    assert table.rows[-1].peak < MEMORY


@pytest.mark.parametrize("name", sampled(REFUSED, every=8))
def test_refused_picture_is_explained_and_the_one_before_stays(visitor, table, name):
    make, code = REFUSED[name]
    before, _ = visitor.look()
    shown = visitor.bring(name, make(), "picture.png", "image/png")
    expect_words(shown.alert, code)
    np.testing.assert_array_equal(shown.picture, before.picture)
    assert shown.probabilities == before.probabilities
    assert table.rows[-1].peak < MEMORY


@pytest.mark.parametrize("name", sampled(DOUBTFUL, every=5))
def test_doubtful_picture_is_shown_or_explained(visitor, table, name):
    before, _ = visitor.look()
    shown = visitor.bring(name, DOUBTFUL[name](), "picture.png", "image/png")
    is_same = np.array_equal(shown.picture, before.picture)
    assert is_same == bool(shown.alert)
    assert table.rows[-1].peak < MEMORY


@pytest.mark.parametrize("orientation", [1, 3, 5, 6, 8])
def test_a_large_turned_picture_equals_pillow_on_the_upright_one(visitor, orientation):
    rng = np.random.default_rng(orientation)
    coarse = rng.integers(0, 256, (140, 170, 3), dtype=np.uint8)
    rgb = coarse.repeat(10, axis=0).repeat(10, axis=1)[:1301]
    file = encoded(stored(rgb, orientation), "PNG", exif=exif(orientation))
    shown = visitor.bring(f"png of 1700 x 1301, orientation {orientation}", file)
    np.testing.assert_array_equal(shown.picture, prepare(rgb))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 300), (64, 64), (63, 65), (7, 4)])
def test_a_small_picture_equals_pillow_too(visitor, width, height):
    rng = np.random.default_rng(width)
    rgb = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    shown = visitor.bring(f"png of {width} x {height}", encoded(rgb, "PNG"))
    np.testing.assert_array_equal(shown.picture, prepare(rgb))


@pytest.mark.parametrize("kind", ["", "image/jpeg", "text/html", "image/svg+xml"])
def test_the_declared_type_counts_for_nothing(visitor, kind):
    file = encoded(upright(), "WEBP", lossless=True)
    shown = visitor.bring(f"webp declared as {kind or 'nothing'}", file, "photo.jpg", kind)
    np.testing.assert_array_equal(shown.picture, prepare(upright()))


@pytest.mark.parametrize("upload", sampled(NAMES, every=2))
def test_the_name_counts_for_nothing_and_is_nowhere(visitor, probed_page, upload):
    title = probed_page.title()
    shown = visitor.bring(f"png named {upload[:40]}", encoded(upright(), "PNG"), upload)
    np.testing.assert_array_equal(shown.picture, prepare(upright()))
    refused = visitor.bring(f"web page named {upload[:40]}", MARKUP, upload)
    expect_words(refused.alert, "web_page")
    assert probed_page.title() == title
    assert "run'" not in probed_page.content()
    assert "gnp.exe" not in probed_page.content()


def test_a_file_of_more_bytes_than_allowed_is_refused(visitor, tmp_path):
    path = tmp_path / "photo.png"
    with path.open("wb") as file:
        file.write(encoded(upright(), "PNG"))
        file.truncate(2**28 + 1)  # holes cost no disk
    expect_words(visitor.bring("png of 256 MB and a byte", path).alert, "too_many_bytes")


@pytest.mark.parametrize("method", ["arrayBuffer", "createImageBitmap"])
@pytest.mark.parametrize("change", ["grows", "shrinks", "goes"])
def test_a_file_that_changes_while_it_is_read_is_explained(
    visitor, probed_page, tmp_path, method, change
):
    before, _ = visitor.look()
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg())
    probed_page.evaluate(_HOLD, method)
    visitor.choose(path)
    probed_page.evaluate("() => isHeld")
    match change:
        case "grows":
            path.write_bytes(jpeg() + bytes(2**20))
        case "shrinks":
            path.write_bytes(jpeg()[:99])
        case "goes":
            path.unlink()
    probed_page.evaluate("() => release()")
    shown, _ = visitor.look()
    assert shown.alert == load_text()("picture.error.unreadable")
    np.testing.assert_array_equal(shown.picture, before.picture)


def test_a_browser_without_a_decoder_is_told_from_a_damaged_picture(visitor, probed_page):
    probed_page.evaluate(
        "() => { globalThis.plain = createImageBitmap;"
        " globalThis.createImageBitmap = () => Promise.reject(new DOMException('no')); }"
    )
    lacking = visitor.bring("avif without a decoder", encoded(upright(), "AVIF"))
    damaged = visitor.bring("png that no decoder takes", encoded(upright(), "PNG"))
    probed_page.evaluate("() => { globalThis.createImageBitmap = plain; }")
    assert lacking.alert == load_text()("picture.error.no_decoder", format="AVIF")
    assert damaged.alert == load_text()("picture.error.damaged", format="PNG")


def test_nothing_of_a_picture_is_kept_or_put_in_the_address(visitor, probed_page):
    probed_page.evaluate(
        "() => { globalThis.urls = 0; const plain = URL.createObjectURL;"
        " URL.createObjectURL = what => { urls += 1; return plain.call(URL, what); }; }"
    )
    before = probed_page.evaluate(_KEPT)
    downloads = probed_page.locator("a[download]").count()  # of the source
    note = segment(0xE1, b"Exif\0\0" + exif(6) + b"PRIVATE-PLACE")
    file = with_segment(jpeg(), note)
    assert visitor.bring("jpeg of a private place", file, "PRIVATE-NAME.jpg").alert == ""
    after = probed_page.evaluate(_KEPT)
    assert json.loads(after)["address"].endswith("picture=own")
    assert after == before
    assert "PRIVATE" not in after + probed_page.content()
    assert probed_page.evaluate("() => urls") == 0
    assert probed_page.locator("a[download]").count() == downloads


def test_python_never_holds_a_large_picture(visitor, probed_page):
    visitor.bring("png of 64 x 64", encoded(upright(WIDTH, WIDTH), "PNG"))
    before = probed_page.evaluate(_PYTHON_BYTES)
    assert visitor.bring("jpeg, 48 megapixels, grey", many_scans(8000, 6000, 1)).alert == ""
    assert probed_page.evaluate(_PYTHON_BYTES) - before < 30 * 2**20


def _shared() -> list[dict[str, Any]]:
    return json.loads(_MANIFEST.read_text())["files"] if _MANIFEST.exists() else []


@pytest.mark.skipif(not _shared(), reason="no folder of shared pictures (CNNSCOPE_SHARED)")
@pytest.mark.parametrize("entry", _shared(), ids=lambda entry: entry["name"])
def test_shared_picture_comes_out_as_its_manifest_says(visitor, entry):
    before, _ = visitor.look()
    file = (_MANIFEST.parent / entry["name"]).read_bytes()
    shown = visitor.bring(f"shared {entry['name']}", file, entry["upload_as"], entry["mime"])
    if shown.alert:
        assert entry["expectation"] == "reject" or entry["optional"]
        np.testing.assert_array_equal(shown.picture, before.picture)
        return
    assert entry["expectation"] == "accept" or entry["optional"]
    if entry["expectation"] == "accept":
        seen = shown.picture[[16, 16, 48, 48], [16, 48, 16, 48]].astype(int)
        expected = [entry["quadrants"], *entry.get("also", [])]
        assert min(np.abs(seen - np.array(one)).max() for one in expected) <= entry["tol"]
