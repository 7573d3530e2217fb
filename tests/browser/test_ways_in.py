"""The ways by which a visitor’s picture comes to the page: chosen, dropped, pasted."""

import numpy as np
import pytest
from playwright.sync_api import Page

from support.browser.console_watch import go, wait_until_ready
from support.browser.encoding import png
from support.browser.page_probes import probabilities
from support.sites import ROOT

pytestmark = pytest.mark.browser

SAMPLE = ROOT / "public" / "samples" / "espresso.webp"
WHITE = png(np.full((64, 64, 3), 255, np.uint8))


def shown(page: Page) -> list[int]:
    """The first pixel of the picture over its channels."""
    script = "c => [...c.getContext('2d').getImageData(0, 0, 1, 1).data]"
    return page.locator("[data-paint=picture]").evaluate(script)


def hand_over(page: Page, kind: str, content: bytes, name: str = "picture.png") -> None:
    """Drop or paste a file on the page."""
    page.evaluate(
        """([kind, bytes, name]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name));
            const settings = {bubbles: true, cancelable: true};
            document.body.dispatchEvent(kind === 'drop'
                ? new DragEvent('drop', {...settings, dataTransfer: transfer})
                : new ClipboardEvent('paste', {...settings, clipboardData: transfer}));
        }""",
        [kind, list(content), name],
    )


def test_a_sample_chosen_while_a_file_is_read_wins(ready_page: Page) -> None:
    ready_page.evaluate("""() => {
        const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = async function () {
            Blob.prototype.arrayBuffer = read;
            await new Promise(go => { globalThis.goOn = go; });
            return read.call(this);
        };
    }""")
    ready_page.locator("#chooser").set_input_files(SAMPLE)
    ready_page.wait_for_function("() => !!globalThis.goOn")
    assert "Reading" in ready_page.locator(".chooser").inner_text()
    ready_page.locator("[data-sample=espresso]").click()
    assert "Reading" not in ready_page.locator(".chooser").inner_text()
    ready_page.evaluate("goOn()")
    hand_over(ready_page, "drop", WHITE, "white.png")  # read after the one nobody wants now
    ready_page.locator("[data-sample=own][aria-pressed=true]").wait_for()
    ready_page.go_back()
    assert "own" not in ready_page.url
    ready_page.go_forward()
    assert shown(ready_page) == [255, 255, 255, 255]


@pytest.mark.parametrize("way", ["file", "drop", "paste"])
def test_the_same_picture_gives_the_same_numbers_whatever_its_way(
    ready_page: Page, way: str
) -> None:
    as_sample = probabilities(ready_page)
    if way == "file":
        ready_page.locator("#chooser").set_input_files(SAMPLE)
    else:
        hand_over(ready_page, way, SAMPLE.read_bytes())
    ready_page.locator("[data-sample=own][aria-pressed=true]").wait_for()
    assert probabilities(ready_page) == as_sample
    assert ready_page.locator("[role=alert]:visible").count() == 0


def test_a_picture_dropped_before_the_page_is_up_is_shown_when_it_is(
    page: Page, site_url: str
) -> None:
    go(page, site_url, wait_until="commit")
    page.wait_for_function("() => !!globalThis.cnnscopeBoot")
    hand_over(page, "drop", WHITE)
    assert page.evaluate("document.documentElement.dataset.state") == "loading"
    wait_until_ready(page)
    page.locator("[data-sample=own][aria-pressed=true]").wait_for()
    assert shown(page) == [255, 255, 255, 255]


def test_what_is_no_picture_is_told_and_the_picture_before_it_stays(ready_page: Page) -> None:
    before = probabilities(ready_page)
    hand_over(ready_page, "drop", b"Dear diary, today", "holiday.png")
    alert = ready_page.locator("[role=alert]:visible")
    alert.wait_for()
    assert "not a picture" in alert.inner_text()
    assert probabilities(ready_page) == before
    ready_page.get_by_role("button", name="Close this message").click()
    assert alert.count() == 0
    hand_over(ready_page, "drop", SAMPLE.read_bytes())
    ready_page.locator("[data-sample=own][aria-pressed=true]").wait_for()
