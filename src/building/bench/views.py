"""The views of nodes, measured in a real Chromium: opening, arithmetic, edits, the sliding window.

Run by ``build.py bench`` in the tests' environment. Prints figures, asserts nothing::

    python -m building.bench.views ROUNDS CHROMIUM URL
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from building.check.chromium import FLAGS

OPENINGS = 50
CHANGES = 500
WARMING = 60  # changes of picture before the first that count
READY = "() => document.documentElement.dataset.state !== 'loading'"
NODES = {
    "convolution, 3 inputs": "conv_1_1/3",
    "convolution, 10 inputs": "conv_1_2/3",
    "convolution, late": "conv_2_2/3",
    "ReLU": "relu_1_2/3",
    "max pooling": "max_pool_1/3",
    "flatten": "output/6",
}
TOOLS = """
globalThis.frame = () => new Promise(done => requestAnimationFrame(done));
globalThis.painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
globalThis.watched = async (act, isOver) => {
  const frames = [];
  const start = performance.now();
  let last = start;
  act();
  do {
    await frame();
    const now = performance.now();
    frames.push(now - last);
    last = now;
  } while (!isOver(last - start));
  return [last - start, Math.max(...frames), frames.length];
};
globalThis.moving = () => document.getAnimations().some(each =>
  each instanceof CSSTransition && each.playState === 'running');
globalThis.settled = async act => watched(act, passed => passed > 60 && !moving());
globalThis.timed = async act => {
  const start = performance.now();
  act();
  await painted();
  return performance.now() - start;
};
null;
"""
CLICK = "selector => settled(() => document.querySelector(selector).click())"
QUICK = "selector => timed(() => document.querySelector(selector).click())"
EDIT = """async () => {
  const field = document.querySelector("[data-key='card.weight/4']");
  field.focus();
  return timed(() => {
    field.value = (Math.random() * 2 - 1).toFixed(3);
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  });
}"""
KEEP_PROGRAM = """
for (const name of ['instantiate', 'instantiateStreaming']) {
  const plain = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await plain.apply(WebAssembly, given);
    const exported = Object.values((made.instance ?? made).exports ?? {});
    globalThis.programMemory ??= exported.find(each => each instanceof WebAssembly.Memory);
    return made;
  };
}
"""
PROGRAM_MEMORY = "() => globalThis.programMemory.buffer.byteLength"
CHANGE = """async count => {
  const root = document.documentElement;
  const chooser = document.querySelector('input[type=file]');
  const canvas = Object.assign(document.createElement('canvas'), {width: 300, height: 200});
  for (let number = 0; number < count; number += 1) {
    if (number % 5) {
      const samples = [...document.querySelectorAll("[data-sample]:not([data-sample='own'])")];
      samples[number % samples.length].click();
    } else {
      const context = canvas.getContext('2d');
      context.fillStyle = `hsl(${number} 80% 50%)`;
      context.fillRect(0, 0, 200, 200);
      const blob = await new Promise(done => canvas.toBlob(done));
      const carried = new DataTransfer();
      carried.items.add(new File([blob], 'picture.png'));
      chooser.files = carried.files;
      chooser.dispatchEvent(new Event('change', {bubbles: true}));
      while (root.dataset.reading) await frame();
    }
    await painted();
  }
}"""
"""Other pictures: samples, and each fifth one of the visitor's own."""
SLIDE = """async () => {
  document.querySelector('[data-action=replay]')?.click();
  const [passed, worst, count] = await watched(() => {}, passed => passed > 3000);
  return [1000 * count / passed, worst];
}"""


def main(arguments: list[str]) -> None:
    """Measure every figure as many times as asked for, and print medians."""
    rounds, chromium, url = int(arguments[0]), arguments[1], arguments[2]
    runs: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(KEEP_PROGRAM)
        page.goto(f"{url}#speed=fast")
        page.wait_for_function(READY)
        page.evaluate(TOOLS)
        for _ in range(rounds):
            for name, value in measure(page):
                runs.setdefault(name, []).append(value)
        kept = [reopened(page) for _ in range(OPENINGS)]
        page.evaluate(CHANGE, WARMING)
        warm = memory(page)
        page.evaluate(CHANGE, CHANGES)
        changed = memory(page)
        browser.close()
    print(f"\n{'':56}{'median':>8}{'worst':>8}  of {rounds}")
    for name, values in runs.items():
        worst = min(values) if "a second" in name else max(values)
        print(f"{name:56}{statistics.median(values):8.0f}{worst:8.0f}")
    compare(kept[0], kept[-1], f"{OPENINGS} times every view opened and closed")
    compare(warm, changed, f"{CHANGES} changes of picture")


def compare(first: dict[str, float], last: dict[str, float], doing: str) -> None:
    """Print what the page held at first and at last."""
    print(f"\n{'':56}{'first':>8}{'last':>8}  of {doing}")
    for name, value in first.items():
        print(f"{name:56}{value:8.1f}{last[name]:8.1f}")


def measure(page: Page) -> Iterator[tuple[str, float]]:
    """Every figure once."""
    for name, node in NODES.items():
        settled, worst, frames = page.evaluate(CLICK, f"[data-node='{node}']")
        yield f"{name}: click to settled view, ms", settled
        yield f"{name}: frames a second of it", 1000 * frames / settled
        yield f"{name}: longest frame of it, ms", worst
        if node == "conv_1_2/3":
            yield from explanation(page)
        page.evaluate(CLICK, "[data-key='stage.close']")


def reopened(page: Page) -> dict[str, float]:
    """What the page holds after every view was opened and closed once more."""
    for node in NODES.values():
        page.evaluate(QUICK, f"[data-node='{node}']")
        page.evaluate(QUICK, "[data-key='stage.close']")
    return memory(page)


def memory(page: Page) -> dict[str, float]:
    """What the page holds, garbage collected."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    found = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    session.detach()
    return {
        "memory of scripts, MB": found["JSHeapUsedSize"] / 1e6,
        "memory of WebAssembly, MB": page.evaluate(PROGRAM_MEMORY) / 1e6,
        "nodes of the page": found["Nodes"],
        "listeners": found["JSEventListeners"],
    }


def explanation(page: Page) -> Iterator[tuple[str, float]]:
    """What is done in the view of a convolution with ten inputs."""
    rate, worst = page.evaluate(SLIDE)
    yield "sliding window, ten inputs: frames a second", rate
    yield "sliding window, ten inputs: longest frame, ms", worst
    yield "arithmetic of a channel: click to painted, ms", page.evaluate(QUICK, ".row")
    yield "a kernel's number changed to the new answer painted, ms", page.evaluate(EDIT)
    page.evaluate(QUICK, ".edited button")


if __name__ == "__main__":
    main(sys.argv[1:])
