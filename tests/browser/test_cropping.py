"""Cropping the own picture by mouse, wheel, keys and fingers, in a real browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cnnscope.pictures.resize import Region, prepare
from support.browser.bringing import BROUGHT
from support.browser.encoding import png
from support.browser.page_probes import check_access, probabilities
from support.pictures.encoded import encoded, exif, stored

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 320, 200
COPY = """
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d', {willReadFrequently: true});
    context.drawImage(canvas, 0, 0);
"""
SEEN = f"""() => {{
    const canvas = document.querySelector('[data-paint=picture]');
    {COPY}
    return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
}}"""
DRAWN = """() => {
    const canvas = document.querySelector('dialog canvas');
    COPY
    const at = (x, y) => [...context.getImageData(
        Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data.slice(0, 3)];
    return [at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9), at(0.9, 0.9)];
}""".replace("COPY", COPY)
SQUARE = """() => {
    const {style} = document.querySelector('.crop-square');
    return ['--left', '--top', '--across'].map(name => Number(style.getPropertyValue(name)));
}"""
"""Where the square lies, in shares of the picture."""


def quarters() -> Any:
    """A picture of four colours, with noise that no two parts share."""
    rgb = np.random.default_rng(4).integers(0, 60, (HEIGHT, WIDTH, 3), np.uint8)
    rgb[: HEIGHT // 2, : WIDTH // 2, 0] += 190
    rgb[: HEIGHT // 2, WIDTH // 2 :, 1] += 190
    rgb[HEIGHT // 2 :, : WIDTH // 2, 2] += 190
    rgb[HEIGHT // 2 :, WIDTH // 2 :] += 190
    return rgb


def bring(page: Page, file: bytes) -> None:
    """Choose a picture and wait until it is shown."""
    page.locator("#chooser").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": file}
    )
    read(page)


def read(page: Page) -> None:
    """Wait until a picture was read."""
    page.locator("[data-sample=own][aria-pressed=true]").wait_for()
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-reading')")


def shown(page: Page) -> Any:
    """The picture over its channels: (64, 64, 3)."""
    return np.array(page.evaluate(SEEN), np.uint8).reshape(64, 64, 4)[..., :3]


def opened(page: Page, *, touch: bool = False) -> None:
    """Open the dialog."""
    way = page.get_by_role("button", name="Crop your picture")
    way.tap() if touch else way.click()
    page.locator("dialog .crop-square").wait_for()


@contextmanager
def refusing(page: Page, name: str) -> Iterator[None]:
    """Have a method of the browser fail for a while."""
    no = "() => Promise.reject(new DOMException('no', 'InvalidStateError'))"
    page.evaluate(f"() => {{ globalThis.sound = {name}; {name} = {no}; }}")
    yield
    page.evaluate(f"() => {{ {name} = sound; }}")


def region(page: Page) -> Region:
    """The square that is chosen, px of the picture."""
    left, top, side = page.evaluate(SQUARE)
    return Region(
        round(left * WIDTH), round(top * HEIGHT), round(side * WIDTH), round(side * WIDTH)
    )


def test_the_central_square_is_there_at_once_and_another_by_mouse_and_wheel(
    still_page: Page,
) -> None:
    rgb = quarters()
    bring(still_page, png(rgb))
    np.testing.assert_array_equal(shown(still_page), prepare(rgb))
    assert "central square" in still_page.locator("#notice").inner_text()
    before = probabilities(still_page)
    opened(still_page)
    assert still_page.evaluate("document.activeElement.dataset.key") == "crop.square"
    assert region(still_page) == Region(60, 0, 200, 200)
    box = still_page.locator(".crop-picture").bounding_box()
    assert box is not None
    still_page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    still_page.mouse.wheel(0, -350)
    still_page.wait_for_function("() => document.querySelector('dialog input').value > 10")
    still_page.mouse.down()
    still_page.mouse.move(box["x"] + 2, box["y"] + 2, steps=4)
    still_page.mouse.up()
    chosen = region(still_page)
    assert chosen[:2] == (0, 0)
    assert chosen.width < 150
    assert probabilities(still_page) == before  # nothing yet
    still_page.get_by_role("button", name="Use this square").click()
    read(still_page)
    np.testing.assert_array_equal(shown(still_page), prepare(rgb, part=chosen))
    assert probabilities(still_page) != before
    assert still_page.url.endswith("#picture=own")
    assert still_page.evaluate("document.activeElement.dataset.key") == "crop.open"


def test_it_is_done_by_keys_alone(still_page: Page) -> None:
    rgb = quarters()
    bring(still_page, png(rgb))
    way = still_page.get_by_role("button", name="Crop your picture")
    way.focus()
    still_page.keyboard.press("Enter")
    still_page.locator("dialog .crop-square").wait_for()
    for key in ["+"] * 6 + ["ArrowRight"] * 3 + ["ArrowDown"] * 2:
        still_page.keyboard.press(key)
    chosen = region(still_page)
    said = still_page.locator(".crop-square").get_attribute("aria-label")
    assert said is not None
    assert said.startswith("Zoom 1.8")
    check_access(still_page, "light")
    still_page.keyboard.press("Enter")
    read(still_page)
    np.testing.assert_array_equal(shown(still_page), prepare(rgb, part=chosen))
    opened(still_page)
    assert region(still_page) == chosen
    still_page.keyboard.press("Escape")
    assert still_page.locator("dialog").count() == 0
    assert still_page.evaluate("document.activeElement.dataset.key") == "crop.open"


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_the_whole_picture_is_seen_as_the_network_sees_it(
    still_page: Page, orientation: int
) -> None:
    rgb = quarters()
    bring(still_page, encoded(stored(rgb, orientation), "PNG", exif=exif(orientation)))
    np.testing.assert_array_equal(shown(still_page), prepare(rgb))
    opened(still_page)
    still_page.wait_for_function("() => document.querySelector('dialog canvas').width === 320")
    still_page.wait_for_function(f"() => ({DRAWN})()[3][0] > 150")
    first, second, third, fourth = still_page.evaluate(DRAWN)
    assert [first.index(max(first)), second.index(max(second)), third.index(max(third))] == [
        0,
        1,
        2,
    ]
    assert min(fourth) > 150
    still_page.keyboard.press("Escape")


def test_two_fingers_stretch_the_square_on_a_phone(touch_page: Page) -> None:
    bring(touch_page, png(quarters()))
    opened(touch_page, touch=True)
    surface = touch_page.locator(".crop-picture")
    box = surface.bounding_box()
    assert box is not None
    width = (touch_page.viewport_size or {})["width"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    for name in ("Use this square", "Cancel"):
        button = touch_page.get_by_role("button", name=name, exact=True).bounding_box()
        assert button is not None
        assert button["height"] >= 44
    session = touch_page.context.new_cdp_session(touch_page)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": middle[0] + each, "y": middle[1], "id": i} for i, each in enumerate(apart)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", -80, 80)
    fingers("touchMove", -60, 60)
    fingers("touchMove", -40, 40)
    fingers("touchEnd")
    touch_page.wait_for_function(f"() => ({SQUARE})()[2] < 0.4")
    assert region(touch_page).width == pytest.approx(100, abs=12)
    fingers("touchStart", 0)
    fingers("touchMove", 30)
    fingers("touchMove", 300)
    fingers("touchEnd")
    touch_page.wait_for_function(f"() => {{ const [x, , w] = ({SQUARE})(); return x + w > 0.99; }}")
    touch_page.get_by_role("button", name="Cancel").tap()


def test_nothing_of_the_picture_is_kept_or_sent(still_page: Page) -> None:
    still_page.evaluate(
        "() => { globalThis.urls = 0; const plain = URL.createObjectURL;"
        " URL.createObjectURL = what => { urls += 1; return plain.call(URL, what); }; }"
    )
    kept = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    before = still_page.evaluate(kept)
    bring(still_page, png(quarters()))
    opened(still_page)
    still_page.keyboard.press("+")
    still_page.get_by_role("button", name="Use this square").click()
    read(still_page)
    assert still_page.evaluate("() => urls") == 0
    assert json.loads(still_page.evaluate(kept)) == json.loads(before)


def test_a_square_that_could_not_be_read_is_not_taken_for_the_one_that_is_shown(
    still_page: Page,
) -> None:
    bring(still_page, png(quarters()))
    opened(still_page)
    before = region(still_page)
    still_page.keyboard.press("+")
    with refusing(still_page, "Blob.prototype.arrayBuffer"):
        still_page.get_by_role("button", name="Use this square").click()
        still_page.locator("#alert:visible").wait_for()
    opened(still_page)
    assert region(still_page) == before
    still_page.keyboard.press("Escape")


def test_where_the_picture_cannot_be_drawn_it_is_said_and_the_dialog_closes(
    still_page: Page,
) -> None:
    bring(still_page, png(quarters()))
    with refusing(still_page, "globalThis.createImageBitmap"):
        still_page.get_by_role("button", name="Crop your picture").click()
        still_page.locator("#alert:visible").wait_for()
    assert still_page.locator("dialog").count() == 0
    assert still_page.evaluate("document.activeElement.dataset.key") == "crop.open"


def test_a_device_that_closes_the_dialog_leaves_it_closed(still_page: Page) -> None:
    """Android's Back does so, without a key."""
    bring(still_page, png(quarters()))
    opened(still_page)
    still_page.evaluate("document.querySelector('dialog').close()")
    expect(still_page.locator("dialog")).to_have_count(0)
    still_page.wait_for_function("() => document.activeElement.dataset.key === 'crop.open'")


def test_what_is_brought_while_the_dialog_is_open_is_shown_without_it(still_page: Page) -> None:
    bring(still_page, png(quarters()))
    opened(still_page)
    still_page.evaluate(BROUGHT, ["paste", {"text/plain": "Dear diary"}, []])
    assert "not a picture" in still_page.locator("#alert:visible").inner_text()
    assert still_page.locator("dialog").count() == 0


@pytest.mark.parametrize(("is_pinch", "grows"), [(False, False), (True, True)])
def test_the_wheel_keeps_what_is_under_the_pointer_and_a_pad_s_fingers_stretch_the_square(
    still_page: Page, is_pinch: bool, grows: bool
) -> None:
    bring(still_page, png(quarters()))
    opened(still_page)
    for _ in range(6):
        still_page.keyboard.press("+")
    before = region(still_page)
    still_page.evaluate(
        """ctrlKey => {
            const box = document.querySelector('.crop-square').getBoundingClientRect();
            const settings = {deltaY: -100, ctrlKey, bubbles: true, cancelable: true,
                              clientX: box.left, clientY: box.top};
            document.querySelector('.crop-square').dispatchEvent(new WheelEvent('wheel', settings));
        }""",
        is_pinch,
    )
    after = region(still_page)
    assert after[:2] == before[:2]
    assert (after.width > before.width) == grows
    still_page.keyboard.press("Escape")
