"""Start-up, measured in a real Chromium: our page against the same page with published files.

Run by ``build.py bench`` in the tests' environment, which has the driver. Prints figures, asserts
nothing::

    python -m building.bench ROUNDS CHROMIUM name=URL name=URL ...
"""

from __future__ import annotations

import statistics
import sys
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright

from building.chromium import FLAGS

FIGURES = {
    "paint": "first contentful paint, s",
    "picture": "first true picture, s",
    "ready": "ready, s",
    "task": "longest main-thread task, s",
    "wire": "bytes on the wire, MB",
    "requests": "requests",
}
RECORD = """
globalThis.figures = {task: 0};
new PerformanceObserver((list) => {
  const durations = list.getEntries().map((entry) => entry.duration / 1000);
  figures.task = Math.max(figures.task, ...durations);
}).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.name.includes("skeleton.webp")) continue;
    const painted = () => { figures.picture ??= performance.now() / 1000; };
    requestAnimationFrame(() => setTimeout(painted));
  }
}).observe({type: "resource", buffered: true});
new MutationObserver(() => {
  if (document.documentElement?.dataset.state !== "ready") return;
  figures.ready ??= performance.now() / 1000;
}).observe(document, {subtree: true, childList: true, attributeFilter: ["data-state"]});
"""
TIME_LIMIT = 120_000  # ms


def main(arguments: list[str]) -> None:
    """Load every page in turn, as many rounds as asked for, and print the medians."""
    rounds, chromium = int(arguments[0]), arguments[1]
    pages = dict(argument.split("=", 1) for argument in arguments[2:])
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        for round_number in range(rounds):
            for name, url in pages.items():
                run = measure(playwright, chromium, url)
                runs[name].append(run)
                print(
                    f"round {round_number + 1}, {name}: ready in {run['ready']:.2f} s", flush=True
                )
    report(runs)


def measure(playwright: Playwright, chromium: str, url: str) -> dict[str, float]:
    """Load a page in a browser with a fresh profile."""
    browser: Browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    page.add_init_script(RECORD)
    page.goto(url)
    page.wait_for_function("() => figures.ready", timeout=TIME_LIMIT)
    page.wait_for_function("() => figures.picture", timeout=TIME_LIMIT)
    figures: dict[str, float] = page.evaluate("figures")
    figures["paint"] = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
    )
    figures["wire"] = sum(sizes) / 1e6
    figures["requests"] = len(sizes)
    browser.close()
    return figures


def report(runs: dict[str, list[dict[str, float]]]) -> None:
    """Print a table of medians, and the ratio of the first page to the last."""
    names = list(runs)
    print("\nmedian of", len(runs[names[0]]), "loads, fresh profile each, interleaved\n")
    print(f"{'':32}" + "".join(f"{name:>12}" for name in names) + f"{'ratio':>8}")
    for figure, label in FIGURES.items():
        medians = [statistics.median(run[figure] for run in runs[name]) for name in names]
        ratio = medians[0] / medians[-1] if medians[-1] else float("nan")
        print(f"{label:32}" + "".join(f"{value:12.2f}" for value in medians) + f"{ratio:8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
