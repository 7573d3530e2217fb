"""Pictures that a visitor brings, through the page's own file input, in a real browser."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from cnnscope.nn.image import prepare
from cnnscope.text import load_text
from picture_cases import REFUSED, USABLE
from pictures import WIDTH, Pixels, encoded, exif, many_scans, stored, upright

pytestmark = pytest.mark.browser

_READ = """() => {
    globalThis.isRead = new Promise(done => {
        const root = document.documentElement;
        new MutationObserver((_, observer) => {
            if (root.dataset.reading) return;
            observer.disconnect();
            done();
        }).observe(root, { attributeFilter: ["data-reading"] });
    });
}"""

_PYTHON_BYTES = """async () => {
    const boot = await import(document.querySelector("script[src*='boot.mjs']").src);
    return (await boot.loadPyodide())._module.HEAPU8.length;
}"""

_SHARED = Path(os.environ.get("CNNSCOPE_SHARED", Path(__file__).parents[3] / "shared"))
_MANIFEST = _SHARED / "data" / "pictures" / "manifest.json"


class Visitor:
    """Somebody who brings pictures to the page and looks at what comes of it."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def bring(self, file: bytes, name: str = "picture", kind: str = "") -> None:
        self._page.evaluate(_READ)
        chosen = {"name": name, "mimeType": kind, "buffer": file}
        self._page.locator("input[type=file]").set_input_files(chosen)
        self._page.evaluate("() => globalThis.isRead")

    def start_from(self, rgb: Pixels) -> None:
        """See to it that the network has this picture, and that nothing is wrong."""
        if self.alert():
            self._page.locator("#alert button").click()
        if not np.array_equal(self.picture(), prepare(rgb)):
            self.bring(encoded(rgb, "PNG"))

    def picture(self) -> Pixels:
        values = self._page.evaluate("() => Array.from(cnnscope.picture())")
        return np.array(values, np.uint8).reshape(64, 64, 3)

    def alert(self) -> str:
        alert = self._page.locator("#alert")
        return alert.locator("#alert-text").inner_text() if alert.is_visible() else ""

    def probabilities(self) -> list[float]:
        script = "all => all.map(each => Number(each.dataset.probability))"
        return self._page.locator("[data-probability]").evaluate_all(script)


@pytest.fixture
def visitor(probed_page: Page) -> Visitor:
    return Visitor(probed_page)


@pytest.mark.parametrize("name", USABLE)
def test_usable_picture_reaches_the_network_upright_and_on_white(visitor, name):
    usable = USABLE[name]()
    visitor.start_from(255 - upright())
    visitor.bring(usable.file)
    assert visitor.alert() == ""
    off = np.abs(visitor.picture().astype(int) - prepare(usable.rgb)).max()
    assert off <= usable.tolerance


@pytest.mark.parametrize("name", REFUSED)
def test_refused_picture_is_explained_and_the_one_before_stays(visitor, name):
    make, code = REFUSED[name]
    visitor.start_from(upright())
    answer = visitor.probabilities()
    visitor.bring(make(), "picture.png", "image/png")
    told = load_text().strings[f"picture.error.{code}"]
    assert visitor.alert().startswith(told.split("{")[0])
    assert visitor.alert().endswith(told.split("}")[-1])
    np.testing.assert_array_equal(visitor.picture(), prepare(upright()))
    assert visitor.probabilities() == answer


@pytest.mark.parametrize("orientation", [1, 3, 5, 6, 8])
def test_a_large_turned_picture_equals_pillow_on_the_upright_one(visitor, orientation):
    rng = np.random.default_rng(orientation)
    coarse = rng.integers(0, 256, (140, 170, 3), dtype=np.uint8)
    rgb = coarse.repeat(10, axis=0).repeat(10, axis=1)[:1301]
    visitor.bring(encoded(stored(rgb, orientation), "PNG", exif=exif(orientation)))
    np.testing.assert_array_equal(visitor.picture(), prepare(rgb))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 300), (64, 64), (63, 65), (7, 4)])
def test_a_small_picture_equals_pillow_too(visitor, width, height):
    rng = np.random.default_rng(width)
    rgb = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    visitor.bring(encoded(rgb, "PNG"))
    np.testing.assert_array_equal(visitor.picture(), prepare(rgb))


@pytest.mark.parametrize("kind", ["", "image/jpeg", "text/html", "image/svg+xml"])
def test_name_and_declared_type_count_for_nothing(visitor, kind):
    visitor.start_from(255 - upright())
    visitor.bring(encoded(upright(), "WEBP", lossless=True), "<img src=x>.heic", kind)
    np.testing.assert_array_equal(visitor.picture(), prepare(upright()))
    assert "<img" not in visitor.alert()


def test_the_jpeg_that_takes_longest_of_those_allowed_is_read(visitor):
    visitor.start_from(upright())
    visitor.bring(many_scans(8192, 8192, 31))
    assert visitor.alert() == ""
    assert np.ptp(visitor.picture()) == 0  # all grey


def test_a_picture_that_is_lost_before_it_is_read_is_explained(visitor, probed_page):
    visitor.start_from(upright())
    probed_page.evaluate("() => { Blob.prototype.arrayBuffer_ = Blob.prototype.arrayBuffer }")
    probed_page.evaluate(
        "() => { Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone')) }"
    )
    visitor.bring(encoded(255 - upright(), "PNG"))
    probed_page.evaluate("() => { Blob.prototype.arrayBuffer = Blob.prototype.arrayBuffer_ }")
    assert visitor.alert() == load_text()("picture.error.unreadable")
    np.testing.assert_array_equal(visitor.picture(), prepare(upright()))


def test_python_never_holds_a_large_picture(visitor, probed_page):
    visitor.bring(encoded(upright(WIDTH, WIDTH), "PNG"))
    before = probed_page.evaluate(_PYTHON_BYTES)
    visitor.bring(many_scans(8000, 6000, 1))
    assert visitor.alert() == ""
    assert probed_page.evaluate(_PYTHON_BYTES) - before < 30 * 2**20


def _shared() -> list[dict[str, Any]]:
    return json.loads(_MANIFEST.read_text())["files"] if _MANIFEST.exists() else []


@pytest.mark.skipif(not _shared(), reason="no folder of shared pictures (CNNSCOPE_SHARED)")
@pytest.mark.parametrize("entry", _shared(), ids=lambda entry: entry["name"])
def test_shared_picture_comes_out_as_its_manifest_says(visitor, entry):
    visitor.start_from(upright(1, 1))
    before = visitor.picture()
    file = (_MANIFEST.parent / entry["name"]).read_bytes()
    visitor.bring(file, entry["upload_as"], entry["mime"])
    if visitor.alert():
        assert entry["expectation"] == "reject" or entry["optional"]
        np.testing.assert_array_equal(visitor.picture(), before)
        return
    assert entry["expectation"] == "accept" or entry["optional"]
    if entry["expectation"] == "accept":
        seen = visitor.picture()[[16, 16, 48, 48], [16, 48, 16, 48]].astype(int)
        expected = [entry["quadrants"], *entry.get("also", [])]
        assert min(np.abs(seen - np.array(one)).max() for one in expected) <= entry["tol"]
