"""Somebody who brings pictures to the page, and a table of what came of it.

visitor = Visitor(page, table)
shown = visitor.bring("a bomb", file)
shown.alert, shown.picture, shown.probabilities
"""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Page

from cnnscope.pictures.resize import prepare, to_input
from support.networks import trained
from support.pictures.encoded import Pixels, encoded, upright

HANGS = 60_000
"""Milliseconds after which a picture counts as one that hangs the page."""

_WATCH = """hangs => {
    const root = document.documentElement;
    const input = document.querySelector('#chooser');
    globalThis.isRead = new Promise((done, fail) => {
        let start;
        const begin = () => { start = performance.now(); };
        input.addEventListener('change', begin, {once: true, capture: true});
        const timer = setTimeout(() => fail(new Error('the page hangs')), hangs);
        new MutationObserver((_, observer) => {
            if (root.dataset.reading) return;
            observer.disconnect();
            clearTimeout(timer);
            done((performance.now() - start) / 1000);
        }).observe(root, {attributeFilter: ['data-reading']});
    });
}"""

_SHOWN = """async () => {
    const seconds = await globalThis.isRead;
    const alert = document.getElementById('alert');
    return {
        seconds,
        alert: alert.checkVisibility() ? document.getElementById('alert-text').innerText : '',
        picture: btoa(String.fromCharCode(...cnnscope.picture())),
        probabilities: [...document.querySelectorAll('[data-probability]')]
            .map(each => Number(each.dataset.probability)),
    };
}"""


class Shown(NamedTuple):
    """What the page shows once a picture is read."""

    alert: str
    picture: Pixels  # (64, 64, 3)
    probabilities: list[float]


@dataclass(frozen=True)
class Row:
    """How one picture fared: ``growth`` and ``peak`` in MB of the browser's page process."""

    name: str
    is_accepted: bool
    seconds: float
    growth: int
    peak: int


class Table:
    """All pictures that were brought."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def lines(self) -> list[str]:
        """How many were tried, which took longest, and which took most memory."""
        accepted = sum(row.is_accepted for row in self.rows)
        slowest = sorted(self.rows, key=lambda row: -row.seconds)[:5]
        largest = sorted(self.rows, key=lambda row: -row.growth)[:5]
        return [
            f"pictures: {len(self.rows)} tried, {accepted} accepted, "
            f"{len(self.rows) - accepted} rejected, {slowest[0].seconds:.1f} s at most, "
            f"page process {max(row.peak for row in self.rows)} MB at most",
            *(f"  {row.seconds:6.2f} s   {row.name}" for row in slowest),
            *(f"  {row.growth:+6d} MB  {row.name}" for row in largest),
        ]


class Visitor:
    """Brings pictures through the page's own file input."""

    def __init__(self, page: Page, table: Table) -> None:
        self._page = page
        self._table = table
        self._system = page.context.browser.new_browser_cdp_session()

    def bring(
        self, name: str, file: bytes | Path, upload: str = "picture", kind: str = ""
    ) -> Shown:
        """Choose a file, wait until it is read, and write down how that went."""
        chosen: FilePayload | Path = file
        if isinstance(file, bytes):
            chosen = {"name": upload, "mimeType": kind, "buffer": file}
        before = {process: _begin_peak(process) for process in self._processes()}
        self.choose(chosen)
        shown, seconds = self.look()
        peaks = {process: _peak(process) for process in before}
        grown = max(before, key=lambda process: peaks[process] - before[process])
        growth = peaks[grown] - before[grown]
        row = Row(name, not shown.alert, seconds, growth, peaks[grown])
        self._table.rows.append(row)
        return shown

    def choose(self, file: FilePayload | Path) -> None:
        """Choose a file, and wait for nothing."""
        self._page.evaluate(_WATCH, HANGS)
        self._page.locator("#chooser").set_input_files(file)

    def look(self) -> tuple[Shown, float]:
        """What the page shows once the file is read, and after how many seconds that was."""
        seen: dict[str, Any] = self._page.evaluate(_SHOWN)
        pixels = np.frombuffer(base64.b64decode(seen["picture"]), np.uint8).reshape(64, 64, 3)
        return Shown(seen["alert"], pixels, seen["probabilities"]), seen["seconds"]

    def expect_alive(self, red: int) -> Shown:
        """Bring a good picture, with that much red, and expect exactly its numbers."""
        rgb = upright(64, 64)
        rgb[:32, :32, 0] = red
        self.choose({"name": "good", "mimeType": "", "buffer": encoded(rgb, "PNG")})
        shown, _ = self.look()
        assert shown.alert == ""
        np.testing.assert_array_equal(shown.picture, prepare(rgb))
        expected = trained()(to_input(rgb))["output"]
        assert shown.probabilities == pytest.approx(expected.tolist(), abs=1e-5)
        return shown

    def _processes(self) -> list[int]:
        listed = self._system.send("SystemInfo.getProcessInfo")["processInfo"]
        return [each["id"] for each in listed if each["type"] == "renderer"]


def _begin_peak(process: int) -> int:
    """Forget the peak so far; how many MB the process has now."""
    reset = Path(f"/proc/{process}/clear_refs")
    if not reset.exists():  # not Linux
        return 0
    reset.write_text("5")
    return _megabytes(process, "VmRSS")


def _peak(process: int) -> int:
    return _megabytes(process, "VmHWM") if Path(f"/proc/{process}/status").exists() else 0


def _megabytes(process: int, field: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) // 1024
