"""Start-up, measured in a real Chromium: our page, and others to compare it with.

Run by ``build.py bench`` in the tests' environment, which has the driver. Prints figures, asserts
nothing::

    python -m building.bench.startup ROUNDS CHROMIUM name=URL name=URL ...

Each load of a page is a visitor's first; then the browser is closed, started again with the same
profile, and the page is loaded a second time. Pages take turns, and another begins each round, so
that a machine's moods meet all.
A page whose name is among ``SLOW`` is told that its line is a slow one.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from typing import Any

from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright

from building.check.chromium import FLAGS

FIGURES = {
    "paint": "first contentful paint, s",
    "picture": "first true picture, s",
    "ready": "ready, s",
    "task": "longest main-thread task, s",
    "wire": "bytes on the wire, MB",
    "requests": "requests",
}
VISITS = {"cold": "first visit, fresh profile", "second": "second visit, browser restarted"}
SLOW = {"plain"}
ON_A_SLOW_LINE = "globalThis.cnnscopeLine = 'slow';"
# CNN Explainer draws its network, values and all, and is live at once.
RECORD = """
globalThis.figures = {task: 0};
const now = () => performance.now() / 1000;
const painted = (name) => {
  requestAnimationFrame(() => setTimeout(() => { figures[name] ??= now(); }));
};
new PerformanceObserver((list) => {
  const durations = list.getEntries().map((entry) => entry.duration / 1000);
  figures.task = Math.max(figures.task, ...durations);
}).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => {
  if (list.getEntries().some(({name}) => name.includes("skeleton.webp"))) painted("picture");
}).observe({type: "resource", buffered: true});
new MutationObserver((_, observer) => {
  const isReference =
    document.title === "CNN Explainer" && document.querySelector("image.node-image");
  if (isReference) painted("picture");
  if (!isReference && document.documentElement?.dataset.state !== "ready") return;
  figures.ready ??= now();
  painted("shown"); // the task that made it ready is over
  observer.disconnect();
}).observe(document, {subtree: true, childList: true, attributeFilter: ["data-state"]});
"""
HAS_PICTURE = "() => document.querySelector('[data-version]') && location.protocol !== 'file:'"
KEPT = """() => {
    const place = document.getElementById('offline');
    return !place || document.querySelector('[src*="offline.js"]') === null || place.textContent;
}"""
BY_WORKER = """() => {
    const text = document.getElementById('boot-manifest')?.textContent;
    const begunWith = performance.getEntriesByName('boot-revived').length;
    return begunWith && !navigator.serviceWorker?.controller ? JSON.parse(text).snapshot.size : 0;
}"""
"""Bytes that a page's worker fetched, which the browser does not tell of: the image of memory."""

REST = 3_000  # ms; browsers keep compiled code some time after it was needed
TIME_LIMIT = 120_000  # ms

Figures = dict[str, float]
Runs = dict[str, list[Figures]]  # name of a page -> what was measured


def main(arguments: list[str]) -> None:
    """Load every page in turn, as many rounds as asked for, and print the medians."""
    rounds, chromium = int(arguments[0]), arguments[1]
    pages = dict(argument.split("=", 1) for argument in arguments[2:])
    visits: dict[str, Runs] = {visit: {name: [] for name in pages} for visit in VISITS}
    with sync_playwright() as playwright:
        for round_number in range(rounds):
            start = round_number % len(pages)
            turns = (*pages.items(), *pages.items())[start : start + len(pages)]
            for name, url in turns:
                try:
                    measured = measure(playwright, chromium, name, url)
                except Error as error:  # a browser's process for a page may die
                    print(f"round {round_number + 1}, {name}: {error.message}", flush=True)
                    continue
                said = []
                for visit, figures in zip(VISITS, measured, strict=True):
                    visits[visit][name].append(figures)
                    said.append(f"{visit} {figures['ready']:.2f} s")
                print(f"round {round_number + 1}, {name}: ready {', '.join(said)}", flush=True)
    for visit, runs in visits.items():
        report(VISITS[visit], runs)


def measure(playwright: Playwright, chromium: str, name: str, url: str) -> list[Figures]:
    """Load a page with a fresh profile, and again after the browser was restarted."""
    with tempfile.TemporaryDirectory(prefix="cnnscope-profile-") as profile:
        measured = []
        for _ in VISITS:
            context = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=chromium,
                args=FLAGS,
                viewport={"width": 1440, "height": 900},
            )
            measured.append(load(context, url, is_slow=name in SLOW))
            context.close()
    return measured


def load(context: BrowserContext, url: str, *, is_slow: bool) -> Figures:
    """Load a page and let it finish what it does for the next visit."""
    page = context.pages[0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    page.add_init_script((ON_A_SLOW_LINE if is_slow else "") + RECORD)
    page.goto(url)
    page.wait_for_function("() => figures.shown", timeout=TIME_LIMIT)
    if page.evaluate(HAS_PICTURE):
        page.wait_for_function("() => figures.picture", timeout=TIME_LIMIT)
    figures: Figures = page.evaluate("figures")
    figures["paint"] = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
    )
    figures["wire"] = (sum(sizes) + page.evaluate(BY_WORKER)) / 1e6
    figures["requests"] = len(sizes)
    page.wait_for_function(KEPT, timeout=TIME_LIMIT)
    page.wait_for_timeout(REST)
    return figures


def report(title: str, runs: Runs) -> None:
    """Print a table of medians, and the ratios of the first page to the others."""
    first, *others = runs
    print(f"\n{title}: median of {len(runs[first])}, pages in turn\n")
    heads = (f"{name:>12}" for name in runs)
    ratios = (f"{f'/ {name}':>12}" for name in others)
    print(f"{'':32}" + "".join((*heads, *ratios)))
    for figure, label in FIGURES.items():
        found = {name: _median(figure, each) for name, each in runs.items()}
        cells = [f"{'-' if value is None else f'{value:.2f}':>12}" for value in found.values()]
        for name in others:
            own, other = found[first], found[name]
            cells.append(f"{f'{own / other:.2f}' if own is not None and other else '-':>12}")
        print(f"{label:32}" + "".join(cells))


def _median(figure: str, runs: list[Figures]) -> float | None:
    """The median of a figure; None where a page has no such thing."""
    values = [run[figure] for run in runs if figure in run]
    return statistics.median(values) if values else None


if __name__ == "__main__":
    main(sys.argv[1:])
