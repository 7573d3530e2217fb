"""The page at work, measured in a real Chromium: the network, and changes of picture.

Run by ``build.py bench`` in the tests' environment. Prints figures, asserts nothing::

    python -m building.bench.page ROUNDS CHROMIUM URL
"""

from __future__ import annotations

import base64
import io
import statistics
import sys

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from building.check.chromium import FLAGS

PHOTO_SIZE = (4000, 3000)  # 12 megapixels
READY = "() => document.documentElement.dataset.state !== 'loading'"
TOOLS = """
globalThis.answer = () => document.querySelector('[data-class]').dataset.probability;
globalThis.painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
globalThis.rested = () => new Promise(done => setTimeout(done, 700));  // animations are over
globalThis.changed = async act => {
  const before = answer();
  const start = performance.now();
  await act();
  while (answer() === before) await new Promise(done => requestAnimationFrame(done));
  await painted();
  return performance.now() - start;
};
globalThis.drop = bytes => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], 'photo.jpg'));
  document.body.dispatchEvent(
    new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: transfer}));
};
"""
SAMPLE = """async () => {
  const own = document.querySelector('[data-sample=own]');
  own.click();
  await rested();
  return changed(() => document.querySelector('[data-sample]').click());
}"""
PHOTO = """async text => {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  document.querySelector('[data-sample]').click();
  await rested();
  return changed(() => drop(bytes));
}"""
DIGITS = "[data-key='network/digits']"
PAD = "[data-pen]"
DRAWING = 3  # s, of one line
DRAW = """async seconds => {
  const pad = document.querySelector('[data-pen]');
  const {left, top, width, height} = pad.getBoundingClientRect();
  const frames = [];
  const start = performance.now();
  for (let last = start; last - start < 1000 * seconds;) {
    const angle = (last - start) / 400;
    const [x, y] = [0.5 + 0.3 * Math.cos(angle), 0.5 + 0.35 * Math.sin(1.3 * angle)];
    pad.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, pointerId: 1,
      pointerType: 'mouse', clientX: left + x * width, clientY: top + y * height}));
    await new Promise(done => requestAnimationFrame(done));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames.sort((one, other) => one - other)[frames.length >> 1];
}"""
FIGURES = {
    "forward": "forward pass of the network, ms",
    "photo": "12-megapixel JPEG dropped to new pixels on screen, ms",
    "sample": "picture clicked to new pixels on screen, ms",
    "draw": "frame while a digit is drawn and the network follows, ms",
}


def main(arguments: list[str]) -> None:
    """Measure every figure as many times as asked for, and print medians."""
    rounds, chromium, url = int(arguments[0]), arguments[1], arguments[2]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{url}?probe")
        page.wait_for_function(READY)
        runs = measure(page, rounds)
        browser.close()
    print(f"\n{'':56}{'median':>8}{'least':>8}  of {rounds}")
    for name, label in FIGURES.items():
        print(f"{label:56}{statistics.median(runs[name]):8.0f}{min(runs[name]):8.0f}")


def measure(page: Page, rounds: int) -> dict[str, list[float]]:
    """Every figure, ``rounds`` times, after a first one that loads Pillow."""
    page.evaluate(TOOLS)
    photo = base64.b64encode(made_up_photo()).decode()
    page.evaluate(PHOTO, photo)
    page.evaluate("cnnscope.forward()")
    return {
        "forward": [page.evaluate("cnnscope.forward()") for _ in range(rounds)],
        "photo": [page.evaluate(PHOTO, photo) for _ in range(rounds)],
        "sample": [page.evaluate(SAMPLE) for _ in range(rounds)],
        "draw": drawn(page, rounds),
    }


def drawn(page: Page, rounds: int) -> list[float]:
    """The median frame of each of some lines that are drawn on the pad, after a first one."""
    page.click(DIGITS)
    page.wait_for_selector(PAD)
    frames = []
    for _ in range(rounds + 1):
        page.hover(PAD)
        page.mouse.down()
        frames.append(page.evaluate(DRAW, DRAWING))
        page.mouse.up()
    return frames[1:]


def made_up_photo() -> bytes:
    """A JPEG as large and about as rich as a telephone's."""
    width, height = PHOTO_SIZE
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 256, (height // 50, width // 50, 3), np.uint8)
    smooth = Image.fromarray(coarse).resize(PHOTO_SIZE, Image.Resampling.BICUBIC)
    grain = rng.normal(0, 6, (height, width, 1)).astype(np.int16)
    pixels = (np.asarray(smooth, np.int16) + grain).clip(0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=90)
    return file.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
