"""Browsers that do not say truly what is in a picture: it is decoded otherwise, or said why not.

Each falsification is done to every canvas at once, as a browser or an extension would. What is
shown must be the file's own pixels, or the picture before; a notice says who has decoded it.
"""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page

from cnnscope.pictures.resize import prepare
from cnnscope.text import load_text
from support.browser.visitor import Table, Visitor
from support.pictures.cases import USABLE
from support.pictures.encoded import encoded, upright
from support.pictures.extreme import EXTREME
from support.sampling import sampled

pytestmark = pytest.mark.browser

TEXT = load_text()
FALSIFIED = TEXT("picture.notice.falsified")
CROPPED = TEXT("picture.notice.cropped")
NO_MEMORY = TEXT("picture.error.no_memory")

KINDS = ("png", "jpeg", "gif", "bmp")
DECODED = {
    name: make
    for name, make in (USABLE | EXTREME).items()
    if name.startswith(KINDS) and not re.search(r"EXIF|orientation [^6]|67|65535|65500", name)
}
"""What Pillow decodes; that EXIF notes and sizes are read rightly is tried elsewhere."""

REPLACE = """change => {
    globalThis.restored = [];
    const replace = (owner, name, make) => {
        const plain = Object.getOwnPropertyDescriptor(owner, name);
        restored.push(() => Object.defineProperty(owner, name, plain));
        Object.defineProperty(owner, name, {...plain, value: make(plain.value)});
    };
    const contexts = [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D];
    const canvases = [HTMLCanvasElement, OffscreenCanvas];
    const read = change => contexts.forEach(each => replace(each.prototype, 'getImageData',
        plain => function (...given) { return change(plain.apply(this, given), this); }));
    (CHANGE)({replace, read, contexts, canvases});
}"""
RESTORE = "() => restored.forEach(each => each())"

EACH = "({read}) => read(image => { const {data} = image; %s; return image; })"
VALUES = EACH % "for (let i = 0; i < data.length; i += 1) %s"
THROW = "({read}) => read(() => { throw new %s; })"
BITMAP = "({replace}) => replace(globalThis, 'createImageBitmap', plain => %s)"

FALSIFICATIONS = {
    "white": EACH % "data.fill(255)",
    "nothing": EACH % "data.fill(0)",
    "noise": VALUES % "data[i] = 256 * Math.random()",
    "noise of a bit": VALUES % "data[i] ^= Math.random() < 0.5",
    "noise of a bit, in few values": EACH % """
        for (let n = 0; n < 40; n += 1) data[4 * Math.floor(Math.random() * data.length / 4)] ^= 1
    """,
    "noise of a bit, unless all is plain": EACH % """
        const words = new Uint32Array(data.buffer);
        if (words.some(word => word !== words[0])) data[4 * (words.length >> 1) + 1] ^= 1
    """,
    "noise in large canvases": EACH % "if (data.length > 4 * 128 * 128) data[77] ^= 8",
    "the same noise for the same picture": VALUES % "if (i % 97 === 5) data[i] ^= 2",
    "a colour profile": VALUES % "data[i] = i % 4 < 3 ? 255 * (data[i] / 255) ** 1.1 : data[i]",
    "red for blue": VALUES % "if (i % 4 === 0) [data[i], data[i + 2]] = [data[i + 2], data[i]]",
    "see-through": VALUES % "if (i % 4 === 3) data[i] = 254",
    "upside down": EACH % "data.reverse()",
    "another size": "({read}) => read(() => new ImageData(1, 1))",
    "null": "({read}) => read(() => null)",
    "undefined": "({read}) => read(() => undefined)",
    "an error": THROW % "Error('canvas is blocked')",
    "a security error": THROW % "DOMException('insecure', 'SecurityError')",
    "no context": """({replace, canvases}) => canvases.forEach(
        each => replace(each.prototype, 'getContext', () => () => null))""",
    "a context that is refused": """({replace, canvases}) => canvases.forEach(
        each => replace(each.prototype, 'getContext', () => () => {
            throw new DOMException('no', 'NotAllowedError'); }))""",
    "nothing is drawn": """({replace, contexts}) => contexts.forEach(
        each => replace(each.prototype, 'drawImage', () => () => {}))""",
    "no bitmap": BITMAP % "async () => null",
    "an empty bitmap": BITMAP % "async () => ({width: 0, height: 0, close() {}})",
    "a bitmap that is refused": BITMAP
    % "() => Promise.reject(new DOMException('no', 'SecurityError'))",
    "a bitmap that is refused at once": BITMAP
    % "() => { throw new DOMException('no', 'NotAllowedError'); }",
}  # fmt: skip

SHORTAGES = {
    "Chromium": THROW % "RangeError('Out of memory at ImageData creation')",
    "an array": THROW % "RangeError('Array buffer allocation failed')",
    "Firefox": THROW % "Error('Component returned failure code: (NS_ERROR_OUT_OF_MEMORY)')",
    "a bitmap": BITMAP
    % "async () => { throw new DOMException('The ImageBitmap could not be allocated.'); }",
    "a file": "({replace}) => replace(Blob.prototype, 'arrayBuffer', "
    "plain => async () => { throw new RangeError('Array buffer allocation failed'); })",
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> Table:
    return Table()


@pytest.fixture
def visitor(probed_page: Page, table: Table) -> Iterator[Visitor]:
    """A visitor whose browser is true before and after each test."""
    probed_page.emulate_media(reduced_motion="reduce")
    visitor = Visitor(probed_page, table)
    yield visitor
    probed_page.evaluate("() => globalThis.restored?.splice(0).forEach(each => each())")
    visitor.expect_alive(90)
    probed_page.emulate_media(reduced_motion="no-preference")


def falsify(page: Page, change: str) -> None:
    page.evaluate(REPLACE.replace("CHANGE", change))


def notice(page: Page) -> str:
    return page.locator("#notice").inner_text() if page.locator("#notice").is_visible() else ""


@pytest.mark.parametrize("name", sampled(FALSIFICATIONS, every=6))
def test_what_is_falsified_is_not_believed(visitor: Visitor, probed_page: Page, name: str) -> None:
    rgb = upright(300, 200)
    visitor.expect_alive(50)
    falsify(probed_page, FALSIFICATIONS[name])
    shown = visitor.bring(name, encoded(rgb, "PNG"))
    assert (shown.alert, notice(probed_page)) == ("", FALSIFIED)
    np.testing.assert_array_equal(shown.picture, prepare(rgb))
    for format in ("WEBP", "AVIF"):
        refused = visitor.bring(f"{name}, {format}", encoded(rgb, format))
        known = {"WEBP": "WebP"}.get(format, format)
        assert refused.alert == TEXT("picture.error.falsified", format=known)
        np.testing.assert_array_equal(refused.picture, shown.picture)


@pytest.mark.parametrize("name", SHORTAGES)
def test_memory_that_cannot_be_had_is_told_from_a_refusal(
    visitor: Visitor, probed_page: Page, name: str
) -> None:
    visitor.expect_alive(50)
    falsify(probed_page, SHORTAGES[name])
    for format in ("PNG", "WEBP"):
        assert visitor.bring(f"{name}, {format}", encoded(upright(), format)).alert == NO_MEMORY


@pytest.mark.parametrize("name", sampled(DECODED, every=6))
def test_every_format_that_pillow_reads_is_shown_truly(
    visitor: Visitor, probed_page: Page, name: str
) -> None:
    usable = DECODED[name]()
    falsify(probed_page, FALSIFICATIONS["white"])
    shown = visitor.bring(name, usable.file)
    is_never_the_browser_s = "108 million" in name
    said = CROPPED if is_never_the_browser_s else FALSIFIED
    assert (shown.alert, notice(probed_page)) == ("", said)
    off = np.abs(shown.picture.astype(int) - prepare(usable.rgb))
    is_jpeg = usable.file.startswith(b"\xff\xd8")  # Pillow's library for them is another
    assert off.max() <= usable.tolerance or (is_jpeg and off.mean() < 3)


def test_a_picture_that_is_too_large_for_python_says_how_large_it_may_be(
    visitor: Visitor, probed_page: Page
) -> None:
    falsify(probed_page, FALSIFICATIONS["white"])
    shown = visitor.bring("too large", EXTREME["png, 67 million pixels"]().file)
    assert "At most 16 million pixels" in shown.alert


@pytest.mark.parametrize("kind", ["OffscreenCanvas", "HTMLCanvasElement"])
def test_one_kind_of_canvas_that_is_true_will_do(
    visitor: Visitor, probed_page: Page, kind: str
) -> None:
    """Firefox asks its reader for leave, but only for a canvas that belongs to the page."""
    name = {"OffscreenCanvas": "OffscreenCanvasRenderingContext2D"}.get(
        kind, "CanvasRenderingContext2D"
    )
    falsify(
        probed_page,
        f"""({{replace}}) => replace({name}.prototype, 'getImageData',
            plain => function (...given) {{
                const image = plain.apply(this, given);
                image.data.fill(255);
                return image;
            }})""",
    )
    rgb = upright(300, 200)
    shown = visitor.bring(f"only {kind} is false", encoded(rgb, "WEBP", lossless=True))
    assert (shown.alert, notice(probed_page)) == ("", CROPPED)
    np.testing.assert_array_equal(shown.picture, prepare(rgb))


def test_a_browser_that_is_allowed_meanwhile_is_asked_again(
    visitor: Visitor, probed_page: Page
) -> None:
    falsify(probed_page, FALSIFICATIONS["noise"])
    file = encoded(upright(300, 200), "WEBP", lossless=True)
    assert visitor.bring("not yet allowed", file).alert
    probed_page.evaluate(RESTORE)
    shown = visitor.bring("allowed", file)
    assert (shown.alert, notice(probed_page)) == ("", CROPPED)
    np.testing.assert_array_equal(shown.picture, prepare(upright(300, 200)))
