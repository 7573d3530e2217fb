"""First visits over lines of several speeds, with the image of memory and without: where it pays.

Run by ``build.py bench --lines`` in the tests' environment. Prints figures, asserts nothing::

    python -m building.bench.lines ROUNDS CHROMIUM FOLDER
"""

from __future__ import annotations

import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from building.bench.serving import serving
from building.bench.startup import RECORD, TIME_LIMIT
from building.check.chromium import FLAGS
from building.site.server import Server

SPEEDS = (5, 20, 50, 100)  # Mbit a second
LATENCY = 0.02  # s, before an answer begins
WAYS = ("with the image", "plain", "as it decides")
TOLD = {"with the image": "'fast'", "plain": "'slow'", "as it decides": "undefined"}
READY = "() => [figures.ready, performance.getEntriesByName('boot-revived').length > 0]"
PART = 16_384  # bytes that go together


class PacedServer(Server):
    """Serves over one line, which all answers share."""

    def __init__(self, folder: Path, speed: float) -> None:
        """Send at most so many Mbit a second."""
        super().__init__(folder, 0)
        self.rate = speed * 1e6 / 8  # bytes a second
        self.free_at = 0.0  # when the line has sent what it has
        self.lock = threading.Lock()

    def get_request(self) -> tuple[Any, Any]:
        """A connection that waits for the line."""
        connection, address = super().get_request()
        return _Paced(connection, self), address

    def send(self, connection: socket.socket, data: memoryview) -> None:
        """Send some bytes, after those that came before."""
        for start in range(0, len(data), PART):
            part = data[start : start + PART]
            with self.lock:
                self.free_at = max(self.free_at, time.monotonic()) + len(part) / self.rate
                wait = self.free_at - time.monotonic()
            time.sleep(max(0.0, wait))
            connection.sendall(part)


class _Paced:
    """A socket whose bytes wait for the line."""

    def __init__(self, connection: socket.socket, server: PacedServer) -> None:
        self._connection = connection
        self._server = server

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, data: Any) -> None:
        view = memoryview(data).cast("B")
        if bytes(view[:5]) == b"HTTP/":
            time.sleep(LATENCY)
        self._server.send(self._connection, view)


def main(arguments: list[str]) -> None:
    """Visit over each line in each way, in turn, and print medians."""
    rounds, chromium, folder = int(arguments[0]), arguments[1], Path(arguments[2])
    print(f"\nFirst visits, ready after s: median of {rounds}\n\n{'Mbit/s':>8}", end="")
    print("".join(f"{way:>18}" for way in WAYS) + f"{'took the image':>18}")
    with sync_playwright() as playwright:
        for speed in SPEEDS:
            with serving(PacedServer(folder, speed)) as url:
                print(_row(playwright, chromium, url, speed, rounds), flush=True)


def _row(playwright: Playwright, chromium: str, url: str, speed: int, rounds: int) -> str:
    """Visit over one line; return its row of the table."""
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    taken = 0
    for _ in range(rounds):
        for way in WAYS:
            ready, is_revived = _visit(playwright, chromium, url, TOLD[way])
            times[way].append(ready)
            taken += is_revived and way == WAYS[-1]
    cells = (f"{statistics.median(times[way]):18.2f}" for way in WAYS)
    return f"{speed:8}" + "".join(cells) + f"{f'{taken} of {rounds}':>18}"


def _visit(playwright: Playwright, chromium: str, url: str, told: str) -> tuple[float, bool]:
    """Visit for the first time; return when it was ready, and whether with the image."""
    with tempfile.TemporaryDirectory(prefix="cnnscope-profile-") as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, viewport={"width": 1440, "height": 900}
        )
        page = context.pages[0]
        page.add_init_script(f"globalThis.cnnscopeLine = {told};" + RECORD)
        page.goto(f"{url}?worker=off")
        page.wait_for_function("() => figures.ready", timeout=TIME_LIMIT)
        ready, is_revived = page.evaluate(READY)
        context.close()
    return ready, is_revived


if __name__ == "__main__":
    main(sys.argv[1:])
